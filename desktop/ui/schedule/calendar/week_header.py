"""The names of a week's days above its grid; today stands out."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.schedule.calendar.scale import Scale
from desktop.ui.theme import Theme

HEIGHT = 44


class WeekHeader(QWidget):
    """One column for each day, as wide as in the grid beneath."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._days: Sequence[date] = ()
        self._today = date.min
        self.grid_width = 0
        theme.changed.connect(self.update)

    def show_days(self, days: Sequence[date], today: date) -> None:
        self._days, self._today = days, today
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        scale = Scale(days=self._days, width=self.grid_width, is_mirrored=is_mirrored)
        for at, day in enumerate(self._days):
            rect = scale.day_rect(at)
            self._paint_day(painter, QRectF(rect.left(), 0, rect.width(), HEIGHT), day)
        painter.setPen(self._theme.color("border"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _paint_day(self, painter: QPainter, rect: QRectF, day: date) -> None:
        is_today = day == self._today
        shown = QDate(day.year, day.month, day.day)
        half = rect.height() / 2
        center = Qt.AlignmentFlag.AlignCenter
        painter.setPen(self._theme.color("accent_text" if is_today else "text_muted"))
        painter.setFont(self._theme.font("small", strong=is_today))
        name = QLocale().toString(shown, "ddd")
        painter.drawText(QRectF(rect.left(), 2, rect.width(), half - 2), center, name)
        painter.setPen(self._theme.color("accent_text" if is_today else "text"))
        painter.setFont(self._theme.font("body", strong=True))
        place = QRectF(rect.left(), half - 2, rect.width(), half - 2)
        painter.drawText(place, center, QLocale().toString(shown, "d"))
        if is_today:  # by shape, too
            line = QRectF(rect.center().x() - 14, rect.height() - 4, 28, 3)
            painter.fillRect(line, self._theme.color("accent"))
