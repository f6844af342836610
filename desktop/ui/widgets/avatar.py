"""A person's initials on a colour that stays theirs."""

from zlib import crc32

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.theme import Theme


def initials(name: str) -> str:
    """The first letters of the first and the last word, or "?" for no name."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split()
    if not words:
        return "?"
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()


def paint_avatar(painter: QPainter, theme: Theme, rect: QRectF, name: str) -> None:
    """Draw the avatar of `name` as a circle in `rect`."""
    colors = theme.palette.avatars
    ground, letters = colors[crc32(name.encode()) % len(colors)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawEllipse(rect)
    font = QFont(theme.font("small", strong=True))
    font.setPixelSize(max(10, round(rect.height() * 0.38)))
    painter.setFont(font)
    painter.setPen(QColor(letters))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


class Avatar(QWidget):
    """The round picture of a person."""

    def __init__(
        self, theme: Theme, name: str = "", size: int = 32, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self.setFixedSize(QSize(size, size))
        self.set_name(name)
        theme.changed.connect(self.update)

    def set_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(name)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_avatar(painter, self._theme, QRectF(self.rect()), self._name)
        painter.end()
