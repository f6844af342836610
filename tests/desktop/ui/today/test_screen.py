"""Today, driven as a person drives it, over a real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop.ui.record_list_model import Role
from desktop.ui.theme import Theme
from desktop.ui.today.screen import TodayScreen
from desktop.ui.widgets.confirm_dialog import ConfirmDialog, ReasonDialog
from desktop.ui.widgets.row_look import RowLook
from domain.accounts import UpdateAccount
from domain.assignments import ClaimStudent
from domain.outcomes import CancelSchedule, CompleteSchedule
from domain.planning import UpdateSchedule
from domain.schedules import Schedule, Status
from tests.builders import World, a_plan, ahead, an_essay, id_of, second_ahead
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], TodayScreen]
MEET = "https://meet.example.org/room"
TOKYO = UpdateAccount(time_zone="Asia/Tokyo")


@pytest.fixture
def visited() -> list[str]:
    """The links that were handed to the browser."""
    return []


@pytest.fixture
def open_today(theme: Theme, qtbot: QtBot, visited: list[str]) -> Open:
    def open_today(seat: Seat) -> TodayScreen:
        screen = TodayScreen(seat.workspace, theme, open_url=visited.append)
        qtbot.addWidget(screen.page)
        screen.page.resize(1000, 900)
        screen.page.show()
        return screen

    return open_today


def tile(screen: TodayScreen, key: str) -> tuple[str, str]:
    shown = screen.page.tiles[key]
    return shown.value.text(), shown.second.accessibleName()


def ids(screen: TodayScreen, part: str) -> list[str]:
    model = getattr(screen.page, part).model
    records = [model.record_at(row) for row in range(model.rowCount())]
    return [record.id for record in records if record is not None]


def dialog(screen: TodayScreen) -> ConfirmDialog:
    [found] = screen.page.findChildren(ConfirmDialog)
    return found


def with_link(world: World) -> None:
    """Give the session in two hours a way in."""
    world.done_by(UpdateSchedule(id=world.soon, meeting_url=MEET), world.mia)


def test_shows_the_next_session_in_both_zones(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    world.done_by(TOKYO, world.ana)

    card = open_today(seat_of(world.mia)).page.next

    assert card.title.accessibleName() == "Weekly talk"
    assert card.with_words.accessibleName() == "with Ana Ruiz"
    assert "23:00 for Ana" in card.when.words.accessibleName().replace("11:00 PM", "23:00")
    assert card.countdown.look.text == "in 2 h"


def test_a_student_reads_the_mentors_name_and_time(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    world.done_by(TOKYO, world.mia)

    card = open_today(seat_of(world.ana)).page.next

    assert card.with_words.accessibleName() == "with Mia Stone"
    assert "for Mia" in card.when.words.accessibleName()


def test_the_countdown_goes_on_by_the_minute(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    seat = seat_of(world.mia)
    card = open_today(seat).page.next

    seat.set_time(ahead(minutes=95))
    assert card.countdown.look.text == "in 25 min"
    seat.set_time(ahead(minutes=140))
    assert card.countdown.look.text == "now, 40 min left"


def test_join_is_open_from_ten_minutes_before_until_the_end(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    with_link(world)
    seat = seat_of(world.mia)
    card = open_today(seat).page.next
    is_open = {}

    for minutes in (109, 110, 179):
        seat.set_time(ahead(minutes=minutes))
        is_open[minutes] = card.join_button.isVisible()

    assert is_open == {109: False, 110: True, 179: True}


def test_join_shows_the_host_before_it_opens_the_link(
    world: World, seat_of: SeatOf, open_today: Open, visited: list[str], qtbot: QtBot
) -> None:
    with_link(world)
    seat = seat_of(world.mia)
    screen = open_today(seat)
    seat.set_time(ahead(minutes=115))

    qtbot.mouseClick(screen.page.next.join_button, Qt.MouseButton.LeftButton)
    assert "meet.example.org" in dialog(screen).sentence.accessibleName()
    assert visited == []
    dialog(screen).accept()

    assert visited == [MEET]


def test_a_session_without_a_link_cannot_be_joined(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    seat = seat_of(world.mia)
    card = open_today(seat).page.next

    seat.set_time(ahead(minutes=119))

    assert not card.join_button.isVisible()


def test_details_open_the_session(
    world: World, seat_of: SeatOf, open_today: Open, qtbot: QtBot
) -> None:
    for person, page in ((world.mia, "mentor/schedules"), (world.ana, "student/schedule")):
        seat = seat_of(person)
        screen = open_today(seat)

        qtbot.mouseClick(screen.page.next.open_button, Qt.MouseButton.LeftButton)

        assert seat.opened == [f"/{page}/{world.soon}"]


def test_the_mentors_tiles_count_students_and_sessions(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    screen = open_today(seat_of(world.mia))

    assert tile(screen, "students") == ("4", "1 of yours active this week")
    # From Monday to Sunday: held today, in two hours, in three and in five days.
    assert tile(screen, "week") == ("4", "1 completed · 3 left")
    assert tile(screen, "waiting") == ("0", "nothing waits")
    assert tile(screen, "entries") == ("0", "0 approved")


def test_a_mentor_sees_what_waits_for_a_review(
    world: World, seat_of: SeatOf, open_today: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.noah)
    screen = open_today(seat)

    assert tile(screen, "waiting") == ("3", "the first 3 days ago")
    assert tile(screen, "entries") == ("5", "1 approved · 1 need work")
    assert set(ids(screen, "entries")) == {world.waiting, world.answered, world.again}
    screen.page.entries.opened.emit(world.waiting)
    screen.page.tile_pressed.emit("waiting")

    assert seat.opened == [f"/mentor/entries/{world.waiting}", "/mentor/entries"]


def test_a_new_entry_shows_at_once(world: World, seat_of: SeatOf, open_today: Open) -> None:
    seat = seat_of(world.noah)
    screen = open_today(seat)

    world.done_by(an_essay(id_of("new")), world.ben)
    seat.sync()

    assert tile(screen, "waiting")[0] == "4"
    assert tile(screen, "entries")[0] == "6"
    assert id_of("new") in ids(screen, "entries")


def test_a_student_sees_what_to_go_on_with(world: World, seat_of: SeatOf, open_today: Open) -> None:
    seat = seat_of(world.ben)
    screen = open_today(seat)

    assert tile(screen, "entries") == ("5", "1 approved · 1 need work · 1 draft")
    assert ids(screen, "entries") == [world.returned, world.draft]
    screen.page.entries.opened.emit(world.draft)

    assert seat.opened == [f"/student/entries/{world.draft}"]


def test_the_students_tiles_count_sessions(world: World, seat_of: SeatOf, open_today: Open) -> None:
    screen = open_today(seat_of(world.ana))

    assert tile(screen, "ahead")[0] == "3"
    assert tile(screen, "week")[0] == "4"
    assert tile(screen, "month") == ("1", "0 last month")


def test_what_others_do_shows_at_once(world: World, seat_of: SeatOf, open_today: Open) -> None:
    seat = seat_of(world.mia)
    screen = open_today(seat)

    world.done_by(ClaimStudent(student_id=world.cem), world.noah)
    world.done_by(CompleteSchedule(id=world.past), world.ana, now=ahead(minutes=1))
    seat.sync()

    assert screen.page.hint.words.accessibleName() == "One student has no mentor yet."
    assert ids(screen, "confirm") == []
    assert "Ana Ruiz marked" in str(screen.page.latest.model.index(0).data())


def test_students_without_a_mentor_are_one_click_away(
    world: World, seat_of: SeatOf, open_today: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_today(seat)
    assert screen.page.hint.words.accessibleName() == "2 students have no mentor yet."

    qtbot.mouseClick(screen.page.hint.button, Qt.MouseButton.LeftButton)

    assert seat.opened == ["/mentor/students/unassigned"]


async def test_the_mentor_confirms_that_it_took_place(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_today(seat)
    assert ids(screen, "confirm") == [world.past]

    screen.page.confirm.take_focus()
    screen.page.confirm.action_asked.emit("complete", world.past)
    await all_done()

    assert seat.desk.find(Schedule, world.past).status is Status.COMPLETED
    assert not screen.page.confirm.isVisible()


async def test_the_mentor_says_with_a_reason_that_it_did_not(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_today(seat)

    screen.page.confirm.action_asked.emit("cancel", world.past)
    asked = dialog(screen)
    assert isinstance(asked, ReasonDialog)
    asked.reason.setText("The train stood still")
    asked.accept()
    await all_done()

    row = seat.desk.find(Schedule, world.past)
    assert (row.status, row.status_reason) == (Status.CANCELED, "The train stood still")


async def test_a_student_confirms_too(world: World, seat_of: SeatOf, open_today: Open) -> None:
    seat = seat_of(world.ana)
    screen = open_today(seat)

    screen.page.confirm.action_asked.emit("complete", world.past)
    await all_done()

    assert seat.desk.find(Schedule, world.past).status is Status.COMPLETED


async def test_a_student_tells_the_mentor_that_it_did_not_take_place(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    seat, mentor = seat_of(world.ana), seat_of(world.mia)
    screen, theirs = open_today(seat), open_today(mentor)

    screen.page.confirm.action_asked.emit("did_not", world.past)
    dialog(screen).accept()
    await all_done()
    seat.sync()
    mentor.sync()

    own: RowLook = screen.page.confirm.model.index(0).data(Role.LOOK)
    assert own.subtitle.endswith("your mentor was told")
    assert [action.key for action in own.actions] == ["complete"]
    look: RowLook = theirs.page.confirm.model.index(0).data(Role.LOOK)
    assert look.subtitle.endswith("Ana says it did not work out")


def test_what_is_to_confirm_is_not_in_the_week_again(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    plan = a_plan(id_of("this morning"), world.ana, start=second_ahead(hours=-4))
    world.done_by(plan, world.mia)

    screen = open_today(seat_of(world.mia))

    assert id_of("this morning") in ids(screen, "confirm")
    assert id_of("this morning") not in ids(screen, "week")


async def test_news_open_what_they_are_about_and_are_read(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    world.done_by(CancelSchedule(id=world.session, reason="Ill."), world.mia)
    seat = seat_of(world.ana)
    screen = open_today(seat)
    newest = ids(screen, "latest")[0]

    screen.page.latest.opened.emit(newest)
    await all_done()

    assert seat.opened == [f"/student/schedule/{world.session}"]
    assert not str(screen.page.latest.model.index(0).data()).startswith("Unread")


def test_an_empty_today_says_how_to_begin(
    world: World, seat_of: SeatOf, open_today: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.otto)
    screen = open_today(seat)
    assert screen.page.next.title.accessibleName() == "No upcoming sessions"

    qtbot.mouseClick(screen.page.next.new_button, Qt.MouseButton.LeftButton)

    assert seat.opened == ["/mentor/schedules/new"]


def test_a_student_without_sessions_waits_for_the_mentor(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    screen = open_today(seat_of(world.cem))

    assert "your mentor" in screen.page.next.with_words.accessibleName()
    assert not screen.page.next.new_button.isVisible()


@pytest.mark.parametrize("key", ["students", "waiting", "week", "entries"])
def test_tiles_lead_on_by_key(
    world: World, seat_of: SeatOf, open_today: Open, qtbot: QtBot, key: str
) -> None:
    seat = seat_of(world.mia)
    screen = open_today(seat)

    with qtbot.waitSignal(screen.page.tile_pressed) as pressed:
        qtbot.keyClick(screen.page.tiles[key], Qt.Key.Key_Return)

    assert pressed.args == [key]
    paths = {"students": "/mentor/students", "week": "/mentor/schedules"}
    assert seat.opened == [paths.get(key, "/mentor/entries")]


def test_every_control_has_a_name(world: World, seat_of: SeatOf, open_today: Open) -> None:
    with_link(world)
    seat = seat_of(world.mia)
    screen = open_today(seat)
    seat.set_time(ahead(minutes=115))
    controls = [one for one in screen.page.findChildren(QAbstractButton) if one.isVisible()]

    assert controls
    assert [one for one in controls if not (one.accessibleName() or one.text())] == []
    assert all(one.accessibleName() for one in screen.page.tiles.values())
