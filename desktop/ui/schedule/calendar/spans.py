"""Stretches of wall-clock time in the person's own zone, and the pieces that days cut them into."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

STEP_MIN = 15
STEP = timedelta(minutes=STEP_MIN)
DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to `end`, wall-clock times without a zone.

    In the hour that comes twice when the clocks go back, `end` may read earlier than `start`.
    """

    start: datetime
    end: datetime

    def moved(self, by: timedelta) -> "Span":
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a span takes of one day, in minutes of its wall clock: `first` up to `last`."""

    day: date
    first: int
    last: int


def pieces(span: Span) -> list[Piece]:
    """The part of the span on each day that it touches, earliest first, none of them empty."""
    end = max(span.end, span.start + STEP)
    found = []
    day = span.start.date()
    while datetime.combine(day, time()) < end:
        first = minute_of(span.start) if day == span.start.date() else 0
        last = minute_of(end) if day == end.date() else DAY_MIN
        found.append(Piece(day, first, last))
        day += timedelta(days=1)
    return found


def minute_of(wall: datetime) -> int:
    """The minute of the day, from 0."""
    return wall.hour * 60 + wall.minute


def at_minute(day: date, minute: int) -> datetime:
    """The wall-clock time so many minutes into the day; 1,440 is the next midnight."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def snapped(wall: datetime) -> datetime:
    """The nearest quarter of an hour; what is half way between two goes to the later one."""
    minute = (2 * minute_of(wall) + STEP_MIN) // (2 * STEP_MIN) * STEP_MIN
    return at_minute(wall.date(), minute)
