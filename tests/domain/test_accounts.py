"""Accounts: registration, preferences, and the end of access."""

import dataclasses
from typing import Any

import msgspec
import pytest

from domain.accounts import (
    Account,
    AccountState,
    DeactivateAccount,
    ReactivateAccount,
    Switch,
    UpdateAccount,
)
from domain.activities import Kind
from domain.assignments import MoveCohort
from domain.cohorts import CohortCard
from domain.conflicts import Conflict, base_of
from domain.errors import Invalid, Refused
from domain.members import Role
from domain.rooms import MENTORS, user_room
from domain.schedules import Participant, Schedule, Status
from domain.students import MentorCard, State, StudentCard
from tests.builders import World, a_plan, a_registration, an_account, id_of, second_ahead
from tests.fakes import MemoryRelay

EVA = id_of("Eva, new")


@pytest.mark.parametrize("role", Role)
def test_each_person_gets_an_account_and_a_card(
    world: World, relay: MemoryRelay, role: Role
) -> None:
    world.done_by(a_registration(EVA, "Eva Blum", role), EVA)

    account = relay.get(Account, EVA)
    assert (account.name, account.role, account.room) == ("Eva Blum", role, user_room(EVA))
    cards: list[StudentCard | MentorCard] = [
        *relay.all_of(StudentCard),
        *relay.all_of(MentorCard),
    ]
    card = next(card for card in cards if card.id == EVA)
    assert isinstance(card, StudentCard) is (role is Role.STUDENT)
    assert (card.name, card.state, card.room) == ("Eva Blum", State.ACTIVE, MENTORS)


def test_who_is_new_is_announced_to_the_mentors(world: World, relay: MemoryRelay) -> None:
    world.done_by(a_registration(EVA, "Eva Blum", cohort_id=world.spring), EVA)
    told = relay.told()
    assert [(each.kind_, each.room) for each in told] == [(Kind.STUDENT_REGISTERED, MENTORS)]
    assert told[0].params == {"studentName": "Eva Blum", "cohortName": "Spring"}

    world.done_by(a_registration(id_of("Fay"), "Fay Gray", Role.MENTOR), id_of("Fay"))
    told = relay.told()
    assert [(each.kind_, each.room) for each in told] == [(Kind.MENTOR_REGISTERED, MENTORS)]
    assert (told[0].subject_type, told[0].params) == ("mentor", {"mentorName": "Fay Gray"})


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({}, "applied"),
        ({"email": "ANA-x@example.org"}, "email_taken"),
        ({"cohort_id": id_of("nowhere")}, "invalid"),
    ],
)
def test_an_address_is_taken_once_and_a_cohort_must_exist(
    world: World, relay: MemoryRelay, fields: dict[str, Any], answer: str
) -> None:
    if "email" in fields:
        fields = {"email": relay.get(Account, world.ana).email.upper()}

    assert world.answer(a_registration(EVA, "Eva", **fields), EVA) == answer


def test_an_account_s_id_is_taken_once(world: World) -> None:
    assert world.answer(a_registration(world.ana, "Double"), EVA) == "id_taken"


def test_a_new_student_takes_part_in_the_cohort_s_future_groups(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(a_registration(EVA, "Eva Blum", cohort_id=world.spring), EVA)

    mine = [row for row in relay.all_of(Participant) if row.user_id == EVA]
    assert [row.schedule_id for row in mine] == [world.group]


def test_clients_do_not_register_or_deactivate(world: World, relay: MemoryRelay) -> None:
    for number, command in enumerate(
        [a_registration(EVA), DeactivateAccount(user_id=world.ana), ReactivateAccount(user_id=EVA)]
    ):
        refused = relay.run(
            command, world.admin, at=world.now, now=world.now, mutation=str(number), trusted=False
        )
        assert refused is not None
        assert refused.code == "forbidden"


NEW_VALUES: list[tuple[str, Any]] = [
    ("name", "Other"),
    ("time_zone", "Asia/Tokyo"),
    ("locale", "de-AT"),
    ("working_hours", [[("09:00", "17:00")]] * 5 + [[], []]),
    ("quiet_hours", ("22:00", "07:00")),
    ("dnd_until", "2025-12-02T09:00:00.000Z"),
    ("switches", {"schedule:created": Switch(toast=False)}),
    ("reminder_minutes", [60, 10]),
    ("rest_days", [5, 6]),
]


@pytest.mark.parametrize(("field", "value"), NEW_VALUES)
def test_each_preference_is_changed_alone(
    world: World, relay: MemoryRelay, field: str, value: Any
) -> None:
    before = relay.get(Account, world.ana)
    command = UpdateAccount(**{field: value})

    world.done_by(command, world.ana)

    after = relay.get(Account, world.ana)
    changed = {
        name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)
    }
    assert changed - {"updated_at", "version"} == {field}
    assert getattr(after, field) == value


def test_an_update_lists_its_fields_and_never_role_address_or_state() -> None:
    fields = set(UpdateAccount.__struct_fields__)

    assert fields == {field for field, _ in NEW_VALUES} | {"base"}
    assert not fields & {"role", "email", "state"}


def test_an_update_without_change_leaves_no_trace(world: World, relay: MemoryRelay) -> None:
    before = dict(relay.rows)

    world.done_by(UpdateAccount(name="Ana Ruiz"), world.ana)

    assert relay.rows == before


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"cohort_id": World.otto}, "cohortId"),
        ({"mentor_id": World.ben}, "mentorId"),
        ({"role": Role.MENTOR, "mentor_id": World.mia}, "mentorId"),
    ],
)
def test_nobody_begins_where_there_is_no_place(
    world: World, relay: MemoryRelay, fields: dict[str, Any], wrong: str
) -> None:
    act = dataclasses.replace(relay.act(world.mia, now=world.now), trusted=True)

    with pytest.raises(Invalid) as invalid:
        a_registration(EVA, "Eva Moor", **fields).apply(relay.transaction(act), act)

    assert invalid.value.field == wrong


def test_nobody_begins_in_an_archived_cohort_or_with_a_mentor_who_left(
    world: World, relay: MemoryRelay
) -> None:
    cohort = relay.get(CohortCard, world.autumn)
    relay.rows["cohort_card", world.autumn] = msgspec.structs.replace(cohort, archived=True)
    world.done_by(DeactivateAccount(user_id=world.otto), world.admin)
    act = dataclasses.replace(relay.act(world.mia, now=world.now), trusted=True)

    places: list[tuple[dict[str, Any], str]] = [
        ({"cohort_id": world.autumn}, "cohortId"),
        ({"mentor_id": world.otto}, "mentorId"),
    ]
    for fields, wrong in places:
        with pytest.raises(Invalid) as invalid:
            a_registration(EVA, "Eva Moor", **fields).apply(relay.transaction(act), act)
        assert invalid.value.field == wrong


def test_nobody_updates_an_account_that_is_not_here(world: World, relay: MemoryRelay) -> None:
    del relay.rows["account", world.ana]
    act = dataclasses.replace(relay.act(world.mia, now=world.now), actor=world.ana)

    with pytest.raises(Refused, match="no longer there"):
        UpdateAccount(name="X").apply(relay.transaction(act), act)


def test_two_devices_of_one_person_keep_both_values(world: World, relay: MemoryRelay) -> None:
    base = base_of(relay.get(Account, world.ana))
    world.done_by(UpdateAccount(name="Ana R.", base=base), world.ana)

    world.done_by(UpdateAccount(name="A. Ruiz", base=base), world.ana)

    conflict = next(row for row in relay.all_of(Conflict) if row.row_id == world.ana)
    assert (conflict.kept, conflict.lost, conflict.room) == (
        "A. Ruiz",
        "Ana R.",
        user_room(world.ana),
    )
    assert conflict.kept_by == conflict.lost_by == world.ana


def test_a_switch_is_off_or_on_for_each_way() -> None:
    account = an_account(switches={"schedule:created": Switch()})

    assert msgspec.to_builtins(account)["switches"] == {
        "schedule:created": {"inbox": True, "toast": True, "sound": False}
    }


def test_too_many_switches_are_refused() -> None:
    with pytest.raises(Invalid):
        an_account(switches={str(number): Switch() for number in range(61)})


@pytest.mark.parametrize(("who", "kind"), [("ana", StudentCard), ("mia", MentorCard)])
def test_deactivating_shows_on_the_card(
    world: World, relay: MemoryRelay, who: str, kind: type[StudentCard] | type[MentorCard]
) -> None:
    user_id = world.people[who]

    world.done_by(DeactivateAccount(user_id=user_id), world.admin)
    assert relay.get(Account, user_id).state is AccountState.DEACTIVATED
    card: StudentCard | MentorCard = relay.get(kind, user_id)
    assert card.state is State.DEACTIVATED

    world.done_by(ReactivateAccount(user_id=user_id), world.admin)
    card = relay.get(kind, user_id)
    assert (relay.get(Account, user_id).state, card.state) == (AccountState.ACTIVE, State.ACTIVE)


@pytest.mark.parametrize("command", [DeactivateAccount, ReactivateAccount])
def test_who_is_unknown_is_not_found(world: World, relay: MemoryRelay, command: Any) -> None:
    assert world.answer(command(user_id=EVA), world.admin) == "not_found"

    known = {DeactivateAccount: world.ana, ReactivateAccount: world.gone}[command]
    del relay.rows["student_card", known]
    assert world.answer(command(user_id=known), world.admin) == "not_found"


def test_doing_it_twice_changes_nothing(world: World, relay: MemoryRelay) -> None:
    before = dict(relay.rows)

    world.done_by(DeactivateAccount(user_id=world.gone), world.admin)
    world.done_by(ReactivateAccount(user_id=world.ana), world.admin)

    assert relay.rows == before


def test_who_is_deactivated_does_nothing_more(world: World) -> None:
    world.done_by(DeactivateAccount(user_id=world.ana), world.admin)

    assert world.answer(UpdateAccount(name="X"), world.ana) == "account_disabled"


@pytest.mark.parametrize(
    ("who", "kind", "names"),
    [
        ("cem", Kind.STUDENT_STATE_CHANGED, {"studentName": "Cem Aydin"}),
        ("otto", Kind.MENTOR_STATE_CHANGED, {"mentorName": "Otto Lind"}),
    ],
)
def test_all_mentors_learn_who_leaves_and_comes_back(
    world: World, relay: MemoryRelay, who: str, kind: Kind, names: dict[str, str]
) -> None:
    user_id, told = world.people[who], []

    for command in (DeactivateAccount(user_id=user_id), ReactivateAccount(user_id=user_id)):
        world.done_by(command, world.admin)
        told += [(each.kind_, each.room, each.subject_id, each.params) for each in relay.told()]

    assert told == [
        (kind, MENTORS, user_id, {"state": "deactivated", **names}),
        (kind, MENTORS, user_id, {"state": "active", **names}),
    ]


def test_a_student_who_left_takes_part_in_no_future_group(world: World, relay: MemoryRelay) -> None:
    world.done_by(DeactivateAccount(user_id=world.ana), world.admin)
    assert world.ana not in {row.user_id for row in relay.all_of(Participant)}

    world.done_by(ReactivateAccount(user_id=world.ana), world.admin)
    assert world.ana in {row.user_id for row in relay.all_of(Participant)}


def test_a_student_without_cohort_comes_back_too(world: World, relay: MemoryRelay) -> None:
    world.done_by(MoveCohort(student_id=world.ana, cohort_id=None), world.admin)
    world.done_by(DeactivateAccount(user_id=world.ana), world.admin)
    world.done_by(ReactivateAccount(user_id=world.ana), world.admin)

    assert world.ana not in {row.user_id for row in relay.all_of(Participant)}


def test_a_cohort_that_is_not_here_enrols_nobody(world: World, relay: MemoryRelay) -> None:
    world.done_by(DeactivateAccount(user_id=world.ana), world.admin)
    del relay.rows["cohort_card", world.spring]

    assert world.answer(ReactivateAccount(user_id=world.ana), world.admin) == "applied"


def test_deactivating_a_student_leaves_the_sessions_of_others_alone(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(a_plan(id_of("x"), world.ana, start=second_ahead(days=8)), world.mia)
    world.done_by(DeactivateAccount(user_id=world.ben), world.admin)

    assert relay.get(Schedule, id_of("x")).status is Status.SCHEDULED
    assert relay.get(Schedule, world.bens).status is Status.CANCELED
