"""Between the times of a week and the pixels of its grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QRectF

from desktop.ui.schedule.calendar.columns import Column
from desktop.ui.schedule.calendar.spans import DAY_MIN, Piece, at_minute

HOUR_PX = 48
GUTTER_PX = 56
LEAST_MIN = 25  # a shorter session is drawn as long as this, to be read and hit
GAP_PX = 2
WHOLE = Column(0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A grid so many pixels wide; y counts from midnight, x from the left edge.

    The gutter with the hours is at the side where a line of text begins.
    """

    days: Sequence[date]
    width: int
    is_mirrored: bool = False

    @property
    def height(self) -> int:
        return 24 * HOUR_PX

    @property
    def day_px(self) -> float:
        return max(1, self.width - GUTTER_PX) / max(1, len(self.days))

    def y_of(self, minute: int) -> float:
        return minute * HOUR_PX / 60

    def day_rect(self, at: int) -> QRectF:
        """The column of the day in place `at`."""
        left = GUTTER_PX + at * self.day_px
        if self.is_mirrored:
            left = self.width - left - self.day_px
        return QRectF(left, 0, self.day_px, self.height)

    def rect_of(self, piece: Piece, column: Column = WHOLE) -> QRectF | None:
        """Where a piece is drawn; None on a day that the grid does not show."""
        if piece.day not in self.days:
            return None
        day = self.day_rect(self.days.index(piece.day))
        part = (day.width() - 3 * GAP_PX) / column.of
        at = column.of - 1 - column.at if self.is_mirrored else column.at
        first, last = drawn(piece)
        top, foot = self.y_of(first), self.y_of(last)
        left = day.left() + GAP_PX + at * part
        return QRectF(left, top + 1, part - GAP_PX, foot - top - GAP_PX)

    def time_at(self, x: float, y: float) -> datetime:
        """The wall-clock time under a point; beside the grid, that of its nearest day."""
        along = self.width - x if self.is_mirrored else x
        at = int((along - GUTTER_PX) // self.day_px)
        day = self.days[min(max(0, at), len(self.days) - 1)]
        minute = int(y * 60 // HOUR_PX)
        return at_minute(day, min(max(0, minute), DAY_MIN - 1))


def drawn(piece: Piece) -> tuple[int, int]:
    """The minutes that a piece is drawn over: never fewer than can be read, never past midnight."""
    last = min(DAY_MIN, max(piece.last, piece.first + LEAST_MIN))
    return min(piece.first, last - LEAST_MIN), last
