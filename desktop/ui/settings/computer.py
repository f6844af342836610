"""What holds for this computer alone: how it looks, and what closing the window means."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui.settings.section import Section
from desktop.ui.theme import Look
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.labels import WrapLabel


class ComputerSection(Section):
    """Says what was chosen.

    Signals:
        look_chosen: a `Look`.
        stays_chosen: whether closing the window keeps Tandem running.
    """

    look_chosen = Signal(object)
    stays_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_tr("This computer"), parent=parent)
        self.looks = FilterBar(
            _tr("Appearance"),
            [
                (Look.SYSTEM, _tr("Like the system")),
                (Look.LIGHT, _tr("Light")),
                (Look.DARK, _tr("Dark")),
            ],
        )
        self.stays = QCheckBox(_tr("Keep running when the window is closed"))
        self.body.addWidget(WrapLabel(_tr("Appearance"), strong=True))
        self.body.addWidget(self.looks, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.stays)
        words = _tr("Tandem then waits in the tray, and tells you what happens.")
        self.body.addWidget(WrapLabel(words, tone="muted", size="small"))

        self.looks.chosen.connect(lambda key: self.look_chosen.emit(Look(key)))
        self.stays.clicked.connect(self.stays_chosen)

    def show_state(self, look: Look, *, stays: bool) -> None:
        self.looks.choose(look)
        self.stays.setChecked(stays)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
