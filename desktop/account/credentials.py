"""The refresh token in the keyring of the operating system, and nowhere else on the disk."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import msgspec

from desktop.account.keyring_thread import KeyringThread

log = logging.getLogger(__name__)

SERVICE = "Tandem"
NO_KEYRING = (
    "This computer has no keyring that Tandem can use, so your sign-in is only remembered until "
    "Tandem is closed."
)

LOCKED = (
    "Your keyring is locked, so Tandem cannot get at your sign-in. Unlock it and press Sync now, "
    "or sign in again."
)
LOCKED_NOW = "Your keyring is locked, so your sign-in is only remembered until Tandem is closed."
WAITING = "Waiting for your keyring. Unlock it, and Tandem goes on syncing."
PATIENCE_S = 4.0  # how long an answer of the keyring is waited for before that is said

T = TypeVar("T")


class Secret(msgspec.Struct, frozen=True, rename="camel"):
    """A refresh token, and the key under which its use may be repeated after a lost answer."""

    refresh_token: str
    retry_key: str


class Keyring(Protocol):
    """What is used of the `keyring` library; it blocks, and may ask the person to unlock it."""

    def get_password(self, service_name: str, username: str) -> str | None: ...

    def set_password(self, service_name: str, username: str, password: str) -> None: ...

    def delete_password(self, service_name: str, username: str) -> None: ...


def system_keyring() -> Keyring:
    """The keyring of the operating system; the import alone may look for it for a while."""
    import keyring

    backend: Keyring = keyring.get_keyring()
    return backend


class Credentials:
    """Keeps the secret of each account.

    Without a keyring, or with one that stays locked, secrets live in memory only; `trouble` then
    holds a sentence for the person, else it is empty. The keyring is asked on a thread of its own,
    and waited for no longer than `patience_s`: it may ask the person something, who is not there.
    """

    def __init__(
        self,
        open_keyring: Callable[[], Keyring] = system_keyring,
        *,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self.trouble = ""
        self._open_keyring = open_keyring
        self._patience_s = patience_s
        self._thread = KeyringThread()
        self._memory: dict[str, Secret] = {}
        self._reading: dict[str, asyncio.Future[str | None]] = {}
        self._on_trouble: Callable[[str], object] = lambda sentence: None

    def listen(self, on_trouble: Callable[[str], object]) -> None:
        """Have `on_trouble` called with each new `trouble`, also with "" when it is over."""
        self._on_trouble = on_trouble

    @property
    def is_waiting(self) -> bool:
        """Whether the keyring has taken longer than anybody waits, and may still answer."""
        return self.trouble == WAITING

    async def load(self, account: str) -> Secret | None:
        """The secret, or None where nobody is signed in, or the keyring does not give it."""
        if account not in self._memory:
            await self._patiently(self._reading.get(account) or self._read(account))
        return self._memory.get(account)

    async def save(self, account: str, secret: Secret) -> None:
        """Keep it until `forget`, or without a keyring until the program ends."""
        text = msgspec.json.encode(secret).decode()

        def put(keyring: Keyring) -> bool:
            keyring.set_password(SERVICE, account, text)
            return keyring.get_password(SERVICE, account) == text  # some accept it and keep nothing

        self._memory[account] = secret  # spares the keyring the next question
        self._reading.pop(account, None)
        await self._patiently(
            self._begin(
                put,
                good=lambda is_kept: "" if is_kept else NO_KEYRING,
                bad=lambda error: LOCKED_NOW if _is_locked(error) else NO_KEYRING,
            )
        )

    async def forget(self, account: str) -> Secret | None:
        """Drop it, and give what it was, where that is known; what is not there is nothing.

        Whoever signs in while the keyring is waited for keeps the new one.
        """
        known = self._memory.pop(account, None)
        self._reading.pop(account, None)
        dropping = self._begin(lambda keyring: _delete(keyring, account), bad=lambda error: "")
        await self._patiently(dropping)
        text = None if not dropping.done() or dropping.exception() else dropping.result()
        return known or (_secret(text) if text else None)

    def _read(self, account: str) -> asyncio.Future[str | None]:
        reading = self._begin(
            lambda keyring: keyring.get_password(SERVICE, account),
            bad=lambda error: LOCKED if _is_locked(error) else NO_KEYRING,
        )

        def keep(read: asyncio.Future[str | None]) -> None:
            if self._reading.get(account) is not read:
                return  # saved or forgotten meanwhile
            del self._reading[account]
            text = None if read.cancelled() or read.exception() else read.result()
            if text and (secret := _secret(text)):
                self._memory[account] = secret

        self._reading[account] = reading
        reading.add_done_callback(keep)
        return reading

    def _begin(
        self,
        work: Callable[[Keyring], T],
        *,
        good: Callable[[T], str] = lambda answer: "",
        bad: Callable[[BaseException], str],
    ) -> asyncio.Future[T]:
        """Ask the keyring; its answer, whenever it comes, says by `good` or `bad` what is wrong."""

        def settle(answered: asyncio.Future[T]) -> None:
            if answered.cancelled():
                return
            if error := answered.exception():
                log.info("The keyring cannot be used: %s", type(error).__name__)
                self._tell(bad(error))
            else:
                self._tell(good(answered.result()))

        asked = self._thread.begin(lambda: work(self._open_keyring()))
        asked.add_done_callback(settle)
        return asked

    async def _patiently(self, asked: asyncio.Future[Any]) -> None:
        """Wait for the answer, but not for ever; the question stays asked."""
        await asyncio.wait([asked], timeout=self._patience_s)
        if not asked.done():
            self._tell(WAITING)

    def _tell(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self._on_trouble(trouble)


def _is_locked(error: BaseException) -> bool:
    from keyring.errors import KeyringLocked

    return isinstance(error, KeyringLocked)


def _delete(keyring: Keyring, account: str) -> str | None:
    text = keyring.get_password(SERVICE, account)
    if text is not None:
        keyring.delete_password(SERVICE, account)
    return text


def _secret(text: str) -> Secret | None:
    try:
        return msgspec.json.decode(text, type=Secret)
    except msgspec.MsgspecError:
        return None  # written by something else: signing in replaces it
