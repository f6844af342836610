"""What the rooms here really hold, counted anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.store.contents import contents
from domain.outcomes import CancelSchedule
from tests.builders import World, a_world
from tests.desktop.store.desks import Desk
from tests.fakes import MemoryRelay


@pytest.fixture
def desk() -> Iterator[Desk]:
    world: World = a_world(MemoryRelay())
    desk = Desk(world, world.mia).settle_in()
    yield desk
    desk.store.close()


def test_what_came_is_what_the_relay_has(desk: Desk) -> None:
    held = contents(desk.replica)

    assert held.keys() == set(desk.relay.rooms_of(desk.user))
    for room, one in held.items():
        assert one.counted == one.checksum == desk.relay.checksum_of(room)
        assert one.version == desk.relay.heads[room]


def test_what_is_only_predicted_does_not_count(desk: Desk) -> None:
    before = contents(desk.replica)

    desk.do(CancelSchedule(id=desk.world.session))

    assert contents(desk.replica) == before


def test_a_row_that_was_lost_shows(desk: Desk) -> None:
    desk.replica.execute("DELETE FROM schedules WHERE id = ?", [desk.world.session])

    odd = [room for room, one in contents(desk.replica).items() if one.counted != one.checksum]

    assert len(odd) == 1


def test_a_room_that_is_being_copied_is_left_out(desk: Desk) -> None:
    desk.store.begin_copy("mentors", desk.relay.heads["mentors"])

    assert "mentors" not in contents(desk.replica)
