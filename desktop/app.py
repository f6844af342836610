"""The application, put together: the one place that knows every part."""

import asyncio
import logging
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import qasync
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from desktop import logs
from desktop.account import rescue
from desktop.account.administration import Administration
from desktop.account.api import Api, load
from desktop.account.credentials import Credentials
from desktop.account.histories import Histories
from desktop.account.join_links import Malformed, server_address
from desktop.account.own_account import OwnAccount
from desktop.account.sign_in import Account, NotDeleted, SignIn, Tokens
from desktop.crashes import Crashes, about, hook
from desktop.doctor.bundle import save_bundle
from desktop.doctor.examination import Examination, SignedIn, at_home
from desktop.launching.at_login import at_login
from desktop.launching.command import own_command
from desktop.launching.links import claim_links
from desktop.paths import crash_folder, data_folder, log_folder
from desktop.settings import CA_FILE, Settings, program_version
from desktop.store.ids import new_id
from desktop.store.people import account as account_row
from desktop.store.trouble import CopyDamaged, StoreTrouble
from desktop.store.worker import StoreWorker
from desktop.sync.client import SyncClient
from desktop.sync.first_copy import HttpRooms
from desktop.sync.relay_link import Offline, SignedOut
from desktop.sync.socketio_link import SocketIOLink
from desktop.tasks import spawn
from desktop.trust import Trust
from desktop.ui.crash_dialog import CrashDialog
from desktop.ui.doctor.screen import DoctorScreen
from desktop.ui.first_paint import FirstPaint
from desktop.ui.garbage import GarbageCollection
from desktop.ui.language import Language
from desktop.ui.main_window import MainWindow
from desktop.ui.network import Network
from desktop.ui.opened_links import LinkedApplication
from desktop.ui.presence import Presence
from desktop.ui.resting import Resting
from desktop.ui.shell import Shell
from desktop.ui.sign_in.asking import Asking
from desktop.ui.sign_in.leaving import ask_to_leave
from desktop.ui.single_instance import Silent, SingleInstance, Wish
from desktop.ui.theme import Theme
from desktop.ui.tray import Tray
from desktop.ui.trouble_page import TroublePage
from desktop.ui.widgets.toast import Toast
from desktop.ui.workspace import News, Workspace
from desktop.window_place import WindowPlace
from domain.accounts import Account as AccountRow
from domain.activities import Person

log = logging.getLogger(__name__)

JOIN = "tandem://join"
LINK = "tandem:/"  # a link's path begins with the second slash


@dataclass(frozen=True, slots=True)
class Leaving:
    """Why a person's time in the window ends; `wipe` deletes the local copy too.

    With `reopens` it goes on with the same person, whose files are opened anew.
    """

    reopens: bool = False
    signs_out: bool = False
    wipe: bool = False
    successor: Account | None = None


class Application:
    """The window, and one after the other whoever is signed in."""

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        credentials: Credentials,
        language: Language,
        crashes: Crashes,
    ) -> None:
        self._settings = settings
        self._language = language
        self._theme = theme
        self._link = settings.link or ""
        self._client: SyncClient | None = None  # none before the first paint
        self._shell: Shell | None = None
        self._account: Account | None = None
        self._left: asyncio.Future[Leaving] | None = None
        self._at_home: SignedIn | None = None  # what the doctor looks at beside the line
        self._worker: StoreWorker | None = None
        self._crashes = crashes
        self.exit_code = 0
        self._presence: Presence | None = None
        self._keyring_toast: Toast | None = None  # what was said of it last
        credentials.listen(self._on_keyring)
        self._trust = Trust(settings.ca_file, settings.data / CA_FILE)
        self.sign_in = SignIn(settings.data, credentials, make_api=self._api)
        self.window = MainWindow(theme, WindowPlace(settings.data))
        self._asking = Asking(self.window, theme, self.sign_in, self._take_link)
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
        self.window.doctor_asked.connect(self._on_doctor)
        self.window.sign_out_asked.connect(self._on_sign_out)
        self.window.deletion_asked.connect(self._on_delete_copy)
        self.window.reopening_asked.connect(lambda: self._leave(Leaving(reopens=True)))

    async def run(self) -> None:
        """Live until the person ends it."""
        closed = asyncio.Event()
        self.window.closing.connect(closed.set)
        async with asyncio.TaskGroup() as group:
            living = group.create_task(self._live(), name="signed in")
            await closed.wait()
            living.cancel()
        self.tray.close()
        self.window.hide()  # nobody has to look on while the relay is told of a sign-out
        await self.sign_in.close()

    def _api(self, server: str) -> Api:
        return Api(server, trust=self._trust)

    def open_link(self, link: str) -> None:
        """Bring the window to the front, at the place that a `tandem://` link names."""
        self.window.come_forward()
        if link:
            self._take_link(link)

    def take_wish(self, wish: Wish) -> None:
        """Do what another start of the program wants; one out of sight wants nothing."""
        if wish.link or not wish.is_minimized:
            self.open_link(wish.link)

    async def _live(self) -> None:
        account, before = self.sign_in.last(), None
        while True:
            if account is None:
                account = await self._ask_who(before)
            leaving = await self._stay(account)
            if leaving.signs_out:
                await self._sign_out(account, wipe=leaving.wipe)
            before = None if leaving.wipe else account
            account = account if leaving.reopens else leaving.successor

    async def _sign_out(self, account: Account, *, wipe: bool) -> None:
        try:
            await self.sign_in.sign_out(account, wipe=wipe)
        except NotDeleted as error:
            self.window.toast(str(error))

    async def _ask_who(self, before: Account | None) -> Account:
        """Show the sign-in page until somebody is in; `before` is who has just signed out."""
        link = self._link if self._link.startswith(JOIN) else ""
        self._link = "" if link else self._link
        server = self._settings.server or ""
        return await self._asking.who(
            server, link, self._show, self._on_sign_in_painted, before=before
        )

    async def _stay(self, account: Account) -> Leaving:
        """Open one person's files, and have them here until they leave."""
        news = News()
        left: asyncio.Future[Leaving] = asyncio.get_running_loop().create_future()
        self._left = left
        worker = StoreWorker(
            self.sign_in.folder(account),
            me=Person(account.user_id, account.role),
            now=lambda: datetime.now(UTC),
            new_id=new_id,
            on_change=news.changed.emit,
            on_pending=self._on_pending,
            on_damage=lambda: None if left.done() else left.set_result(Leaving(reopens=True)),
        )
        await self._start(worker)
        reader = worker.open_reader()
        try:
            return await self._show_pages(account, worker, reader, news)
        except CopyDamaged:  # found while the pages were built
            self.window.remove_pages()
            await worker.run(lambda store: store.report_damage())
            return Leaving(reopens=True)
        finally:
            self._at_home = self._worker = None
            reader.close()
            await worker.close()

    async def _show_pages(
        self, account: Account, worker: StoreWorker, reader: sqlite3.Connection, news: News
    ) -> Leaving:
        """Show one person's pages and keep them in step, until the person leaves."""
        me = Person(account.user_id, account.role)
        tokens = self.sign_in.tokens(account, offline=Offline, signed_out=SignedOut)
        api = self.sign_in.api(account.server)
        online, administration = OwnAccount(api, tokens), Administration(api, tokens)
        self._worker = worker
        self._at_home = at_home(
            worker, tokens, lambda: SocketIOLink(account.server, trust=self._trust)
        )
        histories = Histories(api, tokens)
        zone = ZoneInfo(account.time_zone)
        workspace = Workspace(
            me, zone, reader, worker, news, new_id, online, administration, histories
        )
        row = workspace.query(account_row, account.user_id)
        self._language.speak(row.locale if row else "")
        account = replace(self._known(account, row), role=account.role)  # that of these pages
        workspace.zone = ZoneInfo(account.time_zone)
        switch = at_login(own_command(self._own_data))
        self._shell = Shell(self.window, workspace, self._theme, account.name, switch)
        self._shell.known.connect(lambda row: self._on_known(account, row))
        self._account = account
        try:
            self._presence = Presence(workspace, self.tray, self.window)
            news.raised.connect(self._on_open)
            self.window.show_frame()
            self._show()
            self._say_what_was_found(worker)
            await self._painted()
            self._claim_links()
            self._offer_report()
            return await self._sync_until_left(account, tokens, worker, news)
        finally:
            self._client = None
            await workspace.drafts.close()
            if self._presence:
                await self._presence.close()
            self._shell.close()
            self._presence = self._shell = self._account = None

    async def _sync_until_left(
        self, account: Account, tokens: Tokens, worker: StoreWorker, news: News
    ) -> Leaving:
        assert self._left is not None  # noqa: S101  made by the caller
        self._client = SyncClient(
            worker,
            SocketIOLink(account.server, trust=self._trust),
            HttpRooms(self.sign_in.api(account.server).http, account.server, tokens),
            tokens,
            on_state=news.sync.emit,
            on_notice=self.window.notice,
            on_wake=news.woken.emit,
            new_id=new_id,
        )
        link, self._link = self._link, ""
        if link:
            self._take_link(link)
        async with asyncio.TaskGroup() as group:
            sync = group.create_task(self._client.run(), name="sync")
            leaving = await self._left
            sync.cancel()
        return leaving

    def _known(self, account: Account, row: AccountRow | None) -> Account:
        """The account as its row says once that is here; kept for the next start."""
        if row is None:
            return account
        known = replace(
            account, name=row.name, email=row.email, time_zone=row.time_zone, role=row.role
        )
        if known != self.sign_in.last():
            spawn(self.sign_in.remember(known), name="remember the account")
        return known

    def _on_known(self, account: Account, row: AccountRow) -> None:
        """Keep what has changed; another role has other pages, which come with the next start."""
        before = self.sign_in.last()
        self._known(account, row)
        if row.role is not account.role and (before is None or before.role is not row.role):
            words = _tr("You have another role now. Start Tandem again to see what goes with it.")
            self.window.toast(words)

    async def _start(self, worker: StoreWorker) -> None:
        """Open the store; while it cannot be opened, say why and try again when asked."""
        while True:
            try:
                await worker.start()
            except StoreTrouble as trouble:
                log.error("The local files cannot be opened: %s", trouble)  # noqa: TRY400
                self.exit_code = 1  # unless it is mended before the person gives up
                await self._show_trouble(str(trouble))
            else:
                self.exit_code = 0
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

    def _say_what_was_found(self, worker: StoreWorker) -> None:
        """Say which files were damaged or restored, and what became of them."""
        if worker.was_restored:
            self.window.notice(
                _tr("The backup is restored. What was here before is kept beside it.")
            )
        if worker.was_damaged:
            self.window.notice(
                _tr(
                    "The copy on this computer was damaged. It comes anew from the relay; nothing "
                    "that you did is lost."
                )
            )
        if (count := worker.salvaged) is not None:
            self.window.notice(
                QCoreApplication.translate(
                    "Application", "A file was damaged; %n changes were saved from it.", "", count
                )
            )

    def _on_keyring(self, trouble: str) -> None:
        """Say what is wrong with the keyring, or go on when nothing is any more."""
        self.window.take_away(self._keyring_toast)
        self._keyring_toast = self.window.toast(trouble) if trouble else None
        if trouble:
            return
        if self._client:
            self._client.network_back()

    @property
    def _own_data(self) -> Path | None:
        """The folder of local data where it is not the customary one."""
        return None if self._settings.data == data_folder() else self._settings.data

    def _claim_links(self) -> None:
        """Have links open this program, unless it is one beside the person's own."""
        if self._own_data is None:
            spawn(_claim(own_command()), name="claim links")

    def _show(self) -> None:
        if self.window.isVisible():
            return
        if self._settings.is_minimized and self.tray.is_there:
            return
        if self._settings.is_minimized:
            self.window.showMinimized()
        else:
            self.window.show()

    def _on_sign_in_painted(self) -> None:
        spawn(asyncio.to_thread(load), name="load the network")
        self._claim_links()
        self._offer_report()

    def _take_link(self, link: str) -> None:
        """Do what a link asks for, as soon as there is somebody whom it can concern."""
        is_join = link.startswith(JOIN)
        if is_join and self._asking.take_link(link):
            return
        if self._account is None:
            self._link = link
        elif is_join:
            words = _tr("You are signed in as %1; sign out to join another group.")
            self.window.toast(words.replace("%1", self._account.name))
        else:
            self._follow(link)

    def _follow(self, link: str) -> None:
        """Open the place that a link names; one that names none is said to."""
        self._asking.leave()
        if self._shell and not self._shell.open(link.removeprefix(LINK)):
            self.window.toast(_tr("This link leads to nothing that Tandem knows."))

    def _on_open(self, path: str) -> None:
        self.window.come_forward()
        if path and self._shell:
            self._asking.leave()
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

    def _on_doctor(self, server: str) -> None:
        """Look at the way to the relay that was typed, or to that of whoever is in."""
        account, mine = self._account, self._at_home
        if server or account is None:
            address, mine = server or self._settings.server or "", None
        else:
            address = account.server
        examination = Examination(address, self._api_of(address), self._trust, mine)
        resync = self._client.copy_again if mine and self._client else None
        name_of = self._shell.room_name if mine and self._shell else lambda room: ""
        DoctorScreen(self.window, self._theme, examination, resync, name_of, self._save_bundle)

    async def _save_bundle(self, file: Path, doctor: str) -> None:
        await save_bundle(
            file,
            doctor,
            about=about(program_version()),
            settings=self._settings,
            reports=self._crashes.reports(),
            worker=self._worker,
        )

    def _offer_report(self) -> None:
        """Show what the run before has left, once."""
        if self._crashes.is_new:
            self._crashes.is_new = False
            CrashDialog(self.window, self._crashes).open()

    def _api_of(self, typed: str) -> Api:
        """The interface at an address as it was typed; one that is none is never asked."""
        try:
            return self.sign_in.api(server_address(typed))
        except Malformed:
            return self._api(typed)

    def _on_pause(self, paused: bool) -> None:
        if self._client:
            self._client.pause(paused)

    def _on_sign_out(self) -> None:
        waiting = self._client.state.waiting if self._client else 0
        ask_to_leave(
            self.window, waiting, lambda wipe: self._leave(Leaving(signs_out=True, wipe=wipe))
        )

    def _on_delete_copy(self) -> None:
        self._leave(Leaving(signs_out=True, wipe=True))

    def _leave(self, leaving: Leaving) -> None:
        if self._left and not self._left.done():
            self._left.set_result(leaving)

    def _on_sign_in_again(self) -> None:
        spawn(self._sign_in_again(), name="sign in again")

    async def _sign_in_again(self) -> None:
        """Ask for the password while all work goes on; somebody else takes the place."""
        account = await self._asking.again()
        if account is None or self._account is None:
            return
        is_same = account.key == self._account.key and account.role is self._account.role
        if is_same and self._client:
            self._client.sync_now()
        else:
            self._leave(Leaving(successor=account))


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the program; a second start for the same folder raises the first one's window."""
    settings = Settings.load(sys.argv[1:] if arguments is None else arguments)
    if settings.backup:
        return rescue.back_up(settings.data, settings.backup)
    if settings.restore:
        return rescue.restore(settings.data, settings.restore)
    return start(settings, Credentials())


def start(
    settings: Settings,
    credentials: Credentials,
    began: Callable[[Application], object] = lambda application: None,
) -> int:
    """Run the program until its window is closed; `began` is called when the loop is about to.

    Gives the exit code: 1 where another program has the folder and does not answer, and where it
    ended with files that could not be opened.
    """
    QApplication.setApplicationName("tandem")
    QApplication.setApplicationDisplayName("Tandem")
    QApplication.setDesktopFileName("tandem")
    app = LinkedApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    if QLocale.system().language() is QLocale.Language.C:  # no locale is set
        QLocale.setDefault(QLocale("en_GB"))
    instance = SingleInstance(settings.data)
    try:
        if not instance.enter(Wish(settings.link or "", settings.is_minimized)):
            return 0
    except Silent as silent:
        print(silent, file=sys.stderr)  # noqa: T201  there is no window of ours to say it in
        return 1
    logs.start(log_folder(settings.data))
    crashes = Crashes(crash_folder(settings.data), about(program_version()))
    crashes.watch()
    sys.excepthook = hook(crashes, logs.report_bug)
    language = Language(app)
    language.speak()
    application = Application(settings, Theme(app), credentials, language, crashes)
    application.window.closing.connect(instance.stop_listening)
    instance.wished.connect(application.take_wish)
    app.link_opened.connect(application.open_link)
    garbage = GarbageCollection(app)
    with qasync.QEventLoop(app) as loop:
        loop.set_exception_handler(logs.report_loop_bug)
        began(application)
        loop.run_until_complete(application.run())
    garbage.end()
    instance.close()
    crashes.stop()
    logs.stop()
    return application.exit_code


async def _claim(command: Sequence[str]) -> None:
    try:
        await asyncio.to_thread(claim_links, command)
    except OSError as error:
        log.info("Links will not open Tandem: %s", error)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Application", text)
