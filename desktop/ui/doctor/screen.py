"""Joins the connection doctor to its examination, to sync and to the clipboard."""

import platform
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.doctor.findings import Finding, Verdict
from desktop.settings import program_version
from desktop.store.trouble import StoreTrouble
from desktop.tasks import spawn
from desktop.ui.doctor.dialog import DoctorDialog
from desktop.ui.doctor.words import report, words_of
from desktop.ui.theme import Theme

Save = Callable[[Path, str], Awaitable[None]]
AskFile = Callable[[QWidget, str], str]


class Examined(Protocol):
    """What is examined: see `desktop.doctor.examination`."""

    server: str

    def steps(self) -> AsyncIterator[Finding]: ...


class DoctorScreen(QObject):
    """Carries out what the doctor's dialog asks for, as long as that is open.

    `resync` has a room copied anew; None where nobody is signed in. `name_of` gives the name of
    the person or cohort of a room. `save` writes a bundle with the text of the
    findings into a file.
    """

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        examination: Examined,
        resync: Callable[[str], object] | None = None,
        name_of: Callable[[str], str] = lambda room: "",
        save: Save | None = None,
        ask_file: AskFile | None = None,
    ) -> None:
        self.dialog = DoctorDialog(theme, parent, examination.server)
        super().__init__(self.dialog)
        self._examination = examination
        self._resync = resync
        self._name_of = name_of
        self._save = save
        self._ask_file = ask_file or _ask_file
        self.dialog.save.setVisible(save is not None)
        self._is_closed = False
        self.findings: list[Finding] = []
        self.dialog.finished.connect(self._on_closed)
        self.dialog.again_asked.connect(self._look)
        self.dialog.copy_asked.connect(self._on_copy)
        self.dialog.save_asked.connect(self._on_save)
        self.dialog.resync_asked.connect(self._on_resync)
        self.dialog.open()
        self._look()

    @property
    def text(self) -> str:
        """All findings as text that may be shown to anybody."""
        about = f"Tandem {program_version()}, {platform.system()} {platform.release()}"
        return report(self._examination.server, about, self.findings)

    def _look(self) -> None:
        self.findings = []
        self.dialog.begin()
        spawn(self._examine(), name="connection doctor")

    async def _examine(self) -> None:
        async for finding in self._examination.steps():
            if self._is_closed:
                return
            self.findings.append(finding)
            can_resync = self._resync is not None
            self.dialog.show_finding(finding, self._name_of, can_resync=can_resync)
        if not self._is_closed:
            self.dialog.end(summary(self.findings))

    def _on_closed(self) -> None:
        self._is_closed = True

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.dialog.say_copied()

    def _on_save(self) -> None:
        chosen = self._ask_file(self.dialog, f"tandem-diagnostics-{datetime.now():%Y-%m-%d}.zip")  # noqa: DTZ005  a name for the person's own eyes
        if chosen and self._save is not None:
            spawn(self._saved(self._save(Path(chosen), self.text), chosen), name="diagnostics")

    async def _saved(self, saving: Awaitable[None], chosen: str) -> None:
        try:
            await saving
        except (OSError, StoreTrouble) as error:
            words = _tr("The file could not be written: %1").replace("%1", str(error))
        else:
            words = _tr("Saved in %1; nothing was sent.").replace("%1", chosen)
        if not self._is_closed:
            self.dialog.say(words)

    def _on_resync(self, room: str) -> None:
        if self._resync is not None:
            self._resync(room)


def summary(findings: list[Finding]) -> str:
    """All in one sentence: the first thing that is wrong, or that nothing is."""
    for verdict in (Verdict.BAD, Verdict.NOTE):
        found = [words_of(one).sentence for one in findings if one.verdict is verdict]
        if found:
            return found[0]
    return _tr("All is well.")


def _ask_file(parent: QWidget, name: str) -> str:
    start = str(Path.home() / name)
    chosen, _filter = QFileDialog.getSaveFileName(parent, _tr("Save diagnostics"), start)
    return chosen


def _tr(text: str) -> str:
    return QCoreApplication.translate("Doctor", text)
