"""What one can do with a session by role and status, and what is asked before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.store.schedules import Session, attendees, session
from desktop.ui.schedule.deeds import Deeds, mentor_actions, student_actions
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ConfirmDialog, ReasonDialog
from domain.members import Role
from domain.outcomes import CannotMakeIt, CompleteSchedule, MarkAttendance
from domain.planning import CreateSchedule
from domain.schedules import Mark, Schedule, Status
from tests.builders import World, a_plan, ahead, id_of, second_ahead
from tests.desktop.ui.rows import confirm, dialogs
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]


def the(seat: Seat, schedule_id: str) -> Session:
    found = session(seat.reader, seat.workspace.me, schedule_id)
    assert found is not None
    return found


def keys(seat: Seat, schedule_id: str) -> list[str]:
    offer = student_actions if seat.workspace.me.role is Role.STUDENT else mentor_actions
    return [action.key for action in offer(the(seat, schedule_id), seat.workspace)]


def deeds_of(seat: Seat, theme: Theme, window: QWidget) -> Deeds:
    return Deeds(seat.workspace, theme, window)


def asked(window: QWidget) -> ConfirmDialog:
    [dialog] = dialogs(window)
    assert isinstance(dialog, ConfirmDialog)
    return dialog


def agree(qtbot: QtBot, window: QWidget, reason: str = "") -> None:
    dialog = asked(window)
    if reason:
        assert isinstance(dialog, ReasonDialog)
        qtbot.keyClicks(dialog.reason, reason)
    qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("session", ["edit", "complete", "cancel", "delete", "duplicate"]),
        ("past", ["complete", "edit", "cancel", "duplicate"]),
        ("done", ["reopen", "edit", "duplicate"]),
        ("canceled", ["reopen", "duplicate"]),
        ("group", ["edit", "complete", "cancel", "delete", "duplicate"]),
    ],
)
def test_a_mentor_is_offered(world: World, seat_of: SeatOf, name: str, offered: list[str]) -> None:
    assert keys(seat_of(world.mia), world.sessions[name]) == offered


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("session", ["complete", "cancel"]),
        ("soon", ["complete", "cant_make_it"]),
        ("past", ["complete", "did_not"]),
        ("done", ["reopen"]),
        ("canceled", []),
        ("group", ["complete", "cant_make_it"]),
    ],
)
def test_a_student_is_offered(world: World, seat_of: SeatOf, name: str, offered: list[str]) -> None:
    assert keys(seat_of(world.ana), world.sessions[name]) == offered


def test_a_student_may_cancel_until_24_hours_before(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.ana)

    seat.set_time(ahead(days=2))
    assert "cancel" in keys(seat, world.session)
    seat.set_time(ahead(days=2, minutes=1))

    assert "cant_make_it" in keys(seat, world.session)


def test_a_student_takes_back_within_ten_minutes(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.ana)

    seat.set_time(ahead(minutes=5))
    assert keys(seat, world.done) == ["reopen"]
    seat.set_time(ahead(minutes=6))

    assert keys(seat, world.done) == []


def test_a_mentor_reopens_within_seven_days(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)

    seat.set_time(ahead(days=6, hours=23))
    assert "reopen" in keys(seat, world.done)
    seat.set_time(ahead(days=7))

    assert "reopen" not in keys(seat, world.done)


def test_a_canceled_session_is_put_back_on_until_its_start(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)

    seat.set_time(ahead(days=4, minutes=1))

    assert keys(seat, world.canceled) == ["duplicate"]


def test_a_student_cannot_take_back_what_the_mentor_has_marked(
    world: World, seat_of: SeatOf
) -> None:
    world.done_by(CompleteSchedule(id=world.past), world.mia)

    assert keys(seat_of(world.ana), world.past) == []


def test_whoever_said_they_cannot_come_is_not_asked_again(world: World, seat_of: SeatOf) -> None:
    world.done_by(CannotMakeIt(id=world.soon, reason="Ill."), world.ana)

    assert keys(seat_of(world.ana), world.soon) == ["complete"]


async def test_completing_one_that_has_begun_needs_no_question(
    world: World, seat_of: SeatOf, theme: Theme, window: QWidget
) -> None:
    seat = seat_of(world.ana)

    deeds_of(seat, theme, window).do("complete", the(seat, world.past))
    await all_done()

    assert dialogs(window) == []
    assert seat.desk.find(Schedule, world.past).status is Status.COMPLETED


async def test_completing_before_the_start_asks(
    world: World, seat_of: SeatOf, theme: Theme, window: QWidget, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)

    deeds_of(seat, theme, window).do("complete", the(seat, world.soon))
    await all_done()
    assert seat.desk.find(Schedule, world.soon).status is Status.SCHEDULED
    agree(qtbot, window)
    await all_done()

    assert seat.desk.find(Schedule, world.soon).status is Status.COMPLETED


async def test_canceling_takes_the_reason_along(
    world: World, seat_of: SeatOf, theme: Theme, window: QWidget, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)

    deeds_of(seat, theme, window).do("cancel", the(seat, world.session))
    agree(qtbot, window, "A train on strike")
    await all_done()

    row = seat.desk.find(Schedule, world.session)
    assert (row.status, row.status_reason) == (Status.CANCELED, "A train on strike")


@pytest.mark.parametrize(("key", "name"), [("cant_make_it", "soon"), ("did_not", "past")])
async def test_the_mentor_is_told_and_the_session_stays(
    world: World,
    seat_of: SeatOf,
    theme: Theme,
    window: QWidget,
    qtbot: QtBot,
    key: str,
    name: str,
) -> None:
    seat = seat_of(world.ana)
    schedule_id = world.sessions[name]

    deeds_of(seat, theme, window).do(key, the(seat, schedule_id))
    agree(qtbot, window, "Ill.")
    await all_done()

    assert seat.desk.find(Schedule, schedule_id).status is Status.SCHEDULED
    [mutation] = seat.desk.store.unsent()
    assert mutation.command["reason"] == "Ill."
    assert the(seat, schedule_id).cannot


async def test_going_back_changes_nothing(
    world: World, seat_of: SeatOf, theme: Theme, window: QWidget, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)

    deeds_of(seat, theme, window).do("cancel", the(seat, world.session))
    qtbot.keyClick(asked(window), Qt.Key.Key_Escape)
    await all_done()

    assert seat.desk.store.unsent() == []


async def test_taking_back_a_completion(
    world: World, seat_of: SeatOf, theme: Theme, window: QWidget
) -> None:
    seat = seat_of(world.ana)

    deeds_of(seat, theme, window).do("reopen", the(seat, world.done))
    await all_done()

    assert seat.desk.find(Schedule, world.done).status is Status.SCHEDULED


async def test_putting_back_on_over_another_asks_first(
    world: World, seat_of: SeatOf, theme: Theme, window: QWidget, qtbot: QtBot
) -> None:
    other: CreateSchedule = a_plan(
        id_of("in its place"), world.ana, start=second_ahead(days=4), title="In its place"
    )
    world.done_by(other, world.mia)
    seat = seat_of(world.mia)

    deeds_of(seat, theme, window).do("reopen", the(seat, world.canceled))
    await all_done()
    assert "In its place" in asked(window).sentence.accessibleName()
    agree(qtbot, window)
    await all_done()
    seat.sync()

    assert seat.desk.relay.get(Schedule, world.canceled).status is Status.SCHEDULED


async def test_deleting_can_be_undone_while_the_message_stands(
    world: World, seat_of: SeatOf, theme: Theme, window: QWidget
) -> None:
    seat = seat_of(world.mia)
    undo: list[Callable[[], object]] = []
    seat.news.said.connect(lambda _text, take_back: undo.append(take_back))

    deeds_of(seat, theme, window).do("delete", the(seat, world.session))
    confirm(window)
    await all_done()
    assert seat.said == ["“Weekly talk” deleted"]
    assert seat.desk.find(Schedule, world.session) is None
    undo[0]()
    await all_done()

    assert seat.desk.find(Schedule, world.session) is not None


def test_what_is_no_deed_is_left_to_others(
    world: World, seat_of: SeatOf, theme: Theme, window: QWidget
) -> None:
    seat = seat_of(world.mia)

    assert not deeds_of(seat, theme, window).do("edit", the(seat, world.session))


async def test_a_mark_that_was_replaced_is_put_back(
    world: World, seat_of: SeatOf, theme: Theme, window: QWidget
) -> None:
    world.assign(world.mia, world.ben)
    world.done_by(MarkAttendance(id=world.group, user_id=world.ben, mark=Mark.ABSENT), world.mia)
    seat = seat_of(world.mia)
    undo: list[Callable[[], object]] = []
    seat.news.said.connect(lambda _text, back: undo.append(back))

    deeds_of(seat, theme, window).mark(the(seat, world.group), world.ben, Mark.LATE)
    await all_done()
    assert seat.said == ["Ben Hall: Late"]
    undo[0]()
    await all_done()

    marks = {one.user_id: one.mark for one in attendees(seat.reader, world.group)}
    assert marks[world.ben] is Mark.ABSENT
    assert seat.said[-1].startswith("Undone: “")


async def test_a_first_mark_has_nothing_to_be_put_back(
    world: World, seat_of: SeatOf, theme: Theme, window: QWidget
) -> None:
    seat = seat_of(world.mia)
    undo: list[object] = []
    seat.news.said.connect(lambda _text, back: undo.append(back))

    deeds_of(seat, theme, window).mark(the(seat, world.group), world.ana, Mark.LATE)
    await all_done()

    assert undo == [None]
