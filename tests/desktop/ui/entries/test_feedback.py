"""What was said about an entry is read with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.activity import UNREAD, notifications
from desktop.ui.entries.feedback import SeenNews, read_news
from domain.comments import AddComment
from tests.builders import World, id_of
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]


def unread(seat: Seat) -> int:
    return len(seat.workspace.query(notifications, seat.workspace.me, states=UNREAD))


async def test_reviews_and_comments_of_the_entry_are_read_and_no_others(
    world: World, seat_of: SeatOf
) -> None:
    said = AddComment(id=id_of("said"), entry_id=world.approved, body="Keep it.")
    world.done_by(said, world.noah)
    seat = seat_of(world.ben)
    before = unread(seat)

    read_news(seat.workspace, world.approved)
    await all_done()

    assert unread(seat) == before - 2


async def test_a_submission_is_read_with_the_entry(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.noah)
    before = unread(seat)
    assert before

    read_news(seat.workspace, world.approved)
    await all_done()

    assert unread(seat) < before


async def test_only_what_stands_in_the_window_in_front_for_a_moment_is_read(
    world: World, seat_of: SeatOf, qtbot: QtBot
) -> None:
    seat, page, shown = seat_of(world.ben), QWidget(), [""]
    qtbot.addWidget(page)
    seen = SeenNews(seat.workspace, page, lambda: shown[0])
    before = unread(seat)

    shown[0] = world.approved
    seen.look()
    assert not seen.clock.isActive()  # it is not on the screen
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    QApplication.processEvents()
    assert seen.clock.isActive()
    seen.clock.timeout.emit()
    await all_done()

    assert unread(seat) < before


async def test_what_is_said_while_one_reads_it_is_read_too(
    world: World, seat_of: SeatOf, qtbot: QtBot
) -> None:
    seat, page = seat_of(world.ben), QWidget()
    qtbot.addWidget(page)
    seen = SeenNews(seat.workspace, page, lambda: world.approved)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    QApplication.processEvents()
    seen.clock.timeout.emit()
    seen.clock.stop()
    await all_done()
    before = unread(seat)

    world.done_by(AddComment(id=id_of("late"), entry_id=world.approved, body="Yes."), world.noah)
    seat.sync()
    assert unread(seat) == before + 1
    assert seen.clock.isActive()
    seen.clock.timeout.emit()
    await all_done()

    assert unread(seat) == before


async def test_what_was_read_before_is_not_marked_again(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.ben)
    read_news(seat.workspace, world.approved)
    await all_done()
    sent = seat.desk.wakes

    read_news(seat.workspace, world.approved)
    await all_done()

    assert seat.desk.wakes == sent
