"""The page for when a person's files cannot be opened."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.empty_state import EmptyState


class TroublePage(QWidget):
    """Says why, and offers to try again.

    Signals:
        again_asked: the person has mended it and wants another try.
    """

    again_asked = Signal()

    def __init__(self, theme: Theme, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = EmptyState(
            theme,
            "warning",
            self.tr("Tandem cannot open your data"),
            sentence,
            self.tr("Try again"),
        )
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        self.words.action_asked.connect(self.again_asked)
