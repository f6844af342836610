"""The line to the relay, as the sync client sees it, and what can go wrong on it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from domain.wire import (
    AccessNews,
    Changes,
    Check,
    Heads,
    Message,
    Pull,
    Pulled,
    Push,
    Pushed,
    TokenRefresh,
    Welcome,
)


class Offline(Exception):
    """The relay cannot be used now; nothing is lost, trying again later may help.

    Attributes:
        code: why, for the log and for tests, never shown.
        retry_after_s: how long the relay asks to be left alone; 0 when it does not say.
    """

    def __init__(
        self, message: str, *, code: str = "unreachable", retry_after_s: float = 0.0
    ) -> None:
        super().__init__(message)
        self.code = code
        self.retry_after_s = retry_after_s


class SignedOut(Exception):
    """Only the person can help: they have to sign in. All local work goes on.

    Attributes:
        code: `signed_out` where nobody is signed in, else what the relay said.
    """

    def __init__(self, message: str, *, code: str = "token_invalid") -> None:
        super().__init__(message)
        self.code = code


class StaleToken(Exception):
    """The relay wants another access token; a fresh one may do."""


class UpgradeRequired(Exception):
    """The relay no longer speaks with this version of the program."""


class WrongAnswer(Exception):
    """The relay answered one request with a coded error; the connection lives.

    Attributes:
        code: as in the contract, for instance `number_gap` or `client_forked`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Reconnect(Exception):
    """The connection is to be opened anew, with what is known now."""


class Token(Protocol):
    """An access token; `expires_at` is in seconds of the monotonic clock."""

    @property
    def text(self) -> str: ...

    @property
    def expires_at(self) -> float: ...


class TokenSource(Protocol):
    """Gives an access token that is valid for a while; `fresh` insists on a new one."""

    async def __call__(self, *, fresh: bool = False) -> Token:
        """The token.

        Raises:
            Offline: it ended, and the relay cannot be reached for a new one.
            SignedOut: only signing in gives a new one.
        """
        ...


Ending = Offline | SignedOut | StaleToken | UpgradeRequired
News = Changes | AccessNews | Ending


class RelayLink(Protocol):
    """Socket.IO in the application, a scripted or an in-memory link in tests.

    Each request raises `Offline` when the line breaks or no answer comes in time, whatever the
    relay did with it, and `WrongAnswer` for a coded error.
    """

    async def connect(self, token: str, client_id: str, on_news: Callable[[News], None]) -> Welcome:
        """Open the line; from here on each piece of news is handed over, in order.

        The last piece says what ended the line, unless `close` did: `Offline`, or what the relay
        gave as its reason.

        Raises:
            Offline: also for `too_many_connections`.
            StaleToken: the relay takes this token no more.
            SignedOut: the account is disabled.
            UpgradeRequired: this protocol is too old.
        """
        ...

    async def close(self) -> None:
        """End the line, if there is one, without waiting for the other side."""
        ...

    async def push(self, push: Push) -> Pushed: ...

    async def pull(self, pull: Pull) -> Pulled: ...

    async def check(self, check: Check) -> Heads: ...

    async def refresh(self, refresh: TokenRefresh) -> None:
        """Hand over the next access token."""
        ...


class CopyBegin(Message, frozen=True):
    """The first line of a page of a first copy; `total` counts the rows of the whole room.

    `audit_head` is the room's at `until`: a page with another one is of another past.
    """

    room: str
    until: int
    total: int
    audit_head: str | None = None


class CopyEnd(Message, frozen=True):
    """The last line of a page; `checksum` is given while the room still stands at `until`."""

    cursor: str | None
    done: bool
    checksum: str | None = None
    audit_head: str | None = None


class RoomCopies(Protocol):
    """Where whole rooms are fetched from: HTTP in the application."""

    def page(
        self, room: str, *, until: int | None, cursor: str | None, limit: int
    ) -> AbstractAsyncContextManager[AsyncIterator[list[bytes]]]:
        """The lines of one page as they come, a few at a time, without their line ends.

        Raises:
            Offline: the answer did not come, or broke off.
            SignedOut: only signing in helps.
            WrongAnswer: `not_found`, for a room that one does not read.
        """
        ...
