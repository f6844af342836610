"""The month, driven as a person drives it, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.ui.schedule.calendar.month_delegate import HEAD_PX, LINE_PX, shown_count
from desktop.ui.schedule.calendar.month_grid import MonthGrid
from desktop.ui.schedule.editor import SessionEditor
from desktop.ui.schedule.screen import ScheduleScreen
from desktop.ui.theme import Theme
from tests.builders import World, a_plan, id_of, second_ahead
from tests.desktop.ui.rows import dialogs
from tests.desktop.ui.schedule.calendar.calendars import LEFT, look_of, wall
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], ScheduleScreen]
pytestmark = pytest.mark.usefixtures("british")
Key = Qt.Key


@pytest.fixture
def open_month(theme: Theme, qtbot: QtBot) -> Open:
    """The schedule at its month: December 2025."""

    def open_month(seat: Seat) -> ScheduleScreen:
        screen = ScheduleScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.resize(1000, 700)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        qtbot.mouseClick(screen.page.views.buttons["month"], LEFT)
        screen.calendar.view.month.setFocus()
        return screen

    return open_month


def month_of(screen: ScheduleScreen) -> MonthGrid:
    return screen.calendar.view.month


def point_in(month: MonthGrid, day: date, *, line: int) -> QPoint:
    """The middle of a session's line in the cell of a day; line -1 is that of the number."""
    cell = month.visualRect(month._days.index_of(day))
    return QPoint(cell.right() - 12, cell.top() + HEAD_PX + line * LINE_PX + LINE_PX // 2)


def test_each_day_has_its_sessions(world: World, seat_of: SeatOf, open_month: Open) -> None:
    month = month_of(open_month(seat_of(world.mia)))

    assert [key for key, _ in look_of(month, date(2025, 12, 1)).blocks] == [world.done, world.soon]
    assert [key for key, _ in look_of(month, date(2025, 12, 4)).blocks] == [world.session]
    assert look_of(month, date(2025, 12, 1)).is_today
    assert look_of(month, date(2026, 1, 1)).is_outside
    assert month.current_day() == date(2025, 12, 1)


def test_a_day_reads_all_its_sessions(world: World, seat_of: SeatOf, open_month: Open) -> None:
    month = month_of(open_month(seat_of(world.mia)))
    index = month._days.index_of(date(2025, 12, 5))

    words = str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    assert words == "Friday 5 December: 13:00 Weekly talk, Canceled"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "13:00\N{EN DASH}14:00  Weekly talk"


def test_a_click_on_a_session_opens_it(
    world: World, seat_of: SeatOf, open_month: Open, qtbot: QtBot
) -> None:
    screen = open_month(seat_of(world.mia))
    month = month_of(screen)

    qtbot.mouseClick(month.viewport(), LEFT, pos=point_in(month, date(2025, 12, 4), line=0))

    [dialog] = dialogs(screen.page)
    assert dialog.windowTitle() == "Weekly talk"


def test_what_has_no_room_is_counted_and_leads_to_the_week(
    world: World, seat_of: SeatOf, open_month: Open, qtbot: QtBot
) -> None:
    for number in range(9):
        start = second_ahead(days=8, hours=number)
        world.done_by(a_plan(id_of(f"plan {number}"), world.ana, start=start), world.mia)
    screen = open_month(seat_of(world.mia))
    month = month_of(screen)
    day = date(2025, 12, 9)
    assert month.drawing.is_on_rest(month._days.index_of(day), point_in(month, day, line=-1))

    qtbot.mouseClick(month.viewport(), LEFT, pos=point_in(month, day, line=-1))

    assert screen.page.view == "week"
    assert day in screen.calendar.view.week.days
    assert screen.calendar.view.week.cursor_at.day == day


@pytest.mark.parametrize(("lines", "count", "shown"), [(3, 2, 2), (3, 3, 3), (3, 9, 3), (0, 4, 0)])
def test_as_many_sessions_are_drawn_as_there_is_room_for(
    lines: int, count: int, shown: int
) -> None:
    assert shown_count(HEAD_PX + lines * LINE_PX + 4, count) == shown


def test_arrows_go_from_day_to_day_and_into_the_next_month(
    world: World, seat_of: SeatOf, open_month: Open, qtbot: QtBot
) -> None:
    screen = open_month(seat_of(world.mia))
    month, bar = month_of(screen), screen.calendar.view.bar

    qtbot.keyClick(month, Key.Key_Right)
    qtbot.keyClick(month, Key.Key_Down)
    assert month.current_day() == date(2025, 12, 9)
    for _ in range(4):
        qtbot.keyClick(month, Key.Key_Down)
    assert month.current_day() == date(2026, 1, 6)
    assert bar.period.accessibleName() == "January 2026"
    qtbot.keyClick(month, Key.Key_PageUp)
    assert month.current_day() == date(2025, 12, 6)
    qtbot.keyClick(month, Key.Key_T)

    assert month.current_day() == date(2025, 12, 1)


def test_months_are_turned_by_button(
    world: World, seat_of: SeatOf, open_month: Open, qtbot: QtBot
) -> None:
    screen = open_month(seat_of(world.mia))
    bar = screen.calendar.view.bar

    qtbot.mouseClick(bar.on, LEFT)
    qtbot.mouseClick(bar.on, LEFT)
    assert bar.period.accessibleName() == "February 2026"
    assert bar.on.accessibleName() == "Next month"
    qtbot.mouseClick(bar.today, LEFT)

    assert bar.period.accessibleName() == "December 2025"
    assert month_of(screen).current_day() == date(2025, 12, 1)


def test_enter_opens_the_week_of_a_day(
    world: World, seat_of: SeatOf, open_month: Open, qtbot: QtBot
) -> None:
    screen = open_month(seat_of(world.mia))
    qtbot.keyClick(month_of(screen), Key.Key_Down)

    qtbot.keyClick(month_of(screen), Key.Key_Return)

    week = screen.calendar.view.week
    assert screen.page.views.current == "week"
    assert screen.page.focusWidget() is week
    assert week.accessibleDescription().startswith("Mon 8 Dec, 08:00")


async def test_n_plans_a_session_on_the_day(
    world: World, seat_of: SeatOf, open_month: Open, qtbot: QtBot
) -> None:
    screen = open_month(seat_of(world.mia))
    qtbot.keyClick(month_of(screen), Key.Key_Right)

    qtbot.keyClick(month_of(screen), Key.Key_N)
    await all_done()

    [editor] = dialogs(screen.page)
    assert isinstance(editor, SessionEditor)
    assert editor.draft().start == wall(2, 9)


def test_the_columns_are_named(world: World, seat_of: SeatOf, open_month: Open) -> None:
    model = month_of(open_month(seat_of(world.mia))).model()

    names = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(7)]

    assert names == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
