"""Tests of running predictions again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.outcomes import CancelSchedule
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.rooms import student_room
from domain.schedules import Schedule
from domain.wire import Outcome, Result
from tests.builders import World, a_plan, id_of, second_ahead
from tests.desktop.store.desks import Desk

DeskOf = Callable[..., Desk]


def run_again(desk: Desk, *rows: tuple[str, str]) -> list[str]:
    """Run what was built on these rows again; gives the statements."""
    statements: list[str] = []
    with desk.store._replica.transaction(lambda _: None):
        desk.replica.set_trace_callback(statements.append)
        desk.store._replica._run_again(rows)
        desk.replica.set_trace_callback(None)
    return statements


def test_running_again_changes_nothing_when_nothing_has_changed(mia: Desk, world: World) -> None:
    new = id_of("new session")
    mia.do(a_plan(new, world.ana, start=second_ahead(days=6)))
    mia.do(UpdateSchedule(id=new, title="Renamed"))
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    before = mia.shown(), mia.pending(Schedule, new)

    run_again(mia, ("schedule", new), ("schedule", world.session))

    assert (mia.shown(), mia.pending(Schedule, new)) == before
    assert before[1] == 2


def test_nothing_to_run_again_is_nothing(mia: Desk) -> None:
    assert run_again(mia) == []


def test_a_row_without_a_prediction_is_left_alone(mia: Desk, world: World) -> None:
    before = mia.shown()

    run_again(mia, ("schedule", world.session))

    assert mia.shown() == before


def test_what_was_built_on_an_undone_row_is_run_again_though_it_wrote_another(
    mia: Desk, world: World
) -> None:
    first = id_of("first")
    mutation = mia.do(a_plan(first, world.ana, start=second_ahead(days=6)), wait_s=8)
    mia.do(UpdateSchedule(id=first, title="Renamed"))

    mia.store.undo(mutation)

    assert mia.find(Schedule, first) is None
    assert not [row for row in mia.shown().values() if getattr(row, "version", 0) == 0]


def test_a_command_that_now_writes_another_ones_row_is_run_in_its_order(
    mia: Desk, world: World
) -> None:
    """The second try has the rows of both."""
    first = mia.do(UpdateSchedule(id=world.session, title="First"))
    mia.do(UpdateSchedule(id=world.soon, title="Second"))
    outbox = mia.store.files.outbox
    stored = outbox.execute("SELECT command FROM commands WHERE id = ?", [first]).fetchone()[0]
    outbox.execute(
        "UPDATE commands SET command = ? WHERE id = ?",
        [stored.replace(world.session, world.soon), first],
    )

    run_again(mia, ("schedule", world.session))

    assert mia.find(Schedule, world.session).title == "Weekly talk"
    assert mia.find(Schedule, world.soon).title == "Second"
    assert mia.pending(Schedule, world.soon) == 2


def test_without_anybody_signed_in_nothing_is_predicted(mia: Desk, world: World) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    mia.store._replica.me = None

    run_again(mia, ("schedule", world.session))

    assert mia.find(Schedule, world.session).title == "Weekly talk"


def test_an_acknowledged_effect_is_laid_on_the_rows_that_are_set_right_and_no_others(
    mia: Desk, world: World
) -> None:
    mia.do(CancelSchedule(id=world.session))
    mia.push()

    run_again(mia, ("schedule", world.session))
    others = run_again(mia, ("schedule", world.soon))

    assert mia.find(Schedule, world.session).status == "canceled"
    assert not [one for one in others if one.startswith("INSERT")]


def test_a_removal_that_is_acknowledged_stays_removed(mia: Desk, world: World) -> None:
    mia.do(DeleteSchedule(id=world.group))
    mia.push()

    run_again(mia, ("schedule", world.group))

    assert mia.find(Schedule, world.group) is None


def test_a_room_that_the_receipt_does_not_name_shows_the_relay_again(
    mia: Desk, world: World
) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    (sent,) = mia.store.unsent()

    mia.store.settle([Result(n=sent.n, status=Outcome.APPLIED, versions={"mentors": 90})])

    mia.assert_same()


def test_a_prediction_is_let_go_when_its_room_is_past_the_receipt(mia: Desk, world: World) -> None:
    room = student_room(world.ana)
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    mia.push()
    world.done_by(UpdateSchedule(id=world.session, title="Later"), world.mia)

    mia.copy(room)

    mia.assert_same()


@pytest.mark.parametrize("order", ["acknowledged", "waiting"])
def test_predictions_are_found_again_at_a_start(
    order: str, world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    desk.do(UpdateSchedule(id=world.session, title="First talk"))
    if order == "acknowledged":
        desk.push()

    desk.reopen()

    assert desk.find(Schedule, world.session).title == "First talk"
    assert desk.pending(Schedule, world.session) == 1
