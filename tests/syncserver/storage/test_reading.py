"""Rows, rooms and receipts in one snapshot."""

from __future__ import annotations

import pytest

from domain.members import Member
from domain.planning import DeleteSchedule
from domain.rooms import MENTORS, cohort_room, student_room, user_room
from domain.schedules import Participant, Schedule
from syncserver.storage.ledger import Ledger
from syncserver.storage.reading import Head
from tests.builders import World, a_plan, a_world, id_of, second_ahead
from tests.fakes import MemoryRelay
from tests.relays import LedgerRelay


@pytest.fixture
def world(ledger: Ledger) -> World:
    return a_world(LedgerRelay(ledger, []))


def test_rows_are_found_by_the_fields_of_an_index(ledger: Ledger, world: World) -> None:
    rows = ledger.read(lambda reading: reading.where(Participant, schedule_id=world.group))

    assert {row.user_id for row in rows} == {world.ana, world.ben}
    assert [row.id for row in rows] == sorted(row.id for row in rows)


def test_a_lookup_without_an_index_is_a_mistake(ledger: Ledger) -> None:
    with pytest.raises(LookupError, match="no index"):
        ledger.read(lambda reading: reading.where(Member, name="Ana"))


def test_the_rooms_of_a_person_are_those_of_the_oracle(ledger: Ledger, world: World) -> None:
    oracle = MemoryRelay()
    a_world(oracle)

    people = [*world.people.values(), world.gone]
    rooms = ledger.read(lambda reading: [reading.rooms_of(person) for person in people])

    assert rooms == [oracle.rooms_of(person) for person in people]


def test_who_reads_a_room(ledger: Ledger, world: World) -> None:
    asked = [
        (world.ana, student_room(world.ana)),
        (world.mia, student_room(world.ana)),
        (world.otto, student_room(world.ana)),
        (world.ana, MENTORS),
        (world.admin, user_room(world.ana)),
    ]

    answers = ledger.read(lambda reading: [reading.reads(*one) for one in asked])

    assert answers == [True, True, False, False, False]


def test_a_room_without_a_commit_stands_at_its_beginning(ledger: Ledger) -> None:
    assert ledger.read(lambda reading: reading.head("mentors")) == Head("mentors")


def test_a_removed_id_stays_taken(ledger: Ledger, world: World) -> None:
    world.done_by(DeleteSchedule(id=world.session), world.mia)

    taken = ledger.read(
        lambda reading: [
            reading.is_taken(Schedule, one) for one in (world.session, world.soon, id_of("new"))
        ]
    )

    assert taken == [True, True, False]


def test_busy_are_mentor_student_and_participants(ledger: Ledger, world: World) -> None:
    start = second_ahead(days=5, minutes=30)

    def busy(person: str, *, besides: str = "") -> list[str]:
        end = second_ahead(days=5, minutes=45)
        return ledger.read(
            lambda reading: [row.id for row in reading.busy([person], start, end, besides=besides)]
        )

    assert busy(world.mia) == busy(world.ana) == busy(world.ben) == [world.group]
    assert busy(world.cem) == []
    assert busy(world.mia, besides=world.group) == []


def test_a_session_is_busy_from_its_start_to_before_its_end(ledger: Ledger, world: World) -> None:
    long = a_plan(id_of("long"), world.ana, start=second_ahead(days=8), minutes=720)
    world.done_by(long, world.mia)

    def busy(start_hours: float, end_hours: float) -> int:
        start, end = (second_ahead(days=8, hours=hours) for hours in (start_hours, end_hours))
        return len(ledger.read(lambda r: r.busy([world.ana], start, end, besides="")))

    assert [busy(-1, 0), busy(-1, 0.5), busy(11.5, 13), busy(12, 13)] == [0, 1, 1, 0]


def test_a_canceled_session_keeps_nobody_busy(ledger: Ledger, world: World) -> None:
    start, end = second_ahead(days=4), second_ahead(days=4, hours=1)

    assert ledger.read(lambda r: r.busy([world.ana], start, end, besides="")) == []


def test_a_cohorts_room_is_read_by_its_people(ledger: Ledger, world: World) -> None:
    members = ledger.read(lambda reading: reading.where(Member, room=cohort_room(world.spring)))

    assert {member.user_id for member in members} == {world.mia, world.ana, world.ben}
