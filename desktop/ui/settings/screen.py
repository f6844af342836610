"""Joins the settings to the workspace and the window; every change is saved as it is made."""

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.launching.at_login import AtLogin
from desktop.store.people import account as account_row
from desktop.ui.history.showing import show_own_history
from desktop.ui.main_window import MainWindow
from desktop.ui.settings.account_online import AccountOnline
from desktop.ui.settings.administration import AdministrationSection
from desktop.ui.settings.backing_up import BackingUp
from desktop.ui.settings.computer import ComputerSection
from desktop.ui.settings.data import DataSection
from desktop.ui.settings.devices import DevicesSection
from desktop.ui.settings.jumps import Jumps
from desktop.ui.settings.login import LoginChoice
from desktop.ui.settings.own_data import AskFile, OwnData
from desktop.ui.settings.profile import ProfileSection
from desktop.ui.settings.rest_days import RestDaysSection
from desktop.ui.settings.saving import Saving
from desktop.ui.settings.section import Section
from desktop.ui.settings.telling import TellingSection
from desktop.ui.settings.working_hours import WorkingHoursSection
from desktop.ui.silence import choose_silence, silence_words
from desktop.ui.theme import Look, Theme
from desktop.ui.widgets.scrolled_page import ScrolledPage
from desktop.ui.workspace import Live, Workspace
from domain.accounts import Account, Switch
from domain.members import Role


class SettingsScreen(QObject):
    """Keeps the settings in step with the account's row and with the window, as long as its page.

    The theme outlives both: what it calls must end with them.
    """

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        window: MainWindow,
        *,
        ask_file: AskFile | None = None,
        ask_backup: AskFile | None = None,
        at_login: AtLogin | None = None,
    ) -> None:
        self.page = ScrolledPage()
        super().__init__(self.page)
        self._workspace = workspace
        self._theme = theme
        self._window = window
        self.profile = ProfileSection(theme)
        is_student = workspace.me.role is Role.STUDENT
        self.working_hours = None if is_student else WorkingHoursSection(theme)
        self.rest_days = RestDaysSection() if is_student else None
        self.telling = TellingSection(theme, workspace.me.role)
        self.computer = ComputerSection()
        if at_login:
            self.computer.body.addWidget(LoginChoice(at_login))
        self.devices = DevicesSection(theme)
        is_admin = workspace.me.role is Role.ADMIN
        self.administration = AdministrationSection(theme) if is_admin else None
        self.data = DataSection(theme)
        self.data.history.setVisible(is_student)
        self._lay_out()
        self.saving = Saving(workspace, self.page)
        self.online = AccountOnline(workspace, theme, self.devices, self.page)
        self.own_data = OwnData(workspace, self.data, self.page, ask_file)
        self.backing_up = BackingUp(workspace, self.data, self.page, ask_file, ask_backup)
        self.live = Live(
            self.page,
            workspace.news,
            self.refresh,
            frozenset({"account"}),
            by_the_minute=True,
        )
        self._connect_account()
        self._connect_window()

    def refresh(self) -> None:
        """Read the account anew, unless the page is ahead of it."""
        account = self._account()
        if account is not None and not self.saving.is_busy:
            self.profile.show_person(account.name, account.time_zone, account.email)
            if self.working_hours:
                self.working_hours.show_hours(account.working_hours)
            if self.rest_days:
                self.rest_days.show_days(account.rest_days)
            self.telling.show_state(account.switches, account.quiet_hours, account.reminder_minutes)
        self.telling.show_silence(silence_words(self._workspace))
        self._show_computer()

    def _lay_out(self) -> None:
        mine = self.working_hours or self.rest_days
        sections: list[Section] = [
            self.profile,
            self.telling,
            self.computer,
            self.devices,
            self.data,
        ]
        if mine:
            sections.insert(1, mine)
        if self.administration:
            sections.insert(1, self.administration)
        self.jumps = Jumps(self.page, sections)
        self.page.column.setSpacing(24)
        parts: list[QWidget] = [self.jumps, *sections]
        for part in parts:
            self.page.column.addWidget(part)
        self.page.column.addStretch(1)

    def _connect_account(self) -> None:
        save = self._save
        profile, telling = self.profile, self.telling
        self.saving.settled.connect(self.refresh)
        profile.name_entered.connect(self._on_name)
        profile.zone_chosen.connect(lambda zone: save(profile, time_zone=zone))
        if hours := self.working_hours:
            hours.hours_changed.connect(lambda week: save(hours, working_hours=week))
        if days := self.rest_days:
            days.days_changed.connect(lambda chosen: save(days, rest_days=chosen))
        telling.switched.connect(self._on_switch)
        telling.silence_asked.connect(lambda choice: choose_silence(self._workspace, choice))
        telling.quiet_changed.connect(lambda hours: save(telling, quiet_hours=hours))
        telling.reminders_changed.connect(self._on_reminders)

    def _connect_window(self) -> None:
        self.computer.look_chosen.connect(self._on_look)
        self.computer.stays_chosen.connect(self._window.set_stays)
        if self.administration:
            self.administration.opened.connect(self._workspace.news.opened)
        self.data.history_asked.connect(self._on_history)
        self.data.leave_asked.connect(self._window.sign_out_asked)
        self.data.doctor_asked.connect(self._on_doctor)
        self.own_data.deletion_asked.connect(self._window.deletion_asked)
        self.backing_up.restore_ready.connect(self._window.reopening_asked)
        self._theme.changed.connect(self._show_computer)

    def _account(self) -> Account | None:
        return self._workspace.query(account_row, self._workspace.me.id)

    def _show_computer(self) -> None:
        self.computer.show_state(self._theme.look, stays=self._window.stays)

    def _on_doctor(self) -> None:
        self._window.doctor_asked.emit("")

    def _on_history(self) -> None:
        show_own_history(self._workspace, self._theme, self._window)

    def _on_look(self, look: Look) -> None:
        self._window.choose_look(look)

    def _save(self, section: Section, **fields: Any) -> None:
        self.saving.save(section, lambda _account: fields)

    def _on_name(self, name: str) -> None:
        self.saving.save(
            self.profile, lambda _account: {"name": name}, self.profile.name_field.set_error
        )

    def _on_reminders(self, minutes: list[int]) -> None:
        self.saving.save(
            self.telling,
            lambda _account: {"reminder_minutes": minutes},
            self.telling.reminders_field.set_error,
        )

    def _on_switch(self, kind: str, way: str, is_on: bool) -> None:
        def change(account: Account) -> dict[str, Any]:
            switch = replace(account.switches.get(kind, Switch()), **{way: is_on})
            return {"switches": {**account.switches, kind: switch}}

        self.saving.save(self.telling, change)
