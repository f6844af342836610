"""What the editor's form leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop.ui.schedule.drafts import (
    check_length,
    create_command,
    draft_of,
    fresh_draft,
    has_words,
    instant_of,
    is_skipped,
    kept,
    missing,
    restored,
    update_command,
)
from domain.conflicts import base_of
from domain.errors import Invalid
from domain.schedules import Schedule
from tests.builders import World, id_of
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]
BERLIN = ZoneInfo("Europe/Berlin")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def the_session(world: World, seat: Seat) -> Schedule:
    found = seat.desk.find(Schedule, world.session)
    assert isinstance(found, Schedule)
    return found


def test_a_new_session_takes_the_next_full_hour_of_the_own_clock(
    world: World, seat_of: SeatOf
) -> None:
    draft = fresh_draft(seat_of(world.mia).workspace)

    assert (draft.start, draft.end) == (wall("2025-12-01T14:00"), wall("2025-12-01T15:00"))


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert instant_of(wall("2025-10-26T02:30"), BERLIN) == "2025-10-26T00:30:00Z"


def test_a_time_that_is_skipped_is_as_far_after_the_change() -> None:
    assert is_skipped(wall("2026-03-29T02:30"), BERLIN)
    assert instant_of(wall("2026-03-29T02:30"), BERLIN) == "2026-03-29T01:30:00Z"
    assert not is_skipped(wall("2026-03-29T03:30"), BERLIN)


def test_blanks_are_no_title(world: World, seat_of: SeatOf) -> None:
    draft = replace(fresh_draft(seat_of(world.mia).workspace), title="  ", with_id=world.ana)

    assert missing(draft) == {"title": "required"}


def test_a_command_plans_in_the_own_zone(world: World, seat_of: SeatOf) -> None:
    workspace = seat_of(world.mia).workspace
    draft = replace(fresh_draft(workspace, with_id=world.ana), title="Talk")

    command = create_command(draft, workspace, id_of("new"), confirmed=False)

    assert (command.start_time, command.time_zone) == ("2025-12-01T13:00:00Z", "Europe/Berlin")
    assert (command.student_id, command.cohort_id) == (world.ana, None)


def test_blanks_around_a_text_are_no_change(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    before = the_session(world, seat)
    draft = replace(draft_of(before, seat.workspace), title=f"  {before.title} ")

    assert update_command(draft, before, seat.workspace, confirmed=False) is None


def test_times_change_as_one_field(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    before = the_session(world, seat)
    draft = draft_of(before, seat.workspace)
    longer = replace(draft, end=draft.end + timedelta(minutes=15))

    command = update_command(longer, before, seat.workspace, confirmed=False)

    assert command is not None
    assert command.base == {"time": base_of(before)["time"]}
    assert command.end_time == "2025-12-04T13:15:00Z"


def test_an_end_is_after_the_start(world: World, seat_of: SeatOf) -> None:
    draft = fresh_draft(seat_of(world.mia).workspace)

    check_length(draft)
    with pytest.raises(Invalid) as raised:
        check_length(replace(draft, end=draft.start))

    assert raised.value.field == "endTime"


def test_a_kept_draft_comes_back_as_it_was(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    before = the_session(world, seat)
    draft = replace(draft_of(before, seat.workspace), agenda="One\nTwo")

    assert restored(kept(draft, before), before) == draft
    assert restored(kept(draft, None), None) == draft
    assert restored(kept(draft, before), None) is None


@pytest.mark.parametrize("body", [None, [], {}, {"base": {}, "start": "soon"}])
def test_what_is_no_draft_is_left_alone(body: object) -> None:
    assert restored(body, None) is None


def test_times_alone_are_not_worth_keeping(world: World, seat_of: SeatOf) -> None:
    draft = fresh_draft(seat_of(world.mia).workspace)

    assert not has_words(replace(draft, start=draft.start + timedelta(hours=1)), draft)
    assert has_words(replace(draft, place="Library"), draft)
