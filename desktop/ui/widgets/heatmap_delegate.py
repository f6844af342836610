"""Draws the days of a heatmap: the more, the stronger; today has a frame of its own."""

from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from desktop.ui.record_list_model import Role
from desktop.ui.theme import Theme
from desktop.ui.widgets.heatmap_model import HeatDay, Index

STRONGEST = 4  # so many and more look the same
FAINTEST = 0.25


class HeatmapDelegate(QStyledItemDelegate):
    """Draws what `Role.LOOK` gives, a `HeatDay`."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.today = date.min

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = index.data(Role.LOOK)
        if not isinstance(look, HeatDay):
            return
        rect, state = QRectF(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_day(painter, self._theme, rect, look.count, is_off=look.is_off)
        if look.day == self.today:
            _paint_frame(painter, rect, QPen(self._theme.color("text"), 1.5))
        if self._view.hasFocus() and state & QStyle.StateFlag.State_Selected:
            _paint_frame(painter, rect, QPen(self._theme.color("focus"), 2.5))
        painter.restore()


def paint_day(
    painter: QPainter, theme: Theme, rect: QRectF, count: int, *, is_off: bool = False
) -> None:
    """One square with the strength of `count`."""
    is_hollow = is_off and not count
    painter.setPen(QPen(theme.color("border"), 1) if is_hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_hollow else shade(theme, count))
    inset = 1.5 if is_hollow else 1
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 2, 2)


def shade(theme: Theme, count: int) -> QColor:
    """The colour of a day: that of an empty one, or one of `STRONGEST` steps to the full ink."""
    if count <= 0:
        return theme.color("hover")
    step = (min(count, STRONGEST) - 1) / (STRONGEST - 1)
    part = FAINTEST + (1 - FAINTEST) * step
    ground, ink = theme.color("surface"), theme.color("accent_text")
    pairs = zip(ground.getRgb()[:3], ink.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(a + (b - a) * part) for a, b in pairs))


def _paint_frame(painter: QPainter, rect: QRectF, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 2, 2)
