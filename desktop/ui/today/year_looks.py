"""A student's year in words: the streak, and what was written on each day."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.store.streaks import Streak
from desktop.ui.times import Clock, today, week_start
from desktop.ui.widgets.heatmap_model import HeatDay

WEEKS_BEFORE = timedelta(weeks=52)


def year_days(
    written: Mapping[date, int], rest_days: Collection[int], clock: Clock
) -> list[HeatDay]:
    """This week as far as it has come and the 52 before it, day by day."""
    first, last = week_start(clock) - WEEKS_BEFORE, today(clock)
    days = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return [_day(day, written.get(day, 0), rest_days, is_today=day == last) for day in days]


def streak_words(streak: Streak) -> str:
    """`5 days in a row`."""
    if not streak.length:
        return _tr("No streak at the moment")
    return _tr("1 day in a row") if streak.length == 1 else _n("%n days in a row", streak.length)


def going_on_words(streak: Streak, rest_days: Collection[int], clock: Clock) -> str:
    """What today means for it, and the longest one."""
    parts = [_today_words(streak, is_rest=today(clock).weekday() in rest_days)]
    if streak.longest > streak.length:
        many = _n("Your longest was %n days.", streak.longest)
        parts.append(_tr("Your longest was 1 day.") if streak.longest == 1 else many)
    return " ".join(part for part in parts if part)


def rest_words(rest_days: Collection[int]) -> str:
    """`Rest days: Sat, Sun`, in the order of the person's week."""
    locale = QLocale()
    first = locale.firstDayOfWeek().value - 1
    ordered = sorted(rest_days, key=lambda day: (day - first) % 7)
    names = [locale.dayName(day + 1, QLocale.FormatType.ShortFormat) for day in ordered]
    if not names:
        return _tr("No rest days")
    return _tr("Rest days: %1").replace("%1", locale.createSeparatedList(names))


def _today_words(streak: Streak, *, is_rest: bool) -> str:
    if is_rest:
        return _tr("Today is a day of rest: it breaks nothing.")
    if not streak.is_open:
        return _tr("Today counts.")
    if streak.length:
        return _tr("Submit an entry today to go on.")
    return _tr("Submit an entry today to begin one.")


def _day(day: date, count: int, rest_days: Collection[int], *, is_today: bool) -> HeatDay:
    is_rest = day.weekday() in rest_days
    parts = [_tr("Today") if is_today else "", _count_words(count)]
    parts.append(_tr("a day of rest") if is_rest else "")
    shown = QLocale().toString(QDate(day.year, day.month, day.day), _tr("dddd d MMMM yyyy"))
    said = ", ".join(part for part in parts if part)
    return HeatDay(day, count, f"{shown}: {said}", is_off=is_rest)


def _count_words(count: int) -> str:
    if not count:
        return _tr("no entry")
    return _tr("1 entry") if count == 1 else _n("%n entries", count)


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Year", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Year", text)
