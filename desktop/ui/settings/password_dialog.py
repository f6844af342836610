"""Asks for the present password and a new one."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.form_dialog import FormDialog
from desktop.ui.widgets.form_field import FormField

CURRENT, NEW, AGAIN = "currentPassword", "newPassword", "again"


class PasswordDialog(FormDialog):
    """Three fields; it compares the two new ones and leaves the rest to the relay.

    Signals:
        entered: the present password and the new one.
    """

    entered = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        hint = _tr("At least 10 characters.")
        fields = {
            CURRENT: FormField(theme, _tr("Present password"), _secret(), is_required=True),
            NEW: FormField(theme, _tr("New password"), _secret(), is_required=True, hint=hint),
            AGAIN: FormField(theme, _tr("New password once more"), _secret(), is_required=True),
        }
        title = _tr("Change password")
        sentence = _tr("All your other devices are signed out; what was not sent there is kept.")
        super().__init__(theme, parent, title, sentence, fields, title)
        self.submitted.connect(self._on_submitted)

    @override
    def missing(self) -> dict[str, str]:
        errors = super().missing()
        if not errors and self.line(NEW).text() != self.line(AGAIN).text():
            errors[AGAIN] = _tr("This is not the same as the new password.")
        return errors

    def _on_submitted(self) -> None:
        self.set_busy(True)
        self.entered.emit(self.line(CURRENT).text(), self.line(NEW).text())


def _secret() -> QLineEdit:
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    return edit


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
