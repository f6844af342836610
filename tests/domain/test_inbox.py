"""The inbox: marks are a person's own, and never fail for what is no longer read."""

from itertools import product
from typing import Any

import pytest

from domain.activities import Activity
from domain.assignments import UnassignStudent
from domain.ids import derived_id
from domain.inbox import (
    InboxMark,
    MarkAllInbox,
    MarkInbox,
    MarkState,
    ReadThrough,
    SnoozeInbox,
)
from domain.rooms import cohort_room, student_room, user_room
from tests.builders import World, ahead, id_of
from tests.fakes import MemoryRelay


def _marks(relay: MemoryRelay) -> list[MarkState]:
    return [row.state for row in relay.all_of(InboxMark)]


@pytest.mark.parametrize("state", ["read", "archived"])
def test_a_notification_is_marked_in_the_own_room(
    world: World, relay: MemoryRelay, state: Any
) -> None:
    world.done_by(MarkInbox(activity_id=world.news, state=state), world.ana)

    row = relay.all_of(InboxMark)[0]
    activity = relay.get(Activity, world.news)
    assert (row.id, row.room) == (
        derived_id("inbox_mark", world.ana, world.news),
        user_room(world.ana),
    )
    assert (row.state, row.of_room, row.recorded_at) == (
        state,
        activity.room,
        activity.recorded_at,
    )
    assert list(relay.commits[-1].frames) == [user_room(world.ana)]


def test_each_person_has_marks_of_their_own(world: World, relay: MemoryRelay) -> None:
    for who in (world.ana, world.mia):
        world.done_by(MarkInbox(activity_id=world.news, state="read"), who)

    assert {row.room for row in relay.all_of(InboxMark)} == {
        user_room(world.ana),
        user_room(world.mia),
    }


def test_a_mark_changes_and_goes(world: World, relay: MemoryRelay) -> None:
    seen = []
    states: list[Any] = ["read", "archived", "archived", "read", "unread", "unread", "read"]
    for state in states:
        world.done_by(MarkInbox(activity_id=world.news, state=state), world.ana)
        seen.append(_marks(relay))

    assert seen == [["read"], ["archived"], ["archived"], ["read"], [], [], ["read"]]


def test_marking_again_as_it_is_writes_nothing(world: World, relay: MemoryRelay) -> None:
    command = MarkInbox(activity_id=world.news, state="read")
    world.done_by(command, world.ana)
    before = dict(relay.rows)

    world.done_by(command, world.ana)

    assert relay.rows == before


def test_what_one_cannot_see_is_not_marked_and_does_not_fail(
    world: World, relay: MemoryRelay
) -> None:
    states: list[Any] = ["read", "unread"]
    for activity, state in product((world.news, id_of("nothing")), states):
        world.done_by(MarkInbox(activity_id=activity, state=state), world.ben)

    assert _marks(relay) == []


def test_a_mark_of_a_lost_room_can_still_be_changed(world: World, relay: MemoryRelay) -> None:
    world.done_by(MarkInbox(activity_id=world.news, state="read"), world.mia)
    world.done_by(UnassignStudent(student_id=world.ana, mentor_id=world.mia), world.mia)

    world.done_by(MarkInbox(activity_id=world.news, state="archived"), world.mia)

    assert _marks(relay) == [MarkState.ARCHIVED]


def _through(world: World, through: str) -> MarkAllInbox:
    return MarkAllInbox(through={student_room(world.ana): through})


def test_all_are_read_up_to_an_instant_that_only_rises(world: World, relay: MemoryRelay) -> None:
    seen = []
    for hours in (-2, -1, -3, 0):
        world.done_by(_through(world, ahead(hours=hours)), world.ana)
        seen.append(relay.all_of(ReadThrough)[0].through)

    assert seen == [ahead(hours=hours) for hours in (-2, -1, -1, 0)]
    row = relay.all_of(ReadThrough)[0]
    assert row.id == derived_id("read_through", world.ana, student_room(world.ana))
    assert row.room == user_room(world.ana)


def test_reading_up_to_the_same_instant_again_writes_nothing(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(_through(world, world.now), world.ana)
    before = dict(relay.rows)

    world.done_by(_through(world, world.now), world.ana, now=ahead(hours=1))

    assert relay.rows == before


@pytest.mark.parametrize(
    ("state", "days", "left"),
    [
        ("read", 0, []),
        ("read", -7, []),
        ("read", -8, [MarkState.READ]),
        ("archived", 0, [MarkState.ARCHIVED]),
    ],
)
def test_marks_below_it_go_but_what_is_archived_stays(
    world: World, relay: MemoryRelay, state: Any, days: int, left: list[MarkState]
) -> None:
    world.done_by(MarkInbox(activity_id=world.news, state=state), world.ana)  # of seven days ago

    world.done_by(_through(world, ahead(days=days)), world.ana)

    assert _marks(relay) == left


def test_what_was_read_with_all_others_can_be_unread_again(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(_through(world, world.now), world.ana)

    world.done_by(MarkInbox(activity_id=world.news, state="unread"), world.ana)

    assert _marks(relay) == [MarkState.UNREAD]


def test_what_happened_before_one_could_read_the_room_can_be_unread_too(
    world: World, relay: MemoryRelay
) -> None:
    world.assign(world.otto, world.ana)

    world.done_by(MarkInbox(activity_id=world.news, state="unread"), world.otto)

    assert _marks(relay) == [MarkState.UNREAD]


@pytest.mark.parametrize("state", ["read", "archived"])
def test_a_mark_below_what_was_read_becomes_unread(
    world: World, relay: MemoryRelay, state: Any
) -> None:
    world.done_by(_through(world, world.now), world.ana)
    for wanted in (state, "unread"):
        world.done_by(MarkInbox(activity_id=world.news, state=wanted), world.ana)

    assert _marks(relay) == [MarkState.UNREAD]


@pytest.mark.parametrize("hours", [0, 1])
def test_reading_all_again_takes_what_was_made_unread(
    world: World, relay: MemoryRelay, hours: int
) -> None:
    world.done_by(_through(world, world.now), world.ana)
    world.done_by(MarkInbox(activity_id=world.news, state="unread"), world.ana)

    world.done_by(_through(world, ahead(hours=hours)), world.ana)

    assert _marks(relay) == []


def test_a_room_that_one_does_not_read_is_left_out(world: World, relay: MemoryRelay) -> None:
    rooms = [student_room(world.ben), cohort_room(world.spring), student_room(world.ana)]

    world.done_by(MarkAllInbox(through=dict.fromkeys(rooms, world.now)), world.ana)

    assert {row.of_room for row in relay.all_of(ReadThrough)} == set(rooms[1:])


def test_any_offset_is_normalised(world: World, relay: MemoryRelay) -> None:
    world.done_by(_through(world, "2025-12-01T13:00:00+01:00"), world.ana)

    assert relay.all_of(ReadThrough)[0].through == "2025-12-01T12:00:00.000Z"


def test_what_is_no_instant_is_refused(world: World) -> None:
    assert world.answer(_through(world, "today"), world.ana) == "invalid"


# Snoozing


def _snoozed(world: World, relay: MemoryRelay, **span: float) -> InboxMark:
    until = ahead(of=world.now, **span)
    world.done_by(SnoozeInbox(activity_id=world.news, until=until), world.ana)
    return relay.all_of(InboxMark)[0]


def test_a_snoozed_notification_names_when_it_comes_back(world: World, relay: MemoryRelay) -> None:
    mark = _snoozed(world, relay, hours=3)

    assert (mark.state, mark.snoozed_until) == (MarkState.READ, ahead(of=world.now, hours=3))
    assert mark.room == user_room(world.ana)


def test_it_can_be_snoozed_for_longer(world: World, relay: MemoryRelay) -> None:
    _snoozed(world, relay, hours=3)

    assert _snoozed(world, relay, days=1).snoozed_until == ahead(of=world.now, days=1)


@pytest.mark.parametrize("state", ["read", "archived"])
def test_what_is_done_with_it_earlier_ends_the_snooze(
    world: World, relay: MemoryRelay, state: Any
) -> None:
    _snoozed(world, relay, hours=3)

    world.done_by(MarkInbox(activity_id=world.news, state=state), world.ana)

    assert relay.all_of(InboxMark)[0].snoozed_until is None


@pytest.mark.parametrize(("span", "stays"), [({"hours": 3}, True), ({"hours": -1}, False)])
def test_reading_all_leaves_what_sleeps_and_takes_what_is_over(
    world: World, relay: MemoryRelay, span: dict[str, float], *, stays: bool
) -> None:
    mark = _snoozed(world, relay, **span)

    through = {mark.of_room: world.now}
    world.done_by(MarkAllInbox(through=through), world.ana)

    assert bool(relay.all_of(InboxMark)) is stays


def test_what_one_cannot_see_is_not_snoozed_and_does_not_fail(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(SnoozeInbox(activity_id=world.news, until=world.now), world.cem)

    assert relay.all_of(InboxMark) == []
