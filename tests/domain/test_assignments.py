"""Who mentors whom and who is in which cohort; future sessions follow in the same commit."""

import msgspec
import pytest

from domain.accounts import DeactivateAccount
from domain.activities import Activity, Kind
from domain.assignments import AssignStudent, ClaimStudent, MoveCohort, UnassignStudent
from domain.releases import HandOver
from domain.rooms import cohort_room, student_room, user_room
from domain.schedules import Participant, Schedule, Status
from domain.students import StudentCard
from tests.builders import World, a_plan, id_of, second_ahead
from tests.fakes import MemoryRelay

AUTUMN_GROUP = id_of("Mia with Autumn")


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("mia", "applied"),
        ("otto", "applied"),
        ("admin", "applied"),
        ("ana", "forbidden"),
        ("cem", "forbidden"),
    ],
)
def test_any_mentor_claims_a_student_who_has_none(world: World, who: str, answer: str) -> None:
    assert world.answer(ClaimStudent(student_id=world.cem), world.people[who]) == answer


def test_of_two_claims_the_first_wins(world: World, relay: MemoryRelay) -> None:
    world.done_by(ClaimStudent(student_id=world.cem), world.noah)

    assert world.answer(ClaimStudent(student_id=world.cem), world.otto) == "already_assigned"
    assert relay.get(StudentCard, world.cem).mentor_ids == [world.noah]


@pytest.mark.parametrize(
    ("student", "answer"),
    [("ana", "already_assigned"), ("gone", "not_active"), ("mia", "not_found")],
)
def test_only_an_active_student_without_mentor_is_claimed(
    world: World, student: str, answer: str
) -> None:
    command = ClaimStudent(student_id=getattr(world, student))

    assert world.answer(command, world.otto) == answer


def test_a_claim_is_told_in_the_student_s_room(world: World, relay: MemoryRelay) -> None:
    world.done_by(ClaimStudent(student_id=world.cem), world.noah)

    told = relay.told()
    assert [(each.kind_, each.room) for each in told] == [
        (Kind.STUDENT_ASSIGNED, student_room(world.cem))
    ]
    assert told[0].params["mentorName"] == "Noah Park"


@pytest.mark.parametrize(
    ("who", "answer"),
    [("admin", "applied"), ("mia", "forbidden"), ("noah", "forbidden"), ("ana", "forbidden")],
)
def test_only_admins_assign(world: World, who: str, answer: str) -> None:
    command = AssignStudent(student_id=world.ana, mentor_id=world.noah)

    assert world.answer(command, world.people[who]) == answer


def test_assigning_twice_changes_nothing(world: World, relay: MemoryRelay) -> None:
    world.assign(world.noah, world.ana)
    before = dict(relay.rows)

    world.assign(world.noah, world.ana)

    assert relay.rows == before


def test_only_active_mentors_are_assigned(world: World) -> None:
    world.done_by(DeactivateAccount(user_id=world.otto), world.admin)

    for nobody in (world.otto, world.ben):
        command = AssignStudent(student_id=world.ana, mentor_id=nobody)
        assert world.answer(command, world.admin) == "not_found"


@pytest.mark.parametrize(
    ("who", "mentor", "answer"),
    [
        ("mia", "mia", "applied"),
        ("admin", "mia", "applied"),
        ("noah", "mia", "forbidden"),
        ("noah", "noah", "not_found"),
        ("ana", "mia", "not_found"),
        ("admin", "noah", "applied"),
    ],
)
def test_a_mentor_gives_up_own_students_and_an_admin_anyone_s(
    world: World, who: str, mentor: str, answer: str
) -> None:
    command = UnassignStudent(student_id=world.ana, mentor_id=world.people[mentor])

    assert world.answer(command, world.people[who]) == answer


def test_unassigning_cancels_the_future_sessions_of_the_two(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(UnassignStudent(student_id=world.ana, mentor_id=world.mia), world.admin)

    status = {name: relay.get(Schedule, getattr(world, name)).status for name in world.sessions}
    assert {name for name, each in status.items() if each is Status.CANCELED} == {
        "session",
        "soon",
        "canceled",
    }
    row = relay.get(Schedule, world.session)
    assert (row.canceled_by, row.sequence) == (world.admin, 1)
    assert row.status_reason == "The mentor of this session has changed."


def test_both_who_part_are_told_once(world: World, relay: MemoryRelay) -> None:
    world.done_by(UnassignStudent(student_id=world.ana, mentor_id=world.mia), world.admin)

    told = relay.told()
    assert {each.room for each in told} == {student_room(world.ana), user_room(world.mia)}
    assert {each.kind_ for each in told} == {Kind.STUDENT_UNASSIGNED}
    assert len({each.id for each in told}) == 2
    assert (told[0].params["sessions"], told[0].params["sessionsAre"]) == (2, "canceled")


def test_an_admin_hands_over_to_a_mentor_who_becomes_the_student_s(
    world: World, relay: MemoryRelay
) -> None:
    command = UnassignStudent(
        student_id=world.ana, mentor_id=world.mia, sessions=HandOver(hand_over=world.otto)
    )

    world.done_by(command, world.admin)

    assert relay.get(StudentCard, world.ana).mentor_ids == [world.otto]
    row = relay.get(Schedule, world.session)
    assert (row.mentor_id, row.status, row.sequence) == (world.otto, Status.SCHEDULED, 1)
    assert relay.get(Schedule, world.past).mentor_id == world.mia
    told = relay.told()[0].params
    assert (told["successorId"], told["sessionsAre"]) == (world.otto, "handedOver")


@pytest.mark.parametrize(("assigned", "answer"), [(True, "applied"), (False, "forbidden")])
def test_a_mentor_hands_over_only_to_another_mentor_of_the_student(
    world: World, *, assigned: bool, answer: str
) -> None:
    if assigned:
        world.assign(world.noah, world.ana)
    command = UnassignStudent(
        student_id=world.ana,
        mentor_id=world.mia,
        sessions=HandOver(hand_over=world.noah),
        confirm_overlap=True,
    )

    assert world.answer(command, world.mia) == answer


def test_a_busy_successor_stands_in_the_way_until_it_is_confirmed(world: World) -> None:
    command = UnassignStudent(
        student_id=world.ana, mentor_id=world.mia, sessions=HandOver(hand_over=world.noah)
    )

    refused = world.do(command, world.admin)

    assert refused is not None
    assert (refused.code, [one["id"] for one in refused.data["overlaps"]]) == (
        "overlap",
        [world.bens],
    )
    anyway = msgspec.structs.replace(command, confirm_overlap=[world.bens])
    assert world.answer(anyway, world.admin) == "applied"


@pytest.mark.parametrize(("successor", "answer"), [("mia", "invalid"), ("ben", "not_found")])
def test_sessions_go_to_another_mentor(world: World, successor: str, answer: str) -> None:
    sessions = HandOver(hand_over=world.people[successor])
    command = UnassignStudent(student_id=world.ana, mentor_id=world.mia, sessions=sessions)

    assert world.answer(command, world.admin) == answer


def test_hand_over_on_the_wire_names_the_mentor(world: World) -> None:
    wire = {"studentId": world.ana, "mentorId": world.mia, "sessions": {"handOver": world.noah}}

    command = msgspec.convert(wire, UnassignStudent)

    assert command.sessions == HandOver(hand_over=world.noah)


# Moving: Mia leads both cohorts; Noah leads autumn, and is Ben's mentor.
@pytest.mark.parametrize(
    ("who", "student", "to", "answer"),
    [
        ("mia", "ana", "autumn", "applied"),
        ("mia", "ana", None, "applied"),
        ("mia", "ben", "autumn", "forbidden"),
        ("noah", "ben", "autumn", "forbidden"),
        ("noah", "ben", None, "forbidden"),
        ("noah", "ana", "autumn", "forbidden"),
        ("admin", "ben", "autumn", "applied"),
        ("admin", "cem", "spring", "applied"),
        ("ana", "ana", "autumn", "not_found"),
        ("admin", "gone", "spring", "not_active"),
        ("mia", "ana", "nowhere", "not_found"),
    ],
)
def test_a_mentor_moves_own_students_between_own_cohorts(
    world: World, who: str, student: str, to: str | None, answer: str
) -> None:
    cohort = id_of("nowhere") if to == "nowhere" else to and getattr(world, to)
    command = MoveCohort(student_id=getattr(world, student), cohort_id=cohort)

    assert world.answer(command, world.people[who]) == answer


def test_moving_to_where_one_is_changes_nothing(world: World, relay: MemoryRelay) -> None:
    before = dict(relay.rows)

    world.done_by(MoveCohort(student_id=world.ana, cohort_id=world.spring), world.mia)

    assert relay.rows == before


def test_a_moved_student_leaves_the_old_future_groups_and_joins_the_new(
    world: World, relay: MemoryRelay
) -> None:
    plan = a_plan(AUTUMN_GROUP, cohort_id=world.autumn, start=second_ahead(days=9))
    world.done_by(plan, world.mia)
    past = a_plan(id_of("held"), cohort_id=world.spring, start=second_ahead(days=-9))
    world.done_by(past, world.mia)

    world.done_by(MoveCohort(student_id=world.ana, cohort_id=world.autumn), world.mia)

    mine = [row for row in relay.all_of(Participant) if row.user_id == world.ana]
    assert {row.schedule_id for row in mine} == {AUTUMN_GROUP, past.id}
    removed = relay.commits[-1].frames[cohort_room(world.spring)].removed
    assert [(each.type, each.moved) for each in removed] == [("participant", False)]


def test_a_student_who_comes_back_takes_part_again(world: World, relay: MemoryRelay) -> None:
    for cohort in (None, world.spring):
        world.done_by(MoveCohort(student_id=world.ana, cohort_id=cohort), world.mia)

    mine = [row for row in relay.all_of(Participant) if row.user_id == world.ana]
    assert {row.schedule_id for row in mine} == {world.group}


def _moves(relay: MemoryRelay) -> list[tuple[str, str]]:
    told: list[Activity] = relay.told()
    assert {each.kind_ for each in told} == {Kind.COHORT_UPDATED}
    assert len({each.id for each in told}) == len(told)
    return sorted((each.params["change"], each.room) for each in told)


def test_both_cohorts_are_told_of_a_move(world: World, relay: MemoryRelay) -> None:
    world.done_by(MoveCohort(student_id=world.ana, cohort_id=world.autumn), world.mia)

    assert _moves(relay) == [
        ("studentJoined", cohort_room(world.autumn)),
        ("studentLeft", cohort_room(world.spring)),
    ]


def test_a_student_without_cohort_is_told_in_the_own_room(world: World, relay: MemoryRelay) -> None:
    world.done_by(MoveCohort(student_id=world.ana, cohort_id=None), world.mia)

    assert _moves(relay) == [
        ("studentLeft", cohort_room(world.spring)),
        ("studentLeft", user_room(world.ana)),
    ]


def test_a_student_joins_a_cohort_whose_sessions_overlap_and_is_told_how_many(
    world: World, relay: MemoryRelay
) -> None:
    start = second_ahead(days=3)  # as the session of Mia with Ana
    group = a_plan(AUTUMN_GROUP, cohort_id=world.autumn, start=start, confirm_overlap=True)
    world.done_by(group, world.noah)

    world.done_by(MoveCohort(student_id=world.ana, cohort_id=world.autumn), world.mia)

    told = {each.room: each.params for each in relay.told()}
    own = told[student_room(world.ana)]
    assert (own["change"], own["overlaps"], own["name"]) == ("overlaps", 1, "Ana Ruiz")
    assert "overlaps" not in told[cohort_room(world.autumn)]  # peers learn nothing of it
    assert AUTUMN_GROUP in {row.schedule_id for row in relay.all_of(Participant)}


def test_a_first_cohort_is_told_alone(world: World, relay: MemoryRelay) -> None:
    world.done_by(MoveCohort(student_id=world.cem, cohort_id=world.spring), world.admin)

    assert _moves(relay) == [("studentJoined", cohort_room(world.spring))]
