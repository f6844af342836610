"""Programs as assistive technology meets them on Linux: names, roles and actions over AT-SPI.

Source: AT-SPI 2.46, https://gnome.pages.gitlab.gnome.org/at-spi2-core/devel-docs/
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.io.asyncio import DBusRouter, open_dbus_router

from demo.unseen_screen import PATIENCE_S, started

# Where Debian, Fedora and Arch have it.
LAUNCHERS = tuple(
    Path(folder) / "at-spi-bus-launcher"
    for folder in ("/usr/libexec", "/usr/lib/at-spi2-core", "/usr/lib")
)
BUS = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
STATUS = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status")
ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
ACCESSIBLE, ACTION, COMPONENT = (
    f"org.a11y.atspi.{kind}" for kind in ("Accessible", "Action", "Component")
)
ENABLED, SHOWING = 1 << 8, 1 << 25  # states
LOOK_AGAIN_S = 0.2

Reference = tuple[str, str]  # the program's name on the bus, and the object's path


class Thing(NamedTuple):
    """A control, a row or words, as they are told to the person."""

    at: Reference
    role: str
    name: str
    is_enabled: bool


class NotThere(Exception):
    """Nothing like it is shown; the text says what was, instead."""


def launcher() -> Path | None:
    """The program that starts the bus of assistive technology, where it is installed."""
    return next((path for path in LAUNCHERS if path.exists()), None)


@asynccontextmanager
async def assistive(environment: Mapping[str, str]) -> AsyncIterator["Assistive"]:
    """What is told on the session bus of this environment, for programs started from now on."""
    path = launcher()
    if path is None:
        raise NotThere("The bus of assistive technology (at-spi2-core) is not installed.")
    async with AsyncExitStack() as exits:
        await started(exits, environment, str(path))
        session = await exits.enter_async_context(
            open_dbus_router(environment["DBUS_SESSION_BUS_ADDRESS"])
        )
        address = await _address(session)
        await session.send_and_get_reply(Properties(STATUS).set("IsEnabled", "b", True))
        yield Assistive(await exits.enter_async_context(open_dbus_router(address)))


async def _address(session: DBusRouter) -> str:
    for _ in patience():
        reply = await session.send_and_get_reply(new_method_call(BUS, "GetAddress"))
        if reply.header.message_type is MessageType.method_return:
            return str(reply.body[0])
        await asyncio.sleep(LOOK_AGAIN_S)
    raise NotThere("The bus of assistive technology does not answer.")


def patience() -> Iterator[None]:
    """Go on until it is over. Not a timeout: the bus's library can't be interrupted in a call."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        yield


class Assistive:
    """Looks at programs and acts in them, as somebody who sees no screen would."""

    def __init__(self, bus: DBusRouter) -> None:
        self._bus = bus

    async def program(self, pid: int) -> Reference:
        """The program of this process, once it has told of itself.

        Raises:
            NotThere: it does not.
        """
        for _ in patience():
            for one in await self._children(ROOT):
                if await self._pid(one[0]) == pid:
                    return one
            await asyncio.sleep(LOOK_AGAIN_S)
        raise NotThere("The program does not show itself to assistive technology.")

    async def things(self, top: Reference) -> list[Thing]:
        """All that is shown of a program now, from the top left on."""
        found: list[Thing] = []
        for child in await self._children(top):
            with suppress(NotThere):  # it has gone since
                state = await self._state(child)
                if state & SHOWING:
                    (role,) = await self._call(child, ACCESSIBLE, "GetRoleName")
                    name = await self._property(child, "Name")
                    found.append(Thing(child, str(role), str(name), bool(state & ENABLED)))
                    found += await self.things(child)
        return found

    async def find(self, top: Reference, role: str, name: str, *, inside: bool = False) -> Thing:
        """The first thing of this role whose name begins so, or has it `inside`; it may come late.

        Raises:
            NotThere: it does not come.
        """
        shown: list[Thing] = []
        for _ in patience():
            shown = await self.things(top)
            for one in shown:
                is_it = name in one.name if inside else one.name.startswith(name)
                if one.role == role and is_it and one.is_enabled:
                    return one
            await asyncio.sleep(LOOK_AGAIN_S)
        there = ", ".join(f"{one.role} {one.name!r}" for one in shown if one.name)
        raise NotThere(f"There is no {role} {name!r}, but: {there}")

    async def press(self, top: Reference, name: str, role: str = "push button") -> None:
        """Do what the control of this name is for."""
        one = await self.find(top, role, name)
        await self._call(one.at, ACTION, "DoAction", "i", (0,))

    async def focus(self, top: Reference, name: str, role: str = "text") -> None:
        """Put the keyboard into the control of this name."""
        one = await self.find(top, role, name)
        await self._call(one.at, COMPONENT, "GrabFocus")

    async def _children(self, of: Reference) -> list[Reference]:
        (found,) = await self._call(of, ACCESSIBLE, "GetChildren")
        return [(str(name), str(path)) for name, path in found]

    async def _state(self, of: Reference) -> int:
        ((low, high),) = await self._call(of, ACCESSIBLE, "GetState")
        return int(low) | int(high) << 32

    async def _property(self, of: Reference, name: str) -> Any:
        ((_signature, value),) = await self._call(
            of, "org.freedesktop.DBus.Properties", "Get", "ss", (ACCESSIBLE, name)
        )
        return value

    async def _pid(self, name: str) -> int:
        daemon = ("org.freedesktop.DBus", "/org/freedesktop/DBus")
        (pid,) = await self._call(
            daemon, "org.freedesktop.DBus", "GetConnectionUnixProcessID", "s", (name,)
        )
        return int(pid)

    async def _call(
        self,
        of: Reference,
        interface: str,
        method: str,
        signature: str | None = None,
        body: tuple[object, ...] = (),
    ) -> Any:
        name, path = of
        message = new_method_call(DBusAddress(path, name, interface), method, signature, body)
        reply = await self._bus.send_and_get_reply(message)
        if reply.header.message_type is MessageType.error:
            raise NotThere(f"{method}: {reply.body}")
        return reply.body
