"""One's own data: take a copy along, leave, or delete what is on this computer."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.settings.section import Section
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import line
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.labels import WrapLabel

JSON, TABLES = "json", "csv"


class DataSection(Section):
    """Asks for what was pressed.

    Signals:
        export_asked: "json" or "csv".
        backup_asked: write all into one file, to be restored from.
        restore_asked: take back what such a file holds.
        leave_asked: sign out.
        delete_asked: sign out, and delete the local copy.
        doctor_asked: look at the connection, and save diagnostics.
        history_asked: who changed what is mine.
    """

    export_asked = Signal(str)
    backup_asked = Signal()
    restore_asked = Signal()
    leave_asked = Signal()
    delete_asked = Signal()
    doctor_asked = Signal()
    history_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("My data"),
            _tr("Everything that is on this computer: also what is not sent yet, and drafts."),
            parent,
        )
        self.exports = {
            JSON: push_button(_tr("Export as JSON…"), theme=theme, icon="download"),
            TABLES: push_button(_tr("Export as tables (CSV)…"), theme=theme, icon="download"),
        }
        self.doctor = push_button(_tr("Connection and diagnostics…"), theme=theme, icon="help")
        self.backup = push_button(_tr("Back up…"), theme=theme, icon="archive")
        self.restore = push_button(_tr("Restore…"), theme=theme, icon="undo")
        self.leave = push_button(_tr("Sign out…"), theme=theme, icon="sign-out")
        self.delete = push_button(_tr("Delete my copy…"), theme=theme, icon="trash")
        self.history = push_button(_tr("Who changed my data…"), theme=theme, icon="activity")
        exports, copies, ends = FlowRow(), FlowRow(), FlowRow()
        for key, button in self.exports.items():
            button.clicked.connect(lambda _on=False, key=key: self.export_asked.emit(key))
            exports.addWidget(button)
        exports.addWidget(self.doctor)
        exports.addWidget(self.history)
        for button in (self.backup, self.restore):
            copies.addWidget(button)
        for button in (self.leave, self.delete):
            ends.addWidget(button)
        kept = _tr(
            "A backup is one file with all of it, for this account. Restoring one loses nothing "
            "that you have not sent since, and sends nothing twice."
        )
        words = _tr(
            "Deleting your copy signs you out here and removes your files from this computer. "
            "What the relay has comes back when you sign in again."
        )
        self.body.addLayout(exports)
        self.body.addWidget(line())
        self.body.addLayout(copies)
        self.body.addWidget(WrapLabel(kept, tone="muted", size="small"))
        self.body.addWidget(line())
        self.body.addLayout(ends)
        self.body.addWidget(WrapLabel(words, tone="muted", size="small"))
        self.doctor.clicked.connect(self.doctor_asked)
        self.history.clicked.connect(self.history_asked)
        self.backup.clicked.connect(self.backup_asked)
        self.restore.clicked.connect(self.restore_asked)
        self.leave.clicked.connect(self.leave_asked)
        self.delete.clicked.connect(self.delete_asked)

    def set_busy(self, is_busy: bool) -> None:
        """Take no other wish while a file is written or read."""
        for button in (*self.exports.values(), self.backup, self.restore):
            button.setEnabled(not is_busy)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
