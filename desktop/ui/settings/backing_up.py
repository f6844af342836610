"""Joins backups of one's own data to files and to the store: make one, check one, restore one."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.store import backups
from desktop.store.backups import About, Contents, Unfit
from desktop.store.trouble import StoreTrouble
from desktop.tasks import spawn
from desktop.ui.settings.data import DataSection
from desktop.ui.settings.own_data import AskFile, only_here_words
from desktop.ui.times import moment_words
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.workspace import Workspace
from domain.instants import instant

ENDING = "tandem-backup"


class BackingUp(QObject):
    """Carries out what the section on one's data asks for about backups.

    Signals:
        restore_ready: a backup lies ready, and is taken in when the files are opened again.
    """

    restore_ready = Signal()

    def __init__(
        self,
        workspace: Workspace,
        section: DataSection,
        page: QWidget,
        ask_file: AskFile | None,
        ask_backup: AskFile | None,
    ) -> None:
        super().__init__(page)
        self._workspace = workspace
        self._page = page
        self._ask_file = ask_file or _ask_file
        self._ask_backup = ask_backup or _ask_backup
        self.section = section
        section.backup_asked.connect(self._on_backup)
        section.restore_asked.connect(self._on_restore)

    def _on_backup(self) -> None:
        chosen = self._ask_file(self._page, f"tandem-{self._workspace.now():%Y-%m-%d}.{ENDING}")
        if chosen:
            self._begin(_tr("Writing…"), self._back_up(Path(chosen)))

    def _on_restore(self) -> None:
        chosen = self._ask_backup(self._page, f"*.{ENDING}")
        if chosen:
            self._begin(_tr("Checking…"), self._check(Path(chosen)))

    def _begin(self, words: str, work: Coroutine[None, None, None]) -> None:
        self.section.set_busy(True)
        self.section.show_note(words)
        spawn(self._work(work), name="back up or restore")

    async def _work(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except (StoreTrouble, Unfit) as trouble:
            self.section.show_trouble(str(trouble))
        finally:
            self.section.set_busy(False)

    async def _back_up(self, file: Path) -> None:
        """Copy the files between two of the store's deeds, and write them on another thread."""
        at = instant(self._workspace.now())
        taken: Contents = await self._workspace.door.run(lambda store: store.contents(at))
        await asyncio.to_thread(backups.write, taken, file)
        words = _tr("The backup is in %1. Keep it safe: it holds all that you can read here.")
        self.section.show_note(words.replace("%1", str(file)))

    async def _check(self, file: Path) -> None:
        owner = await self._workspace.door.run(lambda store: store.owner())
        taken = await asyncio.to_thread(backups.read, file, owner)
        self.section.show_note("")
        ask(
            self._page.window(),
            _tr("Restore this backup?"),
            self._words(taken.about),
            _tr("Restore"),
            lambda: self._begin(_tr("Restoring…"), self._restore(taken)),
        )

    async def _restore(self, taken: Contents) -> None:
        folder = await self._workspace.door.run(lambda store: store.files.folder)
        await asyncio.to_thread(backups.lay_ready, taken, folder)
        self.restore_ready.emit()

    def _words(self, about: About) -> str:
        """What comes back, and what becomes of what is here now."""
        at = moment_words(self._workspace.local(about.made_at), self._workspace)
        parts = only_here_words(about.waiting, about.attention, about.drafts)
        holds = (
            _tr("It is from %1 and holds %2.").replace("%2", parts)
            if parts
            else _tr("It is from %1; the relay had all that you had done by then.")
        )
        return " ".join(
            (
                holds.replace("%1", at),
                _tr("What the relay still lacks of it is sent, and nothing twice."),
                _tr("Work that you have not sent since stays; drafts become those of the backup."),
                _tr("The files of now are kept beside it."),
            )
        )


def _ask_file(parent: QWidget, name: str) -> str:
    start = str(Path(_documents()) / name)
    chosen, _filter = QFileDialog.getSaveFileName(parent, _tr("Back up my data"), start)
    return chosen


def _ask_backup(parent: QWidget, pattern: str) -> str:
    kinds = _tr("Backups of Tandem (%1)").replace("%1", pattern)
    title = _tr("Restore a backup")
    chosen, _filter = QFileDialog.getOpenFileName(parent, title, _documents(), kinds)
    return chosen


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
