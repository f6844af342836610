"""Tests of what a command's function reads and writes here."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from desktop.store.database import Files, open_memory
from desktop.store.prediction import LocalTransaction
from desktop.store.tables import table_of
from domain.records import Record, Transaction
from domain.rooms import cohort_room, student_room
from domain.schedules import Participant, Schedule, Status
from tests.builders import ANA, MIA, SPRING, a_member, a_participant, a_schedule, id_of
from tests.builders import second_ahead as at

ROOM = student_room(ANA)


@pytest.fixture
def files() -> Iterator[Files]:
    files = open_memory()
    for room in (ROOM, cohort_room(SPRING)):
        files.replica.execute("INSERT INTO rooms (room, checksum) VALUES (?, '0')", [room])
    yield files
    files.close()


@pytest.fixture
def tx(files: Files) -> LocalTransaction:
    return LocalTransaction(files.replica, "m1", MIA)


def add(files: Files, *rows: Record) -> None:
    for row in rows:
        table = table_of(type(row))
        files.replica.execute(table.upsert, table.values(msgspec.to_builtins(row)))


def touched(files: Files) -> list[tuple[Any, ...]]:
    rows = files.replica.execute("SELECT mutation_id, id, is_written, room FROM touched")
    return [tuple(row) for row in rows]


def test_it_is_a_transaction_of_the_domain(tx: LocalTransaction) -> None:
    as_protocol: Transaction = tx

    assert as_protocol.everything is tx
    assert as_protocol.author_of(a_schedule(), "title") is None


def test_it_finds_rows_by_id_and_by_what_they_equal(files: Files, tx: LocalTransaction) -> None:
    add(files, a_member(ANA), a_member(MIA))

    assert tx.find(Schedule, "unknown") is None
    assert {row.user_id for row in tx.where(type(a_member()), room=ROOM)} == {ANA, MIA}
    assert tx.where(Schedule, cohort_id=None) == []


def test_a_room_is_read_if_it_is_here(tx: LocalTransaction) -> None:
    assert tx.reads(ROOM)
    assert not tx.reads("mentors")


def test_an_id_is_taken_by_a_row_that_is_here_or_was(files: Files, tx: LocalTransaction) -> None:
    add(files, a_schedule())
    before = tx.is_taken(Schedule, a_schedule().id)
    tx.remove(a_schedule())

    assert (before, tx.is_taken(Schedule, a_schedule().id)) == (True, True)
    assert not tx.is_taken(Schedule, id_of("another"))


def test_the_first_touch_saves_what_the_relay_had(files: Files, tx: LocalTransaction) -> None:
    add(files, a_schedule(version=3))
    tx.put(a_schedule(version=3, title="Second"))
    tx.put(a_schedule(version=3, title="Third"))

    (row,) = files.replica.execute("SELECT room, version, body FROM confirmed").fetchall()

    assert (row["room"], row["version"]) == (ROOM, 3)
    assert msgspec.json.decode(row["body"])["title"] == a_schedule().title


def test_a_new_row_has_no_confirmed_form(files: Files, tx: LocalTransaction) -> None:
    tx.put(a_schedule())

    assert tuple(files.replica.execute("SELECT room, body FROM confirmed").fetchone()) == (
        None,
        None,
    )


def test_writes_into_rooms_that_are_not_read_are_dropped(
    files: Files, tx: LocalTransaction
) -> None:
    tx.put(a_schedule(room="mentors"))
    tx.remove(a_schedule(room="mentors"))

    assert tx.written == set()
    assert tx.find(Schedule, a_schedule().id) is None


def test_a_row_that_moves_out_of_sight_goes(files: Files, tx: LocalTransaction) -> None:
    add(files, a_schedule())

    tx.put(a_schedule(room="mentors"))

    assert tx.find(Schedule, a_schedule().id) is None
    assert tx.rooms == {ROOM}


def test_it_remembers_what_it_builds_on(files: Files, tx: LocalTransaction) -> None:
    tx.put(a_schedule())
    later = LocalTransaction(files.replica, "m2", MIA)
    later.find(Schedule, a_schedule().id)
    later.where(Schedule, mentor_id=MIA)

    assert touched(files) == [
        ("m1", a_schedule().id, 1, ROOM),
        ("m2", a_schedule().id, 0, ROOM),
    ]


def test_what_it_reads_of_the_relay_is_not_remembered(files: Files, tx: LocalTransaction) -> None:
    add(files, a_schedule())

    tx.find(Schedule, a_schedule().id)

    assert touched(files) == []


def session(name: str, start: float, hours: float, **fields: Any) -> Schedule:
    return a_schedule(
        id_of(name),
        start_time=at(hours=start),
        end_time=at(hours=start + hours),
        **({"mentor_id": id_of("nobody"), "student_id": None} | fields),
    )


def test_busy_counts_mentors_students_and_participants(files: Files, tx: LocalTransaction) -> None:
    group = session("group", 11, 1, cohort_id=SPRING, room=cohort_room(SPRING))
    add(
        files,
        session("as student", 10, 2, student_id=ANA),
        session("as mentor", 9, 12, mentor_id=MIA),
        group,
        a_participant(schedule_id=group.id, user_id=ANA),
        session("somebody else's", 10, 2),
        session("before", 8, 2, student_id=ANA),
        session("after", 12, 2, student_id=ANA),
        session("canceled", 10, 2, student_id=ANA, status=Status.CANCELED),
        session("itself", 10, 2, student_id=ANA),
    )

    found = tx.busy({ANA, MIA}, at(hours=10), at(hours=12), besides=id_of("itself"))

    assert [row.id for row in found] == [id_of("as mentor"), id_of("as student"), group.id]


def test_busy_looks_only_at_sessions_near_by(files: Files) -> None:
    statements: list[str] = []
    files.replica.set_trace_callback(statements.append)
    LocalTransaction(files.replica, "m1", MIA).busy({ANA}, at(hours=1), at(hours=2), besides="")
    files.replica.set_trace_callback(None)

    plan = files.replica.execute(f"EXPLAIN QUERY PLAN {statements[0]}").fetchall()

    details = [row["detail"] for row in plan]
    assert not [one for one in details if one.startswith("SCAN") and "json_each" not in one]
    assert [one for one in details if "mentor_id=? AND start_time>?" in one]
    assert [one for one in details if "student_id=? AND start_time>?" in one]
    assert Participant.table in " ".join(details)
