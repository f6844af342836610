"""The refresh token in the keyring of the operating system, and nowhere else on the disk."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

import msgspec

log = logging.getLogger(__name__)

SERVICE = "Tandem"
NO_KEYRING = (
    "This computer has no keyring that Tandem can use, so your sign-in is only remembered until "
    "Tandem is closed."
)

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
    holds a sentence for the person, else it is empty. All calls of the keyring run in a thread.
    """

    def __init__(self, open_keyring: Callable[[], Keyring] = system_keyring) -> None:
        self.trouble = ""
        self._open_keyring = open_keyring
        self._memory: dict[str, Secret] = {}

    async def load(self, account: str) -> Secret | None:
        """The secret, or None where nobody is signed in."""
        if secret := self._memory.get(account):
            return secret
        kept = await self._try(lambda keyring: keyring.get_password(SERVICE, account))
        return _read(kept) if kept else None

    async def save(self, account: str, secret: Secret) -> None:
        """Keep it until `forget`, or without a keyring until the program ends."""
        text = msgspec.json.encode(secret).decode()

        def put(keyring: Keyring) -> bool:
            keyring.set_password(SERVICE, account, text)
            return keyring.get_password(SERVICE, account) == text  # some accept it and keep nothing

        is_kept = await self._try(put)
        self._memory[account] = secret  # spares the keyring the next question
        self.trouble = "" if is_kept else NO_KEYRING

    async def forget(self, account: str) -> None:
        """Drop it; dropping what is not there is nothing."""
        self._memory.pop(account, None)
        await self._try(lambda keyring: _delete(keyring, account))

    async def _try(self, work: Callable[[Keyring], T]) -> T | None:
        """The keyring's answer, or None where it cannot be used."""

        def on_thread() -> T:
            return work(self._open_keyring())

        try:
            return await asyncio.to_thread(on_thread)
        except Exception as error:  # noqa: BLE001  each system's keyring has errors of its own
            log.info("The keyring cannot be used: %s", type(error).__name__)
            self.trouble = NO_KEYRING
            return None


def _delete(keyring: Keyring, account: str) -> None:
    if keyring.get_password(SERVICE, account) is not None:
        keyring.delete_password(SERVICE, account)


def _read(text: str) -> Secret | None:
    try:
        return msgspec.json.decode(text, type=Secret)
    except msgspec.MsgspecError:
        return None  # written by something else: signing in replaces it
