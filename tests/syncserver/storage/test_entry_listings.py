"""Lists of entries and comments, from the rooms that one reads."""

from __future__ import annotations

import pytest

from domain.entries import EntryStatus
from domain.rooms import student_room, user_room
from syncserver.storage.entry_listings import EntryFilter, comments_on, entries, entry_counts
from syncserver.storage.ledger import Ledger
from tests.builders import World, a_world
from tests.relays import LedgerRelay


@pytest.fixture
def world(ledger: Ledger) -> World:
    return a_world(LedgerRelay(ledger, []))


def listed(
    ledger: Ledger, *rooms: str, status: EntryStatus | None = None, limit: int = 100
) -> list[str]:
    which = EntryFilter(status=status)
    found = ledger.read(lambda reading: entries(reading, rooms, which, before=None, limit=limit))
    return [row.id for row in found]


def test_only_the_rooms_that_are_given_are_looked_into(ledger: Ledger, world: World) -> None:
    both = listed(ledger, student_room(world.ben), user_room(world.ben))

    assert set(both) == set(world.entries.values())
    assert set(listed(ledger, student_room(world.ben))) == set(both) - {world.draft}
    assert listed(ledger, student_room(world.ana)) == []


def test_a_status_leaves_what_fits(ledger: Ledger, world: World) -> None:
    room = student_room(world.ben)

    assert listed(ledger, room, status=EntryStatus.APPROVED) == [world.approved]


def test_the_next_page_begins_where_the_last_one_ended(ledger: Ledger, world: World) -> None:
    rooms = [student_room(world.ben), user_room(world.ben)]
    seen: list[str] = []
    place = None
    while True:
        page = ledger.read(
            lambda reading, at=place: entries(  # type: ignore[misc]
                reading, rooms, EntryFilter(), before=at, limit=2
            )
        )
        if not page:
            break
        seen += [row.id for row in page]
        place = (page[-1].created_at, page[-1].id)

    assert seen == listed(ledger, *rooms)
    assert len(seen) == len(world.entries)


def test_each_status_is_counted(ledger: Ledger, world: World) -> None:
    counts = ledger.read(lambda reading: entry_counts(reading, [student_room(world.ben)]))

    assert counts == {"draft": 0, "pending": 3, "reviewed": 0, "needs_work": 1, "approved": 1}


def test_comments_come_the_earliest_first(ledger: Ledger, world: World) -> None:
    found = ledger.read(lambda reading: comments_on(reading, world.answered))

    assert [row.id for row in found] == [world.question, world.reply]


def test_the_next_comments_follow_the_last_that_was_seen(ledger: Ledger, world: World) -> None:
    (first,) = ledger.read(lambda reading: comments_on(reading, world.answered, limit=1))
    place = (first.created_at, first.id)

    found = ledger.read(lambda reading: comments_on(reading, world.answered, after=place, limit=5))

    assert [row.id for row in found] == [world.reply]
