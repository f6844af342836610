"""One's own data: take a copy along, or leave."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.settings.section import Section
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.flow_row import FlowRow

JSON, TABLES = "json", "csv"


class DataSection(Section):
    """Asks for what was pressed.

    Signals:
        export_asked: "json" or "csv".
        leave_asked: sign out, perhaps with the local copy deleted.
    """

    export_asked = Signal(str)
    leave_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("My data"),
            _tr("Everything that is on this computer, also what is not sent yet."),
            parent,
        )
        self.exports = {
            JSON: push_button(_tr("Export as JSON…"), theme=theme, icon="download"),
            TABLES: push_button(_tr("Export as tables (CSV)…"), theme=theme, icon="download"),
        }
        self.leave = push_button(_tr("Sign out or delete my copy…"), theme=theme, icon="sign-out")
        row = FlowRow()
        for key, button in self.exports.items():
            button.clicked.connect(lambda _on=False, key=key: self.export_asked.emit(key))
            row.addWidget(button)
        row.addWidget(self.leave)
        self.body.addLayout(row)
        self.leave.clicked.connect(self.leave_asked)

    def set_busy(self, is_busy: bool) -> None:
        """Take no other wish while an export is written."""
        for button in self.exports.values():
            button.setEnabled(not is_busy)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
