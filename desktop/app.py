"""The application, put together: the one place that knows every part."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import qasync
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from desktop import logs
from desktop.account.api import load
from desktop.account.credentials import Credentials
from desktop.account.own_account import OwnAccount
from desktop.account.sign_in import Account, NotDeleted, SignIn, Tokens
from desktop.paths import log_folder
from desktop.settings import Settings
from desktop.store.ids import new_id
from desktop.store.people import account as account_row
from desktop.store.trouble import StoreTrouble
from desktop.store.worker import StoreWorker
from desktop.sync.client import SyncClient
from desktop.sync.first_copy import HttpRooms
from desktop.sync.relay_link import Offline, SignedOut
from desktop.sync.socketio_link import SocketIOLink
from desktop.tasks import spawn
from desktop.ui.first_paint import FirstPaint
from desktop.ui.language import Language
from desktop.ui.main_window import MainWindow
from desktop.ui.network import Network
from desktop.ui.presence import Presence
from desktop.ui.resting import Resting
from desktop.ui.shell import Shell
from desktop.ui.sign_in.leaving import ask_to_leave
from desktop.ui.sign_in.screen import SignInScreen
from desktop.ui.single_instance import SingleInstance
from desktop.ui.theme import Theme
from desktop.ui.tray import Tray
from desktop.ui.trouble_page import TroublePage
from desktop.ui.workspace import News, Workspace
from desktop.window_place import WindowPlace
from domain.accounts import Account as AccountRow
from domain.activities import Person

LINK = "tandem:/"  # a link's path begins with the second slash


@dataclass(frozen=True, slots=True)
class Leaving:
    """Why a person's time in the window ends; `wipe` deletes the local copy too."""

    signs_out: bool = False
    wipe: bool = False
    successor: Account | None = None


class Application:
    """The window, and one after the other whoever is signed in."""

    def __init__(
        self, settings: Settings, theme: Theme, credentials: Credentials, language: Language
    ) -> None:
        self._settings = settings
        self._language = language
        self._theme = theme
        self._credentials = credentials
        self._link = settings.link or ""
        self._client: SyncClient | None = None  # none before the first paint
        self._shell: Shell | None = None
        self._left: asyncio.Future[Leaving] | None = None
        self._presence: Presence | None = None
        self.sign_in = SignIn(settings.data, credentials)
        self.window = MainWindow(theme, WindowPlace(settings.data))
        self.tray = Tray(theme, self.window)
        self.resting = Resting(self.window, self.tray)
        self.tray.open_asked.connect(self._on_open)
        self.tray.new_asked.connect(self._on_new)
        self.tray.pause_asked.connect(self._on_pause)
        self.tray.quit_asked.connect(self.window.end)
        self.network = Network(self.window)
        self.network.back.connect(self._on_network_back)
        self.window.sync_now_asked.connect(self._on_sync_now)
        self.window.pause_asked.connect(self._on_pause)
        self.window.sign_in_asked.connect(self._on_sign_in_again)
        self.window.sign_out_asked.connect(self._on_sign_out)
        self.window.deletion_asked.connect(self._on_delete_copy)

    async def run(self) -> None:
        """Live until the person ends it."""
        closed = asyncio.Event()
        self.window.closing.connect(closed.set)
        async with asyncio.TaskGroup() as group:
            living = group.create_task(self._live(), name="signed in")
            await closed.wait()
            living.cancel()
        self.tray.close()
        await self.sign_in.close()

    def open_link(self, link: str) -> None:
        """Bring the window to the front, at the place that a `tandem://` link names."""
        self.window.come_forward()
        if not link:
            return
        if self._shell is None:
            self._link = link
        elif not link.startswith("tandem://join"):
            self._follow(link)

    async def _live(self) -> None:
        account = self.sign_in.last()
        while True:
            if account is None:
                account = await self._ask_who()
            leaving = await self._stay(account)
            if leaving.signs_out:
                await self._sign_out(account, wipe=leaving.wipe)
            account = leaving.successor

    async def _sign_out(self, account: Account, *, wipe: bool) -> None:
        try:
            await self.sign_in.sign_out(account, wipe=wipe)
        except NotDeleted as error:
            self.window.toast(str(error))

    async def _ask_who(self) -> Account:
        """Show the sign-in page until somebody is in."""
        screen = SignInScreen(self.sign_in, self._theme, self._settings.server or "")
        if self._link.startswith("tandem://join"):
            screen.take_link(self._link)
            self._link = ""
        entered = _first(screen)
        self.window.show_full_page(screen.page)
        self._show()
        FirstPaint(
            screen.page.form.button,
            lambda: spawn(asyncio.to_thread(load), name="load the network"),
        )
        try:
            return await entered
        finally:
            self._drop_page(screen)

    async def _stay(self, account: Account) -> Leaving:
        """Show one person's pages and keep them in step, until the person leaves."""
        news = News()
        me = Person(account.user_id, account.role)
        worker = StoreWorker(
            self.sign_in.folder(account),
            me=me,
            now=lambda: datetime.now(UTC),
            new_id=new_id,
            on_change=news.changed.emit,
            on_pending=self._on_pending,
        )
        await self._start(worker)
        reader = worker.open_reader()
        tokens = self.sign_in.tokens(account, offline=Offline, signed_out=SignedOut)
        online = OwnAccount(self.sign_in.api(account.server), tokens)
        row = account_row(reader, account.user_id)
        self._language.speak(row.locale if row else "")
        account = self._known(account, row)
        zone = ZoneInfo(account.time_zone)
        workspace = Workspace(me, zone, reader, worker, news, new_id, online)
        self._shell = Shell(self.window, workspace, self._theme, account.name)
        self._shell.known.connect(lambda row: self._known(account, row))
        self._presence = Presence(workspace, self.tray, self.window)
        news.raised.connect(self._on_open)
        self._left = asyncio.get_running_loop().create_future()
        try:
            self.window.show_frame()
            self._show()
            self._say_once(news, worker)
            await self._painted()
            return await self._sync_until_left(account, tokens, worker, news)
        finally:
            self._client = None
            await self._presence.close()
            self._presence = None
            self._shell.close()
            self._shell = None
            reader.close()
            await worker.close()

    async def _sync_until_left(
        self, account: Account, tokens: Tokens, worker: StoreWorker, news: News
    ) -> Leaving:
        assert self._left is not None  # noqa: S101  made by the caller
        self._client = SyncClient(
            worker,
            SocketIOLink(account.server),
            HttpRooms(self.sign_in.api(account.server).http, account.server, tokens),
            tokens,
            on_state=news.sync.emit,
            on_notice=lambda sentence: news.said.emit(sentence, None),
            on_wake=news.woken.emit,
            new_id=new_id,
        )
        if self._link:
            self._follow(self._link)
            self._link = ""
        async with asyncio.TaskGroup() as group:
            sync = group.create_task(self._client.run(), name="sync")
            leaving = await self._left
            sync.cancel()
        return leaving

    def _known(self, account: Account, row: AccountRow | None) -> Account:
        """The account as its row says once that is here; kept for the next start."""
        if row is None:
            return account
        known = replace(account, name=row.name, email=row.email, time_zone=row.time_zone)
        if known != self.sign_in.last():
            spawn(self.sign_in.remember(known), name="remember the account")
        return known

    async def _start(self, worker: StoreWorker) -> None:
        """Open the store; while it cannot be opened, say why and try again when asked."""
        while True:
            try:
                await worker.start()
            except StoreTrouble as trouble:
                await self._show_trouble(str(trouble))
            else:
                return

    async def _show_trouble(self, sentence: str) -> None:
        page = TroublePage(self._theme, sentence)
        again = asyncio.Event()
        page.again_asked.connect(again.set)
        self.window.show_full_page(page)
        self._show()
        await again.wait()
        self.window.outer.removeWidget(page)
        page.deleteLater()

    async def _painted(self) -> None:
        """Wait until the rows are on the screen: what syncs is imported after that."""
        if self.window.isMinimized() or not self.window.isVisible():
            return
        drawn = asyncio.Event()
        FirstPaint(self.window.frame, drawn.set)
        await drawn.wait()

    def _say_once(self, news: News, worker: StoreWorker) -> None:
        """Say what the start has found."""
        if (count := worker.salvaged) is not None:
            sentence = QCoreApplication.translate(
                "Application", "A file was damaged; %n changes were saved from it.", "", count
            )
            news.said.emit(sentence, None)
        if self._credentials.trouble:
            news.said.emit(self._credentials.trouble, None)

    def _show(self) -> None:
        if self.window.isVisible():
            return
        if self._settings.is_minimized and self.tray.is_there:
            return
        if self._settings.is_minimized:
            self.window.showMinimized()
        else:
            self.window.show()

    def _drop_page(self, screen: SignInScreen) -> None:
        self.window.show_frame()
        self.window.outer.removeWidget(screen.page)
        screen.page.deleteLater()
        screen.deleteLater()

    def _follow(self, link: str) -> None:
        """Open the place that a link names; one that names none is said to."""
        if self._shell and not self._shell.open(link.removeprefix(LINK)):
            self.window.toast(_tr("This link leads to nothing that Tandem knows."))

    def _on_open(self, path: str) -> None:
        self.window.come_forward()
        if path and self._shell:
            self._shell.open(path)

    def _on_new(self) -> None:
        if self._presence:
            self._on_open(self._presence.new_path)

    def _on_pending(self) -> None:
        if self._client:
            self._client.wake()

    def _on_network_back(self) -> None:
        if self._client:
            self._client.network_back()

    def _on_sync_now(self) -> None:
        if self._client:
            self._client.sync_now()

    def _on_pause(self, paused: bool) -> None:
        if self._client:
            self._client.pause(paused)

    def _on_sign_out(self) -> None:
        waiting = self._client.state.waiting if self._client else 0
        ask_to_leave(self.window, waiting, lambda wipe: self._leave(Leaving(True, wipe)))

    def _on_delete_copy(self) -> None:
        self._leave(Leaving(signs_out=True, wipe=True))

    def _leave(self, leaving: Leaving) -> None:
        if self._left and not self._left.done():
            self._left.set_result(leaving)

    def _on_sign_in_again(self) -> None:
        spawn(self._sign_in_again(), name="sign in again")

    async def _sign_in_again(self) -> None:
        """Ask for the password while all work goes on; somebody else takes the place."""
        before = self.sign_in.last()
        screen = SignInScreen(self.sign_in, self._theme)
        if before:
            screen.ask_again(before)
        entered = _first(screen)
        self.window.show_full_page(screen.page)
        account = await entered
        self._drop_page(screen)
        if before and account.key == before.key and self._client:
            self._client.sync_now()
        else:
            self._leave(Leaving(successor=account))


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the program; a second start for the same folder raises the first one's window."""
    settings = Settings.load(sys.argv[1:] if arguments is None else arguments)
    return start(settings, Credentials())


def start(
    settings: Settings,
    credentials: Credentials,
    began: Callable[[Application], object] = lambda application: None,
) -> int:
    """Run the program until its window is closed; `began` is called when the loop is about to."""
    QApplication.setApplicationName("tandem")
    QApplication.setApplicationDisplayName("Tandem")
    QApplication.setDesktopFileName("tandem")
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    if QLocale.system().language() is QLocale.Language.C:  # no locale is set
        QLocale.setDefault(QLocale("en_GB"))
    instance = SingleInstance(settings.data)
    if instance.hand_over(settings.link or ""):
        return 0
    instance.listen()
    logs.start(log_folder(settings.data))
    sys.excepthook = logs.report_bug
    language = Language(app)
    language.speak()
    application = Application(settings, Theme(app), credentials, language)
    instance.wished.connect(application.open_link)
    with qasync.QEventLoop(app) as loop:
        loop.set_exception_handler(logs.report_loop_bug)
        began(application)
        loop.run_until_complete(application.run())
    instance.close()
    logs.stop()
    return 0


def _first(screen: SignInScreen) -> asyncio.Future[Account]:
    """Whoever comes in first on this page."""
    entered: asyncio.Future[Account] = asyncio.get_running_loop().create_future()

    def take(account: Account) -> None:
        if not entered.done():
            entered.set_result(account)

    screen.entered.connect(take)
    return entered


def _tr(text: str) -> str:
    return QCoreApplication.translate("Application", text)
