"""The calendar that a day's field drops: six weeks of one size, whichever month is open."""

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QWidget
from typing_extensions import override

# What of a calendar is no week, and how much room a day has beside its digits, in pixels.
HEAD, ROW = 44, 10
WEEKS = 7  # the names of the days, and six weeks


class DayPopup(QCalendarWidget):
    """A month with the days around it; nothing moves when another month is opened.

    Qt's own grows and shrinks with the name of the month, and with it the way to the next one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setFirstDayOfWeek(QLocale().firstDayOfWeek())
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekend, QTextCharFormat())  # Qt's red is hard to read
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """Be as wide as the month with the longest name needs, and as high as six weeks."""
        shown = self.yearShown(), self.monthShown()
        self.setMinimumSize(0, 0)
        widest = 0
        for month in range(1, 13):
            self.setCurrentPage(shown[0], month)
            widest = max(widest, self.minimumSizeHint().width())
        self.setCurrentPage(*shown)
        # It asks for less than its weeks take with our font.
        self.setMinimumHeight(HEAD + WEEKS * (self.fontMetrics().height() + ROW))
        self.setFixedWidth(widest)
