"""Planning sessions: who may, within which limits, and without double booking."""

from typing import Any

import msgspec
import pytest

from domain.accounts import DeactivateAccount
from domain.activities import Kind
from domain.assignments import ClaimStudent, MoveCohort
from domain.cohorts import CreateCohort
from domain.errors import Invalid
from domain.outcomes import CancelSchedule, CompleteSchedule, MarkAttendance
from domain.planning import CreateSchedule, DeleteSchedule, UpdateSchedule
from domain.rooms import cohort_room, student_room
from domain.schedules import Attendance, Mark, Participant, Schedule, Status
from tests.builders import World, a_plan, ahead, id_of, second_ahead
from tests.fakes import MemoryRelay

NEW = id_of("a new session")
FREE = second_ahead(days=10)
PEOPLE = ("admin", "mia", "noah", "otto", "ana", "ben", "cem", "dora")


def _plan(world: World, **fields: Any) -> CreateSchedule:
    return a_plan(NEW, world.ana, **({"start": FREE} | fields))


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("mia", "applied"),
        ("noah", "not_assigned"),
        ("otto", "not_assigned"),
        ("admin", "not_assigned"),
        ("ana", "forbidden"),
        ("ben", "forbidden"),
    ],
)
def test_only_a_mentor_of_the_student_plans_with_them(world: World, who: str, answer: str) -> None:
    assert world.answer(_plan(world), world.people[who]) == answer


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("mia", "applied"),
        ("noah", "not_assigned"),
        ("admin", "not_assigned"),
        ("ana", "forbidden"),
    ],
)
def test_only_a_mentor_of_the_cohort_plans_with_it(world: World, who: str, answer: str) -> None:
    plan = a_plan(NEW, cohort_id=world.spring, start=FREE)

    assert world.answer(plan, world.people[who]) == answer


def test_the_session_stands_in_the_student_s_room_with_its_mentor(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(_plan(world), world.mia)

    session = relay.get(Schedule, NEW)
    assert (session.room, session.mentor_id) == (student_room(world.ana), world.mia)
    assert (session.status, session.sequence) == (Status.SCHEDULED, 0)
    assert session.ical_uid == f"{NEW}@tandem"


def test_all_students_of_the_cohort_take_part_in_a_group(world: World, relay: MemoryRelay) -> None:
    world.done_by(a_plan(NEW, cohort_id=world.spring, start=FREE), world.mia)

    rows = [row for row in relay.all_of(Participant) if row.schedule_id == NEW]
    assert {row.user_id for row in rows} == {world.ana, world.ben}
    assert {row.room for row in rows} == {cohort_room(world.spring)}


def test_who_left_the_cohort_takes_no_part(world: World, relay: MemoryRelay) -> None:
    world.done_by(MoveCohort(student_id=world.ana, cohort_id=None), world.mia)

    world.done_by(a_plan(NEW, cohort_id=world.spring, start=FREE), world.mia)

    rows = [row for row in relay.all_of(Participant) if row.schedule_id == NEW]
    assert {row.user_id for row in rows} == {world.ben}


@pytest.mark.parametrize(
    "fields",
    [
        {"student_id": None, "is_group_session": False},
        {"student_id": None, "is_group_session": True},
        {"is_group_session": True},
        {"is_group_session": True, "cohort_id": id_of("c")},
        {"is_group_session": False, "cohort_id": id_of("c")},
    ],
)
def test_a_session_is_with_a_student_or_with_a_cohort(world: World, fields: dict[str, Any]) -> None:
    plan = _plan(world)

    with pytest.raises(Invalid):
        msgspec.structs.replace(plan, **fields)


@pytest.mark.parametrize("what", [{"student_id": id_of("x")}, {"cohort_id": id_of("x")}])
def test_an_unknown_student_or_cohort_is_not_found(world: World, what: dict[str, Any]) -> None:
    plan = a_plan(NEW, start=FREE, **what)

    assert world.answer(plan, world.mia) == "not_found"


def test_a_deactivated_student_gets_no_new_session(world: World) -> None:
    world.done_by(DeactivateAccount(user_id=world.ana), world.admin)

    assert world.answer(_plan(world), world.mia) == "not_active"


def test_an_id_is_taken_only_once_also_by_what_was_deleted(world: World) -> None:
    world.done_by(_plan(world), world.mia)
    assert world.answer(_plan(world), world.mia) == "id_taken"

    world.done_by(DeleteSchedule(id=NEW), world.mia)
    assert world.answer(_plan(world), world.mia) == "id_taken"


def test_an_id_that_one_does_not_see_is_taken_too(world: World) -> None:
    assert world.answer(a_plan(world.bens, world.ana, start=FREE), world.mia) == "id_taken"


@pytest.mark.parametrize(
    ("seconds", "answer"),
    [
        (-60, "invalid"),
        (0, "invalid"),
        (299, "invalid"),
        (300, "applied"),
        (301, "applied"),
        (12 * 3600 - 1, "applied"),
        (12 * 3600, "applied"),
        (12 * 3600 + 1, "invalid"),
    ],
)
def test_a_session_takes_five_minutes_to_twelve_hours(
    world: World, seconds: int, answer: str
) -> None:
    plan = _plan(world, end_time=second_ahead(of=FREE, seconds=seconds))

    assert world.answer(plan, world.mia) == answer


@pytest.mark.parametrize(("seconds", "answer"), [(-1, "applied"), (0, "applied"), (1, "invalid")])
def test_a_session_starts_at_most_two_years_ahead(world: World, seconds: int, answer: str) -> None:
    start = second_ahead(days=731, seconds=seconds)

    assert world.answer(_plan(world, start=start), world.mia) == answer
    move = UpdateSchedule(
        id=world.session, start_time=start, end_time=second_ahead(of=start, hours=1)
    )
    assert world.answer(msgspec.structs.replace(move, confirm_overlap=True), world.mia) == answer


def test_a_start_in_the_past_is_accepted(world: World) -> None:
    assert world.answer(_plan(world, start=second_ahead(days=-10)), world.mia) == "applied"


# Overlap: `session` is in three days at 12:00 for an hour.
@pytest.mark.parametrize(
    ("minutes", "answer"),
    [(-60, "applied"), (-59, "overlap"), (0, "overlap"), (59, "overlap"), (60, "applied")],
)
def test_a_double_booking_is_refused_but_one_session_may_follow_another(
    world: World, minutes: int, answer: str
) -> None:
    start = second_ahead(days=3, minutes=minutes)

    assert world.answer(_plan(world, start=start), world.mia) == answer


def test_the_refusal_lists_what_is_overlapped(world: World) -> None:
    refused = world.do(_plan(world, start=second_ahead(days=3)), world.mia)

    assert refused is not None
    assert str(refused) == "It overlaps “Weekly talk”."
    assert refused.data["overlaps"] == [
        {
            "id": world.session,
            "title": "Weekly talk",
            "startTime": second_ahead(days=3),
            "endTime": second_ahead(days=3, hours=1),
        }
    ]


def test_a_session_that_one_does_not_read_is_only_busy(world: World) -> None:
    """Ben, of Mia's cohort, is with Noah: Mia learns that he is busy and nothing else."""
    plan = a_plan(NEW, cohort_id=world.spring, start=second_ahead(days=3))

    refused = world.do(plan, world.mia)

    assert refused is not None
    titles = {each["id"]: each["title"] for each in refused.data["overlaps"]}
    assert titles == {world.session: "Weekly talk", world.bens: None}
    assert "and 1 more" in str(refused)


def test_a_busy_sentence_names_nothing(world: World) -> None:
    start = second_ahead(days=3)
    world.done_by(DeleteSchedule(id=world.session), world.mia)

    refused = world.do(a_plan(NEW, cohort_id=world.spring, start=start), world.mia)

    assert str(refused) == "It overlaps another session (busy)."


def test_a_participant_of_a_group_is_busy(world: World) -> None:
    plan = a_plan(NEW, world.ben, start=second_ahead(days=5))

    refused = world.do(plan, world.noah)

    assert refused is not None
    assert [each["id"] for each in refused.data["overlaps"]] == [world.group]


def test_a_student_s_mentor_is_busy_with_other_students_too(world: World) -> None:
    world.done_by(ClaimStudent(student_id=world.cem), world.mia)

    assert world.answer(a_plan(NEW, world.cem, start=second_ahead(days=3)), world.mia) == "overlap"


@pytest.mark.parametrize("ending", [CancelSchedule, CompleteSchedule, DeleteSchedule])
def test_what_is_over_blocks_nobody(world: World, ending: Any) -> None:
    world.done_by(ending(id=world.session), world.mia)

    assert world.answer(_plan(world, start=second_ahead(days=3)), world.mia) == "applied"


@pytest.mark.parametrize(
    ("confirmed", "answer"),
    [
        (False, "overlap"),
        ([], "overlap"),
        ([id_of("another")], "overlap"),
        (["session"], "applied"),
        (["session", id_of("another")], "applied"),
        (True, "applied"),
    ],
)
def test_book_anyway_covers_what_the_person_has_seen(
    world: World, confirmed: Any, answer: str
) -> None:
    if isinstance(confirmed, list):
        confirmed = [world.session if each == "session" else each for each in confirmed]
    plan = _plan(world, start=second_ahead(days=3), confirm_overlap=confirmed)

    assert world.answer(plan, world.mia) == answer


def test_a_session_does_not_overlap_itself(world: World) -> None:
    move = UpdateSchedule(
        id=world.session,
        start_time=second_ahead(days=3, minutes=30),
        end_time=second_ahead(days=3, hours=2),
    )

    assert world.answer(move, world.mia) == "applied"


@pytest.mark.parametrize(("confirm", "answer"), [(False, "overlap"), (True, "applied")])
def test_moving_onto_another_session_is_a_double_booking(
    world: World, confirm: bool, answer: str
) -> None:
    move = UpdateSchedule(
        id=world.session,
        start_time=second_ahead(hours=2),
        end_time=second_ahead(hours=3),
        confirm_overlap=confirm,
    )

    assert world.answer(move, world.mia) == answer


def test_moving_a_group_minds_all_its_students(world: World) -> None:
    move = UpdateSchedule(
        id=world.group,
        start_time=second_ahead(days=3),
        end_time=second_ahead(days=3, hours=1),
        confirm_overlap=[world.session],
    )

    assert world.answer(move, world.mia) == "overlap"


@pytest.mark.parametrize("command", [UpdateSchedule, DeleteSchedule])
@pytest.mark.parametrize(
    ("session", "answers"),
    [
        ("session", {"mia": "applied", "ana": "forbidden"}),
        ("group", {"mia": "applied", "ana": "forbidden", "ben": "forbidden"}),
        ("bens", {"noah": "applied", "ben": "forbidden"}),
    ],
)
def test_only_the_mentor_of_a_session_changes_or_deletes_it(
    world: World, command: Any, session: str, answers: dict[str, str]
) -> None:
    fields = {"title": "Other"} if command is UpdateSchedule else {}
    for who in sorted(PEOPLE, key=lambda who: answers.get(who) == "applied"):
        act = command(id=getattr(world, session), **fields)

        assert world.answer(act, world.people[who]) == answers.get(who, "not_found"), who


def test_an_assigned_colleague_sees_a_session_and_cannot_change_it(
    world: World, relay: MemoryRelay
) -> None:
    colleague = relay.get(Schedule, world.bens)
    assert colleague.mentor_id == world.noah
    world.done_by(UpdateSchedule(id=world.bens, title="X"), world.noah)

    assert world.answer(UpdateSchedule(id=world.bens, title="Y"), world.mia) == "not_found"


def test_only_a_change_of_time_raises_the_sequence(world: World, relay: MemoryRelay) -> None:
    world.done_by(UpdateSchedule(id=world.session, title="Other", place="Hall"), world.mia)
    assert relay.get(Schedule, world.session).sequence == 0

    world.done_by(UpdateSchedule(id=world.session, time_zone="Asia/Tokyo"), world.mia)
    assert relay.get(Schedule, world.session).sequence == 1


def test_an_update_that_changes_nothing_leaves_no_trace(world: World, relay: MemoryRelay) -> None:
    before = dict(relay.rows)

    world.done_by(UpdateSchedule(id=world.session, title="Weekly talk"), world.mia)

    assert relay.rows == before


def test_the_activity_says_which_fields_changed_and_where_it_moved_from(
    world: World, relay: MemoryRelay
) -> None:
    move = UpdateSchedule(
        id=world.session,
        title="Other",
        start_time=second_ahead(days=6),
        end_time=second_ahead(days=6, hours=1),
    )

    world.done_by(move, world.mia)

    told = relay.told()
    assert [each.kind_ for each in told] == [Kind.SCHEDULE_UPDATED]
    assert told[0].params["fields"] == ["title", "time"]
    assert told[0].params["movedFrom"] == second_ahead(days=3)
    assert told[0].params["title"] == "Other"


@pytest.mark.parametrize("session", ["done", "canceled"])
def test_a_session_that_is_over_keeps_its_time_but_takes_other_edits(
    world: World, session: str
) -> None:
    row = getattr(world, session)

    assert world.answer(UpdateSchedule(id=row, agenda="What we did."), world.mia) == "applied"
    move = UpdateSchedule(id=row, end_time=second_ahead(days=4, minutes=30), confirm_overlap=True)
    answer = world.answer(move, world.mia)
    assert answer in {"transition_not_allowed", "invalid"}


@pytest.mark.parametrize(
    ("session", "answer"),
    [
        ("session", "applied"),
        ("group", "applied"),
        ("past", "transition_not_allowed"),
        ("done", "transition_not_allowed"),
        ("canceled", "transition_not_allowed"),
    ],
)
def test_only_what_is_still_ahead_can_be_deleted(world: World, session: str, answer: str) -> None:
    assert world.answer(DeleteSchedule(id=getattr(world, session)), world.mia) == answer


@pytest.mark.parametrize(
    ("late", "answer"),
    [(-1, "applied"), (0, "applied"), (300_000, "applied"), (300_001, "transition_not_allowed")],
)
def test_a_deletion_may_arrive_five_minutes_after_the_start(
    world: World, late: int, answer: str
) -> None:
    now = ahead(of=second_ahead(hours=2), milliseconds=late)

    assert world.answer(DeleteSchedule(id=world.soon), world.mia, now=now) == answer


def test_a_deleted_group_takes_participants_and_attendance_along(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(MarkAttendance(id=world.group, user_id=world.ben, mark=Mark.LATE), world.mia)

    world.done_by(DeleteSchedule(id=world.group), world.mia)

    assert not relay.all_of(Participant)
    assert not relay.all_of(Attendance)
    assert [each.kind_ for each in relay.told()] == [Kind.SCHEDULE_DELETED]


def test_a_mentor_who_founded_a_cohort_plans_with_it_before_anyone_joined(
    world: World, relay: MemoryRelay
) -> None:
    cohort = id_of("empty cohort")
    world.done_by(CreateCohort(id=cohort, name="Empty"), world.otto)

    world.done_by(a_plan(NEW, cohort_id=cohort, start=FREE), world.otto)

    assert relay.get(Schedule, NEW).room == cohort_room(cohort)
