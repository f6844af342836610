"""Every keyboard shortcut, in one dialog."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.dialog_size import size_within
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.scrolled_page import ScrolledPage

KeyWords = tuple[str, str]
SIZE, LEAST = QSize(560, 640), QSize(400, 400)


class ShortcutsDialog(QDialog):
    """Lists the keys, the pages by their names; Escape closes it."""

    def __init__(
        self,
        parent: QWidget,
        pages: Sequence[str],
        own: Sequence[tuple[str, Sequence[KeyWords]]] = (),
    ) -> None:
        """List the keys of `pages`, and what each page has of its `own`: title, keys and words."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.parts = [("", self._rows(pages)), *((title, _native(keys)) for title, keys in own)]
        self.parts.append((self.tr("In the editor of a session"), self._editor_rows()))
        self.rows = [row for _title, rows in self.parts for row in rows]
        self.area = ScrolledPage()
        self.area.scroll_by_key()
        self.area.column.setContentsMargins(24, 0, 24, 0)
        for title, rows in self.parts:
            if title:
                self.area.column.addWidget(WrapLabel(title, strong=True))
            self.area.column.addLayout(_grid(rows))
        self.area.column.addStretch(1)
        close = push_button(self.tr("Close"), "primary")
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        foot.addStretch(1)
        foot.addWidget(close)
        heading = WrapLabel(self.tr("Keyboard shortcuts"), size="heading", strong=True)
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.addWidget(heading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 20)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addLayout(foot)
        self.resize(size_within(parent, SIZE, LEAST))
        close.setFocus()

        close.clicked.connect(self.accept)

    def _rows(self, pages: Sequence[str]) -> list[KeyWords]:
        numbered = [(f"Ctrl+{at}", title) for at, title in enumerate(pages[:9], start=1)]
        others = [
            ("Ctrl+N", self.tr("The page's main action, for instance a new session")),
            ("Ctrl+I", self.tr("What is unread in your inbox")),
            ("Ctrl+Q", self.tr("End Tandem, also where closing the window would not")),
            ("Ctrl+Z", self.tr("Undo the last change, where that can be")),
            ("F6", self.tr("Go to the message at the foot of the window")),
            ("Tab", self.tr("Next control")),
            ("Up, Down", self.tr("Next row of a list, or next page in the sidebar")),
            ("Left, Right", self.tr("The buttons of a row")),
            ("Return", self.tr("Open the row, or press its button")),
            ("Shift+F10", self.tr("Everything that can be done with the row")),
            ("Escape", self.tr("Close, and go back to where you were")),
            ("F1", self.tr("This list")),
        ]
        return _native(numbered + others)

    def _editor_rows(self) -> list[KeyWords]:
        return _native([("Ctrl+S", self.tr("Save")), ("Ctrl+Return", self.tr("Save"))])


def _native(rows: Sequence[KeyWords]) -> list[KeyWords]:
    """The keys as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return [
        (keys if ", " in keys else QKeySequence(keys).toString(native) or keys, words)
        for keys, words in rows
    ]


def _grid(rows: Sequence[KeyWords]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, 96)
    grid.setColumnStretch(1, 1)
    for line, (keys, words) in enumerate(rows):
        grid.addWidget(WrapLabel(keys, strong=True), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(WrapLabel(words, tone="muted"), line, 1)
    return grid
