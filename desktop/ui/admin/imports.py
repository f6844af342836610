"""Joins people from a file to the relay: read, shown, and added one after the other."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from desktop.account.administration import NewUser
from desktop.account.api import ApiRefused
from desktop.account.rosters import (
    MOST_BYTES,
    Directory,
    RosterRow,
    Unreadable,
    read_roster,
)
from desktop.store.export import write_table
from desktop.store.people import cohorts, mentors
from desktop.tasks import spawn
from desktop.ui.admin.asking import TROUBLE, trouble_words
from desktop.ui.admin.import_looks import (
    ImportRow,
    State,
    reason_words,
    state_words,
    unreadable_words,
)
from desktop.ui.admin.import_view import ImportView
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.workspace import Workspace
from domain.members import Role

AskFile = Callable[[QWidget], str]
AskName = Callable[[QWidget, str], str]
BUSY = {"too_many_tries", "too_many_requests"}
LONGEST_WAIT_S = 60.0
RESULT = ("line", "name", "email", "role", "cohort", "mentor", "state", "code", "until", "reason")


class ImportScreen:
    """Keeps the rows of one file; each is sent under a key of its own, so that none comes twice."""

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        *,
        ask_file: AskFile | None = None,
        ask_name: AskName | None = None,
    ) -> None:
        """`ask_file` and `ask_name` ask for a file to read and to write; "" is none."""
        self._workspace = workspace
        self._ask_file = ask_file or _ask_file
        self._ask_name = ask_name or _ask_name
        self.page = ImportView(theme)
        self.rows: list[ImportRow] = []
        self._file = ""
        self._is_running = False
        self._is_stopped = False
        self._done, self._wanted = 0, 0
        self.page.file_asked.connect(self.choose)
        self.page.add_asked.connect(self._on_add)
        self.page.stop_asked.connect(self._on_stop)
        self.page.export_asked.connect(self._on_export)
        self._show()

    def read(self) -> None:
        """The rows are those of the file, whoever looks at them."""

    def choose(self) -> None:
        """Ask for a file and show its rows; not while others are being added."""
        if self._is_running:
            return
        chosen = self._ask_file(self.page)
        if chosen:
            spawn(self._load(Path(chosen)), name="read a roster")

    async def _load(self, file: Path) -> None:
        self.page.show_trouble(_tr("Reading the file…"), "info")
        try:
            content = await asyncio.to_thread(_bounded, file)
            there = await self._directory()
            rows = read_roster(content, there)
        except OSError:
            self._refuse(unreadable_words("no_file"))
        except Unreadable as error:
            self._refuse(unreadable_words(error.code))
        except TROUBLE as error:
            self._refuse(trouble_words(error))
        else:
            self._take(file.name, rows)

    def _refuse(self, words: str) -> None:
        if isValid(self.page):
            self.page.show_trouble(words)

    def _take(self, name: str, rows: Sequence[RosterRow]) -> None:
        if not isValid(self.page):
            return
        self._file = name
        self.rows = [
            ImportRow(
                row=row,
                key=self._workspace.new_id(),
                state=State.WRONG if row.problems else State.READY,
            )
            for row in rows
        ]
        self.page.show_trouble("")
        self._show()
        announce(self.page, self.page.words.accessibleName())
        (self.page.add if self._open else self.page.list).setFocus()

    async def _directory(self) -> Directory:
        """Who is there by now: their addresses only the relay knows."""
        people = await self._workspace.administration.everybody()
        leaders = [
            (one.id, one.email) for one in people if one.is_active and one.role is not Role.STUDENT
        ]
        cards = self._workspace.query(mentors)
        return Directory(
            emails=frozenset(one.email for one in people),
            cohorts=[(card.id, card.name) for card in self._workspace.query(cohorts)],
            mentors=[*leaders, *((card.id, card.name) for card in cards)],
        )

    @property
    def _open(self) -> list[ImportRow]:
        return [row for row in self.rows if row.is_open]

    def _on_add(self) -> None:
        if not self._is_running and self._open:
            self._is_running, self._is_stopped = True, False
            self._done, self._wanted = 0, len(self._open)
            self.page.show_trouble("")
            self._show()
            self.page.stop.setFocus()
            spawn(self._run(), name="add people")

    def _on_stop(self) -> None:
        self._is_stopped = True

    async def _run(self) -> None:
        """Add one after the other; where the relay cannot be asked, the rest waits."""
        try:
            for row in self._open:
                if self._is_stopped or not isValid(self.page):
                    break
                await self._add(row)
                self._done += 1
                self._show()
        except TROUBLE as error:
            self._refuse(trouble_words(error))
        finally:
            self._is_running = False
            if isValid(self.page):
                self._show()
                announce(self.page, self.page.words.accessibleName())
                (self.page.add if self._open else self.page.export).setFocus()

    async def _add(self, row: ImportRow) -> None:
        try:
            made = await self._sent(row)
        except ApiRefused as refused:
            reason = " ".join(refused.fields.values()) or str(refused)
            self._replace(replace(row, state=State.FAILED, reason=reason))
        else:
            self._replace(
                replace(row, state=State.ADDED, code=made.code, expires_at=made.expires_at)
            )

    async def _sent(self, row: ImportRow) -> NewUser:
        """Send it, and once more when the relay has asked for patience."""
        administration = self._workspace.administration
        fields = {**row.row.fields, "timeZone": self._workspace.zone.key}  # till they set another
        try:
            return await administration.add_user(fields, key=row.key)
        except ApiRefused as refused:
            if refused.code not in BUSY:
                raise
            await asyncio.sleep(min(LONGEST_WAIT_S, refused.retry_after_s))
        return await administration.add_user(fields, key=row.key)

    def _replace(self, changed: ImportRow) -> None:
        self.rows = [changed if row.id == changed.id else row for row in self.rows]

    def _on_export(self) -> None:
        name = f"{Path(self._file).stem}-added.csv"
        chosen = self._ask_name(self.page, name)
        if chosen:
            spawn(self._export(Path(chosen)), name="export the result")

    async def _export(self, file: Path) -> None:
        rows = [self._result(row) for row in self.rows]
        try:
            await asyncio.to_thread(write_table, file, RESULT, rows)
        except OSError:
            self._refuse(_tr("This file cannot be written."))
            return
        if isValid(self.page):
            self._workspace.say(_tr("The result is in %1.").replace("%1", str(file)))

    def _result(self, row: ImportRow) -> dict[str, str]:
        person = row.row
        return {
            "line": str(person.line),
            "name": person.name,
            "email": person.email,
            "role": person.role.value,
            "cohort": person.cohort,
            "mentor": person.mentor,
            "state": state_words(row),
            "code": row.code,
            "until": row.expires_at,
            "reason": reason_words(row),
        }

    def _show(self) -> None:
        if not isValid(self.page):
            return
        page, count = self.page, len(self._open)
        page.model.show(self.rows)
        page.place.show_list(bool(self.rows))
        page.head.setVisible(bool(self.rows))
        page.words.setText(self._words())
        has_failed = any(row.state is State.FAILED for row in self.rows)
        again = _n("Try %n people again", count)
        page.add.setText(again if has_failed else _n("Add %n people", count))
        page.add.setVisible(bool(count) and not self._is_running)
        page.stop.setVisible(self._is_running)
        page.export.setVisible(not self._is_running and self._has(State.ADDED) > 0)
        page.progress.setVisible(self._is_running)
        page.progress.setRange(0, max(1, self._wanted))
        page.progress.setValue(self._done)

    def _has(self, state: State) -> int:
        return sum(row.state is state for row in self.rows)

    def _words(self) -> str:
        """How the rows stand, in a sentence for each state that there is."""
        counts = (
            (_n("%n people can be added.", self._has(State.READY)), self._has(State.READY)),
            (_n("%n people are added.", self._has(State.ADDED)), self._has(State.ADDED)),
            (_n("%n people were not added.", self._has(State.FAILED)), self._has(State.FAILED)),
            (_n("%n rows cannot be added.", self._has(State.WRONG)), self._has(State.WRONG)),
        )
        told = " ".join(words for words, count in counts if count)
        return _tr("%1: %2").replace("%2", told).replace("%1", self._file)


def _bounded(file: Path) -> bytes:
    """The content, or as much of it as shows that it is too large."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _ask_file(parent: QWidget) -> str:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kinds = _tr("Tables (*.csv *.txt);;All files (*)")
    chosen, _filter = QFileDialog.getOpenFileName(parent, _tr("Choose a file"), folder, kinds)
    return chosen


def _ask_name(parent: QWidget, name: str) -> str:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    start = str(Path(folder) / name)
    chosen, _filter = QFileDialog.getSaveFileName(parent, _tr("Export the result"), start)
    return chosen


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Import", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Import", text)
