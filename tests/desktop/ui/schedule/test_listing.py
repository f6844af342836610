"""Sessions under the headings of their days."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.store.schedules import SessionFilter, sessions
from desktop.ui.record_list_model import Heading
from desktop.ui.schedule.listing import by_day
from domain.accounts import UpdateAccount
from tests.builders import World
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


def headings(seat: Seat, prefix: str = "day") -> list[Heading]:
    found = sessions(seat.reader, seat.workspace.me, SessionFilter())
    rows = by_day(found, seat.workspace, prefix=prefix)
    return [row for row in rows if isinstance(row, Heading)]


def test_each_day_has_one_heading(world: World, seat_of: SeatOf) -> None:
    assert [heading.text for heading in headings(seat_of(world.mia))] == [
        "Yesterday",
        "Today",
        "Thursday 4 December",
        "Friday 5 December",
        "Saturday 6 December",
    ]


def test_days_are_those_of_the_own_zone(world: World, seat_of: SeatOf) -> None:
    world.done_by(UpdateAccount(time_zone="Pacific/Kiritimati"), world.mia)

    days = [heading.id for heading in headings(seat_of(world.mia))]

    assert days[-1] == "day:2025-12-07"


def test_two_parts_of_a_list_may_have_the_same_day(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)

    assert not {one.id for one in headings(seat)} & {one.id for one in headings(seat, "folded")}
