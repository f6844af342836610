"""One commit's transaction: versions, tombstones, moves, savepoints, checksums."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from domain.checksums import as_hex, combined, row_hash
from domain.commands import Act
from domain.members import Role
from domain.records import Record
from domain.rooms import student_room, user_room
from domain.schedules import Schedule
from syncserver.storage.ledger import Ledger, Writing
from syncserver.storage.reading import Head
from syncserver.storage.writing import Acting, Commit
from tests.builders import ANA, MIA, NOW, a_schedule, ahead, id_of
from tests.relays import LedgerRelay

ACT = Act(actor=MIA, role=Role.MENTOR, at=NOW, now=NOW, mutation=id_of("m"), trusted=True)
HERE, THERE = student_room(ANA), user_room(MIA)

Step = Callable[[Acting], None]


def put(**fields: str) -> Step:
    return lambda acting: acting.put(a_schedule(**fields))


def remove() -> Step:
    return lambda acting: acting.remove(a_schedule())


def commit(ledger: Ledger, *commands: list[Step]) -> Commit:
    """Each list is one command; all of them are one commit."""

    def work(writing: Writing) -> None:
        for steps in commands:
            with writing.acting(ACT, action="test") as acting:
                for step in steps:
                    step(acting)

    finished, done = ledger.commit([work])
    assert finished[0].error is None
    return done


def rows(ledger: Ledger, room: str) -> list[Record]:
    return LedgerRelay(ledger, []).rows_of(room)


def tombstones(ledger: Ledger) -> list[tuple[object, ...]]:
    with ledger.reader.begin() as connection:
        sql = "SELECT room, version, moved FROM tombstones WHERE room > '' ORDER BY room"
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def head_of(ledger: Ledger, room: str) -> Head:
    return ledger.read(lambda reading: reading.head(room))


def assert_sound(ledger: Ledger, *rooms: str) -> None:
    for room in rooms:
        hashes = [row_hash(row.kind(), row.id, row.version) for row in rows(ledger, room)]
        head = head_of(ledger, room)
        assert head.checksum == as_hex(combined(0, added=hashes))
    assert ledger.verify_audit().ok


def test_a_commit_takes_one_version_of_a_room_however_often_it_is_touched(ledger: Ledger) -> None:
    done = commit(ledger, [put(room=HERE)], [put(room=HERE, title="B"), put(room=HERE, title="C")])

    (row,) = rows(ledger, HERE)
    assert (done.heads[HERE].version, row.version) == (1, 1)
    assert isinstance(row, Schedule)
    assert row.title == "C"
    assert_sound(ledger, HERE)


def test_versions_have_no_gaps_where_a_command_is_undone(ledger: Ledger) -> None:
    commit(ledger, [put(room=HERE)])

    def bad(writing: Writing) -> None:
        with writing.acting(ACT, action="test") as acting:
            acting.put(a_schedule(room=HERE, title="Never"))
            acting.put(a_schedule(id_of("other"), room=THERE))
            raise LookupError

    _, nothing = ledger.commit([bad])
    done = commit(ledger, [put(room=HERE, title="B")])

    assert (nothing.heads, nothing.effects.rows) == ({}, {})
    assert done.heads[HERE].version == 2
    assert rows(ledger, THERE) == []
    assert_sound(ledger, HERE)


def test_a_work_sees_nothing_of_one_that_was_undone(ledger: Ledger) -> None:
    def bad(writing: Writing) -> None:
        with writing.acting(ACT, action="test") as acting:
            acting.put(a_schedule(room=HERE))
        raise LookupError

    finished, done = ledger.commit([bad, lambda writing: writing.find(Schedule, a_schedule().id)])

    assert finished[1].value is None
    assert done.heads == {}


def test_a_removed_row_leaves_a_tombstone(ledger: Ledger) -> None:
    commit(ledger, [put(room=HERE)])

    done = commit(ledger, [remove()])

    assert rows(ledger, HERE) == []
    assert tombstones(ledger) == [(HERE, 2, 0)]
    assert done.effects.removed == {HERE: {("schedule", a_schedule().id): False}}
    assert_sound(ledger, HERE)


def test_removing_what_is_not_there_does_nothing(ledger: Ledger) -> None:
    assert commit(ledger, [remove()]).heads == {}


def test_a_moved_row_leaves_a_tombstone_that_says_so(ledger: Ledger) -> None:
    commit(ledger, [put(room=HERE)])

    done = commit(ledger, [put(room=THERE)])

    assert tombstones(ledger) == [(HERE, 2, 1)]
    assert {room: head.version for room, head in done.heads.items()} == {HERE: 2, THERE: 1}
    assert [row.room for row in done.effects.rows.values()] == [THERE]
    assert_sound(ledger, HERE, THERE)


@pytest.mark.parametrize("in_one_commit", [True, False])
def test_a_row_that_comes_back_takes_the_place_of_its_tombstone(
    in_one_commit: bool, ledger: Ledger
) -> None:
    commit(ledger, [put(room=HERE)])
    there_and_back = [[put(room=THERE)], [put(room=HERE)]]
    commits = [there_and_back] if in_one_commit else [[step] for step in there_and_back]

    *_, done = [commit(ledger, *commands) for commands in commits]

    assert [(room, moved) for room, _, moved in tombstones(ledger)] == [(THERE, 1)]
    assert len(rows(ledger, HERE)) == 1
    assert not done.effects.removed.get(HERE)
    assert_sound(ledger, HERE, THERE)


@pytest.mark.parametrize("commands", [[[put(room=HERE), remove()]], [[put(room=HERE)], [remove()]]])
def test_what_is_made_and_removed_in_one_commit_is_gone_everywhere(
    commands: list[list[Step]], ledger: Ledger
) -> None:
    done = commit(ledger, *commands)

    assert (rows(ledger, HERE), done.effects.rows) == ([], {})
    assert done.heads[HERE].version == 1
    assert_sound(ledger, HERE)


def test_what_is_removed_and_made_again_is_there(ledger: Ledger) -> None:
    commit(ledger, [put(room=HERE)])

    done = commit(ledger, [remove()], [put(room=HERE, title="Again")])

    assert [row.version for row in rows(ledger, HERE)] == [2]
    assert tombstones(ledger) == []
    assert done.effects.removed == {HERE: {}}
    assert_sound(ledger, HERE)


def test_the_author_of_a_field_is_known_within_the_commit(ledger: Ledger) -> None:
    def work(writing: Writing) -> list[str | None]:
        row = a_schedule(room=HERE, title="B")
        with writing.acting(ACT, action="test") as acting:
            acting.put(row)
        return [writing.author_of(row, "title"), writing.author_of(row, "place")]

    assert ledger.write(work) == [MIA, None]


def test_a_row_that_was_given_is_not_changed_by_writing_it(ledger: Ledger) -> None:
    given = a_schedule(room=HERE)

    commit(ledger, [lambda acting: acting.put(given)])

    assert given.version == 0
    assert rows(ledger, HERE)[0].version == 1


def test_a_value_in_meta_is_replaced(ledger: Ledger) -> None:
    ledger.write(lambda writing: writing.keep_meta("note", "1"))
    ledger.write(lambda writing: writing.keep_meta("note", "2"))

    assert ledger.read(lambda reading: reading.meta("note")) == "2"


def test_old_tombstones_are_collected_up_to_the_rooms_horizon(ledger: Ledger) -> None:
    commit(ledger, [put(room=HERE)])
    commit(ledger, [put(room=THERE)])
    commit(ledger, [remove()])

    kept = ledger.write(lambda writing: writing.collect(before=NOW))
    collected = ledger.write(lambda writing: writing.collect(before=ahead(days=1)))

    assert (kept, collected) == (0, 2)
    assert tombstones(ledger) == []
    assert (head_of(ledger, HERE).horizon, head_of(ledger, THERE).horizon) == (2, 2)
    assert (head_of(ledger, HERE).version, head_of(ledger, THERE).version) == (2, 2)


def test_a_horizon_is_raised_though_the_same_commit_writes_into_the_room(ledger: Ledger) -> None:
    commit(ledger, [put(room=HERE)])
    commit(ledger, [put(room=THERE)])

    def write(writing: Writing) -> None:
        with writing.acting(ACT, action="test") as acting:
            acting.put(replace(a_schedule(room=HERE), id=id_of("another")))

    finished, _ = ledger.commit([write, lambda writing: writing.collect(before=ahead(days=1))])

    assert [one.error for one in finished] == [None, None]
    assert (head_of(ledger, HERE).version, head_of(ledger, HERE).horizon) == (3, 2)
