"""The forms before one is in: their fields, and what they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QTimeZone, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.account.join_links import Malformed, server_address
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.form_field import FormField


def tr(text: str) -> str:
    """The text in the person's language; the forms name their fields before they are widgets."""
    return QCoreApplication.translate("SignIn", text)


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a form: its key on the wire, its label, and a hint beneath."""

    key: str
    label: str
    hint: str = ""
    is_secret: bool = False


class Form(QWidget):
    """Labelled fields and one button; it checks what can be seen without asking the relay.

    Signals:
        submitted: a dict of field key to text; the password is as typed, all else is trimmed.
    """

    submitted = Signal(object)

    def __init__(self, theme: Theme, specs: list[FieldSpec], button: str) -> None:
        super().__init__()
        self.fields: dict[str, FormField] = {}
        self._secret = {spec.key for spec in specs if spec.is_secret}
        self._words = button
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for spec in specs:
            edit = QLineEdit()
            if spec.is_secret:
                edit.setEchoMode(QLineEdit.EchoMode.Password)
            edit.returnPressed.connect(self.submit)
            field = FormField(theme, spec.label, edit, hint=spec.hint)
            edit.textEdited.connect(lambda _text, field=field: field.set_error(""))
            column.addWidget(field)
            self.fields[spec.key] = field
        self.button = push_button(button, "primary")
        self.button.setDefault(True)
        self.button.clicked.connect(self.submit)
        column.addSpacing(4)
        column.addWidget(self.button)

    def edit(self, key: str) -> QLineEdit:
        """The editor of a field."""
        editor = self.fields[key].editor
        assert isinstance(editor, QLineEdit)  # noqa: S101  built above
        return editor

    def text(self, key: str) -> str:
        """What stands in a field; a secret is not trimmed."""
        text = self.edit(key).text()
        return text if key in self._secret else text.strip()

    def fill(self, values: Mapping[str, str]) -> None:
        """Put these texts into the fields that this form has."""
        for key, value in values.items():
            if key in self.fields and value:
                self.edit(key).setText(value)
                self.fields[key].set_error("")

    def submit(self) -> None:
        """Ask for it, unless a field is empty or wrong, or it is being done."""
        if not self.button.isEnabled():
            return
        values = {key: self.text(key) for key in self.fields}
        wrong = {key: words for key, value in values.items() if (words := self._wrong(key, value))}
        for key in self.fields:
            self.fields[key].set_error(wrong.get(key, ""))
        if wrong:
            self.edit(next(iter(wrong))).setFocus()
            return
        self.submitted.emit(values)

    def _wrong(self, key: str, value: str) -> str:
        """What can be said about a field before anybody is asked; "" for nothing."""
        if not value:
            return self.tr("Fill in this field.")
        if key == "server":
            try:
                server_address(value)
            except Malformed as error:
                return str(error)
        return ""

    def show_busy(self, words: str = "") -> None:
        """Say that it is being done, or with "" that it no longer is; what was typed stays."""
        self.button.setEnabled(not words)
        self.button.setText(words or self._words)
        for field in self.fields.values():
            field.editor.setEnabled(not words)

    def show_errors(self, errors: Mapping[str, str]) -> dict[str, str]:
        """Show each sentence at its field; what has no field here is given back."""
        left: dict[str, str] = {}
        for key, sentence in errors.items():
            if key in self.fields:
                self.fields[key].set_error(sentence)
            else:
                left[key] = sentence
        first = next((key for key in errors if key in self.fields), None)
        if first:
            self.edit(first).setFocus()
        return left

    def forget_secrets(self) -> None:
        """Empty the fields that hold a password."""
        for key in self._secret:
            self.edit(key).clear()


class SignInForm(Form):
    """Server, e-mail and password."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self._specs(), tr("Sign in"))

    def _specs(self) -> list[FieldSpec]:
        return [
            FieldSpec("server", tr("Server"), tr("For instance tandem.example.org")),
            FieldSpec("email", tr("E-mail")),
            FieldSpec("password", tr("Password"), is_secret=True),
        ]


class RegisterForm(Form):
    """A new account: a student with a cohort's join code, or a mentor with an invitation."""

    def __init__(self, theme: Theme, role: str) -> None:
        self.role = role
        super().__init__(theme, self._specs(role), tr("Create account"))

    def _specs(self, role: str) -> list[FieldSpec]:
        code = (
            FieldSpec("joinCode", tr("Join code"), tr("Your mentor or admin has it."))
            if role == "student"
            else FieldSpec("invitation", tr("Invitation"), tr("An admin makes it for you."))
        )
        return [
            FieldSpec("server", tr("Server"), tr("For instance tandem.example.org")),
            code,
            FieldSpec("name", tr("Your name"), tr("As the others will see it.")),
            FieldSpec("email", tr("E-mail")),
            FieldSpec("password", tr("Password"), tr("At least 10 characters."), is_secret=True),
        ]


class ResetForm(Form):
    """A new password, with the code that an admin made."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self._specs(), tr("Set new password"))

    def _specs(self) -> list[FieldSpec]:
        return [
            FieldSpec("server", tr("Server")),
            FieldSpec("email", tr("E-mail")),
            FieldSpec("code", tr("Code"), tr("An admin makes it for you.")),
            FieldSpec(
                "newPassword", tr("New password"), tr("At least 10 characters."), is_secret=True
            ),
        ]


def system_time_zone() -> str:
    """The IANA name of this computer's time zone, or UTC."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "ignore")
    return name if name and not name.startswith(("UTC+", "UTC-")) else "UTC"
