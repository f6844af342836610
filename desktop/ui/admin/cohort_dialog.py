"""Asks for the name and the description of a cohort."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.form_dialog import FormDialog
from desktop.ui.widgets.form_field import FormField

NAME, DESCRIPTION = "name", "description"
LONGEST_NAME, LONGEST_DESCRIPTION = 80, 500


class CohortDialog(FormDialog):
    """A new cohort, or with its words one that is there.

    Signals:
        entered: name and description, by their names on the wire.
    """

    entered = Signal(object)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        title: str,
        button: str,
        *,
        name: str = "",
        description: str | None = "",
    ) -> None:
        """Without a `description` it is not asked for."""
        name_edit = QLineEdit(name)
        name_edit.setMaxLength(LONGEST_NAME)
        fields = {NAME: FormField(theme, _tr("Name"), name_edit, is_required=True)}
        if description is not None:
            edit = QLineEdit(description)
            edit.setMaxLength(LONGEST_DESCRIPTION)
            fields[DESCRIPTION] = FormField(theme, _tr("Description"), edit)
        super().__init__(theme, parent, title, "", fields, button)
        self.submitted.connect(lambda: self.entered.emit(self.values()))

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: self.line(key).text().strip() for key in self.fields}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
