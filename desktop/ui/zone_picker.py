"""A choice among all time zones, found by a part of the name."""

from functools import cache
from zoneinfo import available_timezones

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.ui.widgets.person_picker import Choice, PersonPicker

NO_PLACES = {"Factory", "localtime"}  # what a computer's own files hold beside the zones


class ZonePicker(PersonPicker):
    """Zones by their IANA names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Type a city, for instance Lisbon"), parent)
        self.show_choices([Choice(name, zone_words(name)) for name in _zones()])

    @override
    def choose(self, choice_id: str) -> None:
        """Choose a zone; one that this computer does not list is listed from now on."""
        if choice_id and self.findData(choice_id) < 0:
            self.addItem(zone_words(choice_id), choice_id)
        super().choose(choice_id)


@cache
def _zones() -> list[str]:
    return sorted(available_timezones() - NO_PLACES)


def zone_words(name: str) -> str:
    """`America/Sao Paulo`."""
    return name.replace("_", " ")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Zones", text)
