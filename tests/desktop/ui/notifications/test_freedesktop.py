"""Toasts by a real notification service, on a session bus and a virtual screen of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.ui.notifications.freedesktop import NotificationService
from desktop.ui.notifications.toasts import OPEN, Pressed, Toast, ToastAction
from tests.desktop.ui.screens import PATIENCE_S, VirtualScreen, virtual_screen

TOAST = Toast(
    key="entry 1",
    title="Ana submitted “<b>Loops</b>”",
    body="Tom & <i>Ana</i>\n\u202eagain",
    actions=(ToastAction("read", "Mark as read"),),
    stays=True,
)


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualScreen]:
    with virtual_screen(tmp_path) as screen:
        screen.start_notifications()
        address = screen.environment["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield screen


class Notified:
    """A service with what was pressed on its toasts."""

    def __init__(self) -> None:
        self.pressed = Pressed()
        self.done: list[tuple[str, str]] = []
        self.closed: list[str] = []
        self.pressed.action.connect(lambda key, action: self.done.append((key, action)))
        self.pressed.closed.connect(self.closed.append)
        self.service = NotificationService(self.pressed, "Open")


async def becomes(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():  # noqa: ASYNC110  nothing tells when another process has done it
            await asyncio.sleep(0.05)  # another process


async def count(screen: VirtualScreen) -> str:
    return await asyncio.to_thread(screen.dunstctl, "count", "displayed")


async def test_it_stands_on_the_screen_and_is_taken_away(screen: VirtualScreen) -> None:
    told = Notified()

    assert await told.service.show(TOAST)
    assert await count(screen) == "1"
    await told.service.withdraw(TOAST.key)

    assert await count(screen) == "0"
    await told.service.close()


async def test_another_with_the_same_key_takes_its_place(screen: VirtualScreen) -> None:
    told = Notified()

    await told.service.show(TOAST)
    await told.service.show(Toast(key=TOAST.key, title="Better", stays=True))
    await told.service.show(Toast(key="entry 2", title="Another", stays=True))

    assert await count(screen) == "2"
    await told.service.close()
    assert await count(screen) == "0"


async def test_a_click_says_which_toast_it_was(screen: VirtualScreen) -> None:
    told = Notified()
    await told.service.show(TOAST)

    await asyncio.to_thread(screen.dunstctl, "action", "0")

    await becomes(lambda: told.done)
    assert told.done == [(TOAST.key, OPEN)]
    await told.service.close()


async def test_one_that_the_person_puts_away_is_told(screen: VirtualScreen) -> None:
    told = Notified()
    await told.service.show(TOAST)

    await asyncio.to_thread(screen.dunstctl, "close")

    await becomes(lambda: told.closed)
    assert told.closed == [TOAST.key]
    await told.service.close()


async def test_what_others_wrote_is_no_markup(screen: VirtualScreen) -> None:
    told = Notified()
    await told.service.show(TOAST)
    await told.service.withdraw(TOAST.key)

    history = await asyncio.to_thread(screen.dunstctl, "history")

    assert "Tom &amp; &lt;i&gt;Ana&lt;/i&gt; again" in history
    await told.service.close()


async def test_a_service_that_dies_is_said_and_used_again_when_it_is_back(
    screen: VirtualScreen,
) -> None:
    told = Notified()
    await told.service.show(TOAST)

    await asyncio.to_thread(screen.kill_notifications)
    assert not await told.service.show(TOAST)
    await asyncio.to_thread(screen.start_notifications)

    assert await told.service.show(TOAST)
    assert await count(screen) == "1"
    await told.service.close()


async def test_without_a_bus_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    told = Notified()

    assert not await told.service.show(TOAST)
    await told.service.withdraw(TOAST.key)
    await told.service.close()


async def test_without_an_address_of_a_bus_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")

    assert not await Notified().service.show(TOAST)
