"""What an empty place says: what belongs here, and how to begin."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

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
        self.button.setVisible(bool(action))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.title, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(WIDEST)
            label.setMinimumWidth(min(WIDEST, 240))
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

        self.button.clicked.connect(self.action_asked)

    def show_words(self, title: str, sentence: str, action: str = "") -> None:
        """Say something else, for instance that a filter leaves nothing."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
