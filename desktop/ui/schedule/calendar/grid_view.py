"""An item view of blocks between hours: where they are, what is under a point, how it scrolls."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QHelpEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget
from typing_extensions import override

from desktop.ui.record_list_model import Role
from desktop.ui.schedule.calendar.blocks import Block
from desktop.ui.schedule.calendar.placing import Placing
from desktop.ui.schedule.calendar.scale import HOUR_PX, Scale
from desktop.ui.schedule.calendar.week_header import HEIGHT, WeekHeader
from desktop.ui.theme import Theme
from desktop.ui.widgets.literal import tip

Index = QModelIndex | QPersistentModelIndex


class GridView(QAbstractItemView):
    """What Qt wants to know of any view, for sessions that stand in columns of days."""

    def __init__(
        self, theme: Theme, model: QAbstractItemModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.days: Sequence[date] = []
        self._placing: Placing | None = None
        self.header = WeekHeader(theme, self)
        self.setViewportMargins(0, HEIGHT, 0, 0)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(HOUR_PX // 2)
        self.setMouseTracking(True)
        for changed in (
            model.dataChanged,
            model.rowsInserted,
            model.rowsRemoved,
            model.rowsMoved,
            model.modelReset,
        ):
            changed.connect(self.forget_places)
        theme.changed.connect(self.viewport().update)

    @property
    def scale(self) -> Scale:
        """Between times and pixels, as wide as the view is now."""
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return Scale(days=self.days, width=self.viewport().width(), is_mirrored=is_mirrored)

    @property
    def placing(self) -> Placing:
        """Where the sessions are; kept until something changes."""
        if self._placing is None:
            self._placing = Placing(self.model(), self.scale)
        return self._placing

    def forget_places(self, *_: object) -> None:
        """Place the sessions anew when they are next drawn."""
        self._placing = None
        self.viewport().update()

    def current_id(self) -> str:
        """The id of the current session, or "" when there is none."""
        index = self.currentIndex()
        return str(index.data(Role.RECORD_ID)) if index.isValid() else ""

    @override
    def visualRect(self, index: Index) -> QRect:
        rects = self.placing.rects.get(index.row(), [])
        offset = QPointF(0, -self.verticalOffset())
        return rects[0].translated(offset).toAlignedRect() if rects else QRect()

    @override
    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self.placing.row_at(QPointF(point) + QPointF(0, self.verticalOffset()))
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    @override
    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if rects := self.placing.rects.get(index.row()):
            self._scroll_to(rects[0])

    def _scroll_to(self, rect: QRectF) -> None:
        """Bring a stretch of the day into view, its beginning before all."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        foot = min(rect.bottom(), rect.top() + height)
        if foot > bar.value() + height:
            bar.setValue(int(foot - height) + 4)
        if rect.top() < bar.value():
            bar.setValue(int(rect.top()) - 4)

    @override
    def horizontalOffset(self) -> int:
        return 0

    @override
    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    @override
    def isIndexHidden(self, index: Index) -> bool:
        return False

    @override
    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        return self.currentIndex()  # the grid's own keys move it

    @override
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        self.selectionModel().select(QItemSelection(index, index), command)

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += QRegion(self.visualRect(index))
        return region

    @override
    def updateGeometries(self) -> None:
        super().updateGeometries()
        view = self.viewport()
        bar = self.verticalScrollBar()
        bar.setPageStep(max(1, view.height()))
        bar.setRange(0, max(0, 24 * HOUR_PX - view.height()))
        self.header.grid_width = view.width()
        self.header.setGeometry(view.x(), view.y() - HEIGHT, self.width() - view.x(), HEIGHT)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()
        self.forget_places()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            block = self.indexAt(event.pos()).data(Role.LOOK)
            if isinstance(block, Block):
                QToolTip.showText(event.globalPos(), tip(block.tip), self.viewport())
                return True
            QToolTip.hideText()
        return super().viewportEvent(event)
