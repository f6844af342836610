"""Tandem outside its window for one signed-in person: tray, toasts, do not disturb."""

import asyncio
import logging
import sys

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from desktop.store.schedules import next_session
from desktop.sync.states import Phase, SyncState
from desktop.ui.links import ask_to_open
from desktop.ui.notifications.deliveries import Deliveries, ways_on
from desktop.ui.notifications.telling import Telling
from desktop.ui.notifications.toasts import Pressed
from desktop.ui.reminders import Reminders
from desktop.ui.silence import LENGTHS, NOT, TOMORROW, choose_silence, silent_until
from desktop.ui.sync_state import SyncState as Shape
from desktop.ui.sync_words import sync_look
from desktop.ui.times import moment_words
from desktop.ui.tray import Tray, TrayLook
from desktop.ui.workspace import Workspace
from domain.instants import instant, second
from domain.members import Role

KINDS = frozenset({"account", "activity", "inbox_mark", "read_through", "schedule", "participant"})
CLOSING_S = 1.0  # nobody waits longer for the end because a notification service does not answer
log = logging.getLogger(__name__)


class Presence(QObject):
    """Keeps the tray in step, has news told, and carries out what the tray asks for."""

    def __init__(
        self, workspace: Workspace, tray: Tray, window: QWidget, *, platform: str = sys.platform
    ) -> None:
        """`window` is what asks before a link is opened."""
        super().__init__()
        self._window = window
        self._workspace = workspace
        self._tray = tray
        self._sync = SyncState(Phase.OFFLINE)
        self._silence: tuple[str | None, str] = (None, NOT)  # the choice made here, by its end
        self.pressed = Pressed(self)
        self.deliveries = Deliveries(ways_on(platform, tray, self.pressed))
        self.telling = Telling(workspace, self.deliveries, self.pressed)
        self.reminders = Reminders(workspace, self.deliveries, self.pressed, self._on_join)
        workspace.news.changed.connect(self._on_changed)
        workspace.news.sync.connect(self._on_sync)
        workspace.news.minute.connect(self.refresh)
        workspace.news.zone.connect(self.refresh)
        tray.silence_asked.connect(self._on_silence)
        self.refresh()

    async def close(self) -> None:
        """Leave the tray to whoever comes next, and nothing on the screen."""
        news = self._workspace.news
        news.changed.disconnect(self._on_changed)
        news.sync.disconnect(self._on_sync)
        news.minute.disconnect(self.refresh)
        news.zone.disconnect(self.refresh)
        self._tray.silence_asked.disconnect(self._on_silence)
        self.telling.close()
        self.reminders.close()
        self._tray.show_look(TrayLook(line=_tr("Signed out")))
        try:
            async with asyncio.timeout(CLOSING_S):
                await self.deliveries.close()
        except TimeoutError:
            log.info("The toasts could not be taken away in time.")
        self.deleteLater()

    def refresh(self) -> None:
        """Show how things stand now."""
        workspace = self._workspace
        coming = workspace.query(next_session, workspace.me, second(workspace.now()))
        words = path = ""
        if coming is not None:
            when = moment_words(workspace.local(coming.schedule.start_time), workspace)
            words = f"{coming.schedule.title}, {when}"
            page = "student/schedule" if self._is_student else "mentor/schedules"
            path = f"/{page}/{coming.id}"
        look = sync_look(self._sync, workspace)
        self._tray.show_look(
            TrayLook(
                state=Shape.ATTENTION if self._sync.attention else look.state,
                line=look.text,
                attention=self._sync.attention,
                unread=workspace.recent.unread_count(now=instant(workspace.now())),
                next_words=words,
                next_path=path,
                silence=self._silence_now(),
                new_words=_tr("New entry…") if self._is_student else _tr("New session…"),
                is_paused=self._sync.phase is Phase.PAUSED,
            )
        )

    @property
    def new_path(self) -> str:
        """Where *New …* leads."""
        return "/student/entries/new" if self._is_student else "/mentor/schedules/new"

    @property
    def _is_student(self) -> bool:
        return self._workspace.me.role is Role.STUDENT

    def _silence_now(self) -> str:
        """Which choice is on; a guess where it was made elsewhere, or before a restart."""
        until = silent_until(self._workspace)
        if until is None:
            return NOT
        end, choice = self._silence
        if end == instant(until):
            return choice
        left = until - self._workspace.now()
        return next((key for key, length in LENGTHS.items() if left <= length), TOMORROW)

    def _on_silence(self, choice: str) -> None:
        self._silence = (choose_silence(self._workspace, choice), choice)

    def _on_join(self, title: str, url: str) -> None:
        ask_to_open(self._window, _tr("Join “%1”?").replace("%1", title), url)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & KINDS:
            self.refresh()

    def _on_sync(self, state: SyncState) -> None:
        self._sync = state
        self.refresh()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Presence", text)
