"""What admins change of a person, and what follows from another role."""

from typing import Any

import pytest

from domain.accounts import Account, DeactivateAccount, ReactivateAccount
from domain.activities import Kind
from domain.administration import ChangeAccount
from domain.members import Access, Member, Role
from domain.releases import HandOver
from domain.rooms import MENTORS, cohort_room, student_room
from domain.schedules import Participant, Schedule, Status
from domain.students import MentorCard, State, StudentCard
from tests.builders import World, a_registration, id_of
from tests.fakes import MemoryRelay

EVA = id_of("Eva, new")


def change(world: World, who: str, **fields: Any) -> ChangeAccount:
    return ChangeAccount(user_id=world.people[who], **fields)


@pytest.mark.parametrize(
    ("who", "kind", "room"), [("ana", StudentCard, "spring"), ("mia", MentorCard, "spring")]
)
def test_a_new_name_stands_on_the_card_and_in_every_room(
    world: World, relay: MemoryRelay, who: str, kind: Any, room: str
) -> None:
    world.done_by(change(world, who, name="Ann Other"), world.admin)

    user_id = world.people[who]
    names = {row.name for row in relay.all_of(Member) if row.user_id == user_id}
    assert (relay.get(kind, user_id).name, names) == ("Ann Other", {"Ann Other"})


def test_a_mentor_who_becomes_an_admin_keeps_rooms_students_and_sessions(
    world: World, relay: MemoryRelay
) -> None:
    rooms = relay.rooms_of(world.mia)

    world.done_by(change(world, "mia", role=Role.ADMIN), world.admin)

    roles = {row.role for row in relay.all_of(Member) if row.user_id == world.mia}
    assert (relay.rooms_of(world.mia), roles) == (rooms, {Role.ADMIN})
    assert relay.get(Schedule, world.session).status is Status.SCHEDULED


def test_a_student_who_becomes_a_mentor_leaves_as_a_student_and_keeps_the_record(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(change(world, "ana", role=Role.MENTOR), world.admin)

    old, new = relay.get(StudentCard, world.ana), relay.get(MentorCard, world.ana)
    assert (old.state, new.state, new.name) == (State.DEACTIVATED, State.ACTIVE, old.name)
    assert relay.get(Schedule, world.session).status is Status.CANCELED
    assert world.ana not in {row.user_id for row in relay.all_of(Participant)}
    assert {MENTORS, student_room(world.ana)} < set(relay.rooms_of(world.ana))
    assert cohort_room(world.spring) not in relay.rooms_of(world.ana)
    assert student_room(world.ana) in relay.rooms_of(world.mia)
    assert [each.params for each in relay.told() if each.kind_ == Kind.MENTOR_REGISTERED] == [
        {"mentorName": "Ana Ruiz"}
    ]


def test_who_becomes_a_student_again_finds_the_old_record(world: World, relay: MemoryRelay) -> None:
    before = relay.get(StudentCard, world.ana)
    world.done_by(change(world, "ana", role=Role.MENTOR, name="Ana B."), world.admin)

    world.done_by(change(world, "ana", role=Role.STUDENT), world.admin)

    card = relay.get(StudentCard, world.ana)
    assert (card.state, card.name, card.registered_at) == (
        State.ACTIVE,
        "Ana B.",
        before.registered_at,
    )
    assert (card.cohort_id, card.mentor_ids) == (before.cohort_id, before.mentor_ids)
    assert relay.get(MentorCard, world.ana).state is State.DEACTIVATED
    assert world.ana in {row.user_id for row in relay.all_of(Participant)}


@pytest.mark.parametrize(
    ("who", "sessions", "status"),
    [("mia", "cancel", Status.CANCELED), ("mia", "hand over", Status.SCHEDULED)],
)
def test_the_sessions_of_a_mentor_who_becomes_a_student_are_released(
    world: World, relay: MemoryRelay, who: str, sessions: str, status: Status
) -> None:
    given: Any = HandOver(hand_over=world.otto) if sessions == "hand over" else "cancel"

    world.done_by(change(world, who, role=Role.STUDENT, sessions=given), world.admin)

    assert relay.get(Schedule, world.session).status is status
    assert relay.get(StudentCard, world.mia).mentor_ids == []
    assert relay.get(MentorCard, world.mia).state is State.DEACTIVATED
    assert len({each.id for each in relay.told()}) == len(relay.told())


def test_another_role_opens_no_closed_account(world: World, relay: MemoryRelay) -> None:
    world.done_by(DeactivateAccount(user_id=world.cem), world.admin)
    for role in (Role.MENTOR, Role.STUDENT, Role.MENTOR):
        world.done_by(change(world, "cem", role=role), world.admin)

        assert relay.rooms_of(world.cem) == []
        assert relay.told() == []
    world.done_by(ReactivateAccount(user_id=world.cem), world.admin)

    assert relay.get(MentorCard, world.cem).state is State.ACTIVE
    assert relay.get(StudentCard, world.cem).state is State.DEACTIVATED
    assert MENTORS in relay.rooms_of(world.cem)


def test_an_address_is_one_person_s(world: World, relay: MemoryRelay) -> None:
    taken = relay.get(Account, world.ben).email

    assert world.answer(change(world, "ana", email=taken), world.admin) == "email_taken"
    world.done_by(change(world, "ana", email="Ana.New@Example.org"), world.admin)

    assert relay.get(Account, world.ana).email == "ana.new@example.org"


@pytest.mark.parametrize("role", [Role.MENTOR, Role.STUDENT])
def test_the_last_admin_stays_one(world: World, relay: MemoryRelay, role: Role) -> None:
    assert world.answer(change(world, "admin", role=role), world.admin) == "last_admin"
    assert world.answer(DeactivateAccount(user_id=world.admin), world.admin) == "last_admin"

    world.done_by(change(world, "noah", role=Role.ADMIN), world.admin)
    world.done_by(change(world, "admin", role=role), world.noah)

    assert relay.get(Account, world.admin).role is role
    assert world.answer(DeactivateAccount(user_id=world.noah), world.admin) == "last_admin"


def test_a_closed_admin_does_not_count(world: World) -> None:
    world.done_by(change(world, "noah", role=Role.ADMIN), world.admin)
    world.done_by(DeactivateAccount(user_id=world.noah), world.admin)

    assert world.answer(DeactivateAccount(user_id=world.admin), world.noah) == "last_admin"
    world.done_by(change(world, "noah", role=Role.MENTOR), world.admin)


def test_what_stands_already_changes_nothing(world: World, relay: MemoryRelay) -> None:
    before, account = dict(relay.rows), relay.get(Account, world.ana)

    world.done_by(
        change(world, "ana", role=account.role, name=account.name, email=account.email),
        world.admin,
    )

    assert relay.rows == before


def test_who_is_unknown_is_not_found(world: World) -> None:
    assert world.answer(ChangeAccount(user_id=EVA, name="Eva"), world.admin) == "not_found"


def test_a_student_whose_card_is_missing_becomes_a_mentor(world: World, relay: MemoryRelay) -> None:
    del relay.rows["student_card", world.cem]
    del relay.rows["mentor_card", world.otto]

    world.done_by(change(world, "cem", role=Role.MENTOR), world.admin)
    world.done_by(change(world, "otto", role=Role.STUDENT), world.admin)

    assert relay.get(MentorCard, world.cem).state is State.ACTIVE
    assert relay.get(StudentCard, world.otto).state is State.ACTIVE


def test_a_new_student_can_have_a_mentor_from_the_first_day(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(a_registration(EVA, "Eva Blum", mentor_id=world.otto), world.admin)

    assert relay.get(StudentCard, EVA).mentor_ids == [world.otto]
    assert student_room(EVA) in relay.rooms_of(world.otto)
    kinds = {each.kind_: each for each in relay.told()}
    assert kinds[Kind.STUDENT_ASSIGNED].params["mentorName"] == "Otto Lind"
    refused = a_registration(id_of("Fay"), "Fay", mentor_id=world.ana)
    assert world.answer(refused, world.admin) == "invalid"


def test_a_new_mentor_can_lead_a_cohort_from_the_first_day(
    world: World, relay: MemoryRelay
) -> None:
    eva = a_registration(EVA, "Eva Blum", Role.MENTOR, cohort_id=world.spring)
    world.done_by(eva, world.admin)

    members = {row.user_id: row.access for row in relay.all_of(Member) if row.room == MENTORS}
    assert cohort_room(world.spring) in relay.rooms_of(EVA)
    assert members[EVA] is Access.READ
    unknown = a_registration(id_of("Fay"), "Fay", Role.MENTOR, cohort_id=id_of("none"))
    assert world.answer(unknown, world.admin) == "invalid"
