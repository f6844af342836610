"""The working hours of one weekday: up to three ranges, typed in a line."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.clock_edit import ClockEdit
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.labels import WrapLabel, restyle
from desktop.ui.widgets.stops import lead_to
from desktop.ui.widgets.why_not import allow
from domain.accounts import ClockRange

MOST = 3
FIRST: ClockRange = ("09:00", "17:00")
DAY_ENDS, MIDNIGHT = "24:00", "00:00"
LAST_HOUR = 23
NAME_WIDTH = 104


class RangeEdit(QWidget):
    """From and to; midnight as the end is that of the day.

    Signals:
        entered: another time was entered.
        removed: it is not wanted any more.
    """

    entered = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, day: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = ClockEdit(_tr("%1, from").replace("%1", day))
        self.last = ClockEdit(_tr("%1, to").replace("%1", day))
        self.remove = icon_button(theme, "x", _tr("Remove these hours: %1").replace("%1", day), 16)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.first)
        row.addWidget(QLabel("\N{EN DASH}"))
        row.addWidget(self.last)
        row.addWidget(self.remove)
        for clock in (self.first, self.last):
            clock.show_bare()
        self.first.entered.connect(self.entered)
        self.last.entered.connect(self.entered)
        self.remove.clicked.connect(self.removed)

    def hours(self) -> ClockRange:
        end = self.last.clock()
        return self.first.clock(), DAY_ENDS if end == MIDNIGHT else end

    def show_hours(self, hours: ClockRange) -> None:
        first, last = hours
        self.first.set_clock(first)
        self.last.set_clock(MIDNIGHT if last == DAY_ENDS else last)

    def mark(self, *, is_wrong: bool) -> None:
        """Frame both times as wrong, or not."""
        for edit in (self.first, self.last):
            edit.setProperty("invalid", is_wrong)
            restyle(edit)


class DayHours(QWidget):
    """One line with a day's name, its ranges, and what can be done with them.

    Signals:
        entered: the hours are others now; they may not fit, see `error`.
        copy_asked: have the same hours on all working days.
    """

    entered = Signal()
    copy_asked = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self.ranges: list[RangeEdit] = []
        self.label = QLabel(name)
        self.label.setMinimumWidth(NAME_WIDTH)
        self.free = WrapLabel(_tr("No hours"), tone="muted")
        self.add = icon_button(theme, "plus", _tr("Add hours: %1").replace("%1", name), 16)
        words = _tr("Copy to all weekdays: %1").replace("%1", name)
        self.copy = icon_button(theme, "copy", words, 16)
        self.error = WrapLabel(tone="error", size="small")
        self.error.hide()
        self._row = FlowRow(spacing=8)
        self._row.addWidget(self.free)
        self._lay_out()
        self.add.clicked.connect(self._on_add)
        self.copy.clicked.connect(self.copy_asked)
        self._show_what_is_possible()

    def hours(self) -> list[ClockRange]:
        """What is entered, the earliest first."""
        return sorted(one.hours() for one in self.ranges)

    def show_hours(self, hours: Sequence[ClockRange]) -> None:
        """Show these, without saying that somebody has entered them."""
        while len(self.ranges) > len(hours):
            self._drop(self.ranges[-1])
        while len(self.ranges) < len(hours):
            self._append()
        for edit, one in zip(self.ranges, hours, strict=True):
            if edit.hours() != one:
                edit.show_hours(one)
        self._check()

    @property
    def has_error(self) -> bool:
        return bool(self.error.accessibleName())

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        line = QHBoxLayout()
        line.setSpacing(8)
        self.label.setMinimumHeight(self.add.sizeHint().height())
        self.free.setMinimumHeight(self.add.sizeHint().height())
        line.addWidget(self.label, 0, top)
        line.addLayout(self._row, 1)
        line.addWidget(self.add, 0, top)
        line.addWidget(self.copy, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.error)

    def _on_add(self) -> None:
        hours = _next_hours(self.hours())
        edit = self._append()
        edit.show_hours(hours)
        edit.first.setFocus()
        self._on_entered()

    def _on_removed(self, edit: RangeEdit) -> None:
        self._drop(edit)
        self.add.setFocus()
        self._on_entered()

    def _on_entered(self) -> None:
        self._check()
        self.entered.emit()

    def _append(self) -> RangeEdit:
        edit = RangeEdit(self._theme, self._name)
        edit.entered.connect(self._on_entered)
        edit.removed.connect(lambda: self._on_removed(edit))
        self.ranges.append(edit)
        self._row.addWidget(edit)
        edit.show()
        lead_to(self.add, *self.ranges)
        self._show_what_is_possible()
        return edit

    def _drop(self, edit: RangeEdit) -> None:
        self.ranges.remove(edit)
        self._row.removeWidget(edit)
        edit.hide()
        edit.deleteLater()
        self._show_what_is_possible()

    def _show_what_is_possible(self) -> None:
        self.free.setVisible(not self.ranges)
        allow(self.add, len(self.ranges) < MOST, self.tr("A day has no more hours than these."))
        allow(self.copy, bool(self.ranges), self.tr("This day has no hours to copy."))
        self.updateGeometry()

    def _check(self) -> None:
        """Say at this day what is wrong with its hours."""
        words = wrong_words(self.hours())
        is_news = bool(words) and words != self.error.accessibleName()
        self.error.setText(words)
        self.error.setVisible(bool(words))
        for edit in self.ranges:
            edit.mark(is_wrong=bool(words))
            for clock in (edit.first, edit.last):
                clock.setAccessibleDescription(words)
        if is_news:
            announce(self, words)


def wrong_words(hours: Sequence[ClockRange]) -> str:
    """Why these ranges, the earliest first, are no working hours; "" where they are."""
    if any(first >= last for first, last in hours):
        return _tr("The end is not after the start.")
    if any(before[1] > after[0] for before, after in pairwise(hours)):
        return _tr("These hours overlap.")
    return ""


def _next_hours(hours: Sequence[ClockRange]) -> ClockRange:
    """What a new range begins with: usual hours, or what comes an hour after the last."""
    if not hours:
        return FIRST
    start = min(int(hours[-1][1][:2]) + 1, LAST_HOUR)
    return f"{start:02}:00", f"{start + 1:02}:00"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
