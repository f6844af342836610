"""Joins the audit log to the relay, which notes each reading of it too."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.account.administration import Part
from desktop.account.histories import AuditRecord
from desktop.store.people import everybody
from desktop.ui.admin.asking import RelayRows, Waiting, asks, trouble_words
from desktop.ui.admin.audit_dialog import AuditDialog
from desktop.ui.admin.audit_looks import full_look, record_row
from desktop.ui.admin.audit_view import ANY_TIME, AuditView
from desktop.ui.admin.audit_words import told_names
from desktop.ui.admin.looks import row_text
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.times import midnight, today
from desktop.ui.widgets.person_picker import Choice
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Workspace

AskName = Callable[[QWidget, str], str]


class AuditScreen:
    """Reads the newest records whenever one comes to them, and older ones as one scrolls."""

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        *,
        ask_name: AskName | None = None,
    ) -> None:
        """`ask_name` asks for a file to write; "" is none."""
        self._workspace = workspace
        self._theme = theme
        self._ask_name = ask_name or _ask_name
        model: RecordListModel[AuditRecord] = RecordListModel(
            lambda record: row_text(self._row(record)), self._row
        )
        self._told: dict[str, str] = {}  # names of what is not here, by id
        self.page = AuditView(theme, model)
        self.rows = RelayRows(self.page, self._read, self._show, "audit log")
        self.waiting = Waiting(self.page)
        self.page.filter_changed.connect(self._on_filter)
        self.page.records.more_asked.connect(self.rows.more)
        self.page.records.again_asked.connect(self.rows.again)
        self.page.opened.connect(self._open)
        self._show()

    def read(self) -> None:
        """Ask the relay for the newest."""
        people = self._workspace.query(everybody)
        gone = _tr("deactivated")
        choices = [Choice(one.id, one.name, gone if one.is_gone else "") for one in people]
        self.page.show_people(choices)
        self.rows.begin()

    def export(self) -> None:
        """Write all that the filters let through to a file, one at a time."""
        if self.waiting.words:
            return
        name = f"tandem-audit-{self._workspace.now():%Y-%m-%d}.csv"
        chosen = self._ask_name(self.page, name)
        if not chosen:
            return
        file = Path(chosen)
        self.waiting.show(_tr("Writing…"))
        form = "ndjson" if file.suffix in {".ndjson", ".jsonl"} else "csv"
        asks(
            self.page,
            lambda: self._export(file, form),
            done=self._on_exported,
            failed=lambda error: self._on_exported(trouble_words(error)),
            name="export the audit log",
        )

    def _on_exported(self, said: str) -> None:
        self.waiting.show("")
        self._workspace.say(said)

    async def _export(self, file: Path, form: str) -> str:
        """What is said when it is done."""
        content = await self._workspace.administration.audit_file(self._query(), form)
        try:
            await asyncio.to_thread(_write, file, content)
        except OSError:
            return _tr("This file cannot be written.")
        return _tr("The audit log is in %1.").replace("%1", str(file))

    def _query(self) -> dict[str, str]:
        person, kind, days = self.page.chosen()
        since = ""
        if days != ANY_TIME:
            first = today(self._workspace) - timedelta(days=int(days))
            since = midnight(first, self._workspace)
        return {"actorId": person, "type": kind, "from": since}

    def _on_filter(self) -> None:
        self.page.records.begin_at_top()
        self.rows.begin(another=True)

    def _open(self, record_id: str) -> None:
        record = next((one for one in self.rows.rows if one.id == record_id), None)
        if record is not None:
            look = full_look(record, self._workspace, self._told)
            AuditDialog(self._theme, self.page.window(), look).open()

    async def _read(self, after: str) -> Part[AuditRecord]:
        """Deeds, or the kind that was chosen: what follows by itself from a deed is one of those.

        A file has all of it.
        """
        query = self._query()
        if not query["type"]:
            query["deedsOnly"] = "true"
        return await self._workspace.administration.audit(query, after=after)

    def _learn(self) -> None:
        """Call a thing as another record calls it, in the rows that are shown too."""
        fresh = {**self._told, **told_names(self.rows.rows)}
        if fresh != self._told:
            self._told = fresh
            self.page.records.model.refresh()

    def _row(self, record: AuditRecord) -> RowLook:
        return record_row(record, self._workspace, self._told)

    def _show(self) -> None:
        self._learn()
        nothing = (_tr("Nothing that fits"), _tr("Choose somebody else, or a longer time."))
        self.page.records.show_rows(self.rows, nothing)


def _write(file: Path, content: bytes) -> None:
    file.touch(mode=0o600)
    file.write_bytes(content)


def _ask_name(parent: QWidget, name: str) -> str:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kinds = "CSV (*.csv);;NDJSON (*.ndjson)"
    start = str(Path(folder) / name)
    chosen, _filter = QFileDialog.getSaveFileName(parent, _tr("Export…"), start, kinds)
    return chosen


def _tr(text: str) -> str:
    return QCoreApplication.translate("Audit", text)
