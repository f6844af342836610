"""What listeners are told: frames below the limit, named events with their subject."""

from __future__ import annotations

import pytest

from domain.accounts import DeactivateAccount
from domain.assignments import ClaimStudent
from domain.cohorts import UpdateCohort
from domain.conflicts import base_hash
from domain.outcomes import CancelSchedule
from domain.planning import DeleteSchedule
from domain.rooms import MENTORS, student_room
from domain.wire import MESSAGE_LIMIT
from syncserver.frames import Committed, committed, resource
from syncserver.storage.ledger import Ledger
from tests.builders import World, a_schedule, a_world
from tests.relays import LedgerRelay


@pytest.fixture
def relay(ledger: Ledger) -> LedgerRelay:
    return LedgerRelay(ledger, [])


@pytest.fixture
def world(relay: LedgerRelay) -> World:
    return a_world(relay)


def last(relay: LedgerRelay, *, message_bytes: int = MESSAGE_LIMIT) -> Committed:
    return committed(relay.commits[-1], message_bytes)


def test_a_frame_brings_a_room_from_one_version_to_the_next(
    relay: LedgerRelay, world: World
) -> None:
    world.done_by(DeleteSchedule(id=world.session), world.mia)

    (frame,) = last(relay).frames.values()
    head = relay.ledger.read(lambda reading: reading.head(student_room(world.ana)))
    assert (frame.from_, frame.to) == (head.version - 1, head.version)
    assert (frame.checksum, frame.audit_head) == (head.checksum, head.audit_head)
    assert [row["type"] for row in frame.rows] == ["activity"]
    assert [(gone.type, gone.id, gone.moved) for gone in frame.removed] == [
        ("schedule", world.session, False)
    ]


def test_a_frame_that_is_too_large_only_says_that_there_is_more(
    relay: LedgerRelay, world: World
) -> None:
    world.done_by(CancelSchedule(id=world.session), world.mia)

    (frame,) = last(relay, message_bytes=100).frames.values()

    assert (frame.more, frame.rows, frame.checksum) == (True, [], None)
    assert frame.to == frame.from_ + 1


def test_the_event_of_a_cohort_tells_its_mentors_and_not_its_join_code(
    relay: LedgerRelay, world: World
) -> None:
    world.done_by(UpdateCohort(id=world.spring, name="Evenings"), world.mia)

    (event,) = last(relay).named
    assert (event.event, event.payload["data"]["name"]) == ("cohort:updated", "Evenings")
    assert event.payload["data"]["mentorIds"] == [world.mia]
    assert event.payload["data"]["joinCode"] is None


def test_a_named_event_has_its_subject_as_rest_shows_it(relay: LedgerRelay, world: World) -> None:
    world.done_by(CancelSchedule(id=world.session, reason="Ill."), world.mia)

    (event,) = last(relay).named
    session = next(row for row in relay.rows_of(student_room(world.ana)) if row.id == world.session)
    assert (event.event, event.room) == ("schedule:canceled", student_room(world.ana))
    assert event.payload["data"] == resource(session)
    assert event.payload["data"]["statusReason"] == "Ill."
    assert set(event.payload) == {
        *("id", "at", "actorId", "kind", "subjectType", "subjectId", "room", "data")
    }


def test_after_a_delete_the_subject_is_null(relay: LedgerRelay, world: World) -> None:
    world.done_by(DeleteSchedule(id=world.session), world.mia)

    (event,) = last(relay).named
    assert (event.payload["kind"], event.payload["data"]) == ("schedule:deleted", None)


def test_the_subject_of_an_assignment_is_the_students_card(
    relay: LedgerRelay, world: World
) -> None:
    world.done_by(ClaimStudent(student_id=world.cem), world.otto)

    (event,) = last(relay).named
    assert event.payload["data"]["mentorIds"] == [world.otto]


def test_a_card_is_for_those_who_read_the_directory(relay: LedgerRelay, world: World) -> None:
    world.done_by(ClaimStudent(student_id=world.cem), world.otto)

    (event,) = last(relay).named
    assert (event.room, event.subject_room) == (student_room(world.cem), MENTORS)


def test_all_that_one_command_tells_is_one_news(relay: LedgerRelay, world: World) -> None:
    world.done_by(DeactivateAccount(user_id=world.mia), world.admin)

    named = last(relay).named
    assert named[0].event == "mentor:stateChanged"
    assert {"student:unassigned", "cohort:updated", "schedule:canceled"} < {
        one.event for one in named
    }
    assert len({one.news for one in named}) == 1


def test_two_changes_that_met_are_news_beside_the_later_one(
    relay: LedgerRelay, world: World
) -> None:
    unseen = UpdateCohort(
        id=world.autumn, description="New.", base={"description": base_hash("Older.")}
    )
    world.done_by(unseen, world.mia)

    named = {one.event: one.news for one in last(relay).named}
    assert set(named) == {"conflict:raised", "cohort:updated"}
    assert len(set(named.values())) == 2


def test_a_resource_has_all_fields_and_no_type() -> None:
    shown = resource(a_schedule())

    assert "type" not in shown
    assert {"id", "room", "version", "createdAt", "updatedAt", "canceledBy"} <= shown.keys()
    assert shown["canceledBy"] is None
