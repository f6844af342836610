"""A month of days, each with its sessions; a day or a session is opened by click or by key."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from desktop.ui.schedule.calendar.days import WEEK_DAYS, months_later
from desktop.ui.schedule.calendar.month_delegate import MonthDelegate
from desktop.ui.schedule.calendar.month_model import DayLook, MonthModel
from desktop.ui.theme import Theme

Key = Qt.Key
STEPS = {Key.Key_Up: -WEEK_DAYS, Key.Key_Down: WEEK_DAYS, Key.Key_Left: -1, Key.Key_Right: 1}


class MonthGrid(QTableView):
    """Shows a `MonthModel`; the arrows go on into the months before and after.

    Signals:
        opened: the id of the session to look at.
        day_opened: the day whose hours are wanted.
        new_asked: the day to plan a session on.
        day_asked: a day that is not shown, which the keyboard has come to.
        today_asked: back to the present.
    """

    opened = Signal(str)
    day_opened = Signal(object)
    new_asked = Signal(object)
    day_asked = Signal(object)
    today_asked = Signal()

    def __init__(self, theme: Theme, model: MonthModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days = model
        self.setAccessibleName(self.tr("Month"))
        self.setModel(model)
        self.drawing = MonthDelegate(theme, self)
        self.setItemDelegate(self.drawing)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setAccessibleName(self.tr("Weekdays"))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(24)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        theme.changed.connect(self.viewport().update)

    def current_day(self) -> date | None:
        look = self._days.look_at(self.currentIndex())
        return look.day if look else None

    def go_to(self, day: date) -> None:
        """Make the cell of `day` the current one, where it is shown."""
        index = self._days.index_of(day)
        if index.isValid():
            self.setCurrentIndex(index)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        day = self.current_day()
        key = Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if day is None or held or not self._on_key(key, day):
            event.ignore()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        index = self.indexAt(point)
        look = self._days.look_at(index)
        if look is None:
            return
        if record_id := self.drawing.session_at(index, point):
            self.opened.emit(record_id)
        elif self.drawing.is_on_rest(index, point):
            self.day_opened.emit(look.day)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        look = self._days.look_at(self.indexAt(point))
        if look and not self.drawing.session_at(self.indexAt(point), point):
            self.day_opened.emit(look.day)

    def _on_key(self, key: Key, day: date) -> bool:
        if key in STEPS:
            by = STEPS[key]
            is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            if is_mirrored and abs(by) == 1:
                by = -by
            self._step_to(date.fromordinal(day.toordinal() + by))
            return True
        match key:
            case Key.Key_Return | Key.Key_Enter | Key.Key_Space:
                self.day_opened.emit(day)
            case Key.Key_N:
                self.new_asked.emit(day)
            case Key.Key_T:
                self.today_asked.emit()
            case Key.Key_PageUp | Key.Key_PageDown:
                self._step_to(months_later(day, 1 if key == Key.Key_PageDown else -1))
            case _:
                return False
        return True

    def _step_to(self, day: date) -> None:
        look = self._days.look_at(self._days.index_of(day))
        if look is None or look.is_outside:
            self.day_asked.emit(day)
        self.go_to(day)


def day_text(look: DayLook, day_words: str) -> str:
    """`Thursday 4 December: 10:00 Weekly talk, Scheduled; …` for a screen reader."""
    told = [f"{one.begins} {one.title}, {one.chip.text}" for _id, one in look.blocks]
    return f"{day_words}: " + "; ".join(told) if told else day_words
