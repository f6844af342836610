"""Schedules: what a session row may hold, and who its people are."""

import pytest

from domain.errors import Invalid, Refused
from domain.outcomes import CancelSchedule
from domain.schedules import (
    Schedule,
    check_free,
    led_schedule,
    participant,
    people_of,
    students_of,
    visible_schedule,
)
from tests.builders import NOW, World, a_schedule, second_ahead
from tests.fakes import MemoryRelay


@pytest.mark.parametrize(
    ("seconds", "fits"), [(299, False), (300, True), (43_200, True), (43_201, False)]
)
def test_a_session_takes_five_minutes_to_twelve_hours(seconds: int, *, fits: bool) -> None:
    times = {"start_time": second_ahead(), "end_time": second_ahead(seconds=seconds)}

    if fits:
        assert a_schedule(**times).end_time == times["end_time"]
        return
    with pytest.raises(Invalid) as refused:
        a_schedule(**times)
    assert (refused.value.field, refused.value.code) == ("endTime", "out_of_range")


def test_the_end_is_after_the_start() -> None:
    with pytest.raises(Invalid, match="not after the start"):
        a_schedule(start_time=second_ahead(hours=2), end_time=second_ahead(hours=1))


def test_times_of_any_offset_become_utc() -> None:
    row = a_schedule(start_time="2025-12-01T10:00:00+01:00", end_time="2025-12-01T11:00:00+01:00")

    assert (row.start_time, row.end_time) == ("2025-12-01T09:00:00Z", "2025-12-01T10:00:00Z")


def test_the_people_of_a_group_are_its_mentor_and_students(
    world: World, relay: MemoryRelay
) -> None:
    tx = relay.transaction(relay.act(world.mia, now=NOW))

    assert people_of(tx, relay.get(Schedule, world.group)) == {world.mia, world.ana, world.ben}
    assert people_of(tx, relay.get(Schedule, world.session)) == {world.mia, world.ana}
    assert sorted(students_of(tx, world.spring)) == sorted([world.ana, world.ben])


def test_a_session_that_one_does_not_read_is_not_there(world: World, relay: MemoryRelay) -> None:
    act = relay.act(world.ben, now=NOW)
    tx = relay.transaction(act)

    assert visible_schedule(tx, world.bens).mentor_id == world.noah
    with pytest.raises(Refused, match="no longer there"):
        visible_schedule(tx, world.session)
    with pytest.raises(Refused, match="Only the mentor"):
        led_schedule(tx, act, world.bens)


def test_overlaps_come_earliest_first(world: World, relay: MemoryRelay) -> None:
    tx = relay.transaction(relay.act(world.mia, now=NOW))
    day = a_schedule(start_time=second_ahead(hours=1), end_time=second_ahead(hours=12))
    tx.put(a_schedule(start_time=second_ahead(hours=4), end_time=second_ahead(hours=5)))

    with pytest.raises(Refused) as refused:
        check_free(tx, a_schedule("x" * 36, **_times(day)), {world.mia}, confirmed=False)

    starts = [each["startTime"] for each in refused.value.data["overlaps"]]
    assert starts == sorted(starts)
    assert len(starts) == 2


def test_canceled_sessions_do_not_overlap(world: World, relay: MemoryRelay) -> None:
    world.done_by(CancelSchedule(id=world.soon), world.mia)
    tx = relay.transaction(relay.act(world.mia, now=NOW))
    soon = relay.get(Schedule, world.soon)

    check_free(tx, a_schedule(**_times(soon)), {world.mia}, confirmed=False)


def test_a_participant_lies_in_the_session_s_room(world: World, relay: MemoryRelay) -> None:
    group = relay.get(Schedule, world.group)

    row = participant(group, world.ana, relay.act(world.mia, now=NOW))

    assert row.room == group.room
    assert relay.get(type(row), row.id).user_id == world.ana


def _times(row: Schedule) -> dict[str, str]:
    return {"start_time": row.start_time, "end_time": row.end_time}
