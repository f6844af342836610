"""Today, driven as a person drives it, over a real store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop.ui.entries.screen import EntriesScreen
from desktop.ui.record_list_model import Role
from desktop.ui.theme import Theme
from desktop.ui.today.screen import TodayScreen
from desktop.ui.widgets.confirm_dialog import ConfirmDialog, ReasonDialog
from desktop.ui.widgets.row_look import RowLook
from domain.accounts import UpdateAccount
from domain.assignments import ClaimStudent
from domain.comments import AddComment
from domain.inbox import MarkAllInbox
from domain.instants import moment
from domain.outcomes import CancelSchedule, CompleteSchedule
from domain.planning import UpdateSchedule
from domain.rooms import student_room
from domain.schedules import Schedule, Status
from tests.builders import World, a_plan, a_review, ahead, an_essay, id_of, second_ahead
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
    assert tile(screen, "entries") == ("0", "none submitted yet")


def test_a_mentor_sees_what_waits_for_a_review(
    world: World, seat_of: SeatOf, open_today: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.noah)
    screen = open_today(seat)

    assert tile(screen, "waiting") == ("3", "the first 3 days ago")
    assert tile(screen, "entries") == ("5", "1 approved · 1 needs work")
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

    words = "1 draft · 3 waiting · 1 needs work · 1 approved"
    assert tile(screen, "entries") == ("5", words)
    assert ids(screen, "entries") == [world.returned, world.draft]
    screen.page.entries.opened.emit(world.draft)

    assert seat.opened == [f"/student/entries/{world.draft}"]


def test_the_students_tiles_count_sessions(world: World, seat_of: SeatOf, open_today: Open) -> None:
    screen = open_today(seat_of(world.ana))

    assert tile(screen, "ahead")[0] == "3"
    assert tile(screen, "week")[0] == "4"
    assert tile(screen, "month") == ("1", "")


def test_what_others_do_shows_at_once(world: World, seat_of: SeatOf, open_today: Open) -> None:
    seat = seat_of(world.mia)
    screen = open_today(seat)

    world.done_by(ClaimStudent(student_id=world.cem), world.noah)
    world.done_by(CompleteSchedule(id=world.past), world.ana, now=ahead(minutes=1))
    seat.sync()

    assert screen.page.hint.words.accessibleName() == "One student has no mentor yet."
    assert ids(screen, "confirm") == []
    assert "Ana Ruiz marked" in str(screen.page.latest.model.index(0).data())


def statements_of(seat: Seat, work: Callable[[], object]) -> list[str]:
    """All that is asked of the rows in `work`, with its values."""
    asked: list[str] = []
    seat.reader.set_trace_callback(asked.append)
    work()
    seat.reader.set_trace_callback(None)
    return asked


@pytest.mark.parametrize("who", ["mia", "noah", "ben"])
def test_a_change_asks_each_question_once(
    world: World, seat_of: SeatOf, open_today: Open, who: str
) -> None:
    seat = seat_of(world.people[who])
    screen = open_today(seat)

    asked = statements_of(seat, screen.refresh)

    twice = [sql for sql, times in Counter(asked).items() if times > 1]
    assert asked
    # One's own row by its id costs nothing, and is read for the switches as for the days of rest.
    assert [sql for sql in twice if not sql.startswith("SELECT * FROM users WHERE id =")] == []


def test_a_change_asks_only_once_for_the_notifications_and_twice_for_no_span_of_sessions(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    seat = seat_of(world.ben)
    open_today(seat)

    asked = statements_of(seat, lambda: seat.news.changed.emit(frozenset({"entry", "activity"})))

    # The news were read for the page that stands there; they are not read again for nothing.
    assert sum("read_through" in sql for sql in asked) == 0
    # The next one, those to confirm, and all of this month, the last one and this week.
    assert sum("attendance" in sql for sql in asked) == 3


def bar_words(screen: TodayScreen) -> list[str]:
    assert screen.page.bars is not None
    return [bar.accessibleName() for bar in screen.page.bars.bars.bars]


@pytest.mark.usefixtures("british")
def test_the_bars_of_the_week_say_what_is_done_and_what_is_planned(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    screen = open_today(seat_of(world.mia))

    # A Monday: held today and in two hours; in three days; a canceled one in four; the group's.
    assert bar_words(screen) == [
        "Today: 1 done, 1 planned",
        "Tomorrow: no sessions",
        "Wednesday 3 December: no sessions",
        "Thursday 4 December: 1 planned",
        "Friday 5 December: no sessions",
        "Saturday 6 December: 1 planned",
        "Sunday 7 December: no sessions",
    ]


@pytest.mark.usefixtures("british")
def test_the_bars_follow_what_others_do(world: World, seat_of: SeatOf, open_today: Open) -> None:
    seat = seat_of(world.mia)
    screen = open_today(seat)

    world.done_by(CompleteSchedule(id=world.soon), world.ana, now=ahead(hours=3))
    seat.sync()

    assert bar_words(screen)[0] == "Today: 2 done"


def test_a_bar_leads_to_the_schedule(
    world: World, seat_of: SeatOf, open_today: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_today(seat)
    assert screen.page.bars is not None

    qtbot.keyClick(screen.page.bars.bars.bars[0], Qt.Key.Key_Return)

    assert seat.opened == ["/mentor/schedules"]


async def test_own_deeds_stand_among_the_latest_and_are_never_unread(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    seat = seat_of(world.noah)
    screen = open_today(seat)

    world.done_by(a_review(world.waiting, "approved"), world.noah, now=ahead(minutes=1))
    world.done_by(an_essay(id_of("new"), title="Maps"), world.ben, now=ahead(minutes=2))
    seat.sync()

    model = screen.page.latest.model
    said = [str(model.index(row).data()) for row in range(2)]
    assert said[0].startswith("Unread, Ben Hall submitted “Maps”")
    assert said[1].startswith("You approved “Loops” of Ben Hall")


def test_a_student_reads_the_streak_and_the_year(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    for days in (-2, -1, 0):
        world.done_by(an_essay(id_of(f"day {days}")), world.ben, now=ahead(days=days))
    screen = open_today(seat_of(world.ben))
    year = screen.page.year
    assert year is not None

    # Five entries three days ago, and one on each day since.
    assert year.streak.accessibleName() == "4 days in a row"
    assert year.going_on.accessibleName() == "Today counts."
    assert [one.count for one in year.model.days[-4:]] == [5, 1, 1, 1]
    assert (year.model.rowCount(), year.model.columnCount()) == (7, 53)


def test_an_entry_of_this_moment_counts_at_once(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    seat = seat_of(world.cem)
    screen = open_today(seat)
    year = screen.page.year
    assert year is not None
    assert year.streak.accessibleName() == "No streak at the moment"
    assert year.going_on.accessibleName() == "Submit an entry today to begin one."

    world.done_by(an_essay(id_of("first")), world.cem)
    seat.sync()

    assert year.streak.accessibleName() == "1 day in a row"
    assert year.model.days[-1].words.endswith("Today, 1 entry")


def test_the_year_ends_on_the_day_of_the_students_own_wall(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    world.done_by(UpdateAccount(time_zone="Pacific/Kiritimati"), world.ben)  # 14 hours ahead
    screen = open_today(seat_of(world.ben))

    assert screen.page.year is not None
    assert screen.page.year.model.days[-1].day == moment(ahead(days=1)).date()


@pytest.mark.usefixtures("british")
async def test_days_of_rest_break_no_streak(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    """It is a Monday; Friday's entries stand in a row with today's, when weekends are for rest."""
    world.done_by(an_essay(id_of("today")), world.ben)
    seat = seat_of(world.ben)
    screen = open_today(seat)
    year = screen.page.year
    assert year is not None
    assert year.streak.accessibleName() == "1 day in a row"
    assert year.rest_button.text() == "No rest days"

    await seat.do(UpdateAccount(rest_days=[5, 6]))

    assert year.streak.accessibleName() == "2 days in a row"
    assert year.rest_button.text() == "Rest days: Sat and Sun"
    assert year.model.days[-2].is_off
    assert year.model.days[-2].words.endswith("no entry, a day of rest")
    year.rest_button.click()
    assert seat.opened == ["/settings"]


def test_the_year_can_be_read_as_a_table(world: World, seat_of: SeatOf, open_today: Open) -> None:
    screen = open_today(seat_of(world.ben))
    year = screen.page.year
    assert year is not None

    year.table_button.click()

    assert (year.heatmap.isVisible(), year.table.isVisible()) == (False, True)
    assert year.table_button.text() == "Show as squares"
    model = year.table.model()
    numbers = [str(model.index(51, day).data()) for day in range(7)]
    assert "5" in numbers
    year.table_button.click()
    assert year.heatmap.isVisible()


def feedback(screen: TodayScreen) -> list[str]:
    return ids(screen, "feedback")


def test_feedback_waits_until_it_is_read(world: World, seat_of: SeatOf, open_today: Open) -> None:
    seat = seat_of(world.ben)
    screen = open_today(seat)
    said = AddComment(id=id_of("said"), entry_id=world.approved, body="Keep  this\none.")

    world.done_by(said, world.noah, now=ahead(minutes=1))
    seat.sync()

    assert feedback(screen)[0] == world.approved
    assert set(feedback(screen)) == {world.approved, world.answered, world.returned, world.again}
    assert screen.page.feedback is not None
    words = str(screen.page.feedback.model.index(0).data())
    assert words.startswith("Unread, Noah Park commented on your entry “Loops”, Keep this one.")
    assert "and 1 more, Approved" in words


async def test_reading_takes_feedback_away(
    world: World, seat_of: SeatOf, open_today: Open, theme: Theme, qtbot: QtBot
) -> None:
    world.done_by(AddComment(id=id_of("said"), entry_id=world.approved, body="Good."), world.noah)
    seat = seat_of(world.ben)
    screen = open_today(seat)
    assert screen.page.feedback is not None
    entries = EntriesScreen(seat.workspace, theme)
    qtbot.addWidget(entries.page)
    seat.news.opened.connect(lambda path: entries.open_item(path.rpartition("/")[2]))

    screen.page.feedback.opened.emit(world.approved)
    await all_done()

    assert seat.opened == [f"/student/entries/{world.approved}"]
    assert world.approved not in feedback(screen)


def test_feedback_that_was_read_on_another_device_is_gone(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    seat = seat_of(world.ben)
    screen = open_today(seat)
    assert len(feedback(screen)) == 4

    rooms = {student_room(world.ben): ahead(minutes=1)}
    world.done_by(MarkAllInbox(through=rooms), world.ben)
    seat.sync()

    assert feedback(screen) == []
    assert screen.page.feedback is not None
    assert screen.page.feedback.empty.isVisible()


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
    assert own.subtitle.endswith("You told your mentor")
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
    screen.page.latest.link_pressed.emit()
    await all_done()

    assert seat.opened == [f"/student/schedule/{world.session}", "/student/activity"]
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
    world.assign(world.otto, world.cem)
    screen = open_today(seat_of(world.cem))

    assert "your mentor" in screen.page.next.with_words.accessibleName()
    assert not screen.page.next.new_button.isVisible()


def test_a_student_whom_nobody_mentors_is_told_so_until_one_does(
    world: World, seat_of: SeatOf, open_today: Open
) -> None:
    seat = seat_of(world.cem)
    screen = open_today(seat)
    assert "Nobody mentors you yet." in screen.page.next.with_words.accessibleName()

    world.done_by(ClaimStudent(student_id=world.cem), world.otto)
    seat.sync()

    assert "your mentor" in screen.page.next.with_words.accessibleName()


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
