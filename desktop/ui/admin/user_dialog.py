"""Asks who a new person is, or what is to change about one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.account.administration import UserAccount
from desktop.ui.admin.looks import role_words
from desktop.ui.theme import Theme
from desktop.ui.widgets.form_dialog import FormDialog
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.person_picker import Choice, PersonPicker
from domain.members import Role

NAME, EMAIL, ROLE, COHORT, MENTOR = "name", "email", "role", "cohortId", "mentorId"


class NewUserDialog(FormDialog):
    """A new person: a student, perhaps with cohort and mentor at once, or a mentor.

    Signals:
        entered: what was filled in, by its names on the wire.
    """

    entered = Signal(object)

    def __init__(
        self, theme: Theme, parent: QWidget, cohorts: Sequence[Choice], mentors: Sequence[Choice]
    ) -> None:
        self.role = QComboBox()
        for role in (Role.STUDENT, Role.MENTOR):
            self.role.addItem(role_words(role), role.value)
        self.cohort = _picker(cohorts)
        self.mentor = _picker(mentors)
        fields = {
            NAME: FormField(theme, _tr("Name"), QLineEdit(), is_required=True),
            EMAIL: FormField(theme, _tr("E-mail"), QLineEdit(), is_required=True),
            ROLE: FormField(theme, _tr("Role"), self.role),
            COHORT: FormField(theme, _tr("Cohort"), self.cohort),
            MENTOR: FormField(theme, _tr("Mentor"), self.mentor),
        }
        sentence = _tr("You get a code for them, with which they set their own password.")
        super().__init__(theme, parent, _tr("New person"), sentence, fields, _tr("Add person"))
        self.submitted.connect(lambda: self.entered.emit(self.values()))
        self.role.currentIndexChanged.connect(self._show)
        self._show()

    def values(self) -> dict[str, str]:
        """What stands in the fields; cohort and mentor only of a student."""
        role = str(self.role.currentData())
        found = {
            ROLE: role,
            NAME: self.line(NAME).text().strip(),
            EMAIL: self.line(EMAIL).text().strip(),
        }
        if role == Role.STUDENT:
            found |= {COHORT: self.cohort.current_id(), MENTOR: self.mentor.current_id()}
        return found

    def missing(self) -> dict[str, str]:
        """Also a text in a picker that names nobody."""
        errors = super().missing()
        if self.role.currentData() == Role.STUDENT:
            for key, picker in ((COHORT, self.cohort), (MENTOR, self.mentor)):
                picker.take_typed()
                if picker.currentText().strip() and not picker.current_id():
                    errors[key] = _tr("Choose one from the list, or leave this empty.")
        return errors

    def _show(self) -> None:
        is_student = self.role.currentData() == Role.STUDENT
        self.fields[COHORT].setVisible(is_student)
        self.fields[MENTOR].setVisible(is_student)
        self.adjustSize()


class ChangeUserDialog(FormDialog):
    """Name, e-mail and role of somebody.

    Signals:
        entered: what was changed, by its names on the wire; nothing else.
    """

    entered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget, user: UserAccount) -> None:
        self._user = user
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(role_words(role), role.value)
        self.role.setCurrentIndex(self.role.findData(user.role.value))
        name, email = QLineEdit(user.name), QLineEdit(user.email)
        hint = _tr("They sign in with it.")
        fields = {
            NAME: FormField(theme, _tr("Name"), name, is_required=True),
            EMAIL: FormField(theme, _tr("E-mail"), email, hint=hint, is_required=True),
            ROLE: FormField(theme, _tr("Role"), self.role, hint=_tr("It counts at once.")),
        }
        title = _tr("Edit %1").replace("%1", user.name)
        super().__init__(theme, parent, title, "", fields, _tr("Save"))
        self.submitted.connect(self._on_submitted)
        self.role.currentIndexChanged.connect(self._show)

    def changes(self) -> dict[str, str]:
        """What is other than before."""
        before = {NAME: self._user.name, EMAIL: self._user.email, ROLE: self._user.role.value}
        now = {
            NAME: self.line(NAME).text().strip(),
            EMAIL: self.line(EMAIL).text().strip(),
            ROLE: str(self.role.currentData()),
        }
        return {key: value for key, value in now.items() if value != before[key]}

    def _show(self) -> None:
        """Say what follows from a role with another side of the program."""
        role = Role(str(self.role.currentData()))
        crosses = (role is Role.STUDENT) != (self._user.role is Role.STUDENT)
        words = _tr(
            "They are signed out, their coming sessions are canceled, and they begin anew on the "
            "other side; what they did stays."
        )
        self.fields[ROLE].hint.setText(words if crosses else _tr("It counts at once."))
        self.adjustSize()

    def _on_submitted(self) -> None:
        changes: Mapping[str, str] = self.changes()
        if changes:
            self.entered.emit(changes)
        else:
            self.reject()


def _picker(choices: Sequence[Choice]) -> PersonPicker:
    picker = PersonPicker(_tr("None"))
    picker.show_choices(choices)
    return picker


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
