"""Where the keyboard stands in a week: a day and a quarter of an hour."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from desktop.ui.schedule.calendar.spans import DAY_MIN, STEP_MIN, Span, at_minute, minute_of

NEW_LENGTH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place on the wall clock, always at a whole quarter of an hour."""

    day: date
    minute: int

    @classmethod
    def at(cls, wall: datetime) -> "Cursor":
        """The quarter of an hour that this time falls into."""
        return cls(wall.date(), minute_of(wall) // STEP_MIN * STEP_MIN)

    @property
    def wall(self) -> datetime:
        return at_minute(self.day, self.minute)

    @property
    def span(self) -> Span:
        """The new session that begins here."""
        return Span(self.wall, self.wall + NEW_LENGTH)

    def stepped(self, *, days: int = 0, steps: int = 0) -> "Cursor":
        """So many days and quarters on; the day's ends stop it."""
        minute = min(max(0, self.minute + steps * STEP_MIN), DAY_MIN - STEP_MIN)
        return replace(self, day=self.day + timedelta(days=days), minute=minute)
