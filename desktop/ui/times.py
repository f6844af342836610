"""Days and times in words, in the person's own zone and language."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from domain.instants import second


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


def week_start(clock: Clock) -> date:
    """The first day of the person's present week, which the locale may begin on a Sunday."""
    now = today(clock)
    return now - timedelta(days=(now.isoweekday() - QLocale().firstDayOfWeek().value) % 7)


def month_start(clock: Clock) -> date:
    """The first day of the person's present month."""
    return today(clock).replace(day=1)


def midnight(day: date, clock: Clock) -> str:
    """The instant at which a day of the person begins, in whole seconds."""
    return second(datetime.combine(day, time(), clock.zone))


def countdown_words(start: datetime, end: datetime, clock: Clock) -> str:
    """`in 25 min`, `in 3 h 10 min`, `tomorrow`, `in 3 days`; or `now, 20 min left`."""
    now = clock.now()
    if start <= now:
        return _n("now, %n min left", _minutes(end - now))
    minutes = _minutes(start - now)
    days = (start.astimezone(clock.zone).date() - today(clock)).days
    if minutes < 60:
        return _n("in %n min", minutes)
    if days == 0 or minutes < 6 * 60:
        return _hours_words(minutes)
    return _tr("tomorrow") if days == 1 else _n("in %n days", days)


def ago_words(wall: datetime, clock: Clock) -> str:
    """`today`, `yesterday`, `5 days ago`, or the date when that is longer than four weeks ago."""
    days = (today(clock) - wall.date()).days
    if days <= 0:
        return _tr("today")
    if days == 1:
        return _tr("yesterday")
    return _n("%n days ago", days) if days <= 28 else short_day_words(wall.date(), clock)


def _hours_words(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _tr("in %1 h").replace("%1", str(hours))
    return _tr("in %1 h %2 min").replace("%1", str(hours)).replace("%2", str(rest))


def _minutes(span: timedelta) -> int:
    """Begun minutes: a quarter to, 14 min 10 s are left reads `15 min`."""
    return ceil(span.total_seconds() / 60)


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Times", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Times", text)
