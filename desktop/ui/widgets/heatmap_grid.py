"""The squares of a heatmap, through which one walks day by day with the arrow keys."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSizePolicy, QTableView, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.heatmap_delegate import HeatmapDelegate
from desktop.ui.widgets.heatmap_model import WEEK_DAYS, HeatmapModel, Index

Key = Qt.Key
MONTH_DAYS = 4 * WEEK_DAYS
STEPS = {
    Key.Key_Up: -1,
    Key.Key_Down: 1,
    Key.Key_Left: -WEEK_DAYS,
    Key.Key_Right: WEEK_DAYS,
    Key.Key_PageUp: -MONTH_DAYS,
    Key.Key_PageDown: MONTH_DAYS,
}


class HeatmapGrid(QTableView):
    """Shows a `HeatmapModel` in squares; a screen reader gets each of them as a cell with words.

    Up and Down go by a day, Left and Right by a week, Page Up and Page Down by four, Home and End
    to the first and the last day.

    Signals:
        pointed: the words of the day under the pointer or the keyboard, or "".
    """

    pointed = Signal(str)

    def __init__(
        self, theme: Theme, model: HeatmapModel, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._days = model
        self.setAccessibleName(name)
        self.setProperty("plain", True)
        self.setModel(model)
        self.drawing = HeatmapDelegate(theme, self)
        self.setItemDelegate(self.drawing)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)

        self.entered.connect(self._point_at)
        theme.changed.connect(self.viewport().update)

    def set_pitch(self, pitch: int) -> None:
        """Make each day a square of this many pixels, the gap included."""
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setDefaultSectionSize(pitch)
        size = QSize(self._days.columnCount() * pitch, self._days.rowCount() * pitch)
        if size != self.size():
            self.setFixedSize(size)

    def current_day(self) -> date | None:
        look = self._days.look_at(self.currentIndex())
        return look.day if look else None

    def go_to(self, day: date) -> None:
        """Make a day the current one; before the first it is the first, after the last the last."""
        days = self._days.days
        if days:
            within = min(max(day, days[0].day), days[-1].day)
            way = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._days.index_of(within), way)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._point_at(current)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        day, key = self.current_day(), Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or day is None or not self._on_key(key, day):
            event.ignore()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.indexAt(event.position().toPoint()).isValid():
            self._point_at(self.currentIndex())
        super().mouseMoveEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(self.currentIndex())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page around it scrolls

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.current_day() is None:  # or Qt would begin a year ago
            self.go_to(date.max)
        super().focusInEvent(event)
        self._point_at(self.currentIndex())

    def _on_key(self, key: Key, day: date) -> bool:
        match key:
            case Key.Key_Home:
                self.go_to(date.min)
            case Key.Key_End:
                self.go_to(date.max)
            case _ if key in STEPS:
                self.go_to(day + timedelta(days=self._mirrored(key)))
            case _:
                return False
        return True

    def _mirrored(self, key: Key) -> int:
        is_sideways = key in (Key.Key_Left, Key.Key_Right)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return -STEPS[key] if is_sideways and is_mirrored else STEPS[key]

    def _point_at(self, index: Index) -> None:
        look = self._days.look_at(index)
        self.pointed.emit(look.words if look else "")
