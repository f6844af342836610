"""Shows a code that is told once, to be copied and given to the person it is for."""

from PySide6.QtWidgets import QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from desktop.ui.widgets.copy_line import CopyLine

WIDTH = 480


class CodeDialog(ConfirmDialog):
    """A code, and where there is one the link that fills it in; only *Done* closes it by button."""

    def __init__(
        self, theme: Theme, parent: QWidget, title: str, sentence: str, code: str, link: str = ""
    ) -> None:
        super().__init__(parent, title, sentence, self.tr("Done"))
        self.setMinimumWidth(WIDTH)
        self.back_button.hide()
        self.code = CopyLine(theme, self.tr("Code"))
        self.code.show_text(code)
        self.link = CopyLine(theme, self.tr("Join link"))
        self.link.show_text(link)
        self.link.setVisible(bool(link))
        self.column.insertWidget(2, self.code)
        self.column.insertWidget(3, self.link)
        first = self.link if link else self.code
        self.begin_at(first.copy, *([self.code.text, self.code.copy] if link else []))
