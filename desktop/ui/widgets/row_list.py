"""A list of two-line rows whose buttons work by pointer and by keyboard."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QListView, QMenu, QToolTip, QWidget
from typing_extensions import override

from desktop.ui.record_list_model import RecordListModel, Role
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.menu_key import open_menu
from desktop.ui.widgets.row_delegate import Index, RowDelegate
from desktop.ui.widgets.row_look import RowAction, RowLook

OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowList(QListView):
    """Shows a `RecordListModel` whose looks are `RowLook`s.

    Up and Down move between rows, Left and Right between a row's buttons, Return presses or opens.

    Signals:
        opened: the id of the row that the person wants to see.
        action_asked: the key of a row's button, and the row's id.
    """

    opened = Signal(str)
    action_asked = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        model: RecordListModel[Any],
        name: str,
        parent: QWidget | None = None,
        *,
        opens_on_click: bool = False,
    ) -> None:
        """Show `model`; `name` is what a screen reader calls the list.

        `opens_on_click`: a click beside the buttons opens a row, where else it takes two.
        """
        super().__init__(parent)
        self._theme = theme
        self._opens_on_click = opens_on_click
        self._pressed: tuple[str, str] | None = None
        self.setAccessibleName(name)
        self.rows = RowDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self.rows)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(20)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)

        self.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self.viewport().update)

    def select(self, record_id: str) -> bool:
        """Make the row with this id the current one and bring it into view."""
        model = self.model()
        row = model.row_of(record_id) if isinstance(model, RecordListModel) else -1
        if row < 0:
            return False
        self.setCurrentIndex(model.index(row, 0))
        self.scrollTo(self.currentIndex())
        return True

    def select_first(self) -> None:
        """Make the first row the current one; headings are none."""
        model = self.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            if not index.data(Role.IS_HEADING):
                self.setCurrentIndex(index)
                return

    def step(self, by: int) -> None:
        """Go to the next row, or with -1 to the one before, as the arrow keys do."""
        key = Qt.Key.Key_Down if by > 0 else Qt.Key.Key_Up
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self, event)

    def current_id(self) -> str:
        """The id of the current row, or "" when there is none."""
        index = self.currentIndex()
        return str(index.data(Role.RECORD_ID)) if index.isValid() else ""

    @override
    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        super().dataChanged(top_left, bottom_right, roles)
        keys = {each.key for each in self._actions(self.currentIndex())}
        if self.rows.current_action not in keys:  # the button is gone: it is the row that one is on
            self.rows.current_action = ""

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        self.rows.current_action = ""
        super().currentChanged(current, previous)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if open_menu(self, event):
            return
        index = self.currentIndex()
        if index.isValid() and self._on_row_key(event, index):
            event.accept()
            return
        super().keyPressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_pointer(event.position().toPoint())
        super().mouseMoveEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        point = event.position().toPoint()
        index = self.indexAt(point)
        action = self.rows.action_at(index, point) if index.isValid() else None
        is_row = index.isValid() and not index.data(Role.IS_HEADING)
        if is_row and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (action.key if action else "", str(index.data(Role.RECORD_ID)))
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        point = event.position().toPoint()
        index = self.indexAt(point)
        if not pressed or not index.isValid():
            return
        action = self.rows.action_at(index, point)
        if (action.key if action else "", str(index.data(Role.RECORD_ID))) != pressed:
            return
        if action:
            self.action_asked.emit(*pressed)
        elif self._opens_on_click:
            self.opened.emit(pressed[1])

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._set_pointer(QPoint(-1, -1))
        super().leaveEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        if by_key and not self.selectionModel().hasSelection():
            self.select_first()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            action = self.rows.action_at(index, event.pos()) if index.isValid() else None
            if action:
                QToolTip.showText(event.globalPos(), action.text, self.viewport())
                return True
        return super().viewportEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        menu = self.menu_for(index)
        if menu is None:
            return
        at = event.pos() if by_mouse else self.visualRect(index).center()
        menu.popup(self.viewport().mapToGlobal(at))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def menu_for(self, index: QModelIndex) -> QMenu | None:
        """All that can be done with a row; `None` when that is nothing."""
        actions = self._actions(index)
        if not actions:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        record_id = str(index.data(Role.RECORD_ID))
        for action in actions:
            entry = menu.addAction(action.text)
            self._theme.dress(entry, action.icon)
            entry.triggered.connect(
                lambda _on=False, key=action.key: self.action_asked.emit(key, record_id)
            )
        return menu

    def _actions(self, index: QModelIndex) -> tuple[RowAction, ...]:
        look = index.data(Role.LOOK) if index.isValid() else None
        return look.actions if isinstance(look, RowLook) else ()

    def _on_row_key(self, event: QKeyEvent, index: QModelIndex) -> bool:
        """Handle a key that belongs to the row; false leaves it to the list."""
        record_id = str(index.data(Role.RECORD_ID))
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            is_forward = (event.key() == Qt.Key.Key_Right) != is_mirrored
            return self._step(index, 1 if is_forward else -1)
        if event.key() == Qt.Key.Key_Escape and self.rows.current_action:
            self._show_current_action(index, "")
            return True
        is_space = event.key() == Qt.Key.Key_Space and bool(self.rows.current_action)
        if event.key() in OPEN_KEYS or is_space:
            if self.rows.current_action:
                self.action_asked.emit(self.rows.current_action, record_id)
            else:
                self.opened.emit(record_id)
            return True
        return False

    def _step(self, index: QModelIndex, by: int) -> bool:
        row = self.rows.layout_of(index)
        # As they stand side by side, which is not how they are listed.
        keys = ["", *(action.key for action, _place in row.actions)] if row else [""]
        if len(keys) == 1:
            return False
        current = self.rows.current_action
        at = keys.index(current) if current in keys else 0
        self._show_current_action(index, keys[min(max(0, at + by), len(keys) - 1)])
        return True

    def _show_current_action(self, index: QModelIndex, key: str) -> None:
        self.rows.current_action = key
        self.update(index)
        words = next((each.text for each in self._actions(index) if each.key == key), "")
        if words:
            announce(self, words)

    def _set_pointer(self, point: QPoint) -> None:
        self.rows.pointer = point
        index = self.indexAt(point)
        is_on_action = index.isValid() and self.rows.action_at(index, point) is not None
        shape = Qt.CursorShape.PointingHandCursor if is_on_action else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        if index.isValid():
            self.update(index)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if self._opens_on_click:
            return
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        if not index.data(Role.IS_HEADING) and not self.rows.action_at(index, point):
            self.opened.emit(str(index.data(Role.RECORD_ID)))
