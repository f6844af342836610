"""Tandem outside its window, for one person over a real store."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from PySide6.QtWidgets import QWidget

from desktop.sync.states import Phase, SyncState
from desktop.ui.notifications.toasts import Toast
from desktop.ui.presence import Presence
from desktop.ui.silence import AN_HOUR, HALF_AN_HOUR, NOT, TOMORROW, choose_silence
from desktop.ui.sync_state import SyncState as Shape
from desktop.ui.theme import Theme
from desktop.ui.tray import Tray, TrayLook
from domain.accounts import Account, UpdateAccount
from tests.builders import World, ahead
from tests.desktop.ui.notifications.services import KnownService
from tests.desktop.ui.notifications.test_telling import Screen
from tests.desktop.ui.screens import virtual_screen
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Enter = Callable[[Seat], Presence]
pytestmark = pytest.mark.usefixtures("british")


class Looks(Tray):
    """A tray that remembers how it looks."""

    look = TrayLook()

    def show_look(self, look: TrayLook) -> None:
        super().show_look(look)
        self.look = look


@pytest_asyncio.fixture
async def tray(theme: Theme) -> AsyncIterator[Looks]:
    tray = Looks(theme, is_available=lambda: True)
    yield tray
    tray.close()
    tray.deleteLater()


@pytest_asyncio.fixture
async def enter(
    tray: Looks, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Enter]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    here: list[Presence] = []

    def enter(seat: Seat) -> Presence:
        here.append(Presence(seat.workspace, tray, window))
        return here[-1]

    yield enter
    await here[-1].close()
    await all_done()


async def test_it_shows_sync_news_and_the_next_session(
    seat_of: SeatOf, world: World, tray: Looks, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    enter(seat)

    seat.news.sync.emit(SyncState(Phase.LIVE))

    assert (tray.look.state, tray.look.line) == (Shape.SYNCED, "Synced")
    assert tray.look.unread > 0
    assert tray.look.next_words == "Weekly talk, Today, 15:00"
    assert tray.look.next_path == f"/mentor/schedules/{world.soon}"
    assert tray.look.new_words == "New session…"


async def test_a_student_begins_an_entry(
    seat_of: SeatOf, world: World, tray: Looks, enter: Enter
) -> None:
    presence = enter(seat_of(world.ana))

    assert tray.look.new_words == "New entry…"
    assert presence.new_path == "/student/entries/new"
    assert tray.look.next_path == f"/student/schedule/{world.soon}"


@pytest.mark.parametrize(
    ("state", "shape"),
    [
        (SyncState(Phase.OFFLINE), Shape.OFFLINE),
        (SyncState(Phase.CATCHING_UP), Shape.SYNCING),
        (SyncState(Phase.PAUSED), Shape.PAUSED),
        (SyncState(Phase.SIGN_IN_AGAIN), Shape.SIGNED_OUT),
        (SyncState(Phase.LIVE, waiting=3), Shape.SYNCING),
        (SyncState(Phase.LIVE, attention=1), Shape.ATTENTION),
        (SyncState(Phase.OFFLINE, attention=1), Shape.ATTENTION),
    ],
)
async def test_each_state_of_sync_shows(
    seat_of: SeatOf, world: World, tray: Looks, enter: Enter, state: SyncState, shape: Shape
) -> None:
    seat = seat_of(world.mia)
    enter(seat)

    seat.news.sync.emit(state)

    assert tray.look.state is shape
    assert tray.look.is_paused is (state.phase is Phase.PAUSED)


async def test_shape_and_words_say_the_same(
    seat_of: SeatOf, world: World, tray: Looks, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    enter(seat)

    seat.news.sync.emit(SyncState(Phase.LIVE, waiting=3))

    assert (tray.look.state, tray.look.line) == (Shape.SYNCING, "Sending 3 changes")


@pytest.mark.parametrize(
    ("choice", "until"),
    [
        (HALF_AN_HOUR, "2025-12-01T12:30:00.000Z"),
        (AN_HOUR, "2025-12-01T13:00:00.000Z"),
        (TOMORROW, "2025-12-02T06:00:00.000Z"),  # seven in Berlin
        (NOT, None),
    ],
)
async def test_do_not_disturb_reaches_the_other_devices(
    seat_of: SeatOf, world: World, tray: Looks, enter: Enter, choice: str, until: str | None
) -> None:
    seat = seat_of(world.mia)
    enter(seat)

    tray.silence_asked.emit(choice)
    await all_done()
    seat.sync()

    assert seat.desk.relay.get(Account, world.mia).dnd_until == until
    assert tray.look.silence == choice


async def test_do_not_disturb_is_over_by_itself(
    seat_of: SeatOf, world: World, tray: Looks, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    enter(seat)
    tray.silence_asked.emit(HALF_AN_HOUR)
    await all_done()

    seat.set_time("2025-12-01T12:30:01.000Z")

    assert tray.look.silence == NOT


async def test_a_choice_from_another_device_shows(
    seat_of: SeatOf, world: World, tray: Looks, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    enter(seat)

    world.done_by(UpdateAccount(dnd_until=ahead(of=world.now, minutes=50)), world.mia)
    seat.sync()

    assert tray.look.silence == AN_HOUR


async def test_a_choice_made_in_the_window_shows_in_the_tray(
    seat_of: SeatOf, world: World, tray: Looks, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    enter(seat)
    tray.silence_asked.emit(HALF_AN_HOUR)
    await all_done()

    choose_silence(seat.workspace, AN_HOUR)
    await all_done()

    assert tray.look.silence == AN_HOUR


async def test_the_next_session_follows_the_persons_zone(
    seat_of: SeatOf, world: World, tray: Looks, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    enter(seat)

    seat.workspace.live_in(ZoneInfo("Asia/Tokyo"))

    assert tray.look.next_words == "Weekly talk, Today, 23:00"


async def test_who_leaves_leaves_nothing_in_the_tray(
    seat_of: SeatOf, world: World, tray: Looks, enter: Enter
) -> None:
    await enter(seat_of(world.mia)).close()
    assert tray.look == TrayLook(line="Signed out")

    enter(seat_of(world.ana))
    assert tray.look.new_words == "New entry…"


async def test_news_reach_the_tray_where_no_library_of_a_notification_service_is(
    seat_of: SeatOf, world: World, tray: Looks, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "jeepney"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jeepney", None)
    for platform in ("linux", "win32"):
        presence = Presence(seat_of(world.mia).workspace, tray, window, platform=platform)

        assert await presence.deliveries.show(Toast(key="entry 1", title="News"))

        await presence.close()


async def test_the_end_waits_until_the_toasts_are_gone(
    seat_of: SeatOf,
    world: World,
    tray: Looks,
    window: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with virtual_screen(tmp_path) as screen:
        address = screen.environment["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        async with KnownService() as known:
            presence = Presence(seat_of(world.mia).workspace, tray, window)
            for key in ("a", "b"):
                await presence.deliveries.show(Toast(key=key, title=key, stays=True))

            await presence.close()

            assert known.closed == [1, 2]


async def test_the_end_does_not_wait_for_a_service_that_hangs(
    seat_of: SeatOf, world: World, tray: Looks, window: QWidget
) -> None:
    presence = Presence(seat_of(world.mia).workspace, tray, window)
    presence.deliveries.ways = [Hanging()]

    async with asyncio.timeout(10):
        await presence.close()

    assert tray.look == TrayLook(line="Signed out")


class Hanging(Screen):
    """A screen that never comes to an end."""

    async def close(self) -> None:
        await asyncio.Event().wait()
