"""The field in which a comment is changed, in the place of its words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.text_area import TextArea


class CommentEditor(QWidget):
    """Shows what is typed and says what is asked for.

    Signals:
        save_asked: what the comment should say instead.
        drop_asked: what was typed is not wanted.
    """

    save_asked = Signal(str)
    drop_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given = ""
        self.area = TextArea(least=2, most=12)
        self.field = FormField(theme, self.tr("Your comment"), self.area)
        self.save_button = push_button(self.tr("Save"), "primary")
        self.save_button.setToolTip(self.tr("Ctrl+Enter"))
        self.cancel_button = push_button(self.tr("Cancel"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.save_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addLayout(row)

        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self.drop_asked)
        self.area.send_asked.connect(self._save)
        self.area.left.connect(self._leave)
        self.area.textChanged.connect(lambda: self.field.set_error(""))
        self.area.overfull.connect(
            lambda: self.field.set_error(self.tr("That is too long to paste into a comment."))
        )

    def begin(self, text: str) -> None:
        """Show what the comment says now, with the cursor behind it."""
        self._given = text
        self.field.set_error("")
        self.area.setPlainText(text)
        self.area.end()
        self.area.setFocus()

    def _leave(self) -> None:
        """Escape loses nothing: with something typed it only goes on to *Cancel*."""
        if self.area.typed() == self._given:
            self.drop_asked.emit()
        else:
            self.cancel_button.setFocus()

    def _save(self) -> None:
        if not self.area.typed():
            self.field.set_error(self.tr("Write something, or delete the comment."))
            self.area.setFocus()
            return
        self.save_asked.emit(self.area.typed())
