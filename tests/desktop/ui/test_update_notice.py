"""A newer Tandem is told of once, and never again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.account.api import Unreachable
from desktop.sync.states import Phase, SyncState
from desktop.ui.update_notice import UpdateNotice, is_newer
from tests.builders import World
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]


async def connected(seat: Seat) -> None:
    """Start the program once, up to its first connection."""
    owner = QObject()
    UpdateNotice(seat.workspace, "0.1.0", owner)
    for phase in (Phase.LIVE, Phase.OFFLINE, Phase.LIVE):
        seat.news.sync.emit(SyncState(phase))
    await all_done()
    owner.deleteLater()


async def test_each_newer_version_is_said_once(world: World, seat_of: SeatOf, qtbot: QtBot) -> None:
    seat = seat_of(world.mia)
    seat.online.newest = "0.2.0"

    await connected(seat)
    assert seat.said == [
        "Tandem 0.2.0 is there; this is 0.1.0. Install it over this one when it suits you: "
        "nothing of yours changes."
    ]
    await connected(seat)
    assert len(seat.said) == 1
    seat.online.newest = "0.10.0"
    await connected(seat)

    assert len(seat.said) == 2


@pytest.mark.parametrize("newest", ["", "0.1.0", "0.0.9", "soon"])
async def test_nothing_is_said_of_what_is_not_newer(
    world: World, seat_of: SeatOf, qtbot: QtBot, newest: str
) -> None:
    seat = seat_of(world.ana)
    seat.online.newest = newest

    await connected(seat)

    assert seat.said == []


async def test_a_relay_that_does_not_answer_is_asked_the_next_time(
    world: World, seat_of: SeatOf, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    seat.online.newest, seat.online.trouble = "0.2.0", Unreachable()
    await connected(seat)
    assert seat.said == []

    seat.online.trouble = None
    await connected(seat)

    assert len(seat.said) == 1


@pytest.mark.parametrize(
    ("one", "other", "is_so"),
    [
        ("0.10.0", "0.9.9", True),
        ("1.0", "0.9", True),
        ("0.1.0", "0.1.0", False),
        ("0.1.1", "0.1", True),
        ("0.2.0+next", "0.1.0", True),
        ("(not installed)", "0.1.0", False),
    ],
)
def test_versions_are_compared_by_their_numbers(one: str, other: str, is_so: bool) -> None:
    assert is_newer(one, other) is is_so
