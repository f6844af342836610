"""Who one is to the others: name and time zone."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.settings.section import Section
from desktop.ui.theme import Theme
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.zone_picker import ZonePicker


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
        self.zone = ZonePicker()
        self.email = WrapLabel(tone="muted", size="small")
        self.name_field = FormField(theme, _tr("Name"), self.name, is_required=True)
        self.zone_field = FormField(
            theme,
            _tr("Time zone"),
            self.zone,
            hint=_tr("All times are shown in it, and quiet hours follow it."),
        )
        for widget in (self.name_field, self.zone_field, self.email):
            self.body.addWidget(widget)

        self.name.editingFinished.connect(self._on_name)
        self.zone.picked.connect(self._on_zone)

    def show_person(self, name: str, zone: str, email: str) -> None:
        """Show what is saved; a field that one types in, or that is wrong, stays as it is."""
        self._is_filling = True
        self._saved = name
        if not self.name.isModified() and not self.name_field.has_error:
            self.name.setText(name)
        if self.zone.current_id() != zone and not self.zone.hasFocus():
            self.zone.choose(zone)
        self.email.setText(_tr("You sign in as %1.").replace("%1", email))
        self._is_filling = False

    def _on_name(self) -> None:
        entered = self.name.text().strip()
        if self._is_filling or not self.name.isModified():
            return
        self.name.setModified(False)
        self.name_field.set_error("")
        if entered != self._saved:
            self.name_entered.emit(entered)

    def _on_zone(self, zone: str) -> None:
        if not self._is_filling and zone:
            self.zone_chosen.emit(zone)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
