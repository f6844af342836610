"""A year of days in squares, with the names of months and weekdays, a legend and words."""

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.heatmap_delegate import STRONGEST, paint_day
from desktop.ui.widgets.heatmap_grid import HeatmapGrid
from desktop.ui.widgets.heatmap_model import WEEK_DAYS, HeatDay, HeatmapModel
from desktop.ui.widgets.labels import WrapLabel

SMALLEST, LARGEST = 8, 16  # pixels of a day, the gap included
GAP = 6
WIDE_FROM = 560
SAMPLE_PX = 12


class Heatmap(QWidget):
    """Shows a number for each day by strength; the words of the day pointed at stand beneath.

    It makes the squares as large as its width allows.
    """

    def __init__(
        self, theme: Theme, model: HeatmapModel, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = model
        self.grid = HeatmapGrid(theme, model, name, self)
        self.words = WrapLabel(tone="muted", size="small", parent=self)
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.legend = HeatmapLegend(theme, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pitch = SMALLEST

        self.grid.pointed.connect(self._show_words)
        theme.changed.connect(self.update)

    def show_days(self, days: Sequence[HeatDay], today: date) -> None:
        """Show these days, from the first one of a week up to today; where one stood one stays."""
        stood = self.grid.current_day()
        self.grid.drawing.today = today
        self.model.show(days)
        if stood is not None:
            self.grid.go_to(stood)
        self._lay_out()
        self._show_words("")

    @override
    def sizeHint(self) -> QSize:
        return QSize(480, self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self._lay_out()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("text_muted"))
        for rect, words in self._month_labels():
            painter.drawText(rect, Qt.AlignmentFlag.AlignLeading, words)
        for rect, words in self._weekday_labels():
            side = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rect, side | Qt.TextFlag.TextDontClip, words)
        painter.end()

    def _show_words(self, pointed: str) -> None:
        """Say what is pointed at, else where the keyboard stands, else what there is today."""
        look = self.model.look_at(self.grid.currentIndex())
        last = self.model.days[-1].words if self.model.days else ""
        self.words.setText(pointed or (look.words if look else last))

    def _month_labels(self) -> Iterator[tuple[QRect, str]]:
        """Each month above the week that its first day is in, as far as there is room."""
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        metrics = self._metrics
        free = 0
        for week in range(self.model.columnCount()):
            days = self.model.days[week * WEEK_DAYS : (week + 1) * WEEK_DAYS]
            first = next((one.day for one in days if one.day.day == 1), None)
            if first is None or week * self._pitch < free:
                continue
            words = QLocale().toString(QDate(first.year, first.month, first.day), "MMM")
            wide = metrics.horizontalAdvance(words)
            left = week * self._pitch
            if left + wide > self.width() - self._side:
                continue
            free = left + wide + GAP
            x = self.grid.width() - left - wide if is_mirrored else left
            yield QRect(self.grid.x() + x, 0, wide + 1, metrics.height()), words

    def _weekday_labels(self) -> Iterator[tuple[QRect, str]]:
        """Every other weekday, beside its row."""
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self.grid.geometry().right() + 1 + GAP if is_mirrored else 0
        for row in range(0, self.model.rowCount(), 2):
            words = str(self.model.headerData(row, Qt.Orientation.Vertical))
            top = self.grid.y() + row * self._pitch
            yield QRect(x, top, self._side - GAP, self._pitch), words

    def _lay_out(self) -> None:
        side, head = self._side, self._metrics.height() + 2
        weeks = max(1, self.model.columnCount())
        self._pitch = min(LARGEST, max(SMALLEST, (self.width() - side) // weeks))
        self.grid.set_pitch(self._pitch)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - side - self.grid.width() if is_mirrored else side
        self.grid.move(left, head)
        foot = head + WEEK_DAYS * self._pitch + GAP
        legend = self.legend.sizeHint()
        at = 0 if is_mirrored else self.width() - legend.width()
        self.legend.setGeometry(at, foot, legend.width(), legend.height())
        words = max(40, self.width() - legend.width() - 2 * GAP)
        x = self.width() - words if is_mirrored else 0
        self.words.setGeometry(x, foot, words, self._foot)
        self.setFixedHeight(self._height())
        self.update()

    def _height(self) -> int:
        head = self._metrics.height() + 2
        return head + WEEK_DAYS * self._pitch + GAP + self._foot

    @property
    def _foot(self) -> int:
        """Room for the words, which take two lines in a narrow window."""
        lines = 1 if self.width() >= WIDE_FROM else 2
        return max(self.legend.sizeHint().height(), lines * self._metrics.lineSpacing() + 2)

    @property
    def _side(self) -> int:
        """The room for the weekdays."""
        rows = range(0, self.model.rowCount(), 2)
        names = [str(self.model.headerData(row, Qt.Orientation.Vertical)) for row in rows]
        metrics = self._metrics
        return max((metrics.horizontalAdvance(name) for name in names), default=0) + GAP

    @property
    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font("small"))


class HeatmapLegend(QWidget):
    """Which strength is less and which is more."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._less, self._more = self.tr("Less"), self.tr("More")
        theme.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("small"))
        words = sum(metrics.horizontalAdvance(one) for one in (self._less, self._more))
        return QSize(words + 2 * GAP + (STRONGEST + 1) * SAMPLE_PX + 2, metrics.height() + 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("text_muted"))
        begin, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        less, more = (end, begin) if is_mirrored else (begin, end)
        painter.drawText(self.rect(), less | middle | Qt.AlignmentFlag.AlignAbsolute, self._less)
        painter.drawText(self.rect(), more | middle | Qt.AlignmentFlag.AlignAbsolute, self._more)
        metrics = QFontMetrics(self._theme.font("small"))
        first = metrics.horizontalAdvance(self._more if is_mirrored else self._less) + GAP
        top = (self.height() - SAMPLE_PX) / 2
        for at in range(STRONGEST + 1):
            count = STRONGEST - at if is_mirrored else at
            place = QRectF(first + at * SAMPLE_PX, top, SAMPLE_PX, SAMPLE_PX)
            paint_day(painter, self._theme, place, count)
        painter.end()
