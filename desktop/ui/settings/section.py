"""A part of the settings: a heading, a sentence, and controls in a card."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import SectionHeading, WrapLabel

WIDEST = 720


class Section(QWidget):
    """`body` is the layout of the card; `note` says what has become of a change."""

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(WIDEST)
        self.title = title
        self.heading = SectionHeading(title)
        self.note = WrapLabel(tone="muted", size="small")
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeading)
        card = Card()
        self.body = card.body
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        if sentence:
            column.addWidget(WrapLabel(sentence, tone="muted"))
        column.addWidget(card)
        column.addWidget(self.note)
        self.note.hide()

    def show_note(self, words: str, *, is_error: bool = False) -> None:
        """Say beneath the card what has become of a change."""
        self.note.set_tone("error" if is_error else "muted")
        self.note.setText(words)
        self.note.setVisible(bool(words))
        if words:
            announce(self, words)

    def show_trouble(self, words: str) -> None:
        """Say why a change was not saved."""
        self.show_note(words, is_error=True)
