"""Joins the settings to the workspace and the window; every change is saved as it is made."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.store.export import export_csv, export_json
from desktop.store.people import account as account_row
from desktop.store.trouble import StoreTrouble
from desktop.tasks import spawn
from desktop.ui.main_window import MainWindow
from desktop.ui.settings.computer import ComputerSection
from desktop.ui.settings.data import JSON, DataSection
from desktop.ui.settings.profile import ProfileSection
from desktop.ui.settings.section import Section
from desktop.ui.settings.telling import TellingSection
from desktop.ui.theme import Look, Theme
from desktop.ui.widgets.scrolled_page import ScrolledPage
from desktop.ui.workspace import Live, Workspace
from domain.accounts import Account, Switch, UpdateAccount
from domain.conflicts import base_of
from domain.errors import DomainError, Invalid
from domain.instants import instant

AskFile = Callable[[QWidget, str], str]
ENDINGS = {"json": "json", "csv": "zip"}


class SettingsScreen:
    """Keeps the settings in step with the account's row and with the window."""

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        window: MainWindow,
        *,
        ask_file: AskFile | None = None,
    ) -> None:
        self._workspace = workspace
        self._theme = theme
        self._window = window
        self._ask_file = ask_file or _ask_file
        self.profile = ProfileSection(theme)
        self.telling = TellingSection(workspace.me.role)
        self.computer = ComputerSection()
        self.data = DataSection(theme)
        self.page = ScrolledPage()
        for section in (self.profile, self.telling, self.computer, self.data):
            self.page.column.addWidget(section)
        self.page.column.addStretch(1)
        self.live = Live(self.page, workspace.news, self.refresh, frozenset({"account"}))
        self.profile.name_entered.connect(lambda name: self._save(self.profile, name=name))
        self.profile.zone_chosen.connect(lambda zone: self._save(self.profile, time_zone=zone))
        self.telling.switched.connect(self._on_switch)
        self.telling.quiet_changed.connect(
            lambda hours: self._save(self.telling, quiet_hours=hours)
        )
        self.telling.reminders_changed.connect(
            lambda minutes: self._save(self.telling, reminder_minutes=minutes)
        )
        self.computer.look_chosen.connect(self._on_look)
        self.computer.stays_chosen.connect(window.set_stays)
        self.data.export_asked.connect(self._on_export)
        self.data.leave_asked.connect(window.sign_out_asked)
        theme.changed.connect(self._show_computer)

    def refresh(self) -> None:
        """Read the account anew."""
        account = self._account()
        if account is not None:
            self.profile.show_person(account.name, account.time_zone, account.email)
            self.telling.show_state(account.switches, account.quiet_hours, account.reminder_minutes)
        self._show_computer()

    def _account(self) -> Account | None:
        return self._workspace.query(account_row, self._workspace.me.id)

    def _show_computer(self) -> None:
        self.computer.show_state(self._theme.look, stays=self._window.stays)

    def _on_look(self, look: Look) -> None:
        self._window.choose_look(look)

    def _on_switch(self, kind: str, way: str, is_on: bool) -> None:
        account = self._account()
        if account is None:
            return
        switch = replace(account.switches.get(kind, Switch()), **{way: is_on})
        self._save(self.telling, switches={**account.switches, kind: switch})

    def _save(self, section: Section, **fields: Any) -> None:
        """Save a change; a value that does not fit is said in its section, and stays there."""
        account = self._account()
        if account is None:
            return
        seen = base_of(account)
        base = {name: seen[name] for name in map(_wire_name, fields)}
        try:
            command = UpdateAccount(base=base, **fields)
        except Invalid as error:
            section.show_note(str(error), is_error=True)
            return

        def refused(error: DomainError) -> None:
            section.show_note(str(error), is_error=True)

        self._workspace.do(
            command,
            done=lambda: section.show_note(_tr("Saved.")),
            refused=refused,
            failed=lambda sentence: section.show_note(sentence, is_error=True),
        )

    def _on_export(self, form: str) -> None:
        name = f"tandem-{self._workspace.now():%Y-%m-%d}.{ENDINGS[form]}"
        chosen = self._ask_file(self.page, name)
        if chosen:
            spawn(self._export(form, Path(chosen)), name="export")

    async def _export(self, form: str, file: Path) -> None:
        """Write it on another thread; the window goes on meanwhile."""
        self.data.set_busy(True)
        self.data.show_note(_tr("Writing…"))
        at = instant(self._workspace.now())
        try:
            count = await asyncio.to_thread(self._write, form, file, at)
        except StoreTrouble as trouble:
            self.data.show_note(str(trouble), is_error=True)
        else:
            words = _tr("%1 rows are in %2.").replace("%1", f"{count:,}")
            self.data.show_note(words.replace("%2", str(file)))
        finally:
            self.data.set_busy(False)

    def _write(self, form: str, file: Path, at: str) -> int:
        with closing(self._workspace.door.open_reader()) as db:
            return export_json(db, file, at=at) if form == JSON else export_csv(db, file)


def _wire_name(field: str) -> str:
    return next(name for name, group in Account.editable if group == (field,))


def _ask_file(parent: QWidget, name: str) -> str:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    start = str(Path(folder) / name)
    chosen, _filter = QFileDialog.getSaveFileName(parent, _tr("Export my data"), start)
    return chosen


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
