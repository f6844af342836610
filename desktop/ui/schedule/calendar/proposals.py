"""What a drag, or the same by keyboard, would make of a session: created, moved, made longer."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from desktop.ui.schedule.calendar.spans import STEP, Span, snapped
from domain.schedules import LONGEST


class Drag(Enum):
    """Which part of a session follows the pointer."""

    NEW = auto()
    WHOLE = auto()
    START = auto()
    END = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A session's times as they would be; nothing has happened yet.

    `id` is empty for a new one. `was` is where it began: for a new one the quarter of an hour
    that was pressed.
    """

    drag: Drag
    was: Span
    span: Span
    id: str = ""

    @property
    def is_changed(self) -> bool:
        return self.span != self.was

    def dragged(self, by: timedelta) -> "Proposal":
        """The same, with the pointer so far from where it was pressed; in steps of 15 minutes."""
        was = self.was
        match self.drag:
            case Drag.WHOLE:
                span = was.moved(STEP * round(by / STEP))
            case Drag.START:
                start = min(snapped(was.start + by), was.end - STEP)
                span = Span(max(start, was.end - LONGEST), was.end)
            case Drag.END:
                end = max(snapped(was.end + by), was.start + STEP)
                span = Span(was.start, min(end, was.start + LONGEST))
            case _:
                span = _drawn(was, snapped(was.start + by))
        return replace(self, span=span)

    def nudged(self, by: timedelta) -> "Proposal":
        """The same, moved on by a key from where it is now."""
        edge = "end" if self.drag is Drag.END else "start"
        return self.dragged(getattr(self.span, edge) - getattr(self.was, edge) + by)


def _drawn(was: Span, to: datetime) -> Span:
    """A new session from where one pressed to where one is, in either direction."""
    if to < was.start:
        return Span(max(to, was.end - LONGEST), was.end)
    return Span(was.start, min(max(to, was.end), was.start + LONGEST))
