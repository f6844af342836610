"""Catching up: pages, cursors, restarts, first copies, heads."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from domain.checksums import as_hex, combined, row_hash
from domain.errors import Refused
from domain.instants import moment
from domain.outcomes import CancelSchedule
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.rooms import MENTORS, student_room, user_room
from domain.wire import MESSAGE_LIMIT, Pull, Pulled, RoomPage, Welcome
from syncserver import judge, pulls
from syncserver.judge import Caller
from syncserver.pulls import CopyPage
from syncserver.storage.ledger import Ledger
from syncserver.storage.schema import ROOMS
from tests.builders import NOW, World, a_plan, a_world, id_of, second_ahead
from tests.relays import LedgerRelay
from tests.syncserver.pushes import push_of

Rows = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture
def world(ledger: Ledger) -> World:
    return a_world(LedgerRelay(ledger, []))


def pull(
    ledger: Ledger, user: str, cursors: dict[str, Any] | None = None, *, limit: int = 500
) -> Pulled:
    asked = Pull(cursors=cursors or {}, limit=limit)
    return ledger.read(lambda reading: pulls.pull(reading, user, asked, MESSAGE_LIMIT))


def page_of(pulled: Pulled, room: str) -> RoomPage:
    return next(page for page in pulled.rooms if page.room == room)


def take(rows: Rows, page: RoomPage) -> None:
    for gone in page.removed:
        rows.pop((gone.type, gone.id), None)
    for row in page.rows:
        rows[row["type"], row["id"]] = row


def checksum_of(rows: Rows) -> str:
    return as_hex(combined(0, added=(row_hash(*key, row["version"]) for key, row in rows.items())))


def caught_up(ledger: Ledger, user: str, *, limit: int) -> tuple[dict[str, Rows], int]:
    """All rooms as a replica has them after pulling page by page, and how many pulls it took."""
    rooms: dict[str, Rows] = {}
    cursors: dict[str, Any] = {}
    for count in range(1, 1000):
        pulled = pull(ledger, user, cursors, limit=limit)
        for page in pulled.rooms:
            take(rooms.setdefault(page.room, {}), page)
            cursors[page.room] = page.cursor
            if not page.more:
                assert checksum_of(rooms[page.room]) == page.checksum
        if not any(page.more for page in pulled.rooms):
            return rooms, count
    raise AssertionError("It never ends.")


@pytest.mark.parametrize("limit", [1, 3, 500])
def test_a_replica_catches_up_page_by_page(limit: int, ledger: Ledger, world: World) -> None:
    rooms, count = caught_up(ledger, world.mia, limit=limit)

    assert set(rooms) == set(ledger.read(lambda reading: reading.rooms_of(world.mia)))
    assert (count == 1) is (limit == 500)


def test_nobody_gets_a_room_that_they_do_not_read(ledger: Ledger, world: World) -> None:
    pulled = pull(ledger, world.otto, {student_room(world.ana): [0], "user:nobody": [3, None]})

    assert {page.room for page in pulled.rooms} == {MENTORS, user_room(world.otto)}
    assert pulled.revoked == [student_room(world.ana), "user:nobody"]


def test_what_changed_after_the_cursor_comes_with_its_tombstones(
    ledger: Ledger, world: World
) -> None:
    room = student_room(world.ana)
    head = ledger.read(lambda reading: reading.head(room))
    world.done_by(UpdateSchedule(id=world.soon, title="Moved"), world.mia)
    world.done_by(DeleteSchedule(id=world.session), world.mia)

    page = page_of(pull(ledger, world.ana, {room: [head.version]}), room)

    assert (page.from_, page.to, page.more) == (head.version, head.version + 2, False)
    assert {(row["type"], row["id"]) for row in page.rows if row["type"] != "activity"} == {
        ("schedule", world.soon)
    }
    assert [(gone.type, gone.id) for gone in page.removed] == [("schedule", world.session)]
    assert page.audit_head_at_from == head.audit_head


def test_a_room_at_its_head_is_an_empty_page_with_its_checksum(
    ledger: Ledger, world: World
) -> None:
    heads = ledger.read(lambda reading: reading.heads(world.ana))
    cursors = {room: [head.version, None] for room, head in heads.items()}

    pages = pull(ledger, world.ana, cursors).rooms

    assert all((page.rows, page.removed, page.more) == ([], [], False) for page in pages)
    assert {page.room: page.checksum for page in pages} == {
        room: head.checksum for room, head in heads.items()
    }


def test_a_page_stays_below_the_limit_of_a_message(ledger: Ledger, world: World) -> None:
    long = "ä" * 4000
    commands = [
        a_plan(
            id_of(f"long {n}"),
            world.ana,
            start=second_ahead(days=10, hours=2 * n),
            description=long,
            agenda=long,
        )
        for n in range(60)
    ]
    push = push_of(*commands)
    ledger.write(
        lambda writing: judge.accept(writing, Caller(world.mia, id_of("c")), push, moment(NOW))
    )

    pulled = pull(ledger, world.ana)
    rooms, count = caught_up(ledger, world.ana, limit=500)

    assert len(msgspec.json.encode(pulled)) < MESSAGE_LIMIT
    assert count > 3
    assert len([key for key in rooms[student_room(world.ana)] if key[0] == "schedule"]) > 60


def test_a_room_that_does_not_fit_any_more_says_that_there_is_more(
    ledger: Ledger, world: World
) -> None:
    pages = pull(ledger, world.mia, limit=1).rooms

    assert pages[0].rows
    assert [page.more for page in pages] == [True] * len(pages)
    assert pages[-1].cursor == [0, None]
    assert pages[-1].checksum is None


@pytest.mark.parametrize("cursor", [[2], [2, None]])
def test_a_replica_behind_the_horizon_begins_again(
    cursor: list[int | None], ledger: Ledger, world: World
) -> None:
    room = student_room(world.ana)
    with ledger.writer.begin() as connection:
        connection.execute(update(ROOMS).where(ROOMS.c.room == room).values(horizon=3))

    page = page_of(pull(ledger, world.ana, {room: cursor}), room)

    rows: Rows = {}
    take(rows, page)
    assert (page.restart, page.from_) == (True, 0)
    assert checksum_of(rows) == page.checksum


@pytest.mark.parametrize("cursor", [[3], [0], [2, id_of("in the midst")]])
def test_a_replica_at_the_horizon_or_in_the_midst_of_a_pull_goes_on(
    cursor: list[int | str], ledger: Ledger, world: World
) -> None:
    room = student_room(world.ana)
    with ledger.writer.begin() as connection:
        connection.execute(update(ROOMS).where(ROOMS.c.room == room).values(horizon=3))

    assert not page_of(pull(ledger, world.ana, {room: cursor}), room).restart


def test_a_replica_of_another_history_begins_again_and_can_tell(
    ledger: Ledger, world: World
) -> None:
    room = student_room(world.ana)
    head = ledger.read(lambda reading: reading.head(room))

    page = page_of(pull(ledger, world.ana, {room: [head.version + 5]}), room)

    assert page.restart
    assert page.audit_head_at_from == head.audit_head


@pytest.mark.parametrize("cursor", [["x"], [1, 2], [1, None, 3], [None]])
def test_what_is_no_cursor_is_a_bad_request(
    cursor: list[Any], ledger: Ledger, world: World
) -> None:
    with pytest.raises(Refused) as refused:
        pull(ledger, world.ana, {student_room(world.ana): cursor})

    assert refused.value.code == "bad_request"


def test_an_empty_cursor_is_the_beginning(ledger: Ledger, world: World) -> None:
    room = student_room(world.ana)

    assert page_of(pull(ledger, world.ana, {room: []}), room).from_ == 0


# First copies


def copy_page(ledger: Ledger, user: str, room: str, **asked: Any) -> CopyPage:
    given: dict[str, Any] = {"until": None, "cursor": None, "limit": 5000} | asked
    return ledger.read(lambda reading: pulls.copy_page(reading, user, room, **given))


def test_a_first_copy_comes_in_pages_from_the_latest_row_on(ledger: Ledger, world: World) -> None:
    room = student_room(world.ana)
    first = page = copy_page(ledger, world.mia, room, limit=2)
    rows = list(page.rows)
    while page.cursor:
        page = copy_page(ledger, world.mia, room, limit=2, until=first.until, cursor=page.cursor)
        rows += page.rows

    places = [(row["version"], row["id"]) for row in rows]
    assert places == sorted(places, reverse=True)
    assert len(rows) == first.total
    assert checksum_of({(row["type"], row["id"]): row for row in rows}) == page.checksum


def test_a_first_copy_and_a_pull_from_its_version_are_the_room(
    ledger: Ledger, world: World
) -> None:
    room = student_room(world.ana)
    first = copy_page(ledger, world.mia, room, limit=4)
    world.done_by(CancelSchedule(id=world.session, reason="Ill."), world.mia)
    world.done_by(DeleteSchedule(id=world.soon), world.mia)
    rest = copy_page(ledger, world.mia, room, until=first.until, cursor=first.cursor)
    rows: Rows = {(row["type"], row["id"]): row for row in [*first.rows, *rest.rows]}

    page = page_of(pull(ledger, world.mia, {room: [first.until]}), room)

    take(rows, page)
    assert rest.checksum is None
    assert checksum_of(rows) == page.checksum


def test_a_first_copy_of_a_room_that_one_does_not_read_is_not_there(
    ledger: Ledger, world: World
) -> None:
    with pytest.raises(Refused) as refused:
        copy_page(ledger, world.otto, student_room(world.ana))

    assert refused.value.code == "not_found"


def test_a_foreign_cursor_of_a_copy_is_a_bad_request(ledger: Ledger, world: World) -> None:
    with pytest.raises(Refused) as refused:
        copy_page(ledger, world.ana, student_room(world.ana), cursor="next")

    assert refused.value.code == "bad_request"


# Greetings and heartbeats


def test_a_welcome_tells_the_last_number_of_the_outbox(ledger: Ledger, world: World) -> None:
    caller = Caller(world.mia, id_of("c"))
    push = push_of(UpdateSchedule(id=world.session, title="A"))
    ledger.write(lambda writing: judge.accept(writing, caller, push, moment(NOW)))

    def welcome(client: str) -> Welcome:
        return ledger.read(lambda reading: pulls.welcome(reading, world.mia, client, NOW))

    known, new = welcome(id_of("c")), welcome(id_of("new"))

    assert (known.last_number, new.last_number) == (1, 0)
    assert known.heads == new.heads


def test_a_plain_client_has_no_outbox(ledger: Ledger, world: World) -> None:
    welcome = ledger.read(lambda reading: pulls.welcome(reading, world.mia, None, NOW))

    assert welcome.last_number == 0


def test_an_outbox_of_another_account_is_not_welcome(ledger: Ledger, world: World) -> None:
    caller = Caller(world.mia, id_of("c"))
    push = push_of(UpdateSchedule(id=world.session, title="A"))
    ledger.write(lambda writing: judge.accept(writing, caller, push, moment(NOW)))

    with pytest.raises(Refused) as refused:
        ledger.read(lambda reading: pulls.welcome(reading, world.otto, id_of("c"), NOW))

    assert refused.value.code == "client_taken"


def test_another_digest_is_answered_with_the_heads(ledger: Ledger, world: World) -> None:
    heads = ledger.read(lambda reading: pulls.check(reading, world.ana, "something else"))

    assert heads.heads == ledger.read(
        lambda reading: pulls.welcome(reading, world.ana, None, NOW).heads
    )
