"""Asks for one person or group among many, before something is done with it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.person_picker import Choice, PersonPicker


class ChooseDialog(ConfirmDialog):
    """A picker and a button named after the deed; Escape and the other button change nothing."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        title: str,
        sentence: str,
        confirm_label: str,
        label: str,
        choices: Sequence[Choice],
        then: Callable[[str], object],
    ) -> None:
        """Offer `choices`, of which there is at least one; `then` gets the id of the chosen."""
        super().__init__(parent, title, sentence, confirm_label)
        self.picker = PersonPicker(self.tr("Type a part of the name"))
        self.picker.show_choices(choices)
        self.field = FormField(theme, label, self.picker)
        self.column.insertWidget(2, self.field)
        self.begin_at(self.picker)
        self.picker.picked.connect(lambda _id: self.field.set_error(""))
        self.accepted.connect(lambda: then(self.picker.current_id()))

    @override
    def accept(self) -> None:
        self.picker.take_typed()
        if not self.picker.current_id():
            self.field.set_error(self.tr("Choose one from the list."))
            self.picker.setFocus()
            return
        super().accept()
