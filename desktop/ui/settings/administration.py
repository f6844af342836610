"""The way to the administration, for admins: a button for each of its parts."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.settings.section import Section
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.flow_row import FlowRow


class AdministrationSection(Section):
    """Says what can be done there and leads to it.

    Signals:
        opened: the path of a part.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        sentence = _tr("The people of this relay and what they may do; you are one of its admins.")
        super().__init__(_tr("Administration"), sentence, parent)
        ways = (
            ("people", _tr("People and roles"), "users"),
            ("cohorts", _tr("Cohorts and codes"), "users"),
            ("invitations", _tr("Invitations"), "key"),
            ("import", _tr("People from a file"), "user-plus"),
            ("audit", _tr("Audit log"), "activity"),
        )
        row = FlowRow()
        for key, words, icon in ways:
            button = push_button(words, theme=theme, icon=icon)
            button.clicked.connect(lambda _on=False, key=key: self.opened.emit(f"/admin/{key}"))
            row.addWidget(button)
        self.body.addLayout(row)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
