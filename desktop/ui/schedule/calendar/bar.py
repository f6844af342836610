"""The line above a week or a month: Today, back and on, the name of the period, a day to go to."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import icon_button, push_button
from desktop.ui.widgets.date_time_field import DayEdit
from desktop.ui.widgets.labels import WrapLabel


class CalendarBar(QWidget):
    """Asks for other days; which are shown is its owner's matter.

    Signals:
        today_asked: back to the present.
        step_asked: one period back (-1) or on (1).
        day_asked: a `date` that the person chose.
    """

    today_asked = Signal()
    step_asked = Signal(int)
    day_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = push_button(self.tr("Today"))
        icons = ["chevron-left", "chevron-right"]
        if QApplication.isRightToLeft():
            icons.reverse()
        self.back, self.on = (icon_button(theme, icon, "") for icon in icons)
        self.period = WrapLabel("", size="heading", strong=True)
        self.period.setWordWrap(False)
        self.day = DayEdit()
        self.day.setAccessibleName(self.tr("Go to day"))
        self.day.setToolTip(self.tr("Go to day"))
        self.day.setKeyboardTracking(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.today, self.back, self.on):
            row.addWidget(widget)
        row.addWidget(self.period, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.day)

        self.today.clicked.connect(self.today_asked)
        self.back.clicked.connect(lambda: self.step_asked.emit(-1))
        self.on.clicked.connect(lambda: self.step_asked.emit(1))
        self.day.dateChanged.connect(self._on_day)

    def show_period(self, words: str, day: date, steps: tuple[str, str]) -> None:
        """Name what is shown; `steps` are the names of the buttons back and on."""
        self.period.setText(words)
        self.day.blockSignals(True)
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.day.blockSignals(False)
        for button, name in zip((self.back, self.on), steps, strict=True):
            button.setAccessibleName(name)
            button.setToolTip(name)

    def _on_day(self, day: QDate) -> None:
        self.day_asked.emit(date(day.year(), day.month(), day.day()))


def week_words(first: date, last: date) -> str:
    """`1 - 7 December 2025`, `29 December 2025 - 4 January 2026`, with a dash between."""
    if (first.year, first.month) == (last.year, last.month):
        start = "d"
    else:
        start = "d MMM" if first.year == last.year else "d MMM yyyy"
    end = "d MMMM yyyy" if start == "d" else "d MMM yyyy"
    return f"{_written(first, start)}\N{EN DASH}{_written(last, end)}"


def month_words(day: date) -> str:
    """`December 2025`."""
    return _written(day, QCoreApplication.translate("Calendar", "MMMM yyyy"))


def _written(day: date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)
