"""Every keyboard shortcut, in one dialog."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.labels import WrapLabel


class ShortcutsDialog(QDialog):
    """Lists the keys, the pages by their names; Escape closes it."""

    def __init__(self, parent: QWidget, pages: Sequence[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setMinimumWidth(480)
        self.rows = self._rows(pages)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, (keys, meaning) in enumerate(self.rows):
            name = QLabel(keys)
            name.setProperty("strong", True)
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            words = QLabel(meaning)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setProperty("tone", "muted")
            grid.addWidget(words, line, 1)
        close = push_button(self.tr("Close"), "primary")
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(WrapLabel(self.tr("Keyboard shortcuts"), size="heading", strong=True))
        column.addLayout(grid)
        column.addLayout(foot)

        close.clicked.connect(self.accept)

    def _rows(self, pages: Sequence[str]) -> list[tuple[str, str]]:
        numbered = [(f"Ctrl+{at}", title) for at, title in enumerate(pages[:9], start=1)]
        others = [
            ("Ctrl+N", self.tr("The page's main action, for instance a new session")),
            ("Ctrl+Z", self.tr("Undo, while the message offers it")),
            ("F6", self.tr("Go to the message at the foot of the window")),
            ("Tab", self.tr("Next control")),
            ("Up, Down", self.tr("Next row of a list, or next page in the sidebar")),
            ("Left, Right", self.tr("The buttons of a row")),
            ("Return", self.tr("Open the row, or press its button")),
            ("Shift+F10", self.tr("Everything that can be done with the row")),
            ("Escape", self.tr("Close, and go back to where you were")),
            ("F1", self.tr("This list")),
        ]
        return [
            (QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys, meaning)
            if "," not in keys
            else (keys, meaning)
            for keys, meaning in numbered + others
        ]
