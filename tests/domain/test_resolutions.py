"""Settling conflicts: the first word counts, and a restored value is an edit like any other."""

from typing import Any

import pytest

from domain.accounts import Account, UpdateAccount
from domain.activities import Kind
from domain.cohorts import AddCohortMentor, Cohort, CohortCard, UpdateCohort
from domain.conflicts import Conflict, base_of
from domain.kinds import KINDS
from domain.outcomes import CancelSchedule
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.resolutions import UPDATES, ResolveConflict
from domain.schedules import Schedule
from tests.builders import World, a_plan, id_of, second_ahead
from tests.fakes import MemoryRelay


def test_every_row_that_can_be_edited_can_be_restored() -> None:
    assert UPDATES.keys() == {name for name, kind in KINDS.items() if kind.editable}


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("mia", "applied"),
        ("noah", "applied"),
        ("otto", "not_found"),
        ("ana", "not_found"),
    ],
)
@pytest.mark.parametrize("keep", ["kept", "lost"])
def test_either_author_settles_it(world: World, who: str, keep: Any, answer: str) -> None:
    command = ResolveConflict(id=world.conflict, keep=keep)

    assert world.answer(command, world.people[who]) == answer


@pytest.mark.parametrize(("keep", "text"), [("kept", "Mornings."), ("lost", "Evenings.")])
def test_what_was_chosen_stands(world: World, relay: MemoryRelay, keep: Any, text: str) -> None:
    world.done_by(ResolveConflict(id=world.conflict, keep=keep), world.mia)

    assert relay.get(Cohort, world.autumn).description == text
    assert relay.get(Conflict, world.conflict).resolved_by == world.mia


def test_the_first_to_settle_it_wins(world: World) -> None:
    world.done_by(ResolveConflict(id=world.conflict, keep="kept"), world.noah)

    late = ResolveConflict(id=world.conflict, keep="lost")
    assert world.answer(late, world.mia) == "already_resolved"


def test_somebody_else_who_sees_it_cannot_settle_it(world: World) -> None:
    world.done_by(AddCohortMentor(cohort_id=world.autumn, mentor_id=world.otto), world.mia)

    command = ResolveConflict(id=world.conflict, keep="lost")
    assert world.answer(command, world.otto) == "forbidden"


def test_a_value_that_came_later_is_not_lost_by_restoring(world: World, relay: MemoryRelay) -> None:
    world.done_by(UpdateCohort(id=world.autumn, description="Noon."), world.noah)

    world.done_by(ResolveConflict(id=world.conflict, keep="lost"), world.mia)

    raised = [row for row in relay.all_of(Conflict) if row.id != world.conflict]
    assert [(row.kept, row.lost, row.lost_by) for row in raised] == [
        ("Evenings.", "Noon.", world.noah)
    ]


def test_the_others_are_told_of_a_restored_value(world: World, relay: MemoryRelay) -> None:
    world.done_by(ResolveConflict(id=world.conflict, keep="lost"), world.mia)

    assert [each.kind_ for each in relay.told()] == [Kind.COHORT_UPDATED]


def test_a_restored_name_stands_on_the_card_too(world: World, relay: MemoryRelay) -> None:
    base = base_of(relay.get(Cohort, world.autumn))
    world.done_by(UpdateCohort(id=world.autumn, name="Fall", base=base), world.mia)
    world.done_by(UpdateCohort(id=world.autumn, name="October", base=base), world.noah)

    world.done_by(ResolveConflict(id=_of(relay, world.autumn, "name"), keep="lost"), world.noah)

    assert relay.get(CohortCard, world.autumn).name == "Fall"


def test_an_own_preference_is_restored(world: World, relay: MemoryRelay) -> None:
    base = base_of(relay.get(Account, world.ana))
    for name in ("Ana R.", "A. Ruiz"):
        world.done_by(UpdateAccount(name=name, base=base), world.ana)

    world.done_by(ResolveConflict(id=_of(relay, world.ana, "name"), keep="lost"), world.ana)

    assert relay.get(Account, world.ana).name == "Ana R."


def _of(relay: MemoryRelay, row_id: str, field: str) -> str:
    rows = relay.all_of(Conflict)
    return next(row.id for row in rows if (row.row_id, row.field) == (row_id, field))


@pytest.fixture
def time_conflict(world: World, relay: MemoryRelay) -> str:
    """Mia's session stands in seven days; her other device had put it in six."""
    base = base_of(relay.get(Schedule, world.session))
    for days in (6, 7):
        move = UpdateSchedule(
            id=world.session,
            start_time=second_ahead(days=days),
            end_time=second_ahead(days=days, hours=1),
            base=base,
        )
        world.done_by(move, world.mia)
    return _of(relay, world.session, "time")


def test_a_restored_time_is_a_move_that_is_told(
    world: World, relay: MemoryRelay, time_conflict: str
) -> None:
    world.done_by(ResolveConflict(id=time_conflict, keep="lost"), world.mia)

    row = relay.get(Schedule, world.session)
    assert (row.start_time, row.end_time) == (second_ahead(days=6), second_ahead(days=6, hours=1))
    assert row.sequence == 3
    told = relay.told()
    assert [(each.kind_, each.params["movedFrom"]) for each in told] == [
        (Kind.SCHEDULE_UPDATED, second_ahead(days=7))
    ]


@pytest.mark.parametrize(("confirm", "answer"), [(False, "overlap"), (True, "applied")])
def test_a_restored_time_does_not_double_book_unseen(
    world: World, time_conflict: str, *, confirm: bool, answer: str
) -> None:
    world.done_by(a_plan(id_of("new"), world.ana, start=second_ahead(days=6)), world.mia)

    command = ResolveConflict(id=time_conflict, keep="lost", confirm_overlap=confirm)

    assert world.answer(command, world.mia) == answer


def test_the_time_of_a_canceled_session_stays(world: World, time_conflict: str) -> None:
    world.done_by(CancelSchedule(id=world.session), world.mia)

    command = ResolveConflict(id=time_conflict, keep="lost")

    assert world.answer(command, world.mia) == "transition_not_allowed"


def test_a_conflict_of_a_deleted_row_is_just_settled(
    world: World, relay: MemoryRelay, time_conflict: str
) -> None:
    world.done_by(DeleteSchedule(id=world.session), world.mia)

    world.done_by(ResolveConflict(id=time_conflict, keep="lost"), world.mia)

    assert relay.get(Conflict, time_conflict).resolved_by == world.mia
    assert relay.find(Schedule, world.session) is None
