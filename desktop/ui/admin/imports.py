"""Joins people from a file to the relay: read, shown, and added one after the other."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from desktop.account.administration import NewUser
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
from desktop.ui.admin.import_looks import ImportRow, State, unreadable_words
from desktop.ui.admin.import_result import RESULT, LoseCodesDialog, result_row
from desktop.ui.admin.import_run import ImportRun
from desktop.ui.admin.import_view import ImportView
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.workspace import Workspace
from domain.members import Role

AskFile = Callable[[QWidget], str]
AskName = Callable[[QWidget, str], str]


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
        self._run: ImportRun | None = None
        self._is_loading = False
        self._exported: set[str] = set()  # the keys of rows whose codes are in a file
        self.page.file_asked.connect(self.choose)
        self.page.add_asked.connect(self._on_add)
        self.page.stop_asked.connect(self._on_stop)
        self.page.export_asked.connect(self._on_export)
        self._show()

    def read(self) -> None:
        """The rows are those of the file, whoever looks at them."""

    def choose(self) -> None:
        """Ask for a file and show its rows; not while one is read or its people are added."""
        if self._run or self._is_loading:
            return
        if count := len(self._untold):
            window = self.page.window()
            LoseCodesDialog(window, count, self._on_export, self._choose).open()
        else:
            self._choose()

    def _choose(self) -> None:
        chosen = self._ask_file(self.page)
        if chosen:
            self._is_loading = True
            self._show()
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
        finally:
            self._is_loading = False
            self._show()

    def _refuse(self, words: str) -> None:
        if isValid(self.page):
            self.page.show_trouble(words)

    def _take(self, name: str, rows: Sequence[RosterRow]) -> None:
        if not isValid(self.page):
            return
        self._file, self._is_loading = name, False
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

    @property
    def _untold(self) -> list[ImportRow]:
        """Those whose codes stand nowhere but here."""
        return [row for row in self.rows if row.code and row.key not in self._exported]

    def _on_add(self) -> None:
        if self._run or self._is_loading or not self._open:
            return
        self._run = ImportRun(self._open, self._add, self._on_told)
        self.page.show_trouble("")
        self._show()
        self.page.stop.setFocus()
        spawn(self._go(self._run), name="add people")

    def _on_stop(self) -> None:
        if self._run:
            self._run.stop()
            self._show()

    async def _go(self, run: ImportRun) -> None:
        """Add one after the other; where the relay cannot be asked, the rest waits."""
        try:
            await run.go()
        except TROUBLE as error:
            self._refuse(trouble_words(error))
        else:
            self._refuse("")  # nothing: it may have been stopped while it rested
        finally:
            self._run = None
            if isValid(self.page):
                self._show()
                announce(self.page, self.page.words.accessibleName())
                (self.page.add if self._open else self.page.export).setFocus()

    async def _add(self, row: ImportRow) -> NewUser:
        fields = {**row.row.fields, "timeZone": self._workspace.zone.key}  # till they set another
        return await self._workspace.administration.add_user(fields, key=row.key)

    def _on_told(self, changed: ImportRow | None) -> None:
        run = self._run
        if run is None:
            return
        if not isValid(self.page):
            run.stop()
            return
        if changed:
            self.rows = [changed if row.key == changed.key else row for row in self.rows]
        rests = _n("The relay asks to wait %n seconds; then it goes on by itself.", run.rest_s)
        self.page.show_trouble(rests if run.rest_s else "", "info")
        self._show()

    def _on_export(self) -> None:
        name = f"{Path(self._file).stem}-added.csv"
        chosen = self._ask_name(self.page, name)
        if chosen:
            spawn(self._export(Path(chosen)), name="export the result")

    async def _export(self, file: Path) -> None:
        rows, told = [result_row(row) for row in self.rows], {row.key for row in self._untold}
        try:
            await asyncio.to_thread(write_table, file, RESULT, rows)
        except OSError:
            self._refuse(_tr("This file cannot be written."))
            return
        self._exported |= told
        if isValid(self.page):
            self._show()
            self._workspace.say(_tr("The result is in %1.").replace("%1", str(file)))

    def _show(self) -> None:
        if not isValid(self.page):
            return
        page, run, count = self.page, self._run, len(self._open)
        page.model.show(self.rows)
        page.place.show_list(bool(self.rows))
        page.head.setVisible(bool(self.rows))
        page.words.setText(self._words())
        again = _n("Try %n people again", count)
        page.add.setText(_n("Add %n people", count) if self._has(State.READY) else again)
        page.add.setVisible(bool(count) and not run and not self._is_loading)
        page.stop.setVisible(run is not None)
        is_stopped = run is not None and run.is_stopped
        page.stop.setText(_tr("Stopping…") if is_stopped else _tr("Stop"))
        page.export.setVisible(not run and self._has(State.ADDED) > 0)
        page.progress.setVisible(run is not None)
        page.progress.setRange(0, max(1, run.wanted if run else 0))
        page.progress.setValue(run.done if run else 0)

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
        if self._untold and not self._run:
            told = f"{told} {_tr('Codes are shown only here, until you export the result.')}"
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
