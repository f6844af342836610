"""Draws two-line rows and day headings, and tells where their buttons are."""

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from desktop.ui.record_list_model import Role
from desktop.ui.theme import Theme
from desktop.ui.widgets.avatar import paint_avatar
from desktop.ui.widgets.chip import paint_chip
from desktop.ui.widgets.row_layout import BAR_PX, LINE_GAP, RowLayout, lay_out
from desktop.ui.widgets.row_look import RowAction, RowLook
from desktop.ui.widgets.wrapped_text import wrapped

Index = QModelIndex | QPersistentModelIndex

ICON_PX = 16
HEADING_TOP = 16
HEADING_FOOT = 4
LINE_TOP = 10
MARGIN_X = 12


class RowDelegate(QStyledItemDelegate):
    """Draws what `Role.LOOK` gives, a `RowLook`, and headings where the model has them.

    `current_action` is the button that the arrow keys stand on in the current row, or "".
    """

    def __init__(self, theme: Theme, view: QListView, parent: QObject | None = None) -> None:
        super().__init__(parent or view)
        self.theme = theme
        self._view = view
        self._sizes: dict[tuple[str, int], tuple[object, QSize]] = {}
        self.current_action = ""
        self.pointer = QPoint(-1, -1)
        theme.changed.connect(self._forget_sizes)

    def layout_of(self, index: Index) -> RowLayout | None:
        """The parts of a row as it is shown now; `None` for a heading."""
        look = index.data(Role.LOOK)
        if not isinstance(look, RowLook):
            return None
        is_mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return lay_out(self.theme, look, self._width(), is_right_to_left=is_mirrored)

    def action_at(self, index: Index, point: QPoint) -> RowAction | None:
        """The button under `point`, which is in the viewport."""
        row = self.layout_of(index)
        if row is None:
            return None
        inside = point - self._view.visualRect(index).topLeft()
        for action, rect in row.actions:
            if row.mirrored(rect).contains(inside):
                return action
        return None

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        key, width = (str(index.data(Role.RECORD_ID)), self._width())
        look = index.data(Role.LOOK) or index.data()
        kept = self._sizes.get((key, width))
        if kept and kept[0] == look:
            return kept[1]
        if len(self._sizes) > 20_000:
            self._sizes.clear()
        size = self._measured(index, width)
        self._sizes[key, width] = (look, size)
        return size

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = index.data(Role.LOOK)
        row = self.layout_of(index)
        area: QRect = option.rect
        painter.save()
        painter.translate(area.topLeft())
        painter.setLayoutDirection(self._view.layoutDirection())
        if row is None or not isinstance(look, RowLook):
            self._paint_heading(painter, index, area.size())
        else:
            state: QStyle.StateFlag = option.state
            self._paint_ground(painter, area.size(), state)
            self._paint_leading(painter, row, look)
            self._paint_words(painter, row, look)
            self._paint_tail(painter, row, look)
            self._paint_actions(painter, row, index, state, area)
        painter.restore()

    def _forget_sizes(self) -> None:
        """Measure anew; a method, so that the theme calls it no longer than this object is."""
        self._sizes.clear()

    def _width(self) -> int:
        return max(120, self._view.viewport().width())

    def _measured(self, index: Index, width: int) -> QSize:
        row = self.layout_of(index)
        if row is not None:
            return QSize(width, row.height)
        font = self.theme.font("small", strong=True)
        words = wrapped(str(index.data()), font, width - 2 * MARGIN_X)
        return QSize(width, HEADING_TOP + words.height + HEADING_FOOT)

    def _paint_heading(self, painter: QPainter, index: Index, size: QSize) -> None:
        font = self.theme.font("small", strong=True)
        is_mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        width = size.width() - 2 * MARGIN_X
        words = wrapped(str(index.data()), font, width, is_right_to_left=is_mirrored)
        is_line = bool(index.data(Role.IS_LINE))
        ink = self.theme.color("accent_text" if is_line else "text_muted")
        words.paint(painter, MARGIN_X, HEADING_TOP, ink)
        if is_line:
            painter.setPen(QPen(self.theme.color("accent"), 1))
            painter.drawLine(MARGIN_X, LINE_TOP, size.width() - MARGIN_X, LINE_TOP)

    def _paint_ground(self, painter: QPainter, size: QSize, state: QStyle.StateFlag) -> None:
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(0, 0, size.width(), size.height()).adjusted(2, 1, -2, -1)
        if is_selected or is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("selected" if is_selected else "hover"))
            painter.drawRoundedRect(ground, 8, 8)
        if has_focus and not self.current_action:
            painter.setPen(QPen(self.theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 7, 7)

    def _paint_leading(self, painter: QPainter, row: RowLayout, look: RowLook) -> None:
        if look.lead:
            self._paint_lead(painter, row.mirrored(row.lead), look)
        if look.bar:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color(look.bar))
            painter.drawRoundedRect(row.mirrored(row.bar), BAR_PX / 2, BAR_PX / 2)
        if look.avatar:
            paint_avatar(painter, self.theme, QRectF(row.mirrored(row.avatar)), look.avatar)

    def _paint_lead(self, painter: QPainter, area: QRect, look: RowLook) -> None:
        lines = look.lead.split("\n")
        step = area.height() // len(lines)
        for at, line in enumerate(lines):
            is_first = at == 0
            painter.setFont(self.theme.font("body", strong=is_first and not look.is_dimmed))
            ink = "text" if is_first and not look.is_dimmed else "text_muted"
            painter.setPen(self.theme.color(ink))
            rect = QRect(area.left(), area.top() + at * step, area.width(), step)
            painter.drawText(
                rect, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, line
            )

    def _paint_words(self, painter: QPainter, row: RowLayout, look: RowLook) -> None:
        area = row.mirrored(row.words)
        top = area.top()
        muted = self.theme.color("text_muted")
        if row.title:
            ink = muted if look.is_dimmed else self.theme.color("text")
            row.title.paint(painter, area.left(), top, ink)
            top += row.title.height + LINE_GAP
        if row.subtitle:
            row.subtitle.paint(painter, area.left(), top, muted)
            top += row.subtitle.height + LINE_GAP
        if row.pending:
            self._paint_pending(painter, row, area, top)

    def _paint_pending(self, painter: QPainter, row: RowLayout, area: QRect, top: int) -> None:
        if row.pending is None:
            return
        ratio = painter.device().devicePixelRatio()
        clock = self.theme.pixmap("clock", "pending", 14, ratio)
        is_mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = area.right() - 14 if is_mirrored else area.left()
        painter.drawPixmap(QPointF(left, top + 1), clock)
        words_left = area.left() if is_mirrored else area.left() + 20
        row.pending.paint(painter, words_left, top, self.theme.color("pending"))

    def _paint_tail(self, painter: QPainter, row: RowLayout, look: RowLook) -> None:
        if look.trailing:
            painter.setFont(self.theme.font("small"))
            painter.setPen(self.theme.color("text_muted"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(row.mirrored(row.trailing), flags, look.trailing)
        if look.chip:
            paint_chip(painter, self.theme, QRectF(row.mirrored(row.chip)), look.chip)

    def _paint_actions(
        self,
        painter: QPainter,
        row: RowLayout,
        index: Index,
        state: QStyle.StateFlag,
        area: QRect,
    ) -> None:
        is_current = self._view.hasFocus() and self._view.currentIndex() == index
        is_open = is_current or bool(
            state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected)
        )
        for action, place in row.actions:
            if not (action.in_words or action.is_steady or is_open):
                continue
            rect = row.mirrored(place)
            is_hot = rect.contains(self.pointer - area.topLeft())
            self._paint_action_ground(painter, action, rect, is_hot=is_hot)
            if is_current and action.key == self.current_action:
                painter.setPen(QPen(self.theme.color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 6, 6)
            self._paint_action_face(painter, action, rect)

    def _paint_action_ground(
        self, painter: QPainter, action: RowAction, rect: QRect, *, is_hot: bool
    ) -> None:
        if action.in_words:
            painter.setPen(QPen(self.theme.color("field_border"), 1))
            painter.setBrush(self.theme.color("hover" if is_hot else "surface"))
        elif is_hot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("pressed"))
        else:
            return
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_action_face(self, painter: QPainter, action: RowAction, rect: QRect) -> None:
        ink = "accent_text" if action.in_words else "text_muted"
        ratio = painter.device().devicePixelRatio()
        picture = self.theme.pixmap(action.icon, ink, ICON_PX, ratio)
        middle = rect.top() + (rect.height() - ICON_PX) / 2
        if not action.in_words:
            painter.drawPixmap(QPointF(rect.left() + (rect.width() - ICON_PX) / 2, middle), picture)
            return
        is_mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = rect.right() - 8 - ICON_PX if is_mirrored else rect.left() + 8
        painter.drawPixmap(QPointF(left, middle), picture)
        painter.setFont(self.theme.font("small", strong=True))
        painter.setPen(self.theme.color(ink))
        words = rect.adjusted(0, 0, -28, 0) if is_mirrored else rect.adjusted(28, 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(words, flags, action.text)
