"""What the editor's form leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace as replace_fields

from desktop.ui.schedule.drafts import (
    Restored,
    check_length,
    create_command,
    draft_of,
    fresh_draft,
    has_words,
    instant_of,
    is_skipped,
    kept,
    missing,
    now_words,
    restored,
    update_command,
)
from domain.conflicts import base_of
from domain.errors import Invalid
from domain.schedules import Schedule
from tests.builders import World, a_plan, id_of, second_ahead
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
    given = draft_of(before, seat.workspace)
    draft = replace(given, agenda="One\nTwo")

    assert restored(kept(draft, given, before), given, before) == Restored(draft)
    assert restored(kept(draft, given, None), given, None) == Restored(draft)


def test_what_was_typed_stands_on_top_of_what_the_session_says_by_now(
    world: World, seat_of: SeatOf
) -> None:
    seat = seat_of(world.mia)
    before = the_session(world, seat)
    began = draft_of(before, seat.workspace)
    body = kept(replace(began, agenda="One\nTwo"), began, before)
    by_now = replace_fields(before, title="Other", agenda="Three")
    given = draft_of(by_now, seat.workspace)

    found = restored(body, given, by_now)

    assert found is not None
    assert (found.draft.title, found.draft.agenda) == ("Other", "One\nTwo")
    assert (found.is_changed, found.overtaken) == (True, ("agenda",))
    command = update_command(found.draft, by_now, seat.workspace, confirmed=False)
    assert command is not None
    assert command.base == {"agenda": base_of(by_now)["agenda"]}


def test_times_that_were_moved_on_both_sides_come_back_as_one(
    world: World, seat_of: SeatOf
) -> None:
    seat = seat_of(world.mia)
    before = the_session(world, seat)
    began = draft_of(before, seat.workspace)
    longer = replace(began, end=began.end + timedelta(minutes=15))
    by_now = replace_fields(
        before, start_time="2025-12-05T12:00:00Z", end_time="2025-12-05T13:00:00Z"
    )
    given = draft_of(by_now, seat.workspace)

    found = restored(kept(longer, began, before), given, by_now)

    assert found is not None
    assert (found.draft.start, found.draft.end) == (longer.start, longer.end)
    assert found.overtaken == ("time",)


@pytest.mark.parametrize("name", ["place", "agenda"])
def test_a_draft_of_an_older_tandem_comes_back_though_the_session_has_changed(
    world: World, seat_of: SeatOf, name: str
) -> None:
    seat = seat_of(world.mia)
    before = the_session(world, seat)
    began = draft_of(before, seat.workspace)
    body = kept(replace(began, place="Library"), began, before)
    del body["given"]
    by_now = replace_fields(before, **{name: "Café"})

    found = restored(body, draft_of(by_now, seat.workspace), by_now)

    assert found is not None
    assert found.draft.place == "Library"
    assert name in found.overtaken


@pytest.mark.parametrize("body", [7, [], {}, {"base": {}, "start": "soon"}, {"given": 3}])
def test_what_is_no_draft_is_left_alone(world: World, seat_of: SeatOf, body: object) -> None:
    assert restored(body, fresh_draft(seat_of(world.mia).workspace), None) is None


@pytest.mark.usefixtures("british")
def test_what_the_session_says_now_is_said_by_its_fields(world: World, seat_of: SeatOf) -> None:
    workspace = seat_of(world.mia).workspace
    now = replace(
        fresh_draft(workspace), title="Other", reminder_minutes=[10], zone="America/Sao_Paulo"
    )

    assert now_words(now, ("place", "title"), workspace) == "Title: Other\nPlace: \N{EN DASH}"
    assert now_words(now, ("reminderMinutes",), workspace) == "Reminders: 10 min before"
    assert now_words(replace(now, reminder_minutes=None), ("reminderMinutes",), workspace) == (
        "Reminders: As each person likes"
    )
    when = "When: Today, 14:00\N{EN DASH}15:00"
    assert now_words(now, ("time",), workspace) == f"{when} (America/Sao Paulo)"
    assert now_words(replace(now, zone="Europe/Berlin"), ("time",), workspace) == when


def test_a_session_is_shown_in_the_zone_where_it_was_planned(world: World, seat_of: SeatOf) -> None:
    planned = a_plan(id_of("new"), world.ana, start=second_ahead(days=40))
    world.done_by(replace_fields(planned, time_zone="Asia/Tokyo"), world.mia)
    seat = seat_of(world.mia)
    workspace, schedule = seat.workspace, seat.desk.find(Schedule, id_of("new"))
    assert isinstance(schedule, Schedule)

    draft = draft_of(schedule, workspace)

    assert draft.zone == "Asia/Tokyo"
    assert instant_of(draft.start, ZoneInfo("Asia/Tokyo")) == schedule.start_time
    assert update_command(draft, schedule, workspace, confirmed=False) is None


def test_where_no_zone_was_named_it_is_the_own_one(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    before = replace_fields(the_session(world, seat), time_zone="UTC")

    draft = draft_of(before, seat.workspace)

    assert draft.zone == "Europe/Berlin"
    assert update_command(draft, before, seat.workspace, confirmed=False) is None


def test_another_zone_keeps_the_wall_and_moves_the_session(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    before = the_session(world, seat)
    draft = replace(draft_of(before, seat.workspace), zone="Asia/Tokyo")

    command = update_command(draft, before, seat.workspace, confirmed=False)

    assert command is not None
    assert (command.start_time, command.time_zone) == ("2025-12-04T04:00:00Z", "Asia/Tokyo")
    assert command.base == {"time": base_of(before)["time"]}


def test_a_new_session_is_planned_in_the_zone_that_was_chosen(
    world: World, seat_of: SeatOf
) -> None:
    workspace = seat_of(world.mia).workspace
    draft = replace(fresh_draft(workspace, with_id=world.ana), title="Talk", zone="Asia/Tokyo")

    command = create_command(draft, workspace, id_of("new"), confirmed=False)

    assert (command.start_time, command.time_zone) == ("2025-12-01T05:00:00Z", "Asia/Tokyo")


def test_a_zone_that_nobody_knows_is_asked_for(world: World, seat_of: SeatOf) -> None:
    given = fresh_draft(seat_of(world.mia).workspace, with_id=world.ana)

    assert missing(replace(given, title="Talk", zone="")) == {"timeZone": "required"}


@pytest.mark.parametrize("minutes", [None, [], [60, 10]])
def test_reminders_are_planned_kept_and_change_as_one_field(
    world: World, seat_of: SeatOf, minutes: list[int] | None
) -> None:
    seat = seat_of(world.mia)
    before = replace_fields(the_session(world, seat), reminder_minutes=[5])
    given = draft_of(before, seat.workspace)
    draft = replace(given, reminder_minutes=minutes)

    created = create_command(draft, seat.workspace, id_of("new"), confirmed=False)
    updated = update_command(draft, before, seat.workspace, confirmed=False)

    assert created.reminder_minutes == minutes
    assert updated is not None
    assert updated.reminder_minutes == minutes
    assert updated.base == {"reminderMinutes": base_of(before)["reminderMinutes"]}
    assert restored(kept(draft, given, before), given, before) == Restored(draft)
    assert has_words(draft, given)


def test_a_draft_of_an_older_tandem_comes_back(world: World, seat_of: SeatOf) -> None:
    given = fresh_draft(seat_of(world.mia).workspace)
    draft = replace(given, title="Half a talk")
    body = kept(draft, given, None)
    for name in ("zone", "reminder_minutes", "given"):
        del body[name]

    assert restored(body, given, None) == Restored(replace(draft, zone=""))


def test_times_alone_are_not_worth_keeping(world: World, seat_of: SeatOf) -> None:
    draft = fresh_draft(seat_of(world.mia).workspace)

    assert not has_words(replace(draft, start=draft.start + timedelta(hours=1)), draft)
    assert has_words(replace(draft, place="Library"), draft)
