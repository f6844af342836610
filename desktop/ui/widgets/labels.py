"""Labels that show every word: they wrap where others cut off."""

import re

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.literal import revealed

LONG_RUN = re.compile(r"\S{24,}")
BREAK = "\u200b"


class WrapLabel(QLabel):
    """Plain text that wraps, within very long words too.

    `tone` is "", "muted", "faint", "error", "success" or "warning"; `size` one of the theme's four.
    """

    def __init__(
        self,
        text: str = "",
        *,
        tone: str = "",
        size: str = "body",
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setProperty("tone", tone)
        self.setProperty("textSize", size)
        self.setProperty("strong", strong)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        shown = revealed(text)
        super().setText(LONG_RUN.sub(_breakable, shown))
        self.setAccessibleName(shown)

    def set_tone(self, tone: str) -> None:
        self.setProperty("tone", tone)
        restyle(self)


class SectionHeading(WrapLabel):
    """The heading above a part of a page."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, size="heading", strong=True, parent=parent)


class IconLabel(QLabel):
    """One icon in the theme's colours; decoration beside words, so it has no name of its own."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        ink: str = "text_muted",
        size: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._ink, self._size = theme, icon, ink, size
        self.setFixedSize(size, size)
        self._draw()
        theme.changed.connect(self._draw)

    def show_icon(self, icon: str, ink: str) -> None:
        self._icon, self._ink = icon, ink
        self._draw()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw()
        return super().event(event)

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        self.setPixmap(self._theme.pixmap(self._icon, self._ink, self._size, ratio))


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose properties have changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _breakable(run: re.Match[str]) -> str:
    return BREAK.join(re.findall(r".{1,12}", run.group()))
