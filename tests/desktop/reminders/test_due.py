"""Which reminders are due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from desktop.reminders.due import can_join, due, time_name, times_of
from domain.instants import moment, second
from domain.schedules import Schedule, Status
from tests.builders import NOW, a_schedule, id_of

START = moment(NOW) + timedelta(hours=1)
LINK = "https://meet.example.org/room"


def talk(name: str = "a", *, start: datetime = START, minutes: int = 60, **fields: Any) -> Schedule:
    end = second(start + timedelta(minutes=minutes))
    return a_schedule(id_of(name), start_time=second(start), end_time=end, **fields)


def reminded(*sessions: Schedule, now: float, **options: Any) -> list[tuple[str, list[str]]]:
    """The sessions to remind of, with the minutes of their reminders; `now` in minutes to START."""
    given: dict[str, Any] = {"default_minutes": [10], "told": (), "snoozed": {}} | options
    minutes = given.pop("default_minutes")
    found = due(sessions, minutes, now=START + timedelta(minutes=now), **given)
    return [
        (one.schedule.id, sorted(name.rpartition(" ")[2] for name in one.names)) for one in found
    ]


@pytest.mark.parametrize(
    ("now", "is_due"), [(-10.5, False), (-10, True), (-9, True), (49, True), (50, False)]
)
def test_it_is_due_from_its_time_for_an_hour(now: float, *, is_due: bool) -> None:
    assert bool(reminded(talk(), now=now)) is is_due


def test_a_session_that_is_over_reminds_nobody() -> None:
    assert reminded(talk(minutes=30), now=29) != []
    assert reminded(talk(minutes=30), now=30) == []


def test_what_was_told_is_not_told_again_though_the_clock_goes_back() -> None:
    told = times_of(talk(), [10]).keys()

    assert reminded(talk(), now=-9, told=told) == []
    assert reminded(talk(), now=-10, told=told) == []


def test_several_of_one_session_are_told_as_one() -> None:
    found = reminded(talk(), now=1, default_minutes=[30, 10, 0])

    assert found == [(id_of("a"), ["0", "10", "30"])]


def test_a_session_may_have_minutes_of_its_own_or_none() -> None:
    own, none = talk("own", reminder_minutes=[30]), talk("none", reminder_minutes=[])

    assert reminded(own, none, now=-5) == [(id_of("own"), ["30"])]
    assert times_of(none, [10]) == {}


@pytest.mark.parametrize("status", [Status.CANCELED, Status.COMPLETED])
def test_what_does_not_take_place_reminds_nobody(status: Status) -> None:
    assert reminded(talk(status=status), now=-5) == []


def test_a_moved_session_reminds_at_its_new_time() -> None:
    told = times_of(talk(), [10]).keys()
    moved = talk(start=START + timedelta(hours=2))

    assert reminded(moved, now=-5, told=told) == []
    assert reminded(moved, now=110, told=told) == [(id_of("a"), ["10"])]


def test_a_session_that_is_moved_close_reminds_at_once() -> None:
    close = talk(start=START - timedelta(minutes=20))

    assert reminded(close, now=-25) == [(id_of("a"), ["10"])]


def test_a_snoozed_one_comes_again_and_not_before() -> None:
    told = times_of(talk(), [10]).keys()
    again = {time_name(talk()): START - timedelta(minutes=5)}

    assert reminded(talk(), now=-6, told=told, snoozed=again) == []
    assert reminded(talk(), now=-5, told=told, snoozed=again) == [(id_of("a"), [])]
    moved = talk(start=START + timedelta(hours=2))
    assert reminded(moved, now=-5, told=told, snoozed=again) == []


def test_the_earliest_start_comes_first() -> None:
    later = talk("b", start=START + timedelta(minutes=5))

    assert [key for key, _ in reminded(later, talk("a"), now=0)] == [id_of("a"), id_of("b")]


@pytest.mark.parametrize(
    ("minutes", "link", "can"),
    [(-11, LINK, False), (-10, LINK, True), (59, LINK, True), (60, LINK, False), (0, "", False)],
)
def test_one_can_join_from_ten_minutes_before_until_the_end(
    minutes: float, link: str, *, can: bool
) -> None:
    now = START + timedelta(minutes=minutes)

    assert can_join(talk(meeting_url=link), now) is can
