"""Joins the administration to the workspace: its parts, and the places within them."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.sync.states import Phase, SyncState
from desktop.ui.admin.audits import AuditScreen
from desktop.ui.admin.cohorts import CohortsScreen
from desktop.ui.admin.imports import AskFile, AskName, ImportScreen
from desktop.ui.admin.invitations import InvitationsScreen
from desktop.ui.admin.page import AUDIT, COHORTS, IMPORT, INVITATIONS, PEOPLE, AdminPage
from desktop.ui.admin.people import PeopleScreen
from desktop.ui.theme import Theme
from desktop.ui.workspace import Workspace


class AdminScreen(QObject):
    """Reads a part anew when it comes to the front, and when the relay is reached again.

    The audit log is read when somebody turns to it, and not whenever it might be: each reading of
    it is noted there as somebody's look.
    """

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        *,
        ask_file: AskFile | None = None,
        ask_name: AskName | None = None,
    ) -> None:
        """`ask_file` and `ask_name` ask for a file to read and to write."""
        self._workspace = workspace
        self.people = PeopleScreen(workspace, theme)
        self.cohorts = CohortsScreen(workspace, theme)
        self.audit = AuditScreen(workspace, theme, ask_name=ask_name)
        self.imports = ImportScreen(workspace, theme, ask_file=ask_file, ask_name=ask_name)
        self.invitations = InvitationsScreen(workspace, theme)
        parts: dict[str, QWidget] = {
            PEOPLE: self.people.page,
            COHORTS: self.cohorts.page,
            INVITATIONS: self.invitations.page,
            IMPORT: self.imports.page,
            AUDIT: self.audit.page,
        }
        self._readers: dict[str, Callable[[], object]] = {
            PEOPLE: self.people.read,
            COHORTS: self.cohorts.read,
            INVITATIONS: self.invitations.read,
            IMPORT: self.imports.read,
            AUDIT: self.audit.read,
        }
        self.page = AdminPage(theme, parts)
        super().__init__(self.page)
        self._phase = Phase.OFFLINE
        self._was_left = True  # for another page, and not together with the window
        self.page.installEventFilter(self)
        self.page.part_chosen.connect(self._show_part)
        self.page.settings_asked.connect(lambda: workspace.news.opened.emit("/settings"))
        self.page.primary_action.triggered.connect(self._on_primary)
        for waiting in (self.invitations.waiting, self.audit.waiting):
            waiting.changed.connect(self._show_action)
        workspace.news.sync.connect(self._on_sync)
        self._show_action()

    def open_item(self, item: str) -> None:
        """Open a part such as "people", or a place in it such as "people/ID"."""
        key, _, row_id = item.partition("/")
        if key not in self.page.parts:
            return
        if key == PEOPLE:
            self.people.open_item(row_id)
        elif key == COHORTS:
            self.cohorts.open_item(row_id)
        self._show_part(key)
        if not self.page.has_keyboard:
            self.page.take_focus()

    def _show_part(self, key: str) -> None:
        """Bring a part to the front, as one has left it."""
        self.page.show_part(key)
        self._show_action()
        self._read()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Hide:
            self._was_left = not self.page.isVisibleTo(self.page.window())
        elif event.type() is QEvent.Type.Show:
            if self._was_left and not event.spontaneous():
                self._read()
            else:
                self._renew()
        return super().eventFilter(watched, event)

    def _read(self) -> None:
        """Ask for what is in front, if somebody looks at it."""
        if self.page.isVisible():
            self._readers[self.page.current]()

    def _renew(self) -> None:
        """Ask for it though nobody has turned to it now; for the audit log if it was in vain."""
        was_in_vain = bool(self.audit.rows.trouble) and not self.page.window().isMinimized()
        if self.page.current != AUDIT or was_in_vain:
            self._read()

    def _on_sync(self, state: SyncState) -> None:
        was_live, self._phase = self._phase is Phase.LIVE, state.phase
        if state.phase is Phase.LIVE and not was_live:
            self._renew()

    def _show_action(self) -> None:
        words = {
            PEOPLE: _tr("New person…"),
            COHORTS: _tr("New cohort…"),
            INVITATIONS: _tr("Invite a mentor"),
            IMPORT: _tr("Choose a file…"),
            AUDIT: _tr("Export…"),
        }
        current = self.page.current
        # It stays as it is but for its words: a button that is disabled loses the keyboard.
        waiting = {INVITATIONS: self.invitations.waiting, AUDIT: self.audit.waiting}.get(current)
        self.page.primary_action.setText((waiting and waiting.words) or words[current])

    def _on_primary(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            PEOPLE: self.people.new_person,
            COHORTS: self.cohorts.new_cohort,
            INVITATIONS: self.invitations.invite,
            IMPORT: self.imports.choose,
            AUDIT: self.audit.export,
        }
        deeds[self.page.current]()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)
