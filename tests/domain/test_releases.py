"""What becomes of future sessions: which they are, and what happens to them."""

import pytest

from domain.errors import Invalid, Refused
from domain.releases import HandOver, future_sessions, outcome_of, release, successor_of
from domain.schedules import Schedule, Status
from tests.builders import NOW, World, ahead, second_ahead
from tests.fakes import MemoryRelay


def test_future_sessions_are_on_and_not_begun(world: World, relay: MemoryRelay) -> None:
    tx = relay.transaction(relay.act(world.otto, now=NOW))

    found = future_sessions(tx, relay.act(world.otto, now=NOW), student_id=world.ana)

    assert {row.id for row in found} == {world.session, world.soon}


def test_a_session_that_begins_now_is_no_longer_ahead(world: World, relay: MemoryRelay) -> None:
    start = second_ahead(days=3)
    for early, ids in ((1, {world.session}), (0, set())):
        act = relay.act(world.mia, now=ahead(of=start, milliseconds=-early))

        found = future_sessions(relay.transaction(act), act, student_id=world.ana)

        assert {row.id for row in found} == ids


def test_a_session_is_canceled_with_a_reason_or_gets_a_new_mentor(
    world: World, relay: MemoryRelay
) -> None:
    act = relay.act(world.admin, now=NOW)
    tx = relay.transaction(act)
    session = relay.get(Schedule, world.session)

    gone = release(tx, act, session, "cancel", reason="She left.")
    given = release(tx, act, session, HandOver(hand_over=world.noah), reason="She left.")

    assert (gone.status, gone.status_reason, gone.sequence) == (Status.CANCELED, "She left.", 1)
    assert (given.status, given.status_reason, given.sequence) == (Status.SCHEDULED, "", 1)
    assert (gone.canceled_by, given.mentor_id) == (world.admin, world.noah)
    assert tx.written == [gone, given]


def test_the_outcome_has_a_word() -> None:
    assert outcome_of("cancel") == "canceled"
    assert outcome_of(HandOver(hand_over="x")) == "handedOver"


def test_the_successor_is_an_active_mentor_and_somebody_else(
    world: World, relay: MemoryRelay
) -> None:
    tx = relay.transaction(relay.act(world.admin, now=NOW))

    assert successor_of(tx, world.mia, "cancel") is None
    found = successor_of(tx, world.mia, HandOver(hand_over=world.noah))
    assert found is not None
    assert found.name == "Noah Park"
    with pytest.raises(Invalid):
        successor_of(tx, world.mia, HandOver(hand_over=world.mia))
    with pytest.raises(Refused):
        successor_of(tx, world.mia, HandOver(hand_over=world.ana))
