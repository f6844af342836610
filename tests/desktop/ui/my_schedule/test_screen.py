"""My Schedule, driven as a student drives it, over a real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.my_schedule.screen import MyScheduleScreen
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ConfirmDialog, ReasonDialog
from domain.assignments import ClaimStudent
from domain.outcomes import CancelSchedule, CompleteSchedule
from domain.planning import DeleteSchedule
from domain.schedules import Schedule, Status
from tests.builders import World, a_plan, ahead, id_of, second_ahead
from tests.desktop.ui.rows import dialogs, ids, look, open_row, press, texts
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], MyScheduleScreen]
pytestmark = pytest.mark.usefixtures("british")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_mine(theme: Theme, qtbot: QtBot) -> Open:
    def open_mine(seat: Seat) -> MyScheduleScreen:
        screen = MyScheduleScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.resize(900, 700)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        return screen

    return open_mine


def chip(screen: MyScheduleScreen, schedule_id: str) -> str:
    found = look(screen.page.list, schedule_id).chip
    return found.text if found else ""


def asked(screen: MyScheduleScreen) -> ConfirmDialog:
    [dialog] = dialogs(screen.page)
    assert isinstance(dialog, ConfirmDialog)
    return dialog


def test_what_is_to_confirm_comes_first(world: World, seat_of: SeatOf, open_mine: Open) -> None:
    page = open_mine(seat_of(world.ana)).page

    assert texts(page.list)[0] == "Did it take place?"
    coming = [world.soon, world.session, world.canceled, world.group]
    assert ids(page.list) == [world.past, *coming]
    assert page.parts.buttons["upcoming"].text() == "Upcoming  3"


def test_without_sessions_it_says_whom_one_waits_for(
    world: World, seat_of: SeatOf, open_mine: Open
) -> None:
    seat = seat_of(world.cem)
    empty = open_mine(seat).page.empty
    assert empty.sentence.accessibleName().startswith("Nobody mentors you yet.")

    world.done_by(ClaimStudent(student_id=world.cem), world.otto)
    seat.sync()

    assert empty.sentence.accessibleName().startswith("When your mentor plans one")


def test_a_canceled_session_stays_struck_through_until_its_start(
    world: World, seat_of: SeatOf, open_mine: Open
) -> None:
    seat = seat_of(world.ana)
    screen = open_mine(seat)
    row = look(screen.page.list, world.canceled)
    assert row.is_struck
    assert row.subtitle.startswith("Ill.")

    seat.set_time(ahead(days=4, minutes=1))

    assert world.canceled not in ids(screen.page.list)


def test_after_that_it_is_folded_away(
    world: World, seat_of: SeatOf, open_mine: Open, qtbot: QtBot
) -> None:
    world.done_by(CancelSchedule(id=world.past, reason="The train stood still"), world.mia)
    page = open_mine(seat_of(world.ana)).page
    assert world.past not in ids(page.list)
    assert page.fold.text() == "Canceled  1"

    qtbot.mouseClick(page.fold, LEFT)
    assert ids(page.list)[-1] == world.past
    assert look(page.list, world.past).subtitle.startswith("The train stood still")
    qtbot.mouseClick(page.fold, LEFT)

    assert world.past not in ids(page.list)


def test_completed_sessions_are_dimmed_and_the_latest_first(
    world: World, seat_of: SeatOf, open_mine: Open, qtbot: QtBot
) -> None:
    world.done_by(CompleteSchedule(id=world.past), world.mia)
    page = open_mine(seat_of(world.ana)).page

    qtbot.mouseClick(page.parts.buttons["completed"], LEFT)

    assert ids(page.list) == [world.done, world.past]
    assert look(page.list, world.past).is_dimmed


def test_a_group_that_one_attended_counts_as_completed(
    world: World, seat_of: SeatOf, open_mine: Open, qtbot: QtBot
) -> None:
    circle = a_plan(id_of("circle"), cohort_id=world.spring, start=second_ahead(hours=-5))
    world.done_by(circle, world.mia)
    world.done_by(CompleteSchedule(id=id_of("circle")), world.ana)
    screen = open_mine(seat_of(world.ana))

    assert id_of("circle") not in ids(screen.page.list)
    qtbot.mouseClick(screen.page.parts.buttons["completed"], LEFT)

    assert id_of("circle") in ids(screen.page.list)
    assert chip(screen, id_of("circle")) == "Attended"


async def test_confirms_with_one_click(
    world: World, seat_of: SeatOf, open_mine: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_mine(seat)

    press(qtbot, screen.page.list, world.past, "complete")
    await all_done()
    seat.sync()

    assert seat.desk.relay.get(Schedule, world.past).status is Status.COMPLETED
    assert world.past not in ids(screen.page.list)
    assert screen.page.parts.buttons["upcoming"].text() == "Upcoming  3"


async def test_marking_complete_before_the_start_asks_first(
    world: World, seat_of: SeatOf, open_mine: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_mine(seat)

    press(qtbot, screen.page.list, world.soon, "complete")
    assert "has not started yet" in asked(screen).sentence.accessibleName()
    qtbot.keyClick(asked(screen), Qt.Key.Key_Escape)
    await all_done()

    assert chip(screen, world.soon) == "Scheduled"


async def test_within_24_hours_one_says_that_one_cannot_come(
    world: World, seat_of: SeatOf, open_mine: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_mine(seat)

    press(qtbot, screen.page.list, world.soon, "cant_make_it")
    dialog = asked(screen)
    assert isinstance(dialog, ReasonDialog)
    qtbot.keyClicks(dialog.reason, "Ill.")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    await all_done()

    assert chip(screen, world.soon) == "Can't make it"
    assert seat.desk.find(Schedule, world.soon).status is Status.SCHEDULED


async def test_earlier_one_cancels_with_a_reason(
    world: World, seat_of: SeatOf, open_mine: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_mine(seat)

    press(qtbot, screen.page.list, world.session, "cancel")
    dialog = asked(screen)
    assert isinstance(dialog, ReasonDialog)
    qtbot.keyClicks(dialog.reason, "Travel.")
    qtbot.mouseClick(dialog.confirm_button, LEFT)
    await all_done()

    assert look(screen.page.list, world.session).is_struck
    seat.sync()
    assert seat.desk.relay.get(Schedule, world.session).status_reason == "Travel."


async def test_takes_back_a_completion(
    world: World, seat_of: SeatOf, open_mine: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_mine(seat)
    qtbot.mouseClick(screen.page.parts.buttons["completed"], LEFT)

    press(qtbot, screen.page.list, world.done, "reopen")
    await all_done()

    assert seat.desk.find(Schedule, world.done).status is Status.SCHEDULED
    assert world.done not in ids(screen.page.list)


async def test_what_the_mentor_did_meanwhile_is_refused_in_words(
    world: World, seat_of: SeatOf, open_mine: Open
) -> None:
    seat = seat_of(world.ana)
    screen = open_mine(seat)
    world.done_by(CancelSchedule(id=world.past), world.mia)
    seat.desk.receive()

    screen.deeds.complete(screen.page.model.record_at(1))  # type: ignore[arg-type]
    await all_done()

    assert seat.said == ["This session is canceled already."]


def test_what_the_mentor_plans_is_there_at_once(
    world: World, seat_of: SeatOf, open_mine: Open
) -> None:
    seat = seat_of(world.ana)
    screen = open_mine(seat)

    world.done_by(a_plan(id_of("new"), world.ana, start=second_ahead(days=8)), world.mia)
    world.done_by(DeleteSchedule(id=world.session), world.mia)
    seat.sync()

    assert id_of("new") in ids(screen.page.list)
    assert world.session not in ids(screen.page.list)


def test_return_opens_the_details_and_escape_comes_back(
    world: World, seat_of: SeatOf, open_mine: Open, qtbot: QtBot
) -> None:
    screen = open_mine(seat_of(world.ana))

    open_row(qtbot, screen.page.list, world.session)
    [details] = dialogs(screen.page)
    qtbot.keyClick(details, Qt.Key.Key_Escape)

    assert screen.page.focusWidget() is screen.page.list
    assert screen.page.list.current_id() == world.session


def test_by_the_minute_a_session_turns_into_a_question(
    world: World, seat_of: SeatOf, open_mine: Open
) -> None:
    seat = seat_of(world.ana)
    screen = open_mine(seat)

    seat.set_time(ahead(hours=3))

    assert ids(screen.page.list)[:2] == [world.soon, world.past]
    assert chip(screen, world.soon) == "To confirm"
