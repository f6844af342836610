"""What becomes of future sessions: which they are, and what happens to them."""

import pytest

from domain.errors import Invalid, Refused
from domain.releases import (
    HandOver,
    check_hand_over,
    future_sessions,
    outcome_of,
    release,
    successor_of,
)
from domain.schedules import Schedule, Status
from tests.builders import NOW, World, a_plan, ahead, id_of, second_ahead
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


def test_all_that_makes_the_successor_busy_is_listed_and_what_is_confirmed_is_not(
    world: World, relay: MemoryRelay
) -> None:
    for number, start in enumerate((second_ahead(hours=2), second_ahead(days=3))):
        plan = a_plan(id_of(f"busy {number}"), world.ben, start=start, confirm_overlap=True)
        world.done_by(plan, world.noah)
    act = relay.act(world.admin, now=NOW)
    tx = relay.transaction(act)
    sessions = HandOver(hand_over=world.noah)
    own = [relay.get(Schedule, each) for each in (world.session, world.soon)]
    given = [release(tx, act, row, sessions, reason="") for row in own]

    check_hand_over(tx, act, own, "cancel", confirmed=False)
    with pytest.raises(Refused) as refused:
        check_hand_over(tx, act, given, sessions, [world.bens])

    assert refused.value.code == "overlap"
    assert [one["id"] for one in refused.value.data["overlaps"]] == [
        id_of("busy 0"),
        id_of("busy 1"),
    ]


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
