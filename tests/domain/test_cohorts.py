"""Cohorts: who founds and changes them, and what follows when a mentor leaves."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.accounts import DeactivateAccount
from domain.activities import Kind
from domain.cohorts import (
    AddCohortMentor,
    Cohort,
    CohortCard,
    CreateCohort,
    RemoveCohortMentor,
    RotateJoinCode,
    UpdateCohort,
)
from domain.commands import Command
from domain.conflicts import Conflict, base_of
from domain.errors import Invalid, Refused
from domain.releases import HandOver
from domain.rooms import cohort_room, user_room
from domain.schedules import Schedule, Status
from tests.builders import NOW, World, a_cohort, a_plan, id_of, second_ahead
from tests.fakes import MemoryRelay

NEW = id_of("Winter, cohort")


@pytest.mark.parametrize(
    ("who", "answer"), [("otto", "applied"), ("admin", "applied"), ("ana", "forbidden")]
)
def test_mentors_and_admins_found_cohorts(world: World, who: str, answer: str) -> None:
    assert world.answer(CreateCohort(id=NEW, name="Winter"), world.people[who]) == answer


def test_who_founds_a_cohort_mentors_it(world: World, relay: MemoryRelay) -> None:
    world.done_by(CreateCohort(id=NEW, name="Winter", description="Snow."), world.otto)

    assert relay.get(CohortCard, NEW).mentor_ids == [world.otto]
    assert relay.get(Cohort, NEW).description == "Snow."
    assert cohort_room(NEW) in relay.rooms_of(world.otto)


def test_a_cohort_of_the_command_line_has_no_mentor_yet(world: World, relay: MemoryRelay) -> None:
    command = CreateCohort(id=NEW, name="Winter")
    relay.run(command, world.admin, at=world.now, now=world.now, mutation=NEW, trusted=True)

    assert relay.get(CohortCard, NEW).mentor_ids == []


def test_a_cohort_s_id_is_taken_once(world: World) -> None:
    assert world.answer(CreateCohort(id=world.spring, name="Again"), world.otto) == "id_taken"


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        ("2025-12-01", "2025-12-01", True),
        ("2025-12-01", "2025-11-30", False),
        (None, "2025-11-30", True),
        ("2025-12-01", None, True),
    ],
)
def test_the_last_day_is_not_before_the_first(
    first: str | None, last: str | None, *, fits: bool
) -> None:
    if fits:
        assert a_cohort(starts_on=first, ends_on=last).ends_on == last
        return
    with pytest.raises(Invalid) as refused:
        a_cohort(starts_on=first, ends_on=last)
    assert refused.value.field == "endsOn"


CHANGES: list[Any] = [
    lambda w: UpdateCohort(id=w.spring, name="Other"),
    lambda w: AddCohortMentor(cohort_id=w.spring, mentor_id=w.otto),
    lambda w: RemoveCohortMentor(cohort_id=w.spring, mentor_id=w.mia),
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    ("who", "answer"),
    [("mia", "applied"), ("admin", "applied"), ("noah", "forbidden"), ("ana", "not_found")],
)
def test_its_own_mentors_and_admins_change_a_cohort(
    world: World, change: Any, who: str, answer: str
) -> None:
    command = change(world)
    if isinstance(command, RemoveCohortMentor) and who == "mia":
        answer = "last_mentor"

    assert world.answer(command, world.people[who]) == answer


def test_an_unknown_cohort_is_not_found(world: World, relay: MemoryRelay) -> None:
    assert world.answer(UpdateCohort(id=NEW, name="X"), world.mia) == "not_found"

    del relay.rows["cohort", world.spring]  # a client may know the card alone
    assert world.answer(UpdateCohort(id=world.spring, name="X"), world.mia) == "not_found"


def test_a_new_name_stands_on_the_card_too(world: World, relay: MemoryRelay) -> None:
    world.done_by(UpdateCohort(id=world.spring, name="Summer"), world.mia)

    assert relay.get(CohortCard, world.spring).name == "Summer"
    assert [(each.kind_, each.params["cohortName"]) for each in relay.told()] == [
        (Kind.COHORT_UPDATED, "Summer")
    ]


def test_a_new_description_leaves_the_card_alone(world: World, relay: MemoryRelay) -> None:
    before = relay.get(CohortCard, world.spring)

    world.done_by(UpdateCohort(id=world.spring, description="New."), world.mia)

    assert relay.get(CohortCard, world.spring) == before


def test_an_update_without_change_leaves_no_trace(world: World, relay: MemoryRelay) -> None:
    before = dict(relay.rows)

    world.done_by(UpdateCohort(id=world.spring, name="Spring"), world.mia)

    assert relay.rows == before


def test_two_mentors_who_change_one_field_leave_a_conflict_and_are_told(
    world: World, relay: MemoryRelay
) -> None:
    base = base_of(relay.get(Cohort, world.autumn))
    world.done_by(UpdateCohort(id=world.autumn, name="Fall", base=base), world.mia)

    world.done_by(UpdateCohort(id=world.autumn, name="October", base=base), world.noah)

    conflict = next(row for row in relay.all_of(Conflict) if row.field == "name")
    assert (conflict.kept, conflict.kept_by) == ("October", world.noah)
    assert (conflict.lost, conflict.lost_by) == ("Fall", world.mia)
    assert {each.kind_ for each in relay.told()} == {Kind.CONFLICT_RAISED, Kind.COHORT_UPDATED}


def test_the_mentor_who_is_added_is_named_by_id(world: World, relay: MemoryRelay) -> None:
    world.done_by(AddCohortMentor(cohort_id=world.spring, mentor_id=world.otto), world.mia)

    [told] = relay.told()
    assert (told.params["change"], told.params["mentorId"]) == ("mentorAdded", world.otto)


def test_a_mentor_is_added_once(world: World, relay: MemoryRelay) -> None:
    command = AddCohortMentor(cohort_id=world.spring, mentor_id=world.otto)
    world.done_by(command, world.mia)
    before = dict(relay.rows)

    world.done_by(command, world.mia)

    assert relay.rows == before
    assert relay.get(CohortCard, world.spring).mentor_ids == [world.mia, world.otto]


@pytest.mark.parametrize("who", ["ana", "otto"])
def test_only_active_mentors_are_added(world: World, who: str) -> None:
    world.done_by(DeactivateAccount(user_id=world.otto), world.admin)
    command = AddCohortMentor(cohort_id=world.spring, mentor_id=world.people[who])

    assert world.answer(command, world.mia) == "not_found"


def test_removing_somebody_else_s_mentor_changes_nothing(world: World, relay: MemoryRelay) -> None:
    before = dict(relay.rows)

    world.done_by(RemoveCohortMentor(cohort_id=world.spring, mentor_id=world.otto), world.mia)

    assert relay.rows == before


def test_the_sessions_of_a_mentor_who_leaves_are_canceled(world: World, relay: MemoryRelay) -> None:
    world.done_by(RemoveCohortMentor(cohort_id=world.spring, mentor_id=world.mia), world.admin)

    row = relay.get(Schedule, world.group)
    assert (row.status, row.canceled_by) == (Status.CANCELED, world.admin)
    assert relay.get(Schedule, world.session).status is Status.SCHEDULED
    told = relay.told()
    assert {each.room for each in told} == {cohort_room(world.spring), user_room(world.mia)}
    assert {(each.params["change"], each.params["sessions"]) for each in told} == {
        ("mentorRemoved", 1)
    }
    assert {each.params["mentorId"] for each in told} == {world.mia}


def test_the_last_mentor_leaves_by_handing_over(world: World, relay: MemoryRelay) -> None:
    command = RemoveCohortMentor(
        cohort_id=world.spring, mentor_id=world.mia, sessions=HandOver(hand_over=world.noah)
    )

    world.done_by(command, world.mia)

    assert relay.get(CohortCard, world.spring).mentor_ids == [world.noah]
    assert relay.get(Schedule, world.group).mentor_id == world.noah
    left = [each for each in relay.told() if each.params.get("change") == "mentorRemoved"]
    assert {(each.params["mentorId"], each.params["successorId"]) for each in left} == {
        (world.mia, world.noah)
    }


def test_handing_over_to_a_mentor_of_the_cohort_adds_nobody(
    world: World, relay: MemoryRelay
) -> None:
    command = RemoveCohortMentor(
        cohort_id=world.autumn, mentor_id=world.mia, sessions=HandOver(hand_over=world.noah)
    )

    world.done_by(command, world.mia)

    assert relay.get(CohortCard, world.autumn).mentor_ids == [world.noah]


def test_a_busy_successor_stands_in_the_way_until_it_is_confirmed(world: World) -> None:
    start = second_ahead(days=5)  # as Mia's with Spring
    own = a_plan(id_of("busy"), cohort_id=world.autumn, start=start, confirm_overlap=True)
    world.done_by(own, world.noah)
    fields: dict[str, Any] = {"sessions": HandOver(hand_over=world.noah)}
    fields |= {"cohort_id": world.spring, "mentor_id": world.mia}

    assert world.answer(RemoveCohortMentor(**fields), world.mia) == "overlap"
    anyway = RemoveCohortMentor(**fields, confirm_overlap=[own.id])
    assert world.answer(anyway, world.mia) == "applied"


@pytest.mark.parametrize(
    "command",
    [
        lambda w: AddCohortMentor(cohort_id=w.autumn, mentor_id=w.otto),
        lambda w: RemoveCohortMentor(cohort_id=w.autumn, mentor_id=w.noah),
        lambda w: RotateJoinCode(cohort_id=w.autumn),
    ],
)
def test_what_is_shown_with_a_cohort_moves_its_version(
    world: World, relay: MemoryRelay, command: Callable[[World], Command]
) -> None:
    before = relay.get(Cohort, world.autumn).version

    world.done_by(command(world), world.mia)

    assert relay.get(Cohort, world.autumn).version > before


@pytest.mark.parametrize(
    ("who", "answer"),
    [("mia", "applied"), ("admin", "applied"), ("otto", "forbidden"), ("ana", "not_found")],
)
def test_only_who_leads_a_cohort_changes_its_join_code(
    world: World, relay: MemoryRelay, who: str, answer: str
) -> None:
    act = relay.act(world.people[who], now=NOW, mutation=id_of("rotation"))
    outcome = "applied"

    try:
        RotateJoinCode(cohort_id=world.spring).apply(relay.transaction(act), act)
    except Refused as refused:
        outcome = refused.code

    assert outcome == answer


def test_a_cohort_is_told_that_its_join_code_is_another_one(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(RotateJoinCode(cohort_id=world.spring), world.mia)

    (told,) = relay.told()
    assert (told.kind_, told.room) == (Kind.COHORT_UPDATED, cohort_room(world.spring))
    assert told.params["change"] == "joinCode"


def test_a_client_that_knows_the_card_alone_changes_that(world: World, relay: MemoryRelay) -> None:
    del relay.rows["cohort", world.spring]

    world.done_by(AddCohortMentor(cohort_id=world.spring, mentor_id=world.otto), world.mia)

    assert relay.get(CohortCard, world.spring).mentor_ids == [world.mia, world.otto]
