"""Toasts by a real notification service, on a session bus and a virtual screen of their own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import pytest_asyncio

from desktop.ui.notifications.freedesktop import DEFAULT, TOKEN, NotificationService
from desktop.ui.notifications.toasts import OPEN, Pressed, Toast, ToastAction
from tests.desktop.ui.notifications.services import KnownService
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


@pytest_asyncio.fixture
async def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[KnownService]:
    """A service of which the test knows everything, on a bus of its own."""
    with virtual_screen(tmp_path) as screen:
        address = screen.environment["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        async with KnownService() as known:
            yield known


class Notified:
    """A service with what was pressed on its toasts."""

    def __init__(self) -> None:
        self.pressed = Pressed()
        self.done: list[tuple[str, str]] = []
        self.closed: list[str] = []
        self.pressed.action.connect(lambda key, action: self.done.append((key, action)))
        self.pressed.closed.connect(self.closed.append)
        self.service = NotificationService(self.pressed)


async def becomes(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():  # noqa: ASYNC110  nothing tells when another process has done it
            await asyncio.sleep(0.05)  # another process


def text_at(uri: str) -> str:
    parts = urlsplit(uri)
    assert parts.scheme == "file"
    return Path(unquote(parts.path)).read_text("utf-8")


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


async def test_without_the_library_of_the_bus_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "jeepney"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jeepney", None)  # as where it is not installed
    told = Notified()

    assert not await told.service.show(TOAST)
    assert not await told.service.update(TOAST)
    await told.service.withdraw(TOAST.key)
    await told.service.close()


async def test_open_is_a_button_too_and_the_first_one(known: KnownService) -> None:
    told = Notified()

    await told.service.show(TOAST)

    (shown,) = known.shown
    assert shown["actions"] == [DEFAULT, "Open", OPEN, "Open", "read", "Mark as read"]
    await told.service.close()


async def test_the_button_and_the_toast_itself_open_the_same(known: KnownService) -> None:
    told = Notified()
    await told.service.show(TOAST)

    await known.tell("ActionInvoked", "us", 1, OPEN)
    await known.tell("ActionInvoked", "us", 1, DEFAULT)

    await becomes(lambda: len(told.done) == 2)
    assert told.done == [(TOAST.key, OPEN)] * 2
    await told.service.close()


async def test_its_icon_is_a_file_that_is_there(known: KnownService) -> None:
    told = Notified()

    await told.service.show(TOAST)

    assert text_at(known.shown[0]["icon"]).startswith("<svg")
    await told.service.close()


async def test_a_change_of_what_stands_there_makes_no_sound(known: KnownService) -> None:
    told = Notified()
    loud = Toast(key=TOAST.key, title="In 10 min", stays=True, has_sound=True)
    assert not await told.service.update(loud)
    await told.service.show(loud)

    assert await told.service.update(Toast(key=TOAST.key, title="In 9 min", has_sound=True))

    first, second = known.shown
    assert "sound-name" in first["hints"]
    assert "sound-name" not in second["hints"]
    assert second["hints"]["suppress-sound"] == ("b", True)
    assert (second["replaces"], second["title"]) == (1, "In 9 min")
    await told.service.close()


async def test_the_token_of_a_click_is_there_while_the_window_is_raised(
    known: KnownService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(TOKEN, raising=False)
    told, tokens = Notified(), list[str | None]()
    told.pressed.action.connect(lambda _key, _action: tokens.append(os.environ.get(TOKEN)))
    await told.service.show(TOAST)

    await known.tell("ActivationToken", "us", 7, "somebody else's")
    await known.tell("ActivationToken", "us", 1, "from the compositor")
    await known.tell("ActionInvoked", "us", 1, OPEN)
    await known.tell("ActionInvoked", "us", 1, "read")

    await becomes(lambda: len(tokens) == 2)
    assert tokens == ["from the compositor", None]
    assert TOKEN not in os.environ
    await told.service.close()


async def test_closing_takes_one_away_that_is_just_being_shown(known: KnownService) -> None:
    told = Notified()
    showing = asyncio.ensure_future(told.service.show(TOAST))
    await becomes(lambda: known.shown)

    await told.service.close()

    assert await showing
    assert known.closed == [1]
