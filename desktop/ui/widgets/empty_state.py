"""What an empty place says: what belongs here, and how to begin."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.labels import IconLabel, WrapLabel

WIDEST = 400


class EmptyState(QWidget):
    """An icon, a title, a sentence and perhaps one button.

    Signals:
        action_asked: the button was pressed.
    """

    action_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        sentence: str = "",
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.icon = IconLabel(theme, icon, "text_faint", 40)
        self.title = WrapLabel(title, size="heading", strong=True)
        self.sentence = WrapLabel(sentence, tone="muted")
        self.button = push_button(action, "primary")
        for label in (self.title, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # A label that is aligned in its layout would not be asked how high it gets when it wraps.
        middle = QWidget()
        middle.setMaximumWidth(WIDEST)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 32, 24, 32)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)
        self.button.setVisible(bool(action))

        self.button.clicked.connect(self.action_asked)

    def show_words(self, title: str, sentence: str, action: str = "") -> None:
        """Say something else, for instance that a filter leaves nothing."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
