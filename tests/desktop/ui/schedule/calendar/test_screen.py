"""The calendar, driven as a person drives it, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.schedule.calendar.pointing import EDGE_PX
from desktop.ui.schedule.calendar.week_grid import WeekGrid
from desktop.ui.schedule.editor import SessionEditor
from desktop.ui.schedule.screen import ScheduleScreen
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from domain.accounts import UpdateAccount
from domain.outcomes import CompleteSchedule
from domain.planning import UpdateSchedule
from tests.builders import World, a_plan, ahead, id_of, second_ahead
from tests.desktop.ui.rows import confirm, dialogs
from tests.desktop.ui.schedule.calendar.calendars import (
    LEFT,
    block,
    drag,
    point_of,
    press_at,
    pull_to,
    stand_on,
    times,
    wall,
)
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], ScheduleScreen]
pytestmark = pytest.mark.usefixtures("british")
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def open_week(theme: Theme, qtbot: QtBot) -> Open:
    """The schedule at its week: Monday 1 December 2025, 13:00 in Mia's zone."""

    def open_week(seat: Seat) -> ScheduleScreen:
        screen = ScheduleScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.resize(1000, 700)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        qtbot.mouseClick(screen.page.views.buttons["week"], LEFT)
        screen.calendar.view.week.setFocus()
        return screen

    return open_week


def week_of(screen: ScheduleScreen) -> WeekGrid:
    return screen.calendar.view.week


def the_dialog(screen: ScheduleScreen) -> QWidget:
    [found] = dialogs(screen.page)
    return found


@pytest.mark.parametrize("view", ["week", "month"])
async def test_tab_comes_to_the_ways_to_other_days_before_the_grid(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot, view: str
) -> None:
    screen = open_week(seat_of(world.mia))
    qtbot.mouseClick(screen.page.views.buttons[view], LEFT)
    *_, last_filter = screen.page.status.buttons.values()
    last_filter.setFocus()
    bar, grid = screen.calendar.view.bar, getattr(screen.calendar.view, view)
    reached: list[QWidget | None] = []

    while not grid.hasFocus() and len(reached) < 12:
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        reached.append(QApplication.focusWidget())

    # Tab also goes from the day to the month to the year of the field.
    assert list(dict.fromkeys(reached)) == [bar.today, bar.back, bar.on, bar.day, grid]


async def test_a_drag_on_free_time_plans_a_session_there(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    screen = open_week(seat_of(world.mia))
    week = week_of(screen)

    start = point_of(week, wall(3, 9))
    drag(qtbot, week, start, point_of(week, wall(3, 9), below=72))
    await all_done()

    editor = the_dialog(screen)
    assert isinstance(editor, SessionEditor)
    assert (editor.draft().start, editor.draft().end) == (wall(3, 9), wall(3, 10, 30))
    assert editor.focusWidget() is editor.title


async def test_a_drag_on_free_time_stays_in_its_day(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    screen = open_week(seat_of(world.mia))
    week = week_of(screen)

    drag(qtbot, week, point_of(week, wall(3, 9)), point_of(week, wall(4, 9), below=72))
    await all_done()

    editor = the_dialog(screen)
    assert isinstance(editor, SessionEditor)
    assert (editor.draft().start, editor.draft().end) == (wall(3, 9), wall(3, 10, 30))


async def test_a_drag_moves_a_session_and_can_be_undone(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    undo: list[Callable[[], object]] = []
    seat.news.said.connect(lambda _text, back: undo.append(back))
    week = week_of(open_week(seat))
    before = times(seat, world.session)

    start = point_of(week, wall(4, 13), below=24)
    drag(qtbot, week, start, point_of(week, wall(5, 15), below=24))
    await all_done()

    assert times(seat, world.session) == ("2025-12-05T14:00:00Z", "2025-12-05T15:00:00Z")
    assert seat.said == ["“Weekly talk” is now Fri 5 Dec, 15:00\N{EN DASH}16:00"]
    undo[0]()
    await all_done()
    assert times(seat, world.session) == before
    assert seat.said[1:] == ["Undone: “Weekly talk”."]


async def test_a_drag_of_the_lower_edge_makes_it_longer(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    week = week_of(open_week(seat))

    edge = point_of(week, wall(4, 13), below=48 - EDGE_PX + 1)
    drag(qtbot, week, edge, point_of(week, wall(4, 13), below=72 - EDGE_PX + 1))
    await all_done()

    assert times(seat, world.session) == ("2025-12-04T12:00:00Z", "2025-12-04T13:30:00Z")


async def test_a_drag_of_the_upper_edge_begins_earlier(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    week = week_of(open_week(seat))

    edge = point_of(week, wall(4, 13), below=2)
    drag(qtbot, week, edge, point_of(week, wall(4, 12, 30), below=2))
    await all_done()

    assert times(seat, world.session) == ("2025-12-04T11:30:00Z", "2025-12-04T13:00:00Z")


async def test_a_conflict_shows_while_one_drags_and_is_asked_about(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    other = a_plan(id_of("other"), world.ana, start=second_ahead(days=4), title="Other talk")
    world.done_by(other, world.mia)
    seat = seat_of(world.mia)
    screen = open_week(seat)
    week = week_of(screen)
    before = times(seat, world.session)

    press_at(week, point_of(week, wall(4, 13), below=24))
    pull_to(week, point_of(week, wall(5, 13, 30), below=24))
    assert "Overlaps “Other talk”" in week.accessibleDescription()
    assert times(seat, world.session) == before
    at = point_of(week, wall(5, 13, 30), below=24)
    QTest.mouseRelease(week.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
    question = the_dialog(screen)
    assert isinstance(question, ConfirmDialog)
    assert question.confirm_button.text() == "Book anyway"
    confirm(screen.page)
    await all_done()
    seat.sync()

    assert times(seat, world.session)[0] == "2025-12-05T12:30:00Z"
    assert seat.desk.store.unsent() == []


async def test_going_back_from_the_question_leaves_it_where_it_was(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_week(seat)
    week = week_of(screen)
    before = times(seat, world.session)

    start = point_of(week, wall(4, 13), below=24)
    drag(qtbot, week, start, point_of(week, wall(1, 9), below=24))
    question = the_dialog(screen)
    assert isinstance(question, ConfirmDialog)
    assert question.sentence.accessibleName() == "It starts in the past."
    question.back_button.click()
    await all_done()

    assert times(seat, world.session) == before


async def test_escape_takes_a_drag_back(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    week = week_of(open_week(seat))
    before = times(seat, world.session)
    press_at(week, point_of(week, wall(4, 13), below=24))
    end = point_of(week, wall(5, 16), below=24)
    pull_to(week, end)

    qtbot.keyClick(week, Key.Key_Escape)
    QTest.mouseRelease(week.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, end)
    await all_done()

    assert week.proposal is None
    assert times(seat, world.session) == before


async def test_what_is_over_cannot_be_dragged(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_week(seat)
    week = week_of(screen)
    before = times(seat, world.done)

    start = point_of(week, wall(1, 11), below=24)
    drag(qtbot, week, start, point_of(week, wall(3, 15), below=24))
    await all_done()

    assert times(seat, world.done) == before
    assert dialogs(screen.page) == []


def test_a_click_opens_a_session(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    screen = open_week(seat_of(world.mia))
    week = week_of(screen)

    at = point_of(week, wall(4, 13), below=24)
    qtbot.mouseClick(week.viewport(), LEFT, pos=at)

    assert the_dialog(screen).windowTitle() == "Weekly talk"


async def test_a_double_click_on_free_time_plans_a_session(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    screen = open_week(seat_of(world.mia))
    week = week_of(screen)
    at = point_of(week, wall(3, 10, 20))

    qtbot.mouseClick(week.viewport(), LEFT, pos=at)
    qtbot.mouseDClick(week.viewport(), LEFT, pos=at)
    await all_done()

    editor = the_dialog(screen)
    assert isinstance(editor, SessionEditor)
    assert (editor.draft().start, editor.draft().end) == (wall(3, 10, 15), wall(3, 11, 15))


async def test_keys_move_a_session_and_enter_agrees(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    week = week_of(open_week(seat))
    before = times(seat, world.session)
    stand_on(week, world.session)

    qtbot.keyClick(week, Key.Key_Right, ALT)
    qtbot.keyClick(week, Key.Key_Down, ALT)
    assert "Fri 5 Dec, 13:15 until 14:15" in week.accessibleDescription()
    assert times(seat, world.session) == before
    qtbot.keyClick(week, Key.Key_Left, ALT)
    qtbot.keyClick(week, Key.Key_Return)
    await all_done()

    assert times(seat, world.session) == ("2025-12-04T12:15:00Z", "2025-12-04T13:15:00Z")


async def test_plus_and_minus_resize_a_session(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    week = week_of(open_week(seat))
    stand_on(week, world.session)

    for key in (Key.Key_Plus, Key.Key_Plus, Key.Key_Minus):
        qtbot.keyClick(week, key)
    qtbot.keyClick(week, Key.Key_Return)
    await all_done()

    assert times(seat, world.session) == ("2025-12-04T12:00:00Z", "2025-12-04T13:15:00Z")


def test_escape_takes_keys_back(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    week = week_of(open_week(seat))
    stand_on(week, world.session)

    qtbot.keyClick(week, Key.Key_Up, ALT)
    qtbot.keyClick(week, Key.Key_Escape)

    assert week.proposal is None
    assert seat.desk.store.unsent() == []


async def test_a_session_is_moved_into_another_week_by_key(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_week(seat)
    week = week_of(screen)
    stand_on(week, world.session)

    for _ in range(4):
        qtbot.keyClick(week, Key.Key_Right, ALT)
    assert date(2025, 12, 8) in week.days
    qtbot.keyClick(week, Key.Key_Return)
    await all_done()

    assert times(seat, world.session)[0] == "2025-12-08T12:00:00Z"


async def test_the_keyboard_stays_on_a_session_that_it_has_moved(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    week = week_of(open_week(seat_of(world.mia)))
    stand_on(week, world.session)
    qtbot.keyClick(week, Key.Key_Left, ALT)
    qtbot.keyClick(week, Key.Key_Return)
    await all_done()
    assert week.current_id() == world.session

    qtbot.keyClick(week, Key.Key_Left)

    assert week.accessibleDescription() == "Tomorrow, 13:00, free"


async def test_the_keyboard_goes_into_another_week_with_a_session(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    week = week_of(open_week(seat_of(world.mia)))
    stand_on(week, world.session)
    for _ in range(5):
        qtbot.keyClick(week, Key.Key_Right, ALT)
    qtbot.keyClick(week, Key.Key_Return)
    await all_done()
    assert week.current_id() == world.session

    qtbot.keyClick(week, Key.Key_Right)

    assert week.accessibleDescription() == "Wed 10 Dec, 13:00, free"


def test_escape_comes_back_from_another_week_to_the_session(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    week = week_of(open_week(seat_of(world.mia)))
    stand_on(week, world.session)
    for _ in range(4):
        qtbot.keyClick(week, Key.Key_Right, ALT)

    qtbot.keyClick(week, Key.Key_Escape)

    assert week.days[0] == date(2025, 12, 1)
    assert week.current_id() == world.session
    assert "Weekly talk" in week.accessibleDescription()


async def test_a_move_that_is_not_agreed_to_leaves_the_keyboard_on_the_session(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    screen = open_week(seat_of(world.mia))
    week = week_of(screen)
    stand_on(week, world.session)
    for key in (Key.Key_Left, Key.Key_Left, Key.Key_Left, Key.Key_Up):
        qtbot.keyClick(week, key, ALT)
    qtbot.keyClick(week, Key.Key_Return)
    question = the_dialog(screen)
    assert isinstance(question, ConfirmDialog)

    question.back_button.click()
    await all_done()
    qtbot.keyClick(week, Key.Key_Right)

    assert "Fri 5 Dec, 13:00" in week.accessibleDescription()


async def test_a_session_that_was_saved_into_another_week_is_shown_there(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    screen = open_week(seat_of(world.mia))
    week = week_of(screen)
    stand_on(week, world.session)
    qtbot.keyClick(week, Key.Key_F2)
    editor = the_dialog(screen)
    assert isinstance(editor, SessionEditor)

    editor.start.set_value(wall(10, 9))
    editor.end.set_value(wall(10, 10))
    qtbot.mouseClick(editor.save, LEFT)
    await all_done()

    assert date(2025, 12, 10) in week.days
    assert week.current_id() == world.session
    assert week.cursor_at.wall == wall(10, 9)


async def test_a_drag_that_rests_at_the_edge_goes_on_to_the_end_of_the_day(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    week = week_of(open_week(seat_of(world.mia)))
    bar = week.verticalScrollBar()
    press_at(week, point_of(week, wall(4, 13), below=24))
    end = QPoint(point_of(week, wall(4, 13)).x(), week.viewport().height() - 4)
    pull_to(week, end)
    before = week.proposal
    assert before is not None

    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    qtbot.waitUntil(lambda: not week.pointing.clock.isActive())

    assert week.proposal is not None
    assert week.proposal.span.start > before.span.start
    QTest.mouseRelease(week.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, end)
    await all_done()
    assert not week.pointing.clock.isActive()


def test_arrows_go_over_free_time_and_onto_sessions(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    week = week_of(open_week(seat_of(world.mia)))
    week.cursor_at = week.cursor_at.stepped(days=3, steps=(12 * 60 + 45) // 15 - 8 * 4)
    week.land()
    assert week.accessibleDescription() == "Thu 4 Dec, 12:45, free"

    qtbot.keyClick(week, Key.Key_Down)
    assert week.current_id() == world.session
    assert "Weekly talk" in week.accessibleDescription()
    qtbot.keyClick(week, Key.Key_Down)
    assert week.accessibleDescription() == "Thu 4 Dec, 14:00, free"
    qtbot.keyClick(week, Key.Key_Up)
    qtbot.keyClick(week, Key.Key_Up)
    assert week.accessibleDescription() == "Thu 4 Dec, 12:45, free"
    qtbot.keyClick(week, Key.Key_Home)

    assert week.accessibleDescription() == "Today, 12:45, free"


def test_control_and_arrows_go_from_session_to_session(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    beside = a_plan(
        id_of("beside"), world.ana, start=second_ahead(days=3), title="B", confirm_overlap=True
    )
    world.done_by(beside, world.mia)
    week = week_of(open_week(seat_of(world.mia)))

    found = []
    for _ in range(6):
        qtbot.keyClick(week, Key.Key_Down, CTRL)
        found.append(week.current_id())
    assert found[:2] == [world.done, world.soon]
    assert {found[2], found[3]} == {world.session, id_of("beside")}
    assert found[4:] == [world.canceled, world.group]
    qtbot.keyClick(week, Key.Key_Up, CTRL)

    assert week.current_id() == world.canceled


async def test_n_plans_a_session_where_the_keyboard_is(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    screen = open_week(seat_of(world.mia))
    week = week_of(screen)

    qtbot.keyClick(week, Key.Key_Right)
    qtbot.keyClick(week, Key.Key_N)
    await all_done()

    editor = the_dialog(screen)
    assert isinstance(editor, SessionEditor)
    assert editor.draft().start == wall(2, 8)


def test_enter_opens_and_escape_comes_back_to_the_grid(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    screen = open_week(seat_of(world.mia))
    week = week_of(screen)
    stand_on(week, world.session)

    qtbot.keyClick(week, Key.Key_Return)
    qtbot.keyClick(the_dialog(screen), Key.Key_Escape)

    assert dialogs(screen.page) == []
    assert week.current_id() == world.session
    assert screen.page.focusWidget() is week


async def test_delete_works_in_the_week_too(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_week(seat)
    stand_on(week_of(screen), world.session)

    qtbot.keyClick(week_of(screen), Key.Key_Delete)
    confirm(screen.page)
    await all_done()

    assert seat.said == ["“Weekly talk” deleted"]
    assert screen.calendar.sessions.row_of(world.session) == -1


def test_weeks_are_turned_by_key_and_button(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    screen = open_week(seat_of(world.mia))
    week, bar = week_of(screen), screen.calendar.view.bar
    assert bar.period.accessibleName() == "1\N{EN DASH}7 December 2025"

    qtbot.keyClick(week, Key.Key_PageDown)
    assert bar.period.accessibleName() == "8\N{EN DASH}14 December 2025"
    qtbot.mouseClick(bar.on, LEFT)
    qtbot.mouseClick(bar.on, LEFT)
    qtbot.mouseClick(bar.on, LEFT)
    assert bar.period.accessibleName() == "29 Dec 2025\N{EN DASH}4 Jan 2026"
    qtbot.mouseClick(bar.today, LEFT)
    assert week.days[0] == date(2025, 12, 1)
    qtbot.mouseClick(bar.back, LEFT)
    assert bar.period.accessibleName() == "24\N{EN DASH}30 November 2025"
    qtbot.keyClick(week, Key.Key_T)

    assert week.days[0] == date(2025, 12, 1)


def test_the_arrows_go_on_into_the_next_week(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    week = week_of(open_week(seat_of(world.mia)))

    qtbot.keyClick(week, Key.Key_Left)

    assert week.days[0] == date(2025, 11, 24)
    assert week.accessibleDescription() == "Yesterday, 08:00, free"


def test_a_day_can_be_gone_to(world: World, seat_of: SeatOf, open_week: Open) -> None:
    screen = open_week(seat_of(world.mia))

    screen.calendar.view.bar.day.setDate(screen.calendar.view.bar.day.date().addDays(30))

    assert date(2025, 12, 31) in week_of(screen).days


def test_filters_count_in_the_week_too(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    screen = open_week(seat_of(world.mia))
    assert not screen.page.time.isVisible()

    qtbot.mouseClick(screen.page.status.buttons["canceled"], LEFT)
    assert [screen.calendar.sessions.rowCount()] == [1]
    screen.page.people.choose(world.spring)

    assert screen.calendar.sessions.rowCount() == 0


def test_changes_of_others_keep_the_current_session(
    world: World, seat_of: SeatOf, open_week: Open
) -> None:
    seat = seat_of(world.mia)
    week = week_of(open_week(seat))
    stand_on(week, world.session)

    world.done_by(UpdateSchedule(id=world.session, title="Renamed"), world.mia)
    world.done_by(CompleteSchedule(id=world.soon), world.ana)
    seat.sync()

    assert week.current_id() == world.session
    assert block(week, world.session).title == "Renamed"
    assert block(week, world.soon).chip.text == "Completed"


def test_the_minute_moves_the_line_of_the_present(
    world: World, seat_of: SeatOf, open_week: Open
) -> None:
    seat = seat_of(world.mia)
    week = week_of(open_week(seat))

    seat.set_time(ahead(hours=3))

    assert week._now == wall(1, 16)
    assert block(week, world.soon).chip.text == "To confirm"


def test_working_hours_are_those_of_the_account(
    world: World, seat_of: SeatOf, open_week: Open
) -> None:
    hours = [[("09:30", "12:00"), ("13:00", "17:00")], *[[] for _ in range(6)]]
    world.done_by(UpdateAccount(working_hours=hours), world.mia)

    week = week_of(open_week(seat_of(world.mia)))

    assert list(week._hours[0]) == [(570, 720), (780, 1020)]
    assert list(week._hours[1]) == []
    assert week.cursor_at.minute == 9 * 60


def test_what_is_no_working_hour_is_shaded_at_once(
    world: World, seat_of: SeatOf, open_week: Open, theme: Theme
) -> None:
    seat = seat_of(world.mia)
    week = week_of(open_week(seat))
    free, shaded = theme.color("surface"), theme.color("sidebar")
    assert ground_at(week, wall(3, 11)) == free

    hours = [[("09:30", "12:00")] for _ in range(7)]
    world.done_by(UpdateAccount(working_hours=hours), world.mia)
    seat.sync()

    assert ground_at(week, wall(3, 11)) == free
    assert ground_at(week, wall(3, 12)) == shaded


def ground_at(week: WeekGrid, at: datetime) -> QColor:
    """The colour of free time, beside the lines."""
    point = point_of(week, at, below=10)
    return week.viewport().grab().toImage().pixelColor(point)


def test_a_session_has_its_tip_and_its_words(
    world: World, seat_of: SeatOf, open_week: Open
) -> None:
    week = week_of(open_week(seat_of(world.mia)))

    found = block(week, world.canceled)

    assert found.tip.splitlines()[:3] == ["Weekly talk", "13:00\N{EN DASH}14:00", "Canceled"]
    assert found.is_struck
    assert not found.can_move


def test_the_menu_offers_what_the_list_offers(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    screen = open_week(seat_of(world.mia))
    week = week_of(screen)
    stand_on(week, world.canceled)

    menu = week.pointing.menu_for(week.currentIndex())

    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Put back on", "Duplicate"]
    assert week.pointing.menu_for(QModelIndex()) is None
    menu.close()

    qtbot.keyClick(week, Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)

    [opened] = [menu for menu in week.findChildren(QMenu) if menu.isVisible()]
    assert [action.text() for action in opened.actions()] == ["Put back on", "Duplicate"]
    opened.close()


async def test_over_a_clock_change_a_session_keeps_its_true_length(
    world: World, seat_of: SeatOf, open_week: Open, qtbot: QtBot
) -> None:
    plan = a_plan(id_of("spring"), world.ana, start="2026-03-27T00:30:00Z", minutes=120)
    world.done_by(plan, world.mia)
    seat = seat_of(world.mia)
    screen = open_week(seat)
    screen.calendar.go_to(date(2026, 3, 27))
    week = week_of(screen)
    assert block(week, plan.id).times == "01:30\N{EN DASH}03:30"
    stand_on(week, plan.id)

    for _ in range(2):  # onto the Sunday on which 02:00 becomes 03:00 in Berlin
        qtbot.keyClick(week, Key.Key_Right, ALT)
    qtbot.keyClick(week, Key.Key_Return)
    await all_done()

    assert times(seat, plan.id) == ("2026-03-29T00:30:00Z", "2026-03-29T02:30:00Z")
    assert block(week, plan.id).times == "01:30\N{EN DASH}04:30"
