"""When an account is closed: what becomes of students, cohorts and future sessions."""

import pytest

from domain.accounts import DeactivateAccount
from domain.activities import Activity, Kind
from domain.assignments import ClaimStudent
from domain.cohorts import Cohort, CohortCard
from domain.errors import Refused
from domain.releases import HandOver
from domain.rooms import MENTORS, cohort_room, student_room
from domain.schedules import Schedule, Status
from domain.students import StudentCard
from tests.builders import NOW, World, a_plan, id_of, second_ahead
from tests.fakes import MemoryRelay


def closing(world: World, who: str, **fields: object) -> DeactivateAccount:
    return DeactivateAccount(user_id=world.people[who], **fields)  # type: ignore[arg-type]


def told(relay: MemoryRelay, kind: Kind) -> list[Activity]:
    return [each for each in relay.told() if each.kind_ == kind]


def in_order(world: World, relay: MemoryRelay, command: DeactivateAccount) -> list[Activity]:
    """What the command tells, in the order in which it does."""
    act = relay.act(world.admin, now=NOW, mutation=id_of("closing"), trusted=True)
    tx = relay.transaction(act)
    command.apply(tx, act)
    return [row for row in tx.written if isinstance(row, Activity)]


def test_a_student_s_sessions_are_canceled_and_the_mentor_is_told(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(closing(world, "ana"), world.admin)

    for session in (world.session, world.soon):
        row = relay.get(Schedule, session)
        assert row.status is Status.CANCELED
        assert row.status_reason == "The student of this session has left."
    canceled = told(relay, Kind.SCHEDULE_CANCELED)
    assert {each.subject_id for each in canceled} == {world.session, world.soon}
    assert {each.params["mentorId"] for each in canceled} == {world.mia}


def test_a_mentor_s_sessions_are_canceled(world: World, relay: MemoryRelay) -> None:
    world.done_by(closing(world, "mia"), world.admin)

    ahead = {world.session, world.soon, world.group}
    assert {relay.get(Schedule, session).status for session in ahead} == {Status.CANCELED}
    assert relay.get(Schedule, world.past).status is Status.SCHEDULED
    assert {each.subject_id for each in told(relay, Kind.SCHEDULE_CANCELED)} == ahead
    assert len({each.id for each in relay.told()}) == len(relay.told())


def test_a_student_whose_only_mentor_left_can_be_claimed(world: World, relay: MemoryRelay) -> None:
    world.done_by(closing(world, "mia"), world.admin)

    assert relay.get(StudentCard, world.ana).mentor_ids == []
    assert world.answer(ClaimStudent(student_id=world.ana), world.noah) == "applied"


def test_a_student_with_another_mentor_keeps_that_one(world: World, relay: MemoryRelay) -> None:
    world.assign(world.otto, world.ana)

    world.done_by(closing(world, "mia"), world.admin)

    assert relay.get(StudentCard, world.ana).mentor_ids == [world.otto]


def test_cohorts_lose_the_mentor_and_show_another_version(world: World, relay: MemoryRelay) -> None:
    before = relay.get(Cohort, world.autumn).version

    world.done_by(closing(world, "mia"), world.admin)

    assert relay.get(CohortCard, world.spring).mentor_ids == []
    assert relay.get(CohortCard, world.autumn).mentor_ids == [world.noah]
    assert relay.get(Cohort, world.autumn).version > before


def test_students_and_cohorts_are_told_who_left(world: World, relay: MemoryRelay) -> None:
    world.done_by(closing(world, "mia"), world.admin)

    (parted,) = told(relay, Kind.STUDENT_UNASSIGNED)
    assert (parted.room, parted.params["mentorName"]) == (student_room(world.ana), "Mia Stone")
    left = told(relay, Kind.COHORT_UPDATED)
    assert {each.room for each in left} == {cohort_room(world.spring), cohort_room(world.autumn)}
    assert {
        (each.params["change"], each.params["name"], each.params["mentorId"]) for each in left
    } == {("mentorRemoved", "Mia Stone", world.mia)}


@pytest.mark.parametrize("who", ["ana", "mia"])
def test_that_the_account_is_closed_is_told_first(
    world: World, relay: MemoryRelay, who: str
) -> None:
    first, *rest = in_order(world, relay, closing(world, who))

    assert (first.room, first.params["state"]) == (MENTORS, "deactivated")
    assert [each.kind_ for each in rest][-1] == Kind.SCHEDULE_CANCELED


def test_a_successor_gets_sessions_students_and_cohorts(world: World, relay: MemoryRelay) -> None:
    world.done_by(closing(world, "mia", sessions=HandOver(hand_over=world.otto)), world.admin)

    for session in (world.session, world.soon, world.group):
        row = relay.get(Schedule, session)
        assert (row.mentor_id, row.status) == (world.otto, Status.SCHEDULED)
    assert relay.get(StudentCard, world.ana).mentor_ids == [world.otto]
    assert relay.get(CohortCard, world.spring).mentor_ids == [world.otto]
    assert {each.subject_id for each in told(relay, Kind.SCHEDULE_UPDATED)} == {
        world.session,
        world.soon,
        world.group,
    }
    assert told(relay, Kind.STUDENT_UNASSIGNED)[0].params["successorName"] == "Otto Lind"
    left = told(relay, Kind.COHORT_UPDATED)
    assert {each.params["successorId"] for each in left} == {world.otto}


def test_a_successor_who_has_the_student_already_is_not_added_again(
    world: World, relay: MemoryRelay
) -> None:
    world.assign(world.otto, world.ana)

    world.done_by(closing(world, "mia", sessions=HandOver(hand_over=world.otto)), world.admin)

    assert relay.get(StudentCard, world.ana).mentor_ids == [world.otto]


def test_a_busy_successor_stands_in_the_way_until_it_is_confirmed(
    world: World, relay: MemoryRelay
) -> None:
    sessions = HandOver(hand_over=world.noah)  # whose session with Ben is at the time of one

    refused = world.do(closing(world, "mia", sessions=sessions), world.admin)

    assert isinstance(refused, Refused)
    (other,) = refused.data["overlaps"]
    assert (refused.code, other["id"]) == ("overlap", world.bens)
    assert relay.get(StudentCard, world.ana).mentor_ids == [world.mia]
    anyway = closing(world, "mia", sessions=sessions, confirm_overlap=[world.bens])
    assert world.answer(anyway, world.admin) == "applied"


def test_an_admin_does_not_learn_what_makes_a_successor_busy(world: World) -> None:
    sessions = HandOver(hand_over=world.noah)

    refused = world.do(closing(world, "mia", sessions=sessions), world.admin)

    assert isinstance(refused, Refused)
    assert refused.data["overlaps"][0]["title"] is None
    assert "busy" in str(refused)


def test_sessions_that_overlap_each_other_stand_in_the_way_too(world: World) -> None:
    meanwhile = a_plan(
        id_of("x"), world.ana, start=second_ahead(hours=2), confirm_overlap=[world.soon]
    )
    world.done_by(meanwhile, world.mia)

    command = closing(world, "mia", sessions=HandOver(hand_over=world.otto))

    assert world.answer(command, world.admin) == "overlap"


@pytest.mark.parametrize(("successor", "answer"), [("mia", "invalid"), ("ana", "not_found")])
def test_the_successor_is_another_active_mentor(world: World, successor: str, answer: str) -> None:
    sessions = HandOver(hand_over=world.people[successor])

    assert world.answer(closing(world, "mia", sessions=sessions), world.admin) == answer
