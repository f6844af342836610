"""A notification service of which a test knows what it was asked, and says what it tells."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.asyncio import DBusConnection, open_dbus_connection

from desktop.ui.notifications.freedesktop import NAME, PATH

CAN = ("actions", "body", "body-markup")
ANSWERS = {"GetCapabilities": "as", "Notify": "u", "CloseNotification": ""}


class KnownService:
    """Owns the name on the session bus of the environment; `async with` serves.

    No toast goes away by itself here, and no id is given twice.

    Attributes:
        shown: the arguments of each `Notify` by name, with the id that was answered.
        closed: the ids of each `CloseNotification`.
    """

    def __init__(self, *, answers: bool = True) -> None:
        self._answers = answers
        self._bus: DBusConnection
        self._serving: asyncio.Task[None]
        self.shown: list[dict[str, Any]] = []
        self.closed: list[int] = []

    async def __aenter__(self) -> KnownService:
        self._bus = await open_dbus_connection(bus="SESSION")
        await self._bus.send(message_bus.RequestName(NAME))
        self._serving = asyncio.ensure_future(self._serve())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._serving.cancel()
        with suppress(asyncio.CancelledError):
            await self._serving
        await self._bus.close()

    @property
    def standing(self) -> dict[int, str]:
        """The titles of what is on the screen, by id."""
        titles = {one["id"]: str(one["title"]) for one in self.shown}
        return {shown: title for shown, title in titles.items() if shown not in self.closed}

    async def put_away(self) -> None:
        """Close all that stands there, as the person would."""
        for shown in self.standing:
            self.closed.append(shown)
            await self.tell("NotificationClosed", "uu", shown, 2)

    async def tell(self, signal: str, signature: str, *body: Any) -> None:
        """Send a signal such as ActionInvoked."""
        await self._bus.send(new_signal(DBusAddress(PATH, interface=NAME), signal, signature, body))

    async def _serve(self) -> None:
        while True:
            message = await self._bus.receive()
            member = message.header.fields.get(HeaderFields.member)
            if message.header.message_type is MessageType.method_call and member in ANSWERS:
                body = self._answer(member, message.body)
                if self._answers or member == "GetCapabilities":
                    await self._bus.send(new_method_return(message, ANSWERS[member], body))

    def _answer(self, member: str, body: tuple[Any, ...]) -> tuple[Any, ...]:
        if member == "GetCapabilities":
            return (list(CAN),)
        if member == "CloseNotification":
            self.closed += body
            return ()
        names = ("app", "replaces", "icon", "title", "body", "actions", "hints", "expires")
        shown = body[1] or len(self.shown) + 1
        self.shown.append({"id": shown, **dict(zip(names, body, strict=True))})
        return (shown,)
