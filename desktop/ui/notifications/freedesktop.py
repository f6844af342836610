"""Toasts by the notification service of Linux desktops, over D-Bus.

Desktop Notifications Specification 1.3: https://specifications.freedesktop.org/notification/
"""

import asyncio
import html
import logging
import os
from contextlib import suppress
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.tasks import spawn
from desktop.ui.icons import ICONS
from desktop.ui.notifications.toasts import (
    LONGEST_BODY,
    LONGEST_TITLE,
    OPEN,
    Pressed,
    Toast,
    one_line,
)

log = logging.getLogger(__name__)

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
ANSWER_S = 3.0  # a service that does not answer counts as gone
SIGNALS_HELD = 1000
OWNER_CHANGED = "NameOwnerChanged"
DEFAULT = "default"  # the action of a click on the toast itself
ICON = (ICONS / "tandem.svg").as_uri()  # its name alone is known only where a package installed it
# What lets a window come to the front on Wayland; Qt takes it from there when it raises one.
TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  a name
NEVER, BY_ITSELF = 0, -1  # when it goes away


class NotificationService:
    """Knows which toasts stand on the screen; a service that dies is looked for again."""

    def __init__(self, pressed: Pressed, app: str = "Tandem") -> None:
        self._pressed = pressed
        self._app = app
        self._line: Any = None  # jeepney's DBusRouter
        self._opening: Any = None  # and what closes it
        self._heard: list[asyncio.Queue[Any]] = []
        self._can: frozenset[str] = frozenset()
        self._ids: dict[str, int] = {}
        self._token = ""  # of the click that is told next
        self._one_at_a_time = asyncio.Lock()

    async def show(self, toast: Toast) -> bool:
        """Show it in the place of its forerunner; false when there is no service."""
        async with self._one_at_a_time:
            if not await self._is_connected():
                return False
            try:
                self._ids[toast.key] = await self._notify(toast)
            except _unreachable() as error:
                log.info("The notification service is gone: %r", error)
                await self._drop()
                return False
        return True

    async def update(self, toast: Toast) -> bool:
        """Change one that stands on the screen, without a sound."""
        return toast.key in self._ids and await self.show(replace(toast, has_sound=False))

    async def withdraw(self, key: str) -> None:
        """Take a toast off the screen."""
        shown = self._ids.pop(key, None)
        if shown is not None and self._line is not None:
            with suppress(*_unreachable()):
                await self._call("CloseNotification", "u", (shown,))

    async def close(self) -> None:
        """Leave the bus; what stands on the screen is taken away, since nobody hears its clicks."""
        try:
            async with self._one_at_a_time:  # one that is about to stand there goes, too
                for key in list(self._ids):
                    await self.withdraw(key)
        finally:
            await self._drop()

    async def _notify(self, toast: Toast) -> int:
        actions: list[str] = []
        if "actions" in self._can:
            words = _tr("Open")
            actions += [DEFAULT, words, OPEN, words]  # not every service shows the first
            for action in toast.actions:
                actions += [action.key, action.words]
        hints: dict[str, tuple[str, Any]] = {
            "desktop-entry": ("s", "tandem"),
            "urgency": ("y", 2 if toast.stays else 1),
            "suppress-sound": ("b", not toast.has_sound),
        }
        if toast.has_sound:
            hints["sound-name"] = ("s", "message-new-instant")
        body = one_line(toast.body, LONGEST_BODY)
        if "body-markup" in self._can:  # else it would show the escapes
            body = html.escape(body, quote=False)
        arguments = (
            self._app,
            self._ids.get(toast.key, 0),
            ICON,
            one_line(toast.title, LONGEST_TITLE),
            body,
            actions,
            hints,
            NEVER if toast.stays else BY_ITSELF,
        )
        (shown,) = await self._call("Notify", "susssasa{sv}i", arguments)
        return int(shown)

    async def _call(self, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
        from jeepney import DBusAddress, new_method_call
        from jeepney.wrappers import unwrap_msg

        address = DBusAddress(PATH, bus_name=NAME, interface=NAME)
        message = new_method_call(address, method, signature or None, body)
        async with asyncio.timeout(ANSWER_S):
            return unwrap_msg(await self._line.send_and_get_reply(message))

    async def _is_connected(self) -> bool:
        if self._line is not None:
            return True
        try:
            from jeepney.io.asyncio import open_dbus_router
        except ImportError as error:  # it is installed on Linux only
            log.info("There is nothing to reach a notification service by: %r", error)
            return False

        opening = open_dbus_router(bus="SESSION")
        try:
            self._line = await opening.__aenter__()
            self._opening = opening
            (can,) = await self._call("GetCapabilities")
            self._can = frozenset(can)
            await self._listen()
        except _unreachable() as error:
            log.info("There is no notification service: %r", error)
            await self._drop()
            return False
        return True

    async def _listen(self) -> None:
        from jeepney import MatchRule
        from jeepney.bus_messages import message_bus
        from jeepney.wrappers import unwrap_msg

        service = MatchRule(type="signal", interface=NAME, path=PATH)
        owner = MatchRule(type="signal", interface=message_bus.interface, member=OWNER_CHANGED)
        owner.add_arg_condition(0, NAME)
        for rule in (service, owner):
            unwrap_msg(await self._line.send_and_get_reply(message_bus.AddMatch(rule)))
            signals: asyncio.Queue[Any] = asyncio.Queue(SIGNALS_HELD)
            self._heard.append(signals)
            spawn(self._hear(rule, signals), name="notification service")

    async def _hear(self, rule: Any, signals: asyncio.Queue[Any]) -> None:
        with self._line.filter(rule, queue=signals):
            while (message := await signals.get()) is not None:
                self._take(message.header.fields[_member()], message.body)

    def _take(self, member: str, body: tuple[Any, ...]) -> None:
        if member == OWNER_CHANGED:
            self._ids.clear()  # another service counts from one again
            return
        key = next((key for key, shown in self._ids.items() if shown == body[0]), None)
        if key is None:
            return  # another program's
        if member == "ActivationToken":
            self._token = str(body[1])
        elif member == "ActionInvoked":
            self._act(key, OPEN if body[1] == DEFAULT else str(body[1]))
        elif member == "NotificationClosed":
            self._ids.pop(key, None)
            self._pressed.closed.emit(key)

    def _act(self, key: str, action: str) -> None:
        """Tell the click; whoever raises the window does it before this returns."""
        token, self._token = self._token, ""
        if token:
            os.environ[TOKEN] = token
        self._pressed.action.emit(key, action)
        os.environ.pop(TOKEN, None)  # it holds for this click

    async def _drop(self) -> None:
        self._ids.clear()
        for signals in self._heard:
            with suppress(asyncio.QueueFull):
                signals.put_nowait(None)
        self._heard.clear()
        self._line, opening, self._opening = None, self._opening, None
        if opening is not None:
            with suppress(*_unreachable()):
                await opening.__aexit__(None, None, None)


def _member() -> Any:
    from jeepney import HeaderFields

    return HeaderFields.member


def _unreachable() -> tuple[type[BaseException], ...]:
    """What it raises when there is no bus, no service, or neither answers any more."""
    from jeepney import AuthenticationError, DBusErrorResponse
    from jeepney.io.common import RouterClosed

    no_address = (KeyError, ValueError, RuntimeError)  # of a session bus in the environment
    return (
        OSError,
        EOFError,
        TimeoutError,
        AuthenticationError,
        DBusErrorResponse,
        RouterClosed,
        *no_address,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Toasts", text)
