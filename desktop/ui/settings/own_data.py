"""Joins one's own data to files and to the store: exports, and the end of the local copy."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.store.export import OnlyHere, export_csv, export_json
from desktop.store.trouble import StoreTrouble
from desktop.tasks import spawn
from desktop.ui.settings.data import JSON, DataSection
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.workspace import Workspace
from domain.instants import instant

AskFile = Callable[[QWidget, str], str]
ENDINGS = {"json": "json", "csv": "zip"}


class OwnData(QObject):
    """Carries out what the section on one's data asks for.

    Signals:
        deletion_asked: the person has read what is lost, and wants the local copy deleted.
    """

    deletion_asked = Signal()

    def __init__(
        self, workspace: Workspace, section: DataSection, page: QWidget, ask_file: AskFile | None
    ) -> None:
        super().__init__(page)
        self._workspace = workspace
        self._page = page
        self._ask_file = ask_file or _ask_file
        self.section = section
        section.export_asked.connect(self._on_export)
        section.delete_asked.connect(self._on_delete)

    def _on_export(self, form: str) -> None:
        name = f"tandem-{self._workspace.now():%Y-%m-%d}.{ENDINGS[form]}"
        chosen = self._ask_file(self._page, name)
        if chosen:
            spawn(self._export(form, Path(chosen)), name="export")

    async def _export(self, form: str, file: Path) -> None:
        """Write it on another thread; the window goes on meanwhile."""
        section = self.section
        section.set_busy(True)
        section.show_note(_tr("Writing…"))
        try:
            only_here = await self._only_here()
            count = await asyncio.to_thread(self._write, form, file, only_here)
        except StoreTrouble as trouble:
            section.show_trouble(str(trouble))
        else:
            words = QCoreApplication.translate("Settings", "%n rows are in %1.", "", count)
            section.show_note(words.replace("%1", str(file)))
        finally:
            section.set_busy(False)

    def _write(self, form: str, file: Path, only_here: OnlyHere) -> int:
        with closing(self._workspace.door.open_reader()) as db:
            if form == JSON:
                at = instant(self._workspace.now())
                return export_json(db, file, at=at, only_here=only_here)
            return export_csv(db, file, only_here=only_here)

    async def _only_here(self) -> OnlyHere:
        return await self._workspace.door.run(
            lambda store: OnlyHere(store.drafts(), store.attention())
        )

    def _on_delete(self) -> None:
        spawn(self._ask_to_delete(), name="ask to delete the copy")

    async def _ask_to_delete(self) -> None:
        try:
            only_here = await self._only_here()
            counts = await self._workspace.door.run(lambda store: store.counts())
        except StoreTrouble as trouble:
            self.section.show_trouble(str(trouble))
            return
        lost = lost_words(counts.waiting, len(only_here.attention), len(only_here.drafts))
        end = _tr("You are signed out, and your files are removed from this computer.")
        ask(
            self._page.window(),
            _tr("Delete your copy on this computer?"),
            f"{lost} {end}",
            _tr("Delete my copy"),
            self.deletion_asked.emit,
            danger=True,
        )


def lost_words(waiting: int, attention: int, drafts: int) -> str:
    """What is lost with the local copy, since nobody else has it."""
    words = only_here_words(waiting, attention, drafts)
    if not words:
        return _tr("Nothing is lost: the relay has all that you did.")
    return _tr("This is lost, because it is only here: %1.").replace("%1", words)


def only_here_words(waiting: int, attention: int, drafts: int) -> str:
    """What nobody else has, counted; "" when that is nothing."""
    parts = [
        _n("%n changes that are not sent yet", waiting) if waiting else "",
        _n("%n changes that need your attention", attention) if attention else "",
        _n("%n drafts", drafts) if drafts else "",
    ]
    told = [part for part in parts if part]
    if len(told) < 2:
        return "".join(told)
    return _tr("%1 and %2").replace("%1", ", ".join(told[:-1])).replace("%2", told[-1])


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Settings", text, "", count)


def _ask_file(parent: QWidget, name: str) -> str:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    start = str(Path(folder) / name)
    chosen, _filter = QFileDialog.getSaveFileName(parent, _tr("Export my data"), start)
    return chosen


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
