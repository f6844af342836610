"""The framed surface that holds what belongs together."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget


class Card(QFrame):
    """A surface with a thin frame; `body` is its vertical layout."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(12)


def line(parent: QWidget | None = None) -> QFrame:
    """A thin line between two parts."""
    shown = QFrame(parent)
    shown.setProperty("line", True)
    return shown
