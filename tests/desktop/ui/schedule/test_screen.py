"""The mentor's schedule, driven as a person drives it, over a real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.schedule.details import SessionDetails
from desktop.ui.schedule.editor import SessionEditor
from desktop.ui.schedule.screen import ScheduleScreen
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ReasonDialog
from domain.outcomes import CompleteSchedule
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.schedules import Schedule
from tests.builders import World, a_plan, ahead, id_of, second_ahead
from tests.desktop.ui.rows import confirm, dialogs, go_to, ids, look, open_row, press, texts
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], ScheduleScreen]
pytestmark = pytest.mark.usefixtures("british")


@pytest.fixture
def open_schedule(theme: Theme, qtbot: QtBot) -> Open:
    def open_schedule(seat: Seat) -> ScheduleScreen:
        screen = ScheduleScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.resize(900, 700)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        return screen

    return open_schedule


def the_dialog(screen: ScheduleScreen) -> QWidget:
    [found] = dialogs(screen.page)
    return found


def test_lists_what_comes_by_day_from_today_on(
    world: World, seat_of: SeatOf, open_schedule: Open
) -> None:
    view = open_schedule(seat_of(world.mia)).page.list

    assert ids(view) == [world.done, world.soon, world.session, world.canceled, world.group]
    headings = [text for text in texts(view) if ", " not in text]
    assert headings[:2] == ["Today", "Thursday 4 December"]


def test_the_past_is_listed_from_the_latest_on(
    world: World, seat_of: SeatOf, open_schedule: Open, qtbot: QtBot
) -> None:
    page = open_schedule(seat_of(world.mia)).page

    qtbot.mouseClick(page.time.buttons["past"], Qt.MouseButton.LeftButton)

    assert ids(page.list) == [world.done, world.past]


def test_filters_combine(world: World, seat_of: SeatOf, open_schedule: Open, qtbot: QtBot) -> None:
    page = open_schedule(seat_of(world.mia)).page

    page.people.choose(world.ana)
    assert ids(page.list) == [world.done, world.soon, world.session, world.canceled]
    qtbot.mouseClick(page.status.buttons["canceled"], Qt.MouseButton.LeftButton)
    assert ids(page.list) == [world.canceled]
    qtbot.mouseClick(page.time.buttons["past"], Qt.MouseButton.LeftButton)
    assert page.empty.title.accessibleName() == "No session fits"
    qtbot.mouseClick(page.status.buttons[""], Qt.MouseButton.LeftButton)

    assert ids(page.list) == [world.done, world.past]


def test_a_cohort_is_a_filter_too(world: World, seat_of: SeatOf, open_schedule: Open) -> None:
    page = open_schedule(seat_of(world.mia)).page

    page.people.choose(world.spring)

    assert ids(page.list) == [world.group]


def test_the_selection_survives_changes_of_others(
    world: World, seat_of: SeatOf, open_schedule: Open
) -> None:
    seat = seat_of(world.mia)
    view = open_schedule(seat).page.list
    go_to(view, world.session)

    world.done_by(
        a_plan(id_of("earlier"), world.ana, start=second_ahead(days=1), title="Earlier"), world.mia
    )
    world.done_by(UpdateSchedule(id=world.session, title="Renamed"), world.mia)
    seat.sync()

    assert view.current_id() == world.session
    assert id_of("earlier") in ids(view)
    assert look(view, world.session).title == "Renamed"


def test_the_minute_moves_a_session_to_what_is_to_confirm(
    world: World, seat_of: SeatOf, open_schedule: Open
) -> None:
    seat = seat_of(world.mia)
    view = open_schedule(seat).page.list
    chip = look(view, world.soon).chip
    assert chip is not None
    assert chip.text == "Scheduled"

    seat.set_time(ahead(hours=3))

    chip = look(view, world.soon).chip
    assert chip is not None
    assert chip.text == "To confirm"


async def test_a_click_on_a_button_completes(
    world: World, seat_of: SeatOf, open_schedule: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    page = open_schedule(seat).page
    qtbot.mouseClick(page.time.buttons["past"], Qt.MouseButton.LeftButton)

    press(qtbot, page.list, world.past, "complete")
    await all_done()

    row = look(page.list, world.past)
    assert row.chip is not None
    assert row.chip.text == "Completed"
    assert row.pending == "waiting to send"
    seat.sync()
    assert look(page.list, world.past).pending == ""


async def test_delete_can_be_undone(
    world: World, seat_of: SeatOf, open_schedule: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_schedule(seat)
    view = screen.page.list
    undo: list[Callable[[], object]] = []
    seat.news.said.connect(lambda _text, take_back: undo.append(take_back))
    go_to(view, world.session)

    qtbot.keyClick(view, Qt.Key.Key_Delete)
    confirm(screen.page)
    await all_done()
    assert world.session not in ids(view)
    assert seat.desk.store.unsent() == []
    undo[0]()
    await all_done()

    assert world.session in ids(view)


async def test_without_undo_the_deletion_is_sent_after_eight_seconds(
    world: World, seat_of: SeatOf, open_schedule: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_schedule(seat)
    view = screen.page.list
    go_to(view, world.session)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    confirm(screen.page)
    await all_done()

    seat.set_time(ahead(seconds=8))
    seat.sync()

    assert (Schedule.kind(), world.session) not in seat.desk.relay.rows
    assert world.session not in ids(view)


def test_delete_on_a_session_that_has_begun_asks_to_cancel_it(
    world: World, seat_of: SeatOf, open_schedule: Open, qtbot: QtBot
) -> None:
    screen = open_schedule(seat_of(world.mia))
    qtbot.mouseClick(screen.page.time.buttons["past"], Qt.MouseButton.LeftButton)
    go_to(screen.page.list, world.past)

    qtbot.keyClick(screen.page.list, Qt.Key.Key_Delete)

    assert isinstance(the_dialog(screen), ReasonDialog)


async def test_a_row_is_edited_by_key(
    world: World, seat_of: SeatOf, open_schedule: Open, qtbot: QtBot
) -> None:
    screen = open_schedule(seat_of(world.mia))
    go_to(screen.page.list, world.session)

    qtbot.keyClick(screen.page.list, Qt.Key.Key_F2)
    await all_done()
    editor = the_dialog(screen)
    assert isinstance(editor, SessionEditor)
    qtbot.keyClicks(editor.place, "Library")
    qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    await all_done()

    assert dialogs(screen.page) == []
    assert screen.page.list.current_id() == world.session
    assert screen.page.list.hasFocus()


async def test_a_duplicate_is_a_week_later(
    world: World, seat_of: SeatOf, open_schedule: Open, qtbot: QtBot
) -> None:
    screen = open_schedule(seat_of(world.mia))
    go_to(screen.page.list, world.session)

    qtbot.keyClick(screen.page.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    await all_done()

    editor = the_dialog(screen)
    assert isinstance(editor, SessionEditor)
    assert (editor.draft().title, editor.draft().start.day) == ("Weekly talk", 11)


async def test_a_new_session_is_selected(
    world: World, seat_of: SeatOf, open_schedule: Open, qtbot: QtBot
) -> None:
    screen = open_schedule(seat_of(world.mia))
    screen.page.new_action.trigger()
    await all_done()
    editor = the_dialog(screen)
    assert isinstance(editor, SessionEditor)
    qtbot.keyClicks(editor.title, "First talk")
    editor.picker.choose(world.ana)
    editor.start.set_value(editor.start.value().replace(day=10))

    qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
    await all_done()

    assert look(screen.page.list, screen.page.list.current_id()).title == "First talk"


def test_return_opens_the_details_and_escape_comes_back_to_the_row(
    world: World, seat_of: SeatOf, open_schedule: Open, qtbot: QtBot
) -> None:
    screen = open_schedule(seat_of(world.mia))

    open_row(qtbot, screen.page.list, world.session)
    details = the_dialog(screen)
    assert isinstance(details, SessionDetails)
    qtbot.keyClick(details, Qt.Key.Key_Escape)

    assert dialogs(screen.page) == []
    assert screen.page.focusWidget() is screen.page.list
    assert screen.page.list.current_id() == world.session


def test_a_session_that_goes_takes_its_row_and_dialog_along(
    world: World, seat_of: SeatOf, open_schedule: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_schedule(seat)
    open_row(qtbot, screen.page.list, world.session)

    world.done_by(DeleteSchedule(id=world.session), world.mia)
    seat.sync()

    assert dialogs(screen.page) == []
    assert world.session not in ids(screen.page.list)


def test_more_is_read_at_the_end_of_the_list(
    world: World, seat_of: SeatOf, open_schedule: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.schedule.screen.STEP", 2)
    screen = open_schedule(seat_of(world.mia))
    assert len(ids(screen.page.list)) == 2

    screen.page.more_asked.emit()

    assert len(ids(screen.page.list)) == 4


def test_others_completions_show_at_once(
    world: World, seat_of: SeatOf, open_schedule: Open
) -> None:
    seat = seat_of(world.mia)
    page = open_schedule(seat).page
    page.time.buttons["past"].click()

    world.done_by(CompleteSchedule(id=world.past), world.ana)
    seat.sync()

    chip = look(page.list, world.past).chip
    assert chip is not None
    assert chip.text == "Completed"
