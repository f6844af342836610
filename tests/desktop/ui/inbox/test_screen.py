"""The inbox, driven as a person drives it, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from desktop.store.activity import unread_count
from desktop.ui.inbox.screen import InboxScreen
from desktop.ui.theme import Theme
from domain.assignments import ClaimStudent
from domain.outcomes import CancelSchedule
from domain.planning import UpdateSchedule
from tests.builders import World, ahead
from tests.desktop.ui.rows import go_to, ids, look, press, texts
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], InboxScreen]
pytestmark = pytest.mark.usefixtures("british")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_inbox(theme: Theme, qtbot: QtBot) -> Open:
    def open_inbox(seat: Seat) -> InboxScreen:
        screen = InboxScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.resize(800, 700)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        return screen

    return open_inbox


def unread(seat: Seat) -> int:
    return seat.workspace.query(unread_count, seat.workspace.me)


def click(qtbot: QtBot, screen: InboxScreen, activity_id: str) -> None:
    view = screen.page.list
    go_to(view, activity_id)
    at = view.visualRect(view.currentIndex()).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=at)


def cancel(world: World, seat: Seat) -> None:
    command = CancelSchedule(id=world.session, reason="Ill.")
    world.done_by(command, world.mia, now=ahead(minutes=1))
    seat.sync()


def test_news_stand_under_their_day_the_latest_first(
    world: World, seat_of: SeatOf, open_inbox: Open
) -> None:
    seat = seat_of(world.ana)
    view = open_inbox(seat).page.list

    cancel(world, seat)

    assert texts(view)[0] == "Today"
    first = look(view, ids(view)[0])
    assert first.title == "Mia Stone canceled “Weekly talk”"
    assert first.subtitle == "Thu 4 Dec, 13:00 · Ill."
    assert first.is_unread


async def test_a_click_opens_the_exact_item_and_marks_it_read(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_inbox(seat)
    cancel(world, seat)
    newest, before = ids(screen.page.list)[0], unread(seat)

    click(qtbot, screen, newest)
    await all_done()

    assert seat.opened == [f"/student/schedule/{world.session}"]
    assert unread(seat) == before - 1
    assert newest not in ids(screen.page.list)


async def test_the_button_of_a_row_marks_it_and_opens_nothing(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    view = open_inbox(seat).page.list
    newest = ids(view)[0]

    press(qtbot, view, newest, "read")
    await all_done()

    assert seat.opened == []
    assert newest not in ids(view)


async def test_all_shows_the_read_ones_too(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_inbox(seat)
    newest, count = ids(screen.page.list)[0], len(ids(screen.page.list))
    click(qtbot, screen, newest)
    await all_done()

    qtbot.mouseClick(screen.page.filter.buttons["all"], LEFT)

    assert len(ids(screen.page.list)) == count
    assert not look(screen.page.list, newest).is_unread


async def test_one_is_marked_unread_again(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_inbox(seat)
    qtbot.mouseClick(screen.page.filter.buttons["all"], LEFT)
    newest, before = ids(screen.page.list)[0], unread(seat)

    press(qtbot, screen.page.list, newest, "read")
    await all_done()
    assert unread(seat) == before - 1
    press(qtbot, screen.page.list, newest, "unread")
    await all_done()

    assert unread(seat) == before


async def test_by_keyboard_one_reads_on_from_row_to_row(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_inbox(seat)
    rows = ids(screen.page.list)
    assert len(rows) > 2
    go_to(screen.page.list, rows[0])

    for _ in rows:
        qtbot.keyClick(screen.page.list, Qt.Key.Key_E)
        await all_done()

    assert unread(seat) == 0
    assert screen.page.empty.isVisible()


async def test_mark_all_reads_everything_on_the_relay_too(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_inbox(seat)

    qtbot.mouseClick(screen.page.mark_all, LEFT)
    await all_done()
    seat.sync()

    assert unread(seat) == 0
    assert ids(screen.page.list) == []
    assert not screen.page.mark_all.isEnabled()


async def test_news_of_a_student_open_the_student(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.otto)
    screen = open_inbox(seat)
    world.done_by(ClaimStudent(student_id=world.cem), world.otto)
    world.assign(world.otto, world.dora)
    seat.sync()
    newest = ids(screen.page.list)[0]

    click(qtbot, screen, newest)
    await all_done()

    assert seat.opened == [f"/mentor/students/{world.dora}"]


def test_own_deeds_are_no_news(world: World, seat_of: SeatOf, open_inbox: Open) -> None:
    seat = seat_of(world.mia)
    view = open_inbox(seat).page.list
    before = ids(view)

    cancel(world, seat)

    assert ids(view) == before


async def test_an_archived_one_leaves_and_undo_brings_it_back(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    undos: list[Any] = []
    seat.news.said.connect(lambda _text, undo: undos.append(undo))
    screen = open_inbox(seat)
    newest = ids(screen.page.list)[0]

    press(qtbot, screen.page.list, newest, "archived")
    await all_done()
    assert newest not in ids(screen.page.list)
    qtbot.mouseClick(screen.page.filter.buttons["archived"], LEFT)
    assert ids(screen.page.list) == [newest]
    undos[-1]()
    await all_done()

    qtbot.mouseClick(screen.page.filter.buttons["unread"], LEFT)
    assert newest in ids(screen.page.list)


async def test_a_snoozed_one_comes_back_unread_at_its_time(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_inbox(seat)
    newest, before = ids(screen.page.list)[0], unread(seat)

    screen.deeds.snooze(newest, "2025-12-01T15:00:00.000Z")
    await all_done()
    assert newest not in ids(screen.page.list)
    assert unread(seat) == before - 1
    assert seat.said == ["Snoozed until Today, 16:00."]
    qtbot.mouseClick(screen.page.filter.buttons["snoozed"], LEFT)
    assert look(screen.page.list, newest).subtitle.startswith("Back Today, 16:00")

    qtbot.mouseClick(screen.page.filter.buttons["unread"], LEFT)
    seat.set_time("2025-12-01T15:00:01.000Z")

    assert newest in ids(screen.page.list)


async def test_snoozing_reaches_the_other_devices(
    world: World, seat_of: SeatOf, open_inbox: Open
) -> None:
    one, other = seat_of(world.ana), seat_of(world.ana)
    first, second = open_inbox(one), open_inbox(other)
    newest = ids(first.page.list)[0]

    first.deeds.snooze(newest, "2025-12-01T15:00:00.000Z")
    await all_done()
    one.sync()
    other.sync()

    assert newest not in ids(second.page.list)


async def test_all_are_marked_and_that_can_be_taken_back(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    undos: list[Any] = []
    seat.news.said.connect(lambda _text, undo: undos.append(undo))
    screen = open_inbox(seat)
    before = ids(screen.page.list)
    screen.page.activateWindow()
    qtbot.waitUntil(screen.page.isActiveWindow)
    go_to(screen.page.list, before[0])

    qtbot.keyClick(screen.page.list, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    await all_done()
    assert ids(screen.page.list) == []
    undos[-1]()
    await all_done()

    assert ids(screen.page.list) == before
    assert screen.page.list.hasFocus()
    assert screen.page.list.current_id() == before[0]


async def test_with_nothing_unread_mark_all_says_so(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_inbox(seat)
    screen.deeds.mark_all()
    await all_done()
    qtbot.mouseClick(screen.page.filter.buttons["all"], LEFT)
    go_to(screen.page.list, ids(screen.page.list)[0])

    qtbot.keyClick(screen.page.list, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)

    assert seat.said == ["All are marked as read.", "Nothing is unread."]


async def test_mark_all_reads_what_came_back_from_a_snooze(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_inbox(seat)
    screen.deeds.snooze(ids(screen.page.list)[0], "2025-12-01T15:00:00.000Z")
    screen.deeds.mark_all()
    await all_done()
    seat.set_time("2025-12-01T15:00:01.000Z")
    assert len(ids(screen.page.list)) == 1

    qtbot.mouseClick(screen.page.mark_all, LEFT)
    await all_done()

    assert ids(screen.page.list) == []


async def test_after_mark_all_one_can_be_unread_again(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_inbox(seat)
    again = ids(screen.page.list)[0]
    screen.deeds.mark_all()
    await all_done()
    qtbot.mouseClick(screen.page.filter.buttons["all"], LEFT)

    press(qtbot, screen.page.list, again, "unread")
    await all_done()

    assert look(screen.page.list, again).is_unread
    assert unread(seat) == 1


async def test_all_goes_on_as_one_scrolls(
    world: World, seat_of: SeatOf, open_inbox: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    for minute in range(1, 251):
        plan = UpdateSchedule(id=world.soon, title=f"Talk {minute}")
        world.done_by(plan, world.mia, now=ahead(minutes=minute))
    seat.sync()
    screen = open_inbox(seat)
    qtbot.mouseClick(screen.page.filter.buttons["all"], LEFT)
    bar = screen.page.list.verticalScrollBar()
    assert len(ids(screen.page.list)) < 250

    while screen._endless.has_more:
        bar.setValue(bar.maximum())
        QCoreApplication.processEvents()

    assert len(ids(screen.page.list)) > 250
