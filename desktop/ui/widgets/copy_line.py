"""A text that is there to be copied: a line that one can select, and a button that copies it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.labels import WrapLabel


class CopyLine(QWidget):
    """A label, the text, and *Copy*."""

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.label = WrapLabel(label, strong=True)
        self.text = QLineEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(label)
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.copy = push_button(self.tr("Copy"), theme=theme, icon="copy")
        self.copy.setAccessibleName(self.tr("Copy: %1").replace("%1", label))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addLayout(row)
        self.copy.clicked.connect(self._on_copy)

    def show_text(self, text: str) -> None:
        """Show another text, from its beginning."""
        if text != self.text.text():
            self.text.setText(text)
            self.text.setCursorPosition(0)
            self.copy.setText(self.tr("Copy"))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
        self.copy.setText(self.tr("Copied"))
        announce(self, self.tr("Copied"))
