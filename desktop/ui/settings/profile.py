"""Who one is to the others: name and time zone."""

from zoneinfo import available_timezones

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.settings.section import Section
from desktop.ui.theme import Theme
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.person_picker import Choice, PersonPicker


class ProfileSection(Section):
    """Says what was entered; it saves nothing.

    Signals:
        name_entered: the name, when the field is left or Enter pressed.
        zone_chosen: the IANA name of a time zone.
    """

    name_entered = Signal(str)
    zone_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Profile"), parent=parent)
        self._is_filling = False
        self._saved = ""
        self.name = QLineEdit()
        self.zone = PersonPicker(_tr("Type a city, for instance Lisbon"))
        self.zone.show_choices(
            [Choice(name, name.replace("_", " ")) for name in sorted(available_timezones())]
        )
        self.email = WrapLabel(tone="muted", size="small")
        self.name_field = FormField(theme, _tr("Name"), self.name, is_required=True)
        self.zone_field = FormField(
            theme,
            _tr("Time zone"),
            self.zone,
            hint=_tr("All times here are shown in it from the next start on."),
        )
        for widget in (self.name_field, self.zone_field, self.email):
            self.body.addWidget(widget)

        self.name.editingFinished.connect(self._on_name)
        self.zone.picked.connect(self._on_zone)

    def show_person(self, name: str, zone: str, email: str) -> None:
        """Show what is saved; a field that one types in stays as it is."""
        self._is_filling = True
        self._saved = name
        if not self.name.isModified():
            self.name.setText(name)
        if self.zone.current_id() != zone and not self.zone.hasFocus():
            self.zone.choose(zone)
        self.email.setText(_tr("You sign in as %1.").replace("%1", email))
        self._is_filling = False

    def _on_name(self) -> None:
        entered = self.name.text().strip()
        if self._is_filling or not self.name.isModified() or entered == self._saved:
            return
        self.name.setModified(False)
        self.name_entered.emit(entered)

    def _on_zone(self, zone: str) -> None:
        if not self._is_filling and zone:
            self.zone_chosen.emit(zone)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
