"""Asks for another e-mail address, and for the password that proves who asks."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.settings.password_dialog import CURRENT
from desktop.ui.theme import Theme
from desktop.ui.widgets.form_dialog import FormDialog
from desktop.ui.widgets.form_field import FormField

NEW_EMAIL = "newEmail"


class EmailDialog(FormDialog):
    """Two fields; what is a good address is the relay's matter.

    Signals:
        entered: the password and the new address.
    """

    entered = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        secret = QLineEdit()
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        fields = {
            NEW_EMAIL: FormField(theme, _tr("New e-mail address"), QLineEdit(), is_required=True),
            CURRENT: FormField(theme, _tr("Password"), secret, is_required=True),
        }
        title, button = _tr("Change e-mail address"), _tr("Change e-mail")
        sentence = _tr("You sign in with it from now on. Your devices stay signed in.")
        super().__init__(theme, parent, title, sentence, fields, button)
        self.submitted.connect(self._on_submitted)

    def _on_submitted(self) -> None:
        self.entered.emit(self.line(CURRENT).text(), self.line(NEW_EMAIL).text().strip())


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
