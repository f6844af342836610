"""One record of the audit log in full: who, what, when, and each field before and after."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.history.dialog import Entry
from desktop.ui.history.looks import Look
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.dialog_size import size_within
from desktop.ui.widgets.scrolled_page import ScrolledPage

SIZE = QSize(600, 480)


class AuditDialog(QDialog):
    """Shows it; the arrow keys scroll, Escape closes."""

    def __init__(self, theme: Theme, parent: QWidget, look: Look) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_tr("Audit record"))
        self.entry = Entry(theme, look)
        self.area = ScrolledPage()
        self.area.scroll_by_key()
        self.area.setAccessibleName(look.said)
        self.area.column.addWidget(self.entry)
        self.area.column.addStretch(1)
        self.close_button = push_button(_tr("Close"), "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 16)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.area, 1)
        column.addLayout(foot)
        self._most = size_within(parent, SIZE, QSize(0, 0))
        self.resize(self._most)
        self.close_button.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Become as high as the record needs, which is known once it has its font."""
        width = self._most.width()
        self.resize(width, min(self.area.height_in(self, width), self._most.height()))
        super().showEvent(event)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Audit", text)
