"""The sign-in page in the window: for whoever is to come in, or for one whose sign-in has ended."""

import asyncio
from collections.abc import Callable

from desktop.account.sign_in import Account, SignIn
from desktop.ui.first_paint import FirstPaint
from desktop.ui.main_window import MainWindow
from desktop.ui.sign_in.screen import SignInScreen
from desktop.ui.theme import Theme


class Asking:
    """Shows one page at a time, and takes it away when it has its answer.

    `on_link` is called with a join link that came when somebody was just coming in.
    """

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        sign_in: SignIn,
        on_link: Callable[[str], object],
    ) -> None:
        self._window = window
        self._theme = theme
        self._sign_in = sign_in
        self._on_link = on_link
        self._screen: SignInScreen | None = None  # while its page is shown
        self._answer: asyncio.Future[Account | None] | None = None

    async def who(
        self,
        server: str,
        link: str,
        shown: Callable[[], object],
        painted: Callable[[], object],
        *,
        before: Account | None = None,
    ) -> Account:
        """Ask until somebody is in; `link` is a join link that is filled in, or "".

        `before` is who has signed out just now, and may come back.

        `shown` is called when the page is in the window, `painted` when it has been drawn.
        """
        screen = SignInScreen(self._sign_in, self._theme, server)
        if before is not None:
            screen.begin_with(before)
        if link:
            screen.take_link(link)
        answer = self._show(screen)
        shown()
        FirstPaint(screen.page.form.button, painted)
        account = await answer
        assert account is not None  # noqa: S101  this page has no way back
        return account

    async def again(self) -> Account | None:
        """Ask whoever was in last for the password; None when that is to wait."""
        if self._screen:
            return None
        screen = SignInScreen(self._sign_in, self._theme)
        if before := self._sign_in.last():
            screen.ask_again(before)
        screen.later_asked.connect(self.leave)
        return await self._show(screen)

    def leave(self) -> None:
        """Let signing in again wait; the first page stays."""
        if self._screen and self._screen.page.has_way_back:
            self._settle(None)

    def take_link(self, link: str) -> bool:
        """Fill a join link in; false where no page is shown."""
        if self._screen:
            self._screen.take_link(link)
        return self._screen is not None

    def _show(self, screen: SignInScreen) -> "asyncio.Future[Account | None]":
        self._screen = screen
        self._answer = asyncio.get_running_loop().create_future()
        self._answer.add_done_callback(lambda _answer: self._drop(screen))
        screen.entered.connect(self._settle)
        screen.page.doctor_asked.connect(self._window.doctor_asked)
        self._window.show_full_page(screen.page)
        return self._answer

    def _settle(self, account: Account | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_result(account)

    def _drop(self, screen: SignInScreen) -> None:
        self._screen = None
        self._window.show_frame()
        self._window.outer.removeWidget(screen.page)
        screen.page.deleteLater()
        screen.deleteLater()
        if screen.link:
            self._on_link(screen.link)
