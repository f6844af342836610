"""What becomes of sessions: each transition, by role, status and time."""

from typing import Any

import pytest

from domain.activities import Kind
from domain.commands import Command
from domain.outcomes import (
    CancelSchedule,
    CannotMakeIt,
    CompleteSchedule,
    MarkAttendance,
    ReopenSchedule,
)
from domain.rooms import student_room, user_room
from domain.schedules import Attendance, Mark, Schedule, Status
from tests.builders import NOW, World, a_plan, ahead, id_of, second_ahead
from tests.fakes import MemoryRelay

WRONG = "transition_not_allowed"
STATUSES = {"scheduled": "session", "completed": "done", "canceled": "canceled"}
GRACE_MS = 300_000

# (command, status) -> the answers to the session's mentor and its student; others see nothing.
ONE_TO_ONE: list[tuple[Any, str, str, str]] = [
    (CancelSchedule, "scheduled", "applied", "applied"),
    (CancelSchedule, "completed", WRONG, WRONG),
    (CancelSchedule, "canceled", WRONG, WRONG),
    (CompleteSchedule, "scheduled", "applied", "applied"),
    (CompleteSchedule, "completed", WRONG, WRONG),
    (CompleteSchedule, "canceled", WRONG, WRONG),
    (ReopenSchedule, "scheduled", WRONG, WRONG),
    (ReopenSchedule, "completed", "applied", "applied"),
    (ReopenSchedule, "canceled", "applied", "forbidden"),
    (CannotMakeIt, "scheduled", "forbidden", "applied"),
    (CannotMakeIt, "completed", WRONG, WRONG),
    (CannotMakeIt, "canceled", WRONG, WRONG),
]


@pytest.mark.parametrize(("command", "status", "mentor", "student"), ONE_TO_ONE)
def test_a_transition_of_a_one_to_one_session_by_role(
    world: World, command: Any, status: str, mentor: str, student: str
) -> None:
    act = command(id=getattr(world, STATUSES[status]))
    strangers = set(world.people) - {"mia", "ana"}

    for who in strangers:
        assert world.answer(act, world.people[who]) == "not_found"
    assert world.relay_copy().answer(act, world.mia) == mentor
    assert world.relay_copy().answer(act, world.ana) == student


@pytest.mark.parametrize(
    ("command", "mentor", "student"),
    [
        (CancelSchedule, "applied", "forbidden"),
        (CompleteSchedule, "applied", "applied"),
        (CannotMakeIt, "forbidden", "applied"),
        (ReopenSchedule, WRONG, WRONG),
    ],
)
def test_a_transition_of_a_group_session_by_role(
    world: World, command: Any, mentor: str, student: str
) -> None:
    act = command(id=world.group)

    assert world.answer(act, world.noah) == "not_found"
    assert world.relay_copy().answer(act, world.mia) == mentor
    assert world.relay_copy().answer(act, world.ana) == student


@pytest.mark.parametrize("command", [CancelSchedule, CompleteSchedule, CannotMakeIt])
def test_a_cohort_s_other_mentor_cannot_settle_a_session_of_a_colleague(
    world: World, command: Any
) -> None:
    group = id_of("Mia with Autumn")
    plan = a_plan(group, cohort_id=world.autumn, start=second_ahead(days=8))
    world.done_by(plan, world.mia)

    assert world.answer(command(id=group), world.noah) == "forbidden"


def test_an_assigned_colleague_cannot_settle_a_session(world: World, relay: MemoryRelay) -> None:
    world.assign(world.noah, world.ana)

    for command in (CancelSchedule, CompleteSchedule, CannotMakeIt):
        assert world.answer(command(id=world.session), world.noah) == "forbidden"
    for session in (world.done, world.canceled):
        assert world.answer(ReopenSchedule(id=session), world.noah) == "forbidden"
    assert relay.get(Schedule, world.session).status is Status.SCHEDULED


@pytest.mark.parametrize(
    ("before_start_ms", "answer"),
    [
        (24 * 3_600_000 + 1, "applied"),
        (24 * 3_600_000, "applied"),
        (24 * 3_600_000 - GRACE_MS, "applied"),
        (24 * 3_600_000 - GRACE_MS - 1, WRONG),
        (0, WRONG),
    ],
)
def test_a_student_cancels_up_to_a_day_before_the_start(
    world: World, before_start_ms: int, answer: str
) -> None:
    now = ahead(of=second_ahead(days=3), milliseconds=-before_start_ms)

    assert world.answer(CancelSchedule(id=world.session), world.ana, now=now) == answer


def test_the_mentor_cancels_also_after_the_start(world: World, relay: MemoryRelay) -> None:
    world.done_by(CancelSchedule(id=world.past, reason="No-show."), world.mia)

    row = relay.get(Schedule, world.past)
    assert (row.status, row.status_reason) == (Status.CANCELED, "No-show.")
    assert (row.canceled_by, row.sequence) == (world.mia, 1)


def test_a_student_says_after_the_end_too_that_it_did_not_take_place(world: World) -> None:
    now = ahead(of=second_ahead(hours=3), milliseconds=GRACE_MS + 1)

    assert world.answer(CannotMakeIt(id=world.soon), world.ana, now=now) == "applied"


def test_who_cannot_make_it_keeps_the_session(world: World, relay: MemoryRelay) -> None:
    before = relay.get(Schedule, world.soon)

    world.done_by(CannotMakeIt(id=world.soon, reason="Ill."), world.ana)

    assert relay.get(Schedule, world.soon) == before
    assert [(each.kind_, each.params["reason"]) for each in relay.told()] == [
        (Kind.SCHEDULE_CANT_MAKE_IT, "Ill.")
    ]


@pytest.mark.parametrize("who", ["mia", "ana"])
def test_mark_complete_also_before_the_start(world: World, relay: MemoryRelay, who: str) -> None:
    world.done_by(CompleteSchedule(id=world.session), world.people[who])

    row = relay.get(Schedule, world.session)
    assert (row.status, row.sequence) == (Status.COMPLETED, 1)
    assert (row.completed_at, row.completed_by) == (NOW, world.people[who])


def test_a_student_of_a_group_completes_only_the_own_attendance(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(CompleteSchedule(id=world.group), world.ana)

    assert relay.get(Schedule, world.group).status is Status.SCHEDULED
    mark = relay.all_of(Attendance)[0]
    assert (mark.user_id, mark.mark, mark.by_student) == (world.ana, Mark.ATTENDED, True)
    assert mark.room == student_room(world.ana)


# `done` was completed by Ana five minutes before NOW.
@pytest.mark.parametrize(
    ("who", "span_ms", "answer"),
    [
        ("ana", 10 * 60_000, "applied"),
        ("ana", 10 * 60_000 + GRACE_MS, "applied"),
        ("ana", 10 * 60_000 + GRACE_MS + 1, WRONG),
        ("mia", 7 * 86_400_000, "applied"),
        ("mia", 7 * 86_400_000 + GRACE_MS, "applied"),
        ("mia", 7 * 86_400_000 + GRACE_MS + 1, WRONG),
    ],
)
def test_a_completion_is_taken_back_in_time(
    world: World, who: str, span_ms: int, answer: str
) -> None:
    now = ahead(minutes=-5, milliseconds=span_ms)

    assert world.answer(ReopenSchedule(id=world.done), world.people[who], now=now) == answer


def test_a_student_takes_back_only_the_own_mark(world: World) -> None:
    world.done_by(CompleteSchedule(id=world.past), world.mia)

    assert world.answer(ReopenSchedule(id=world.past), world.ana) == "forbidden"


def test_reopening_clears_what_belonged_to_the_old_status(world: World, relay: MemoryRelay) -> None:
    for session in (world.done, world.canceled):
        world.done_by(ReopenSchedule(id=session), world.mia)

        row = relay.get(Schedule, session)
        assert (row.status, row.status_reason, row.sequence) == (Status.SCHEDULED, "", 2)
        assert (row.canceled_by, row.completed_at, row.completed_by) == (None, None, None)


@pytest.mark.parametrize(
    ("after_start_ms", "answer"), [(0, "applied"), (GRACE_MS, "applied"), (GRACE_MS + 1, WRONG)]
)
def test_a_canceled_session_comes_back_while_its_start_is_ahead(
    world: World, after_start_ms: int, answer: str
) -> None:
    now = ahead(of=second_ahead(days=4), milliseconds=after_start_ms)

    assert world.answer(ReopenSchedule(id=world.canceled), world.mia, now=now) == answer


def test_what_was_booked_meanwhile_stands_in_the_way_of_reopening(world: World) -> None:
    meanwhile = a_plan(id_of("meanwhile"), world.ana, start=second_ahead(days=4))
    world.done_by(meanwhile, world.mia)

    assert world.answer(ReopenSchedule(id=world.canceled), world.mia) == "overlap"
    anyway = ReopenSchedule(id=world.canceled, confirm_overlap=[meanwhile.id])
    assert world.answer(anyway, world.mia) == "applied"


@pytest.mark.parametrize(("days", "answer"), [(3, "overlap"), (-1, "applied")])
def test_a_completed_session_meets_what_was_booked_meanwhile_if_it_is_still_ahead(
    world: World, days: int, answer: str
) -> None:
    done = {3: world.session, -1: world.past}[days]
    world.done_by(CompleteSchedule(id=done), world.mia)
    meanwhile = a_plan(id_of("meanwhile"), world.ana, start=second_ahead(days=days))
    world.done_by(meanwhile, world.mia)

    assert world.answer(ReopenSchedule(id=done), world.mia) == answer
    anyway = ReopenSchedule(id=done, confirm_overlap=[meanwhile.id])
    assert answer == "applied" or world.answer(anyway, world.mia) == "applied"


@pytest.mark.parametrize(
    ("command", "kind", "status"),
    [
        (CancelSchedule, Kind.SCHEDULE_CANCELED, None),
        (CompleteSchedule, Kind.SCHEDULE_STATUS_CHANGED, "completed"),
    ],
)
def test_the_room_is_told_once(
    world: World, relay: MemoryRelay, command: Any, kind: Kind, status: str | None
) -> None:
    world.done_by(command(id=world.session), world.mia)

    told = relay.told()
    assert [(each.kind_, each.room) for each in told] == [(kind, student_room(world.ana))]
    assert told[0].params.get("status") == status


# Attendance: Ben takes part in `group`, and Mia does not read his room.
def _mark(world: World, who: str, mark: Mark = Mark.ATTENDED) -> Command:
    return MarkAttendance(id=world.group, user_id=world.people[who], mark=mark)


@pytest.mark.parametrize(
    ("actor", "whom", "answer"),
    [
        ("mia", "ana", "applied"),
        ("mia", "ben", "applied"),
        ("ana", "ana", "applied"),
        ("ana", "ben", "forbidden"),
        ("mia", "cem", "not_found"),
        ("noah", "ben", "not_found"),
        ("cem", "cem", "not_found"),
    ],
)
def test_attendance_is_marked_by_the_mentor_or_by_oneself(
    world: World, actor: str, whom: str, answer: str
) -> None:
    assert world.answer(_mark(world, whom), world.people[actor]) == answer


def test_attendance_is_for_groups_only(world: World) -> None:
    mark = MarkAttendance(id=world.session, user_id=world.ana, mark=Mark.LATE)

    assert world.answer(mark, world.mia) == "invalid"


@pytest.mark.parametrize(
    ("ending", "answer"), [(CompleteSchedule, "applied"), (CancelSchedule, WRONG)]
)
def test_attendance_follows_a_held_session_and_not_a_canceled_one(
    world: World, ending: Any, answer: str
) -> None:
    world.done_by(ending(id=world.group), world.mia)

    assert world.answer(_mark(world, "ana"), world.ana) == answer


def test_the_mentor_s_word_stands_over_the_student_s(world: World, relay: MemoryRelay) -> None:
    world.done_by(_mark(world, "ben", Mark.ATTENDED), world.ben)
    world.done_by(_mark(world, "ben", Mark.LATE), world.mia, now=ahead(hours=1))

    assert world.answer(_mark(world, "ben", Mark.ATTENDED), world.ben) == "forbidden"
    row = relay.all_of(Attendance)[0]
    assert (row.mark, row.by_student) == (Mark.LATE, False)
    assert row.created_at == NOW


def test_a_student_may_think_again(world: World, relay: MemoryRelay) -> None:
    world.done_by(_mark(world, "ana", Mark.ATTENDED), world.ana)
    world.done_by(_mark(world, "ana", Mark.EXCUSED), world.ana)

    assert [row.mark for row in relay.all_of(Attendance)] == [Mark.EXCUSED]


def test_the_same_mark_again_tells_nobody(world: World, relay: MemoryRelay) -> None:
    world.done_by(_mark(world, "ben"), world.mia)
    before = dict(relay.rows)

    world.done_by(_mark(world, "ben"), world.mia)

    assert relay.rows == before


def test_the_mentor_confirms_what_the_student_said(world: World, relay: MemoryRelay) -> None:
    world.done_by(_mark(world, "ben"), world.ben)
    world.done_by(_mark(world, "ben"), world.mia)

    assert relay.all_of(Attendance)[0].by_student is False


def test_a_mark_is_told_to_the_student_and_no_peers(world: World, relay: MemoryRelay) -> None:
    world.done_by(_mark(world, "ana"), world.mia)

    assert [(each.kind_, each.room) for each in relay.told()] == [
        (Kind.SCHEDULE_ATTENDANCE_MARKED, student_room(world.ana))
    ]
    assert list(relay.commits[-1].frames) == [student_room(world.ana)]


@pytest.mark.parametrize("who", ["ben", "mia"])
def test_a_mentor_who_does_not_read_the_student_learns_of_a_mark_in_the_own_room(
    world: World, relay: MemoryRelay, who: str
) -> None:
    world.done_by(_mark(world, "ben"), world.people[who])

    told = relay.told()
    assert {each.room for each in told} == {student_room(world.ben), user_room(world.mia)}
    assert {each.kind_ for each in told} == {Kind.SCHEDULE_ATTENDANCE_MARKED}
    assert len({each.id for each in told}) == 2


def test_peers_of_a_group_are_not_told_who_cannot_make_it(world: World, relay: MemoryRelay) -> None:
    world.done_by(CannotMakeIt(id=world.group, reason="Ill."), world.ana)

    assert [activity.room for activity in relay.told()] == [student_room(world.ana)]


def test_a_mentor_who_does_not_read_the_student_is_told_in_the_own_room(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(CannotMakeIt(id=world.group, reason="Ill."), world.ben)

    rooms = {activity.room for activity in relay.told()}
    assert rooms == {student_room(world.ben), user_room(world.mia)}
