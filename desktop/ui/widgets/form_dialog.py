"""A dialog with a form in it: fields, what is wrong with them, and one button that sends it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.labels import WrapLabel

WIDTH = 440


class FormDialog(QDialog):
    """Waits for the answer with all that was typed in its place; Escape changes nothing.

    Attributes:
        fields: by their names on the wire, in the order in which they stand.

    Signals:
        submitted: what was asked for is to be done; every required field holds something.
    """

    submitted = Signal()

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        title: str,
        sentence: str,
        fields: Mapping[str, FormField],
        button: str,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleDescription(sentence)
        self.setFixedWidth(WIDTH)
        self.fields = dict(fields)
        self.is_busy = False
        self._words = button
        self.sentence = WrapLabel(sentence, tone="muted")
        self.sentence.setVisible(bool(sentence))
        self.trouble = Banner(theme)
        self.send = push_button(button, "primary")
        self.back = push_button(self.tr("Go back"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(WrapLabel(title, size="heading", strong=True))
        column.addWidget(self.sentence)
        column.addWidget(self.trouble)
        for field in self.fields.values():
            column.addWidget(field)
        column.addSpacing(4)
        column.addLayout(buttons)
        self.send.setDefault(True)
        self.send.clicked.connect(self._on_send)
        self.back.clicked.connect(self.reject)
        self._focus(next(iter(self.fields)))

    def line(self, key: str) -> QLineEdit:
        """The editor of a field that is a line of text."""
        editor = self.fields[key].editor
        assert isinstance(editor, QLineEdit)  # noqa: S101  its owner has made it
        return editor

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each sentence at its field, and those without a field at the top."""
        self.set_busy(False)
        for key, field in self.fields.items():
            field.set_error(errors.get(key, ""))
        left = [words for key, words in errors.items() if key not in self.fields and words]
        if left:
            self.trouble.show_message("error", " ".join(left))
        else:
            self.trouble.hide()
        if first := next((key for key in self.fields if key in errors), None):
            self._focus(first)

    def set_busy(self, is_busy: bool) -> None:
        """Wait for the answer; what was typed stays."""
        self.is_busy = is_busy
        self.send.setEnabled(not is_busy)
        self.send.setText(self.tr("Asking the relay…") if is_busy else self._words)

    def missing(self) -> dict[str, str]:
        """What can be said of the fields before anybody is asked, by field."""
        lines = {key: field.editor for key, field in self.fields.items() if field.is_required}
        return {
            key: self.tr("Fill in this field.")
            for key, editor in lines.items()
            if isinstance(editor, QLineEdit) and not editor.text().strip()
        }

    def _focus(self, key: str) -> None:
        editor = self.fields[key].editor
        editor.setFocus()
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def _on_send(self) -> None:
        errors = self.missing()
        self.show_errors(errors)
        if not errors:
            self.submitted.emit()
