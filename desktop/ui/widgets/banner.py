"""A message that stands in the page until it is dealt with."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.labels import IconLabel, WrapLabel, restyle

TONES = {
    "info": ("info", "scheduled"),
    "warning": ("warning", "pending"),
    "error": ("x-circle", "canceled"),
    "success": ("check-circle", "completed"),
}


class Banner(QFrame):
    """An icon, a sentence and its buttons; `tone` is "info", "warning", "error" or "success".

    Signals:
        action_asked: the key of the button that was pressed.
    """

    action_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.icon = IconLabel(theme, "info", "scheduled", 20)
        self.text = WrapLabel()
        self.buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(self.text)
        words.addLayout(self._row)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(12, 10, 12, 10)
        outer.setSpacing(12)
        outer.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(words, 1)
        self.hide()

    def show_message(self, tone: str, text: str, actions: Sequence[tuple[str, str]] = ()) -> None:
        """Show `text` with a button for each of `actions`, which are (key, words)."""
        is_news = text != self.text.accessibleName() or self.isHidden()
        self.setProperty("tone", tone)
        self.icon.show_icon(*TONES[tone])
        self.text.setText(text)
        self._show_actions(actions)
        restyle(self)
        self.show()
        if is_news:
            announce(self, text)

    def _show_actions(self, actions: Sequence[tuple[str, str]]) -> None:
        if list(self.buttons) == [key for key, _words in actions]:
            for key, words in actions:
                self.buttons[key].setText(words)
            return
        for button in self.buttons.values():
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for position, (key, words) in enumerate(actions):
            button = push_button(words)
            button.clicked.connect(lambda _checked=False, key=key: self.action_asked.emit(key))
            self._row.insertWidget(position, button)
            self.buttons[key] = button
