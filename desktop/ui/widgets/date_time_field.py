"""A day and a time, made for typing and for the arrow keys."""

from datetime import date, datetime, time

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QDateTimeEdit,
    QHBoxLayout,
    QTimeEdit,
    QWidget,
)
from typing_extensions import override

from desktop.ui.widgets.day_popup import DayPopup

STEP_MIN = 15
SIGNS = tuple("/.:-")
FIRST_DAY, LAST_DAY = QDate(2000, 1, 1), QDate(2099, 12, 31)


class FromTheStart(QObject):
    """Has typing begin at the first number of a day or time, however the keyboard got there.

    Qt begins where the pointer or Shift+Tab came in, and takes no digit where nothing is selected.
    """

    def __init__(self, edit: QDateTimeEdit, first: int = 0) -> None:
        """`first` is the place of the first section that people type into."""
        super().__init__(edit)
        self._edit = edit
        self._first = first
        self._is_coming = False
        edit.installEventFilter(self)
        edit.lineEdit().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self._on_focus(event.reason())
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._select(self._first if self._is_coming else self._edit.currentSectionIndex())
            self._is_coming = False
        elif isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.SelectAll):
            self._select(self._first)
            return True
        elif isinstance(event, QKeyEvent) and self._is_past(event):
            return True
        return super().eventFilter(watched, event)

    def _on_focus(self, reason: Qt.FocusReason) -> None:
        if reason is Qt.FocusReason.MouseFocusReason:
            self._is_coming = True  # the section is chosen when the button is let go
        elif reason not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            QTimer.singleShot(0, self, lambda: self._select(self._first))

    def _is_past(self, event: QKeyEvent) -> bool:
        """Whether it is the sign before a number to which Qt has gone on already by itself."""
        edit = self._edit
        is_sign = event.type() == QEvent.Type.KeyPress and event.text() in SIGNS
        is_untouched = edit.lineEdit().selectedText() == edit.sectionText(edit.currentSection())
        return is_sign and is_untouched and edit.currentSectionIndex() > self._first

    def _select(self, section: int) -> None:
        self._edit.setCurrentSectionIndex(max(section, self._first))
        self._edit.setSelectedSection(self._edit.currentSection())


class QuarterTimeEdit(QTimeEdit):
    """A time whose arrows go to the next quarter of an hour, while any minute can be typed.

    The wheel scrolls the page around it and changes nothing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWrapping(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # A style sheet's padding does not reach the text of a spin box.
        self.lineEdit().setTextMargins(8, 0, 0, 0)
        FromTheStart(self)

    @override
    def stepBy(self, steps: int) -> None:
        if self.currentSection() != QTimeEdit.Section.MinuteSection:
            super().stepBy(steps)
            return
        shown = self.time()
        minutes = shown.hour() * 60 + shown.minute()
        quarters = minutes // STEP_MIN + steps
        if steps < 0 and minutes % STEP_MIN:
            quarters += 1
        total = quarters * STEP_MIN % (24 * 60)
        self.setTime(QTime(total // 60, total % 60))
        self.setSelectedSection(QTimeEdit.Section.MinuteSection)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class DayEdit(QDateEdit):
    """A day whose name stands before it; typing begins at the number.

    The wheel scrolls the page around it and changes nothing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setDisplayFormat("ddd " + _long_year(QLocale()))
        self.setDateRange(FIRST_DAY, LAST_DAY)
        FromTheStart(self, first=1)
        self.setCalendarWidget(DayPopup())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class DateTimeField(QWidget):
    """A day and a time of the wall clock; the zone is its owner's matter.

    Signals:
        changed: the person or the program has set another day or time.
    """

    changed = Signal()

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DayEdit()
        self.clock = QuarterTimeEdit()
        self.clock.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.day, 3)
        row.addWidget(self.clock, 2)
        self.editors: list[QWidget] = [self.day, self.clock]
        self.setFocusProxy(self.day)
        self.set_name(name)

        self.day.dateChanged.connect(self.changed)
        self.clock.timeChanged.connect(self.changed)

    def set_name(self, name: str) -> None:
        """Name both editors for a screen reader, for instance "Start"."""
        self.setAccessibleName(name)
        self.day.setAccessibleName(self.tr("%1, day").replace("%1", name))
        self.clock.setAccessibleName(self.tr("%1, time").replace("%1", name))

    def value(self) -> datetime:
        """The wall-clock time that is shown, without a zone, whole minutes."""
        day, clock = self.day.date(), self.clock.time()
        at = time(clock.hour(), clock.minute())
        return datetime.combine(date(day.year(), day.month(), day.day()), at)

    def set_value(self, wall: datetime) -> None:
        """Show `wall`, a wall-clock time; `changed` is emitted once when it differs."""
        if wall.replace(second=0, microsecond=0, tzinfo=None) == self.value():
            return
        self.day.blockSignals(True)
        self.clock.blockSignals(True)
        self.day.setDate(QDate(wall.year, wall.month, wall.day))
        self.clock.setTime(QTime(wall.hour, wall.minute))
        self.day.blockSignals(False)
        self.clock.blockSignals(False)
        self.changed.emit()


def _long_year(locale: QLocale) -> str:
    """The locale's short date with a year of four digits, so that nobody guesses the century."""
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")
