"""One person's time in the window: their files, their pages, and sync with their relay."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from desktop.account.administration import Administration
from desktop.account.histories import Histories
from desktop.account.own_account import OwnAccount
from desktop.account.sign_in import Account, SignIn, Tokens
from desktop.app.opening import Opening
from desktop.doctor.examination import SignedIn, at_home
from desktop.launching.at_login import at_login
from desktop.launching.command import own_command
from desktop.settings import Settings
from desktop.store.ids import new_id
from desktop.store.people import account as account_row
from desktop.store.trouble import CopyDamaged
from desktop.store.worker import StoreWorker
from desktop.sync.client import SyncClient
from desktop.sync.first_copy import HttpRooms
from desktop.sync.relay_link import Offline, SignedOut
from desktop.sync.socketio_link import SocketIOLink
from desktop.tasks import spawn
from desktop.trust import Trust
from desktop.ui.first_paint import FirstPaint
from desktop.ui.language import Language
from desktop.ui.main_window import MainWindow
from desktop.ui.presence import Presence
from desktop.ui.shell import Shell
from desktop.ui.theme import Theme
from desktop.ui.tray import Tray
from desktop.ui.workspace import News, Workspace
from domain.accounts import Account as AccountRow
from domain.activities import Person


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is there before a person comes, and stays when they leave."""

    settings: Settings
    theme: Theme
    language: Language
    trust: Trust
    sign_in: SignIn
    window: MainWindow
    tray: Tray


@dataclass(frozen=True, slots=True)
class Leaving:
    """Why a person's time in the window ends; `wipe` deletes the local copy too.

    With `reopens` it goes on with the same person, whose files are opened anew.
    """

    reopens: bool = False
    signs_out: bool = False
    wipe: bool = False
    successor: Account | None = None


class Stay:
    """Runs once, until the person leaves.

    Attributes:
        account: whose time it is, as it was when it began.
        client: what syncs; none before the first paint.
        worker: who writes to the files; none before they are opened, and after they are closed.
        at_home: what the doctor looks at beside the line; none without pages.
        presence: what is told outside the window; none without pages.
        shell: the pages; none before they are shown.
    """

    def __init__(
        self,
        account: Account,
        around: Surroundings,
        *,
        show: Callable[[], None],
        raised: Callable[[str], None],
        painted: Callable[[], None],
    ) -> None:
        """`show` brings the window to the screen, `raised` a place in it to the front.

        `painted` is called once, when the pages can be seen and before anything syncs.
        """
        self.account = account
        self.client: SyncClient | None = None
        self.worker: StoreWorker | None = None
        self.at_home: SignedIn | None = None
        self.presence: Presence | None = None
        self.shell: Shell | None = None
        self._around = around
        self._opening = Opening(around.theme, around.window, show)
        self._show = show
        self._raised = raised
        self._painted = painted
        self._news = News()
        self._left: asyncio.Future[Leaving] = asyncio.get_running_loop().create_future()

    @property
    def opens_files(self) -> bool:
        """Whether the files could be opened, when that was last tried."""
        return self._opening.succeeds

    def leave(self, leaving: Leaving) -> None:
        """End it; the first reason counts."""
        if not self._left.done():
            self._left.set_result(leaving)

    async def run(self) -> Leaving:
        """Open the person's files, and have them here until they leave."""
        worker = StoreWorker(
            self._around.sign_in.folder(self.account),
            me=Person(self.account.user_id, self.account.role),
            now=lambda: datetime.now(UTC),
            new_id=new_id,
            on_change=self._news.changed.emit,
            on_pending=self._on_pending,
            on_damage=lambda: self.leave(Leaving(reopens=True)),
        )
        async with self._opening.files(worker) as reader:
            try:
                self.worker = worker
                return await self._show_pages(worker, reader)
            except CopyDamaged:  # found while the pages were built
                self._around.window.remove_pages()
                await worker.run(lambda store: store.report_damage())
                return Leaving(reopens=True)
            finally:
                self.at_home = self.worker = None

    async def _show_pages(self, worker: StoreWorker, reader: sqlite3.Connection) -> Leaving:
        """Show the person's pages and keep them in step, until the person leaves."""
        sign_in, window = self._around.sign_in, self._around.window
        tokens = sign_in.tokens(self.account, offline=Offline, signed_out=SignedOut)
        self.at_home = at_home(worker, tokens, self._line)
        workspace = self._workspace(worker, reader, tokens)
        account = self._begin_as(workspace)
        switch = at_login(own_command(self._around.settings.own_data))
        self.shell = Shell(window, workspace, self._around.theme, account.name, switch)
        self.shell.known.connect(lambda row: self._on_known(account, row))
        try:
            self.presence = Presence(workspace, self._around.tray, window)
            self._news.raised.connect(self._raised)
            window.show_frame()
            self._show()
            self._opening.say_what_was_found(worker)
            await self._until_painted()
            self._painted()
            return await self._sync_until_left(worker, tokens)
        finally:
            self.client = None
            await workspace.drafts.close()
            if self.presence:
                await self.presence.close()
            self.shell.close()
            self.presence = self.shell = None

    def _workspace(
        self, worker: StoreWorker, reader: sqlite3.Connection, tokens: Tokens
    ) -> Workspace:
        api = self._around.sign_in.api(self.account.server)
        return Workspace(
            Person(self.account.user_id, self.account.role),
            ZoneInfo(self.account.time_zone),
            reader,
            worker,
            self._news,
            new_id,
            OwnAccount(api, tokens),
            Administration(api, tokens),
            Histories(api, tokens),
        )

    def _begin_as(self, workspace: Workspace) -> Account:
        """Take language, zone and name from the person's own row; the role stays that of now."""
        row = workspace.query(account_row, self.account.user_id)
        self._around.language.speak(row.locale if row else "")
        account = replace(self._known(self.account, row), role=self.account.role)
        workspace.zone = ZoneInfo(account.time_zone)
        return account

    def _line(self) -> SocketIOLink:
        return SocketIOLink(self.account.server, trust=self._around.trust)

    async def _sync_until_left(self, worker: StoreWorker, tokens: Tokens) -> Leaving:
        server = self.account.server
        self.client = SyncClient(
            worker,
            self._line(),
            HttpRooms(self._around.sign_in.api(server).http, server, tokens),
            tokens,
            on_state=self._news.sync.emit,
            on_notice=self._around.window.notice,
            on_wake=self._news.woken.emit,
            new_id=new_id,
        )
        async with asyncio.TaskGroup() as group:
            sync = group.create_task(self.client.run(), name="sync")
            leaving = await self._left
            sync.cancel()
        return leaving

    def _on_pending(self) -> None:
        if self.client:
            self.client.wake()

    def _known(self, account: Account, row: AccountRow | None) -> Account:
        """The account as its row says once that is here; kept for the next start."""
        if row is None:
            return account
        known = replace(
            account, name=row.name, email=row.email, time_zone=row.time_zone, role=row.role
        )
        if known != self._around.sign_in.last():
            spawn(self._around.sign_in.remember(known), name="remember the account")
        return known

    def _on_known(self, account: Account, row: AccountRow) -> None:
        """Keep what has changed; another role has other pages, which come with the next start."""
        before = self._around.sign_in.last()
        self._known(account, row)
        if row.role is not account.role and (before is None or before.role is not row.role):
            words = _tr("You have another role now. Start Tandem again to see what goes with it.")
            self._around.window.toast(words)

    async def _until_painted(self) -> None:
        """Wait until the rows are on the screen: what syncs is imported after that."""
        window = self._around.window
        if window.isMinimized() or not window.isVisible():
            return
        drawn = asyncio.Event()
        FirstPaint(window.frame, drawn.set)
        await drawn.wait()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Application", text)
