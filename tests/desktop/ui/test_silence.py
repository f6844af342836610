"""Do not disturb: how long each choice lasts, and how it reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.ui.silence import (
    AN_HOUR,
    HALF_AN_HOUR,
    NOT,
    TOMORROW,
    choose_silence,
    silence_choices,
    silence_words,
    silent_until,
)
from domain.accounts import Account
from tests.builders import World
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


@pytest.mark.parametrize(
    ("choice", "until", "words"),
    [
        (HALF_AN_HOUR, "2025-12-01T12:30:00.000Z", "until 13:30"),
        (AN_HOUR, "2025-12-01T13:00:00.000Z", "until 14:00"),
        (TOMORROW, "2025-12-02T06:00:00.000Z", "until Tomorrow, 07:00"),  # seven in Berlin
        (NOT, None, ""),
    ],
)
async def test_a_choice_is_saved_for_all_devices_and_said_in_words(
    seat_of: SeatOf, world: World, choice: str, until: str | None, words: str
) -> None:
    seat = seat_of(world.mia)

    assert choose_silence(seat.workspace, choice) == until
    await all_done()
    seat.sync()

    assert seat.desk.relay.get(Account, world.mia).dnd_until == until
    assert silence_words(seat.workspace) == words


async def test_it_is_over_by_itself(seat_of: SeatOf, world: World) -> None:
    seat = seat_of(world.mia)
    choose_silence(seat.workspace, HALF_AN_HOUR)
    await all_done()

    seat.set_time("2025-12-01T12:30:00.000Z")

    assert silent_until(seat.workspace) is None
    assert silence_words(seat.workspace) == ""


def test_every_choice_has_words() -> None:
    assert list(silence_choices()) == [HALF_AN_HOUR, AN_HOUR, TOMORROW, NOT]
    assert all(silence_choices().values())
