"""The pointer in a week's grid: a press, a drag by body or edge, a click that opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu
from typing_extensions import override

from desktop.ui.record_list_model import Role
from desktop.ui.schedule.calendar.cursor import Cursor
from desktop.ui.schedule.calendar.proposals import Drag, Proposal
from desktop.ui.schedule.calendar.spans import STEP, Span

if TYPE_CHECKING:
    from desktop.ui.schedule.calendar.week_grid import WeekGrid

EDGE_PX = 6
SCROLL_EDGE_PX = 24
SCROLL_MS = 50  # between two steps while the pointer rests at an edge
SHAPES = {
    Drag.WHOLE: Qt.CursorShape.PointingHandCursor,
    Drag.START: Qt.CursorShape.SizeVerCursor,
    Drag.END: Qt.CursorShape.SizeVerCursor,
}


class Pointing(QObject):
    """Turns what the pointer does over the grid's viewport into proposals."""

    def __init__(self, grid: WeekGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._pressed = QPoint()
        self._pressed_id = ""
        self._point = QPoint()
        self._held: Proposal | None = None
        self.is_held = False
        self.clock = QTimer(self, interval=SCROLL_MS)
        self.clock.timeout.connect(self._on_time)
        grid.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() is Qt.MouseButton.LeftButton:
                self._on_press(event.position().toPoint())
            case QEvent.Type.MouseMove:
                self._on_move(event.position().toPoint())
            case QEvent.Type.MouseButtonRelease if event.button() is Qt.MouseButton.LeftButton:
                self._on_release(event.position().toPoint())
            case QEvent.Type.MouseButtonDblClick if not self._grid.indexAt(
                event.position().toPoint()
            ).isValid():
                self._grid.new_asked.emit(self._grid.cursor_at.span)
            case _:
                return event.type() is QEvent.Type.MouseButtonDblClick
        return True

    def let_go(self) -> None:
        """Forget the drag that is under way; what was proposed is the grid's to drop."""
        self.is_held = False
        self._held = None
        self.clock.stop()

    def part_at(self, point: QPoint) -> Drag | None:
        """What a drag from here would take hold of; None where nothing can be dragged."""
        index = self._grid.indexAt(point)
        block = self._grid.block_at(index)
        if block is None or not block.can_move:
            return None
        rect = self._grid.visualRect(index)
        if rect.contains(point) and rect.height() >= 4 * EDGE_PX:
            if point.y() - rect.top() < EDGE_PX:
                return Drag.START
            if rect.bottom() - point.y() < EDGE_PX:
                return Drag.END
        return Drag.WHOLE

    def _on_press(self, point: QPoint) -> None:
        grid = self._grid
        grid.setFocus(Qt.FocusReason.MouseFocusReason)
        grid.drop_proposal()
        grid.awaited = ""
        index = grid.indexAt(point)
        grid.setCurrentIndex(index)
        self._pressed = QPoint(point.x(), point.y() + grid.verticalOffset())
        self._pressed_id = str(index.data(Role.RECORD_ID)) if index.isValid() else ""
        grid.cursor_at = Cursor.at(grid.scale.time_at(self._pressed.x(), self._pressed.y()))
        self._held = self._taken(index, point)
        self.is_held = True
        grid.viewport().update()

    def _taken(self, index: QModelIndex, point: QPoint) -> Proposal | None:
        """What a drag from here begins with."""
        block = self._grid.block_at(index)
        if block is None:
            start = self._grid.cursor_at.wall
            span = Span(start, start + STEP)
            return Proposal(drag=Drag.NEW, was=span, span=span)
        part = self.part_at(point)
        if part is None:
            return None
        return Proposal(drag=part, was=block.span, span=block.span, id=self._pressed_id)

    def _on_move(self, point: QPoint) -> None:
        grid = self._grid
        if not self.is_held or self._held is None:
            shape = SHAPES.get(self.part_at(point) or Drag.NEW, Qt.CursorShape.ArrowCursor)
            grid.viewport().setCursor(shape)
            return
        now = QPoint(point.x(), point.y() + grid.verticalOffset())
        far = (now - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far or grid.proposal is not None:
            self._point = point
            self._pull(self._held)
            if not self._way():
                self.clock.stop()
            elif not self.clock.isActive():
                self.clock.start()

    def _pull(self, held: Proposal) -> None:
        """Propose what the pointer is over now."""
        grid, scale = self._grid, self._grid.scale
        was = scale.time_at(self._pressed.x(), self._pressed.y())
        x = self._point.x() if held.drag is Drag.WHOLE else self._pressed.x()  # edges keep the day
        y = self._point.y() + grid.verticalOffset()
        grid.propose(held.dragged(scale.time_at(x, y) - was))

    def _way(self) -> int:
        """Up or down where a drag has come to an edge of what is seen, else 0."""
        if self._point.y() < SCROLL_EDGE_PX:
            return -1
        return 1 if self._point.y() > self._grid.viewport().height() - SCROLL_EDGE_PX else 0

    def _on_time(self) -> None:
        """Go on in that direction for as long as the pointer rests there."""
        bar = self._grid.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + self._way() * bar.singleStep() // 2)
        if self._held is None or bar.value() == before:
            self.clock.stop()
        else:
            self._pull(self._held)

    def _on_release(self, point: QPoint) -> None:
        if not self.is_held:  # Escape took it back meanwhile
            return
        grid = self._grid
        self.let_go()
        if grid.proposal is not None:
            grid.settle()
            return
        index = grid.indexAt(point)
        if self._pressed_id and index.isValid() and index.data(Role.RECORD_ID) == self._pressed_id:
            grid.opened.emit(self._pressed_id)
        else:
            grid.say_place()

    def show_menu(self, event: QContextMenuEvent) -> None:
        """Open the menu of the session under the pointer, or of the current one by key."""
        grid = self._grid
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = grid.indexAt(event.pos()) if by_mouse else grid.currentIndex()
        menu = self.menu_for(index)
        if menu is not None:
            grid.setCurrentIndex(index)
            at = event.pos() if by_mouse else grid.visualRect(index).center()
            menu.popup(grid.viewport().mapToGlobal(at))

    def menu_for(self, index: QModelIndex) -> QMenu | None:
        """All that can be done with a session; None beside one."""
        block = self._grid.block_at(index)
        if block is None or not block.actions:
            return None
        menu = QMenu(self._grid)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        record_id = str(index.data(Role.RECORD_ID))
        for action in block.actions:
            entry = menu.addAction(action.text)
            self._grid.theme.dress(entry, action.icon)
            entry.triggered.connect(
                lambda _on=False, key=action.key: self._grid.action_asked.emit(key, record_id)
            )
        return menu
