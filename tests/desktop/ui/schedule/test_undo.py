"""Taking back what was done to a session, by the command that undoes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from desktop.store.schedules import session
from desktop.ui.schedule.undo import SessionChanges, has_inverse
from domain.commands import Command
from domain.conflicts import base_of
from domain.outcomes import CancelSchedule, CannotMakeIt, CompleteSchedule, ReopenSchedule
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.schedules import Schedule, Status
from tests.builders import World, a_plan, ahead, id_of, second_ahead
from tests.desktop.ui.rows import confirm
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Undo = list[Callable[[], object] | None]


def row(seat: Seat, schedule_id: str) -> Schedule | None:
    found = session(seat.reader, seat.workspace.me, schedule_id)
    return found.schedule if found else None


async def done(seat: Seat, window: QWidget, command: Command) -> Callable[[], object] | None:
    """Do it as the screens do; what takes it back, as the message offers it."""
    offered: Undo = []
    seat.news.said.connect(lambda _text, undo: offered.append(undo))
    before = row(seat, getattr(command, "id", ""))
    SessionChanges(seat.workspace, window).do(command, "Done", before)
    await all_done()
    assert len(offered) == 1
    return offered[0]


async def undone(undo: Callable[[], object] | None) -> None:
    assert undo is not None
    undo()
    await all_done()


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("session", lambda key: CancelSchedule(id=key, reason="Ill.")),
        ("past", lambda key: CompleteSchedule(id=key)),
        ("done", lambda key: ReopenSchedule(id=key)),
        ("canceled", lambda key: ReopenSchedule(id=key)),
        ("session", lambda key: UpdateSchedule(id=key, title="Other", place="There")),
        (
            "session",
            lambda key: UpdateSchedule(
                id=key, start_time=second_ahead(days=6), end_time=second_ahead(days=6, hours=2)
            ),
        ),
    ],
    ids=["cancel", "complete", "reopen", "put back on", "edit", "move"],
)
async def test_a_change_is_taken_back(
    world: World, seat_of: SeatOf, window: QWidget, name: str, command: Callable[[str], Command]
) -> None:
    seat = seat_of(world.mia)
    schedule_id = world.sessions[name]
    before = row(seat, schedule_id)
    assert before is not None

    undo = await done(seat, window, command(schedule_id))
    changed = row(seat, schedule_id)
    assert changed is not None
    assert (changed.status, base_of(changed)) != (before.status, base_of(before))
    await undone(undo)
    seat.sync()

    back = row(seat, schedule_id)
    assert back is not None
    assert (back.status, back.status_reason) == (before.status, before.status_reason)
    assert base_of(back) == base_of(before)
    assert seat.said[-1].startswith("Undone: “")
    assert seat.desk.store.unsent() == []


async def test_a_planned_session_goes_again(world: World, seat_of: SeatOf, window: QWidget) -> None:
    seat = seat_of(world.mia)
    plan = a_plan(id_of("new"), world.ana, start=second_ahead(days=6))

    await undone(await done(seat, window, plan))

    assert row(seat, plan.id) is None


async def test_a_planned_session_that_has_begun_stays(
    world: World, seat_of: SeatOf, window: QWidget
) -> None:
    seat = seat_of(world.mia)
    plan = a_plan(id_of("new"), world.ana, start=second_ahead(days=6))
    undo = await done(seat, window, plan)

    seat.set_time(ahead(days=6, hours=1))
    await undone(undo)

    assert seat.said[-1] == "Only a session that is still ahead can be deleted."
    assert row(seat, plan.id) is not None


async def test_what_somebody_has_changed_since_stays_as_it_is(
    world: World, seat_of: SeatOf, window: QWidget
) -> None:
    seat = seat_of(world.mia)
    undo = await done(seat, window, UpdateSchedule(id=world.session, title="Mine"))
    seat.sync()
    world.done_by(UpdateSchedule(id=world.session, title="Later"), world.mia)
    seat.sync()

    await undone(undo)

    assert seat.said[-1] == "It has been changed since, so it stays as it is."
    assert (row(seat, world.session) or pytest.fail("gone")).title == "Later"


async def test_what_has_gone_cannot_come_back_so(
    world: World, seat_of: SeatOf, window: QWidget
) -> None:
    seat = seat_of(world.mia)
    undo = await done(seat, window, UpdateSchedule(id=world.session, title="Mine"))
    seat.sync()
    world.done_by(DeleteSchedule(id=world.session), world.mia)
    seat.sync()

    await undone(undo)

    assert seat.said[-1] == "This session is no longer there."


async def test_an_old_time_that_is_taken_by_now_is_asked_about(
    world: World, seat_of: SeatOf, window: QWidget
) -> None:
    seat = seat_of(world.mia)
    moved = UpdateSchedule(
        id=world.session, start_time=second_ahead(days=6), end_time=second_ahead(days=6, hours=1)
    )
    undo = await done(seat, window, moved)
    seat.sync()
    other = a_plan(id_of("other"), world.ana, start=second_ahead(days=3), title="Other")
    world.done_by(other, world.mia)
    seat.sync()

    await undone(undo)
    assert (row(seat, world.session) or pytest.fail("gone")).start_time == second_ahead(days=6)
    confirm(window)
    await all_done()
    seat.sync()

    assert (row(seat, world.session) or pytest.fail("gone")).start_time == second_ahead(days=3)


async def test_a_student_takes_a_completion_back(
    world: World, seat_of: SeatOf, window: QWidget
) -> None:
    seat = seat_of(world.ana)

    await undone(await done(seat, window, CompleteSchedule(id=world.past)))

    assert (row(seat, world.past) or pytest.fail("gone")).status is Status.SCHEDULED


@pytest.mark.parametrize(
    "command",
    [
        lambda world: CancelSchedule(id=world.session),
        lambda world: CannotMakeIt(id=world.soon),
        lambda world: CompleteSchedule(id=world.group),
    ],
)
def test_a_student_is_not_offered_what_only_the_mentor_can(
    world: World, seat_of: SeatOf, command: Callable[[World], Command]
) -> None:
    seat = seat_of(world.ana)
    given = command(world)

    assert not has_inverse(given, row(seat, getattr(given, "id", "")), seat.workspace)
