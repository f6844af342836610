"""Draws the days of a month, and tells which session is under a point."""

from PySide6.QtCore import QCoreApplication, QLocale, QModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from desktop.ui.record_list_model import Role
from desktop.ui.schedule.calendar.blocks import Block
from desktop.ui.schedule.calendar.month_model import DayLook, Index
from desktop.ui.theme import Theme

HEAD_PX = 26
LINE_PX = 24  # the least height of what is clicked
MARGIN_PX = 3
ICON_PX = 14


class MonthDelegate(QStyledItemDelegate):
    """A number, how many sessions have no room, and the others line by line."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def session_at(self, index: QModelIndex, point: QPoint) -> str:
        """The id of the session that is drawn there, or ""."""
        look = index.data(Role.LOOK)
        if not isinstance(look, DayLook):
            return ""
        cell = self._view.visualRect(index)
        shown = look.blocks[: shown_count(cell.height(), len(look.blocks))]
        for at, (record_id, _block) in enumerate(shown):
            if _line(cell, at).contains(point):
                return record_id
        return ""

    def is_on_rest(self, index: QModelIndex, point: QPoint) -> bool:
        """Whether the words that stand for the sessions without room are drawn there."""
        look = index.data(Role.LOOK)
        if not isinstance(look, DayLook):
            return False
        cell = self._view.visualRect(index)
        count = shown_count(cell.height(), len(look.blocks))
        return count < len(look.blocks) and _head(cell).contains(point)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = index.data(Role.LOOK)
        if not isinstance(look, DayLook):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell: QRect = option.rect
        painter.fillRect(cell, self._theme.color("sidebar" if look.is_outside else "surface"))
        painter.setPen(self._theme.color("border"))
        painter.drawRect(cell.adjusted(-1, -1, 0, 0))
        self._paint_number(painter, cell, look)
        count = shown_count(cell.height(), len(look.blocks))
        for at, (_id, block) in enumerate(look.blocks[:count]):
            self._paint_session(painter, _line(cell, at), block)
        if more := len(look.blocks) - count:
            painter.setFont(self._theme.font("small", strong=True))
            painter.setPen(self._theme.color("text_muted"))
            words = QCoreApplication.translate("Calendar", "+%n more", "", more)
            side = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(_head(cell), side, words)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(cell).adjusted(2, 2, -2, -2), 4, 4)
        painter.restore()

    def _paint_number(self, painter: QPainter, cell: QRect, look: DayLook) -> None:
        words = QLocale().toString(look.day.day)
        place = _head(cell)
        painter.setFont(self._theme.font("small", strong=look.is_today))
        ink = "text_faint" if look.is_outside else "text"
        if look.is_today:
            ink = "on_accent"
            is_mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = place.right() - 25 if is_mirrored else place.left()
            pill = QRect(left, place.top() + 1, 26, place.height() - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            painter.drawRoundedRect(pill, 10, 10)
            painter.setPen(self._theme.color(ink))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
            return
        painter.setPen(self._theme.color(ink))
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place.adjusted(4, 0, -4, 0), side, words)

    def _paint_session(self, painter: QPainter, place: QRect, block: Block) -> None:
        theme = self._theme
        ink, ground = block.chip.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(QRectF(place).adjusted(0, 1, 0, -1), 4, 4)
        is_mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        icon_left = place.right() - ICON_PX - 2 if is_mirrored else place.left() + 4
        icon = "clock" if block.is_pending else block.chip.icon
        picture = theme.pixmap(icon, ink, ICON_PX, painter.device().devicePixelRatio())
        painter.drawPixmap(QPoint(icon_left, place.center().y() - ICON_PX // 2 + 1), picture)
        words = place.adjusted(4, 0, -ICON_PX - 8, 0)
        if not is_mirrored:
            words = place.adjusted(ICON_PX + 8, 0, -4, 0)
        font = type(theme.font("small"))(theme.font("small"))
        font.setStrikeOut(block.is_struck)
        painter.setFont(font)
        painter.setPen(theme.color("text_muted" if block.is_dimmed else "text"))
        told = f"{block.begins} {block.title}"
        shown = QFontMetrics(font).elidedText(told, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(
            words, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown
        )


def shown_count(height: int, count: int) -> int:
    """How many of a day's sessions fit into a cell so high."""
    return min(count, max(0, (height - HEAD_PX - MARGIN_PX) // LINE_PX))


def _head(cell: QRect) -> QRect:
    return QRect(cell.left() + 4, cell.top() + 1, cell.width() - 8, HEAD_PX - 2)


def _line(cell: QRect, at: int) -> QRect:
    top = cell.top() + HEAD_PX + at * LINE_PX
    return QRect(cell.left() + MARGIN_PX, top, cell.width() - 2 * MARGIN_PX - 1, LINE_PX)
