"""The audit records of what is one person's own."""

from __future__ import annotations

import pytest

from domain.rooms import MENTORS, student_room, user_room
from syncserver.storage.audit_listings import UNTOLD
from syncserver.storage.ledger import Ledger
from syncserver.storage.own_records import own_records
from tests.builders import World, a_world
from tests.relays import LedgerRelay


@pytest.fixture
def world(ledger: Ledger) -> World:
    return a_world(LedgerRelay(ledger, []))


def test_they_are_of_the_own_rooms_and_card_the_newest_first(ledger: Ledger, world: World) -> None:
    found = ledger.read(
        lambda reading: own_records(reading, world.ana, by_others=False, before=0, limit=500)
    )

    assert {one["room"] for one in found} == {
        student_room(world.ana),
        user_room(world.ana),
        MENTORS,
    }
    assert {one["row_id"] for one in found if one["room"] == MENTORS} == {world.ana}
    numbers = [one["id"] for one in found]
    assert numbers == sorted(numbers, reverse=True)
    assert not {one["row_type"] for one in found} & set(UNTOLD)


def test_a_page_goes_on_below_a_record(ledger: Ledger, world: World) -> None:
    def page(before: int, limit: int) -> list[int]:
        found = ledger.read(
            lambda reading: own_records(
                reading, world.ana, by_others=False, before=before, limit=limit
            )
        )
        return [one["id"] for one in found]

    whole = page(0, 500)

    assert page(0, 3) + page(whole[2], 500) == whole


def test_what_one_did_oneself_can_be_left_out(ledger: Ledger, world: World) -> None:
    found = ledger.read(
        lambda reading: own_records(reading, world.ana, by_others=True, before=0, limit=500)
    )

    assert found
    assert world.ana not in {one["actor_id"] for one in found}
