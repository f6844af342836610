"""Chips: a status as icon and word."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme

HEIGHT = 24
ICON_PX = 14
PADDING = 8
GAP = 4


@dataclass(frozen=True, slots=True)
class ChipLook:
    """What a chip says; `tone` is "scheduled", "completed", "canceled", "pending" or "neutral"."""

    text: str
    icon: str
    tone: str = "neutral"

    @property
    def tokens(self) -> tuple[str, str]:
        """The theme's names for the words and the ground."""
        if self.tone == "neutral":
            return "text_muted", "hover"
        return self.tone, f"{self.tone}_tint"


def chip_size(theme: Theme, look: ChipLook) -> QSize:
    words = QFontMetrics(theme.font("small", strong=True)).horizontalAdvance(look.text)
    return QSize(PADDING + ICON_PX + GAP + words + PADDING + 2, HEIGHT)


def paint_chip(painter: QPainter, theme: Theme, rect: QRectF, look: ChipLook) -> None:
    """Draw the chip into `rect`, which has the size that `chip_size` gives."""
    ink, ground = look.tokens
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground))
    painter.drawRoundedRect(rect, HEIGHT / 2, HEIGHT / 2)
    is_mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left = rect.right() - PADDING - ICON_PX if is_mirrored else rect.left() + PADDING
    picture = theme.pixmap(look.icon, ink, ICON_PX, painter.device().devicePixelRatio())
    painter.drawPixmap(QPointF(left, rect.center().y() - ICON_PX / 2), picture)
    painter.setFont(theme.font("small", strong=True))
    painter.setPen(theme.color(ink))
    inset = PADDING + ICON_PX + GAP
    words = rect.adjusted(0, 0, -inset, 0) if is_mirrored else rect.adjusted(inset, 0, 0, 0)
    painter.drawText(
        words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, look.text
    )
    painter.restore()


class StatusChip(QWidget):
    """A status that one reads, not presses."""

    def __init__(self, theme: Theme, look: ChipLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_look(look)
        theme.changed.connect(self.update)

    def show_look(self, look: ChipLook) -> None:
        self.look = look
        self.setAccessibleName(look.text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self._theme, self.look)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint_chip(painter, self._theme, QRectF(self.rect()), self.look)
        painter.end()
