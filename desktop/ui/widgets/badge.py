"""A small number that says how many wait."""

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.theme import Theme

HEIGHT = 18
MOST = 99


class Badge(QWidget):
    """An unread count; hidden at 0, "99+" above 99. Its owner's accessible name says the number."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.count = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setVisible(False)
        theme.changed.connect(self.update)

    def set_count(self, count: int) -> None:
        self.count = count
        self.setFixedSize(self.sizeHint())
        self.setVisible(count > 0)
        self.update()

    @property
    def text(self) -> str:
        return f"{MOST}+" if self.count > MOST else QLocale().toString(self.count)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font("small", strong=True))
        return QSize(max(HEIGHT, words.horizontalAdvance(self.text) + 10), HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), HEIGHT / 2, HEIGHT / 2)
        font = QFont(self._theme.font("small", strong=True))
        font.setPixelSize(font.pixelSize() - 1)
        painter.setFont(font)
        painter.setPen(self._theme.color("on_accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)
        painter.end()
