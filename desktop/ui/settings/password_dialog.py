"""Asks for the present password and a new one."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.labels import WrapLabel

CURRENT, NEW, AGAIN = "currentPassword", "newPassword", "again"
WIDTH = 440


class PasswordDialog(QDialog):
    """Three fields; it compares the two new ones and leaves the rest to the relay.

    Signals:
        entered: the present password and the new one.
    """

    entered = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_tr("Change password"))
        self.setFixedWidth(WIDTH)
        self.fields = {
            CURRENT: FormField(theme, _tr("Present password"), _secret()),
            NEW: FormField(
                theme, _tr("New password"), _secret(), hint=_tr("At least 10 characters.")
            ),
            AGAIN: FormField(theme, _tr("New password once more"), _secret()),
        }
        self.trouble = Banner(theme)
        self.save = push_button(_tr("Change password"), "primary")
        self.back = push_button(_tr("Go back"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(WrapLabel(_tr("Change password"), size="heading", strong=True))
        sentence = _tr("All your other devices are signed out; what was not sent there is kept.")
        column.addWidget(WrapLabel(sentence, tone="muted"))
        column.addWidget(self.trouble)
        for field in self.fields.values():
            column.addWidget(field)
        column.addSpacing(4)
        column.addLayout(buttons)
        self.save.setDefault(True)
        self.save.clicked.connect(self._on_save)
        self.back.clicked.connect(self.reject)
        self.edit(CURRENT).setFocus()

    def edit(self, key: str) -> QLineEdit:
        """The editor of a field."""
        editor = self.fields[key].editor
        assert isinstance(editor, QLineEdit)  # noqa: S101  built above
        return editor

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each sentence at its field, and one without a field at the top."""
        self.set_busy(False)
        for key, field in self.fields.items():
            field.set_error(errors.get(key, ""))
        left = [words for key, words in errors.items() if key not in self.fields]
        if left:
            self.trouble.show_message("error", " ".join(left))
        else:
            self.trouble.hide()
        first = next((key for key in self.fields if key in errors), None)
        if first:
            self.edit(first).setFocus()
            self.edit(first).selectAll()

    def set_busy(self, is_busy: bool) -> None:
        """Wait for the relay; what was typed stays."""
        self.save.setEnabled(not is_busy)
        self.save.setText(_tr("Asking the relay…") if is_busy else _tr("Change password"))

    def _on_save(self) -> None:
        texts = {key: self.edit(key).text() for key in self.fields}
        errors = {key: _tr("Fill in this field.") for key, text in texts.items() if not text}
        if not errors and texts[NEW] != texts[AGAIN]:
            errors[AGAIN] = _tr("This is not the same as the new password.")
        self.show_errors(errors)
        if not errors:
            self.set_busy(True)
            self.entered.emit(texts[CURRENT], texts[NEW])


def _secret() -> QLineEdit:
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    return edit


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
