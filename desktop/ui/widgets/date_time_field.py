"""A day and a time, made for typing and for the arrow keys."""

from datetime import date, datetime, time

from PySide6.QtCore import QDate, QLocale, Qt, QTime, Signal
from PySide6.QtGui import QFocusEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QHBoxLayout, QTimeEdit, QWidget
from typing_extensions import override

STEP_MIN = 15


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
    """A day whose name stands before it; Tab goes to the number, since nobody types the name.

    The wheel scrolls the page around it and changes nothing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        locale = QLocale()
        self.setCalendarPopup(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setDisplayFormat("ddd " + _long_year(locale))
        calendar = self.calendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(locale.firstDayOfWeek())
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekend, QTextCharFormat())  # Qt's red is hard to read

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.TabFocusReason:
            self.setCurrentSectionIndex(1)
            self.setSelectedSection(self.currentSection())

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
