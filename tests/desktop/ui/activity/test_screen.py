"""The activity page, driven as a person drives it, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from bench.stage.crowd import an_id
from bench.stage.long_feed import write_feed
from desktop.ui.activity.days import Days
from desktop.ui.activity.screen import GROUPS, SEEN, ActivityScreen
from desktop.ui.theme import Theme
from domain.activities import Kind
from domain.assignments import UnassignStudent
from domain.outcomes import CancelSchedule, CannotMakeIt
from domain.planning import UpdateSchedule
from domain.rooms import student_room
from tests.builders import NOW, World, ahead
from tests.desktop.ui.rows import go_to, ids, look, model_of, open_row, press, texts
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], ActivityScreen]
pytestmark = pytest.mark.usefixtures("british")
LEFT = Qt.MouseButton.LeftButton
LINE = "Above: new since your last visit"


@pytest.fixture
def open_feed(theme: Theme, qtbot: QtBot) -> Open:
    def open_feed(seat: Seat) -> ActivityScreen:
        screen = ActivityScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.resize(900, 600)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        return screen

    return open_feed


def settle() -> None:
    for _ in range(4):
        QCoreApplication.processEvents()


def titles(screen: ActivityScreen) -> list[str]:
    return [look(screen.page.list, one).title for one in ids(screen.page.list)]


def cancel(world: World, seat: Seat, *, minutes: int = 1) -> None:
    command = CancelSchedule(id=world.session, reason="Ill.")
    world.done_by(command, world.mia, now=ahead(minutes=minutes))
    seat.sync()


def change(world: World, *minutes: int) -> None:
    for minute in minutes:
        command = UpdateSchedule(id=world.soon, title=f"Talk {minute}")
        world.done_by(command, world.mia, now=ahead(minutes=minute))


async def test_all_stands_under_its_day_own_deeds_too(
    world: World, seat_of: SeatOf, open_feed: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_feed(seat)

    cancel(world, seat)

    assert texts(screen.page.list)[0] == "Today"
    first = look(screen.page.list, ids(screen.page.list)[0])
    assert first.title == "You canceled “Weekly talk” with Ana Ruiz"
    assert first.subtitle == "Thu 4 Dec, 13:00 · Ill."
    assert "Monday 24 November" in texts(screen.page.list)


async def test_a_student_reads_what_happened_to_the_own_things(
    world: World, seat_of: SeatOf, open_feed: Open
) -> None:
    screen = open_feed(seat_of(world.ana))

    assert "You marked “Weekly talk” as completed" in titles(screen)
    assert not screen.page.students.isVisible()


async def test_a_row_opens_the_exact_item(
    world: World, seat_of: SeatOf, open_feed: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_feed(seat)
    cancel(world, seat)
    view = screen.page.list
    go_to(view, ids(view)[0])

    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.currentIndex()).center())
    open_row(qtbot, view, ids(view)[0])

    assert seat.opened == [f"/mentor/schedules/{world.session}"] * 2


async def test_like_deeds_are_one_row_that_unfolds_by_enter_and_by_its_button(
    world: World, seat_of: SeatOf, open_feed: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    change(world, 1, 2, 3)
    seat.sync()
    screen = open_feed(seat)
    view = screen.page.list
    run = ids(view)[0]
    assert look(view, run).title == "Mia Stone changed “Talk 3” 3 times"
    before = len(ids(view))

    open_row(qtbot, view, run)
    parts = ids(view)[1:4]
    assert [look(view, one).trailing for one in parts] == ["13:03", "13:02", "13:01"]
    assert view.current_id() == run
    open_row(qtbot, view, parts[1])
    assert seat.opened == [f"/student/schedule/{world.soon}"]
    press(qtbot, view, run, "fold")

    assert len(ids(view)) == before
    assert view.current_id() == run


async def test_an_unfolded_run_stays_so_while_it_grows(
    world: World, seat_of: SeatOf, open_feed: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    change(world, 1, 2)
    seat.sync()
    screen = open_feed(seat)
    view = screen.page.list
    run = ids(view)[0]
    open_row(qtbot, view, run)

    change(world, 3)
    seat.sync()

    assert ids(view)[0] == run
    assert look(view, run).title == "Mia Stone changed “Talk 3” 3 times"
    assert len([one for one in ids(view) if one.startswith("part:")]) == 3


async def test_filters_combine_and_one_button_shows_all_again(
    world: World, seat_of: SeatOf, open_feed: Open, qtbot: QtBot
) -> None:
    screen = open_feed(seat_of(world.mia))
    page = screen.page
    everything = ids(page.list)
    assert not page.show_all.isVisible()

    qtbot.mouseClick(page.kinds.buttons["sessions"], LEFT)
    sessions = titles(screen)
    page.students.choose(world.ana)
    page.days._on_chosen(Days(date(2025, 11, 30), date(2025, 12, 1)))
    assert "You canceled “Weekly talk” with Ana Ruiz" in titles(screen)
    assert all("“Weekly talk”" in one for one in titles(screen))
    assert 0 < len(titles(screen)) < len(sessions)
    qtbot.mouseClick(page.kinds.buttons["people"], LEFT)
    assert page.empty.isVisible()
    assert page.empty.title.accessibleName() == "Nothing fits"
    qtbot.mouseClick(page.show_all, LEFT)

    assert ids(page.list) == everything
    assert page.students.current_id() == ""
    assert not page.show_all.isVisible()
    assert page.kinds.buttons["all"].hasFocus()


async def test_escape_in_the_list_shows_all_again(
    world: World, seat_of: SeatOf, open_feed: Open, qtbot: QtBot
) -> None:
    screen = open_feed(seat_of(world.mia))
    everything = ids(screen.page.list)
    qtbot.mouseClick(screen.page.kinds.buttons["entries"], LEFT)
    qtbot.mouseClick(screen.page.kinds.buttons["sessions"], LEFT)
    screen.page.list.setFocus()

    qtbot.keyClick(screen.page.list, Qt.Key.Key_Escape)

    assert ids(screen.page.list) == everything
    assert screen.page.list.current_id() == everything[0]


async def test_a_mentor_chooses_among_the_own_students(
    world: World, seat_of: SeatOf, open_feed: Open
) -> None:
    screen = open_feed(seat_of(world.mia))
    picker = screen.page.students

    assert [picker.itemText(row) for row in range(picker.count())] == ["Ana Ruiz"]


def test_every_kind_but_a_conflict_belongs_to_one_group() -> None:
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]

    assert sorted(grouped) == sorted(set(Kind) - {Kind.CONFLICT_RAISED})


async def test_with_nothing_at_all_it_says_what_belongs_there(
    world: World, seat_of: SeatOf, open_feed: Open
) -> None:
    seat = seat_of(world.cem)
    seat.desk.replica.execute("DELETE FROM activity_feed")

    screen = open_feed(seat)

    assert screen.page.empty.isVisible()
    assert screen.page.empty.title.accessibleName() == "Nothing has happened yet"
    assert not screen.page.empty.button.isVisible()


async def test_by_letters_one_goes_from_row_to_row(
    world: World, seat_of: SeatOf, open_feed: Open, qtbot: QtBot
) -> None:
    screen = open_feed(seat_of(world.mia))
    view = screen.page.list
    first, second = ids(view)[:2]
    go_to(view, first)

    qtbot.keyClick(view, Qt.Key.Key_J)
    assert view.current_id() == second
    qtbot.keyClick(view, Qt.Key.Key_K)

    assert view.current_id() == first


# A long history


def a_long_history(seat: Seat, student: str, count: int = 600) -> None:
    """In the student's room, before everything else."""
    db = seat.desk.replica
    db.execute("CREATE TEMP TABLE known AS SELECT room FROM rooms")
    write_feed(db, count, newest="2025-11-01T12:00:00.000Z")
    db.execute("DELETE FROM rooms WHERE room NOT IN (SELECT room FROM known)")
    sql = "UPDATE activity_feed SET room = ? WHERE room NOT IN (SELECT room FROM known)"
    db.execute(sql, [student_room(student)])


async def test_it_goes_on_as_one_scrolls_to_the_very_end(
    world: World, seat_of: SeatOf, open_feed: Open
) -> None:
    seat = seat_of(world.mia)
    a_long_history(seat, world.ana)
    screen = open_feed(seat)
    settle()
    bar, before = screen.page.list.verticalScrollBar(), len(screen._endless.rows)
    assert before < 300

    while screen._endless.has_more:
        bar.setValue(bar.maximum())
        settle()

    assert len(screen._endless.rows) > 600
    assert screen._endless.rows[-1].id == an_id(5, 0)


async def test_what_is_filtered_to_little_fills_the_page_by_itself(
    world: World, seat_of: SeatOf, open_feed: Open, qtbot: QtBot
) -> None:
    """A hundred like deeds in one row are no page."""
    seat = seat_of(world.ana)
    change(world, *range(1, 131))
    seat.sync()

    screen = open_feed(seat)
    settle()

    assert look(screen.page.list, ids(screen.page.list)[0]).title.endswith(" 130 times")
    assert not screen._endless.has_more


async def test_news_move_neither_what_one_reads_nor_what_is_selected(
    world: World, seat_of: SeatOf, open_feed: Open
) -> None:
    seat = seat_of(world.mia)
    a_long_history(seat, world.ana)
    screen = open_feed(seat)
    view = screen.page.list
    go_to(view, ids(view)[40])
    settle()
    chosen, top = view.current_id(), view.visualRect(view.currentIndex()).top()
    assert view.verticalScrollBar().value() > 0

    world.done_by(CannotMakeIt(id=world.soon), world.ana, now=ahead(minutes=1))
    cancel(world, seat, minutes=2)
    settle()

    assert look(view, ids(view)[0]).title == "You canceled “Weekly talk” with Ana Ruiz"
    assert view.current_id() == chosen
    assert view.visualRect(view.currentIndex()).top() == top


async def test_at_the_top_news_show_themselves(
    world: World, seat_of: SeatOf, open_feed: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_feed(seat)

    cancel(world, seat)
    settle()

    assert screen.page.list.verticalScrollBar().value() == 0
    assert model_of(screen.page.list).index(0).data() == "Today"


async def test_a_room_that_is_lost_leaves_the_page(
    world: World, seat_of: SeatOf, open_feed: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_feed(seat)
    assert any("Ana Ruiz" in one for one in titles(screen))

    world.done_by(UnassignStudent(student_id=world.ana, mentor_id=world.mia), world.admin)
    seat.sync()

    assert not any("with Ana Ruiz" in one for one in titles(screen))


async def test_what_waits_to_be_sent_says_so(
    world: World, seat_of: SeatOf, open_feed: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_feed(seat)
    seat.desk.clock.pass_(minutes=1)

    await seat.do(CancelSchedule(id=world.session, reason="Ill."))
    newest = ids(screen.page.list)[0]
    assert look(screen.page.list, newest).pending == "waiting to send"
    seat.sync()

    assert look(screen.page.list, newest).pending == ""


# What is new


async def seen_up_to(seat: Seat, at: str) -> None:
    await seat.run(lambda store: store.put_setting(SEEN, at))


async def test_a_line_parts_what_is_new_since_the_last_visit(
    world: World, seat_of: SeatOf, open_feed: Open
) -> None:
    seat = seat_of(world.ana)
    await seen_up_to(seat, NOW)
    cancel(world, seat)

    screen = open_feed(seat)
    await all_done()

    rows = texts(screen.page.list)
    assert rows[0] == "Today"
    assert rows[1].startswith("Mia Stone canceled “Weekly talk”")
    assert rows[2] == LINE


async def test_the_line_stays_for_the_visit_and_is_gone_at_the_next(
    world: World, seat_of: SeatOf, open_feed: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    await seen_up_to(seat, NOW)
    screen = open_feed(seat)
    await all_done()
    assert LINE not in texts(screen.page.list)

    cancel(world, seat)
    assert texts(screen.page.list)[2] == LINE
    screen.page.hide()
    with qtbot.waitExposed(screen.page):
        screen.page.show()
    await all_done()

    assert LINE not in texts(screen.page.list)
    assert await seat.run(lambda store: store.get_setting(SEEN)) == ahead(minutes=1)


async def test_what_comes_while_one_is_away_is_new_at_the_next_visit(
    world: World, seat_of: SeatOf, open_feed: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_feed(seat)
    await all_done()
    screen.page.hide()
    cancel(world, seat)
    await all_done()

    with qtbot.waitExposed(screen.page):
        screen.page.show()
    await all_done()

    assert texts(screen.page.list)[2] == LINE


async def test_own_deeds_are_no_news(world: World, seat_of: SeatOf, open_feed: Open) -> None:
    seat = seat_of(world.mia)
    await seen_up_to(seat, NOW)
    cancel(world, seat)

    screen = open_feed(seat)
    await all_done()

    assert LINE not in texts(screen.page.list)


async def test_the_first_visit_has_no_line(world: World, seat_of: SeatOf, open_feed: Open) -> None:
    screen = open_feed(seat_of(world.ana))
    await all_done()

    assert LINE not in texts(screen.page.list)
