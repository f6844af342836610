"""Where each session of a model stands in a week's grid."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QAbstractItemModel, QPointF, QRectF

from desktop.ui.record_list_model import Role
from desktop.ui.schedule.calendar.blocks import Block
from desktop.ui.schedule.calendar.columns import side_by_side
from desktop.ui.schedule.calendar.scale import Scale, drawn
from desktop.ui.schedule.calendar.spans import Piece, pieces


class Placing:
    """The rectangles of all rows: one for each day that a session touches, its first day first."""

    def __init__(self, model: QAbstractItemModel, scale: Scale) -> None:
        self.rects: dict[int, list[QRectF]] = {}
        by_day: defaultdict[date, list[tuple[int, Piece]]] = defaultdict(list)
        for row in range(model.rowCount()):
            block = model.index(row, 0).data(Role.LOOK)
            if isinstance(block, Block):
                for piece in pieces(block.span):
                    by_day[piece.day].append((row, piece))
        for day in sorted(by_day):
            placed = by_day[day]
            columns = side_by_side([drawn(piece) for _row, piece in placed])
            for (row, piece), column in zip(placed, columns, strict=True):
                if rect := scale.rect_of(piece, column):
                    self.rects.setdefault(row, []).append(rect)

    def row_at(self, point: QPointF) -> int:
        """The row that is drawn there, or -1."""
        found = (row for row, rects in self.rects.items() if any(r.contains(point) for r in rects))
        return next(found, -1)

    def __iter__(self) -> Iterator[tuple[int, QRectF]]:
        for row, rects in self.rects.items():
            for rect in rects:
                yield row, rect
