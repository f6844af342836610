"""The days of a week, by name and in the order of the locale."""

from PySide6.QtCore import QLocale

DAYS = 7


def days_in_order() -> list[int]:
    """All weekdays, Monday = 0, from the one with which the locale begins the week."""
    first = QLocale().firstDayOfWeek().value - 1
    return [(first + at) % DAYS for at in range(DAYS)]


def working_days() -> set[int]:
    """The weekdays on which one works where the locale is from, Monday = 0."""
    return {day.value - 1 for day in QLocale().weekdays()}


def day_name(day: int) -> str:
    """`Monday` for 0."""
    name = QLocale().standaloneDayName(day + 1)
    return name[:1].upper() + name[1:]
