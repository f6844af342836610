"""Days and times in words, in the person's own zone and language."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime


class Clock(Protocol):
    """What knows the present and the person's zone: the workspace."""

    @property
    def zone(self) -> ZoneInfo: ...

    @property
    def now(self) -> Callable[[], datetime]: ...


def today(clock: Clock) -> date:
    """The person's own day."""
    return clock.now().astimezone(clock.zone).date()


def clock_words(wall: datetime) -> str:
    """`09:30`, or as the locale writes it."""
    locale = QLocale()
    return locale.toString(QTime(wall.hour, wall.minute), QLocale.FormatType.ShortFormat)


def range_words(start: datetime, end: datetime) -> str:
    """`09:30` to `10:15`, with a dash between."""
    return f"{clock_words(start)}\N{EN DASH}{clock_words(end)}"


def day_words(day: date, clock: Clock) -> str:
    """`Today`, `Tomorrow`, `Yesterday`, or `Thursday 4 December`, with the year when it differs."""
    now = today(clock)
    if day == now:
        return _tr("Today")
    if day == now + timedelta(days=1):
        return _tr("Tomorrow")
    if day == now - timedelta(days=1):
        return _tr("Yesterday")
    pattern = _tr("dddd d MMMM") if day.year == now.year else _tr("dddd d MMMM yyyy")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def short_day_words(day: date, clock: Clock) -> str:
    """`Today`, `Tomorrow`, `Yesterday`, or `Thu 4 Dec`, with the year when it differs."""
    now = today(clock)
    if abs((day - now).days) <= 1:
        return day_words(day, clock)
    pattern = _tr("ddd d MMM") if day.year == now.year else _tr("ddd d MMM yyyy")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def moment_words(wall: datetime, clock: Clock) -> str:
    """`Thu 4 Dec, 18:00`."""
    return f"{short_day_words(wall.date(), clock)}, {clock_words(wall)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Times", text)
