"""Seven bars for the days of a week: what is done stands filled, what is planned outlined."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.labels import WrapLabel

LEAST_SCALE = 4  # a single session does not fill the whole height
BARS_PX = 72
WIDEST_BAR = 36
GAP = 4
SAMPLE_PX = 12
PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class BarLook:
    """One day: its short name, both numbers, and the words that one hears of it."""

    label: str
    done: int
    planned: int
    words: str
    is_today: bool = False

    @property
    def total(self) -> int:
        return self.done + self.planned


class WeekBars(QWidget):
    """Shows seven days; Left and Right go from day to day, Enter or a click opens one.

    Signals:
        opened: the place of the day that the person wants to see, from 0.
    """

    opened = Signal(int)

    def __init__(
        self, theme: Theme, done: str, planned: str, parent: QWidget | None = None
    ) -> None:
        """Show no days yet; `done` and `planned` are the words of the legend."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bars = [DayBar(theme, self) for _ in range(7)]
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        legend = QHBoxLayout()
        legend.setSpacing(6)
        legend.addStretch(1)
        for is_done, words in ((True, done), (False, planned)):
            legend.addWidget(_Sample(theme, is_done=is_done), 0, Qt.AlignmentFlag.AlignVCenter)
            legend.addWidget(WrapLabel(words, tone="muted", size="small"))
            legend.addSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._row)
        column.addLayout(legend)
        for at, bar in enumerate(self.bars):
            self._row.addWidget(bar, 1)
            bar.clicked.connect(lambda _checked=False, at=at: self.opened.emit(at))
            bar.step_asked.connect(lambda by, at=at: self._step(at, by))
        self._let_in(0)

    def show_days(self, looks: Sequence[BarLook]) -> None:
        """Show these seven days, on one scale."""
        most = max(LEAST_SCALE, *(look.total for look in looks))
        for bar, look in zip(self.bars, looks, strict=True):
            bar.show_look(look, most)
        if not any(bar.hasFocus() for bar in self.bars):
            self._let_in(next((at for at, look in enumerate(looks) if look.is_today), 0))

    def _step(self, at: int, by: int) -> None:
        to = min(max(0, at + by), len(self.bars) - 1)
        self._let_in(to)
        self.bars[to].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _let_in(self, place: int) -> None:
        """Let Tab come to one day: it goes on behind the week, not through it."""
        for at, bar in enumerate(self.bars):
            way = Qt.FocusPolicy.StrongFocus if at == place else Qt.FocusPolicy.ClickFocus
            bar.setFocusPolicy(way)


class DayBar(QAbstractButton):
    """One day as a button; its words are its name and its tooltip.

    Signals:
        step_asked: another day is wanted, so many on.
    """

    step_asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._most = LEAST_SCALE
        self.look = BarLook("", 0, 0, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def show_look(self, look: BarLook, most: int) -> None:
        """Show a day; `most` is what the whole height stands for."""
        if (look, most) != (self.look, self._most):
            self.look, self._most = look, most
            self.setAccessibleName(look.words)
            self.setToolTip(look.words)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        line = QFontMetrics(self._theme.font("small", strong=True)).height()
        return QSize(40, BARS_PX + 2 * line + 3 * GAP)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(28, self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -7, Qt.Key.Key_End: 7}
        key = Qt.Key(event.key())
        if key in PRESS:
            self.click()
        elif key in steps:
            is_arrow = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            self.step_asked.emit(-steps[key] if is_arrow and is_mirrored else steps[key])
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(self._theme.font("small", strong=True))
        foot = self.height() - metrics.height() - GAP
        if self.underMouse() or self.hasFocus():
            self._paint_ground(painter)
        top = self._paint_bars(painter, foot - GAP)
        self._paint_words(painter, top, foot, metrics.height())
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        pen = QPen(self._theme.color("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen
        painter.setPen(pen)
        painter.setBrush(self._theme.color("hover"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_bars(self, painter: QPainter, foot: float) -> float:
        """Draw the base and what stands on it; returns where it ends."""
        width = min(WIDEST_BAR, self.width() - 2 * GAP)
        left = (self.width() - width) / 2
        painter.fillRect(QRectF(left, foot, width, 1), self._theme.color("field_border"))
        top = foot
        for count, is_done in ((self.look.done, True), (self.look.planned, False)):
            high = BARS_PX * count / self._most
            if count:
                rect = QRectF(left, top - high, width, high)
                paint_part(painter, self._theme, rect, is_done=is_done)
                top -= high
        return top

    def _paint_words(self, painter: QPainter, top: float, foot: float, line: int) -> None:
        middle = Qt.AlignmentFlag.AlignCenter
        look, theme = self.look, self._theme
        if look.total:
            painter.setFont(theme.font("small", strong=True))
            painter.setPen(theme.color("text"))
            number = QLocale().toString(look.total)
            painter.drawText(QRectF(0, top - line - 1, self.width(), line), middle, number)
        painter.setFont(theme.font("small", strong=look.is_today))
        painter.setPen(theme.color("accent_text" if look.is_today else "text_muted"))
        painter.drawText(QRectF(0, foot, self.width(), line), middle, look.label)
        if look.is_today:  # by shape, too
            rule = QRectF(self.width() / 2 - 10, foot + line + 1, 20, 2)
            painter.fillRect(rule, theme.color("accent"))


def paint_part(painter: QPainter, theme: Theme, rect: QRectF, *, is_done: bool) -> None:
    """A part of a bar: filled where it is done, an outline where it is planned."""
    inset = rect.adjusted(1, 1, -1, -1)
    painter.setPen(QPen(theme.color("completed" if is_done else "scheduled"), 1.5))
    painter.setBrush(theme.color("completed") if is_done else theme.color("scheduled_tint"))
    painter.drawRoundedRect(inset, 3, 3)


class _Sample(QWidget):
    """A piece of the legend."""

    def __init__(self, theme: Theme, *, is_done: bool) -> None:
        super().__init__()
        self._theme = theme
        self._is_done = is_done
        self.setFixedSize(SAMPLE_PX, SAMPLE_PX)
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_part(painter, self._theme, QRectF(self.rect()), is_done=self._is_done)
        painter.end()
