"""What a person does about the own account at the relay itself: devices, password and e-mail."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from desktop.account.api import Api, ApiRefused, Device
from desktop.account.authorized import TokenSource, authorized

__all__ = ["Device", "OwnAccount"]

T = TypeVar("T")


class OwnAccount:
    """Asks the relay, which has to be reached; nothing of it is kept here.

    Every method raises `ApiRefused` or `Unreachable`, or what `tokens` raises; nothing was changed
    then, and `str(error)` is for the person's eyes.
    """

    def __init__(self, api: Api, tokens: TokenSource) -> None:
        self._api = api
        self._tokens = tokens

    async def devices(self) -> list[Device]:
        """Where the person is signed in, this device first, then the last seen first."""
        found = await self._ask(self._api.devices)
        return sorted(found, key=lambda device: not device.current)

    async def end_device(self, device_id: str) -> None:
        """Sign one out; one that is signed out already is as it should be."""
        try:
            await self._ask(lambda token: self._api.end_device(token, device_id))
        except ApiRefused as refused:
            if refused.code != "not_found":
                raise

    async def change_password(self, current: str, new: str) -> None:
        """Set another password, and have all other devices signed out."""
        await self._ask(lambda token: self._api.change_password(token, current, new))

    async def change_email(self, current: str, new: str) -> None:
        """Sign in with another e-mail address from now on; `current` is the password."""
        await self._ask(lambda token: self._api.change_email(token, current, new))

    async def current_desktop(self) -> str:
        """The version of Tandem that the relay holds for current: its own, if it names no other."""
        relay = await self._api.version()
        return relay.desktop or relay.version

    async def _ask(self, call: Callable[[str], Awaitable[T]]) -> T:
        return await authorized(self._tokens, call)
