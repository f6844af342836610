"""The window, its tray, and one after the other whoever is signed in."""

import asyncio
import logging
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.account.api import Api, load
from desktop.account.credentials import Credentials
from desktop.account.sign_in import Account, NotDeleted, SignIn
from desktop.app.diagnosis import Diagnosis
from desktop.app.stay import Leaving, Stay, Surroundings
from desktop.crashes import Crashes
from desktop.launching.command import own_command
from desktop.launching.links import claim_links
from desktop.settings import CA_FILE, Settings
from desktop.sync.client import SyncClient
from desktop.tasks import spawn
from desktop.trust import Trust
from desktop.ui.language import Language
from desktop.ui.main_window import MainWindow
from desktop.ui.network import Network
from desktop.ui.resting import Resting
from desktop.ui.sign_in.asking import Asking
from desktop.ui.sign_in.leaving import ask_to_leave
from desktop.ui.single_instance import Wish
from desktop.ui.theme import Theme
from desktop.ui.tray import Tray
from desktop.ui.widgets.toast import Toast
from desktop.window_place import WindowPlace

log = logging.getLogger(__name__)

JOIN = "tandem://join"
LINK = "tandem:/"  # a link's path begins with the second slash


class Application:
    """Lives as long as the process.

    Attributes:
        exit_code: what the process ends with; 1 while the local files cannot be opened.
    """

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        credentials: Credentials,
        language: Language,
        crashes: Crashes,
    ) -> None:
        self._settings = settings
        self._link = settings.link or ""  # to follow when somebody is there whom it concerns
        self._keyring_toast: Toast | None = None  # what was said of it last
        self._trust = Trust(settings.ca_file, settings.data / CA_FILE)
        self.stay: Stay | None = None  # of whoever is signed in
        self.sign_in = SignIn(settings.data, credentials, make_api=self._api)
        self.window = MainWindow(theme, WindowPlace(settings.data))
        self.tray = Tray(theme, self.window)
        self.resting = Resting(self.window, self.tray)
        self.network = Network(self.window)
        self._asking = Asking(self.window, theme, self.sign_in, self._take_link)
        self._around = Surroundings(
            settings, theme, language, self._trust, self.sign_in, self.window, self.tray
        )
        self._diagnosis = Diagnosis(self._around, crashes, lambda: self.stay)
        credentials.listen(self._on_keyring)
        self._connect()

    def _connect(self) -> None:
        self.tray.open_asked.connect(self._on_open)
        self.tray.new_asked.connect(self._on_new)
        self.tray.pause_asked.connect(self._on_pause)
        self.tray.quit_asked.connect(self.window.end)
        self.network.back.connect(self._on_network_back)
        self.window.sync_now_asked.connect(self._on_sync_now)
        self.window.pause_asked.connect(self._on_pause)
        self.window.sign_in_asked.connect(self._on_sign_in_again)
        self.window.doctor_asked.connect(self._diagnosis.open_doctor)
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

    def open_link(self, link: str) -> None:
        """Bring the window to the front, at the place that a `tandem://` link names."""
        self.window.come_forward()
        if link:
            self._take_link(link)

    def take_wish(self, wish: Wish) -> None:
        """Do what another start of the program wants; one out of sight wants nothing."""
        if wish.link or not wish.is_minimized:
            self.open_link(wish.link)

    @property
    def exit_code(self) -> int:
        return 0 if self.stay is None or self.stay.opens_files else 1

    def _api(self, server: str) -> Api:
        return Api(server, trust=self._trust)

    async def _live(self) -> None:
        account, before = self.sign_in.last(), None
        while True:
            if account is None:
                account = await self._ask_who(before)
            leaving = await self._have(account)
            if leaving.signs_out:
                await self._sign_out(account, wipe=leaving.wipe)
            before = None if leaving.wipe else account
            account = account if leaving.reopens else leaving.successor

    async def _have(self, account: Account) -> Leaving:
        """Have somebody here until they leave."""
        self.stay = Stay(
            account,
            self._around,
            show=self._show,
            raised=self._on_open,
            painted=self._on_pages_painted,
        )
        leaving = await self.stay.run()
        self.stay = None
        return leaving

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
        self._on_painted()

    def _on_pages_painted(self) -> None:
        self._on_painted()
        link, self._link = self._link, ""
        if link:
            self._take_link(link)

    def _on_painted(self) -> None:
        """Have links open this program, unless it is one beside the person's own."""
        if self._settings.own_data is None:
            spawn(_claim(own_command()), name="claim links")
        self._diagnosis.offer_report()

    def _take_link(self, link: str) -> None:
        """Do what a link asks for, as soon as there is somebody whom it can concern."""
        is_join = link.startswith(JOIN)
        if is_join and self._asking.take_link(link):
            return
        if self.stay is None or self.stay.shell is None:
            self._link = link
        elif is_join:
            words = _tr("You are signed in as %1; sign out to join another group.")
            self.window.toast(words.replace("%1", self.stay.account.name))
        else:
            self._asking.leave()
            if not self.stay.shell.open(link.removeprefix(LINK)):
                self.window.toast(_tr("This link leads to nothing that Tandem knows."))

    def _on_open(self, path: str) -> None:
        self.window.come_forward()
        if path and self.stay and self.stay.shell:
            self._asking.leave()
            self.stay.shell.open(path)

    def _on_new(self) -> None:
        if self.stay and self.stay.presence:
            self._on_open(self.stay.presence.new_path)

    def _on_keyring(self, trouble: str) -> None:
        """Say what is wrong with the keyring, or go on when nothing is any more."""
        self.window.take_away(self._keyring_toast)
        self._keyring_toast = self.window.toast(trouble) if trouble else None
        if not trouble:
            self._on_network_back()

    def _on_network_back(self) -> None:
        if client := self._client:
            client.network_back()

    def _on_sync_now(self) -> None:
        if client := self._client:
            client.sync_now()

    def _on_pause(self, paused: bool) -> None:
        if client := self._client:
            client.pause(paused)

    @property
    def _client(self) -> SyncClient | None:
        return self.stay.client if self.stay else None

    def _on_sign_out(self) -> None:
        waiting = self._client.state.waiting if self._client else 0
        ask_to_leave(
            self.window, waiting, lambda wipe: self._leave(Leaving(signs_out=True, wipe=wipe))
        )

    def _on_delete_copy(self) -> None:
        self._leave(Leaving(signs_out=True, wipe=True))

    def _leave(self, leaving: Leaving) -> None:
        if self.stay:
            self.stay.leave(leaving)

    def _on_sign_in_again(self) -> None:
        spawn(self._sign_in_again(), name="sign in again")

    async def _sign_in_again(self) -> None:
        """Ask for the password while all work goes on; somebody else takes the place."""
        account, stay = await self._asking.again(), self.stay
        if account is None or stay is None:
            return
        is_same = account.key == stay.account.key and account.role is stay.account.role
        if is_same and stay.client:
            stay.client.sync_now()
        else:
            stay.leave(Leaving(successor=account))


async def _claim(command: Sequence[str]) -> None:
    try:
        await asyncio.to_thread(claim_links, command)
    except OSError as error:
        log.info("Links will not open Tandem: %s", error)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Application", text)
