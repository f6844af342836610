"""A line at the head of a page that says what waits elsewhere, and leads there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.labels import IconLabel, WrapLabel, restyle


class Hint(QFrame):
    """An icon, a sentence and the way there, in one line; hidden without a sentence.

    Signals:
        pressed: the person wants to go there.
    """

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("tone", "info")
        self.words = WrapLabel()
        self.button = push_button(self.tr("Show them"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, "user-plus", "scheduled", 20))
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        restyle(self)
        self.hide()

        self.button.clicked.connect(self.pressed)

    def show_words(self, words: str) -> None:
        """Say this, or with "" nothing."""
        self.words.setText(words)
        self.setVisible(bool(words))
