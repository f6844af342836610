"""Students, driven as a person drives it, over a real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.record_list_model import Role
from desktop.ui.students.move_dialog import MoveDialog
from desktop.ui.students.screen import StudentsScreen
from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import ChipLook
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from domain.assignments import AssignStudent, ClaimStudent
from domain.outcomes import CompleteSchedule
from domain.schedules import Schedule, Status
from domain.students import StudentCard
from tests.builders import World, a_plan, a_review, ahead, an_essay, id_of, second_ahead
from tests.desktop.ui.rows import look, open_row, texts
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], StudentsScreen]


@pytest.fixture
def open_students(theme: Theme, qtbot: QtBot) -> Open:
    def open_students(seat: Seat) -> StudentsScreen:
        screen = StudentsScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.resize(800, 600)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        return screen

    return open_students


def names(screen: StudentsScreen) -> list[str]:
    model = screen.page.roster.model
    records = [model.record_at(row) for row in range(model.rowCount())]
    return [record.card.name for record in records if record is not None]


def choose(screen: StudentsScreen, key: str) -> None:
    screen.page.roster.filter.buttons[key].click()


def timeline(screen: StudentsScreen) -> list[str]:
    model = screen.page.student.model
    records = [model.record_at(row) for row in range(model.rowCount())]
    return [record.id for record in records if record is not None]


def dialog(screen: StudentsScreen) -> ConfirmDialog:
    [found] = screen.page.findChildren(ConfirmDialog)
    return found


def test_shows_my_students_first(world: World, seat_of: SeatOf, open_students: Open) -> None:
    screen = open_students(seat_of(world.mia))

    assert names(screen) == ["Ana Ruiz"]
    assert [button.text() for button in screen.page.roster.filter.buttons.values()] == [
        "Mine  1",
        "All  4",
        "Unassigned  2",
    ]


def test_the_filters_show_all_and_the_unassigned(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    screen = open_students(seat_of(world.mia))

    choose(screen, "all")
    assert names(screen) == ["Ana Ruiz", "Ben Hall", "Cem Aydin", "Dora Wolf"]
    choose(screen, "unassigned")
    assert names(screen) == ["Cem Aydin", "Dora Wolf"]


def test_a_part_of_the_name_narrows_the_list(
    world: World, seat_of: SeatOf, open_students: Open, qtbot: QtBot
) -> None:
    screen = open_students(seat_of(world.mia))
    choose(screen, "all")

    qtbot.keyClicks(screen.page.roster.search, "wol")
    assert names(screen) == ["Dora Wolf"]
    qtbot.keyClicks(screen.page.roster.search, "x")
    assert screen.page.roster.empty.title.accessibleName() == "Nobody of that name or cohort"


def test_a_row_says_cohort_mentors_activity_and_next_session(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    world.done_by(AssignStudent(student_id=world.ana, mentor_id=world.noah), world.admin)
    screen = open_students(seat_of(world.mia))

    row = str(screen.page.roster.model.index(0).data())

    assert row.startswith("Ana Ruiz, Spring · also with Noah Park · active today, Next: Today, ")


async def test_claims_the_student_in_the_row(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_students(seat)
    choose(screen, "unassigned")

    screen.page.roster.list.action_asked.emit("claim", world.cem)
    await all_done()

    assert names(screen) == ["Dora Wolf"]
    assert seat.said == ["Cem Aydin is now your student."]
    choose(screen, "mine")
    assert "waiting to send" in str(screen.page.roster.model.index(1).data())
    seat.sync()
    assert seat.desk.relay.get(StudentCard, world.cem).mentor_ids == [world.mia]
    assert "waiting" not in str(screen.page.roster.model.index(1).data())


async def test_a_claim_that_comes_too_late_is_refused_in_words(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_students(seat)
    choose(screen, "unassigned")
    world.done_by(ClaimStudent(student_id=world.cem), world.noah)
    seat.desk.receive()

    screen.page.roster.list.action_asked.emit("claim", world.cem)
    await all_done()

    assert seat.said == ["Cem Aydin has a mentor already."]


async def test_the_primary_action_claims_whoever_is_selected(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_students(seat)
    action = screen.page.primary_action

    assert action.text() == "Claim a student…"
    action.trigger()  # leads to those without a mentor, the first of them selected
    assert names(screen) == ["Cem Aydin", "Dora Wolf"]
    assert action.text() == "Claim"
    action.trigger()
    await all_done()

    assert seat.desk.find(StudentCard, world.cem).mentor_ids == [world.mia]


def test_without_unassigned_students_there_is_nothing_to_claim(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    for student in (world.cem, world.dora):
        world.done_by(ClaimStudent(student_id=student), world.noah)

    screen = open_students(seat_of(world.mia))

    assert not screen.page.primary_action.isVisible()
    choose(screen, "unassigned")
    assert screen.page.roster.empty.title.accessibleName() == "Everybody has a mentor"


def test_a_click_opens_the_student_and_escape_comes_back_to_the_row(
    world: World, seat_of: SeatOf, open_students: Open, qtbot: QtBot
) -> None:
    screen = open_students(seat_of(world.mia))
    rows = screen.page.roster.list
    point = rows.visualRect(rows.model().index(0, 0)).center()

    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert screen.page.student.isVisible()
    assert screen.page.student.name.accessibleName() == "Ana Ruiz"
    qtbot.keyClick(screen.page.student.list, Qt.Key.Key_Escape)

    assert screen.page.shows_roster
    assert rows.current_id() == world.ana
    assert rows.hasFocus()


def narrow(screen: StudentsScreen, key: str) -> None:
    screen.page.student.filter.buttons[key].click()


def said(screen: StudentsScreen) -> list[str]:
    """The timeline as a screen reader says it, headings too."""
    return texts(screen.page.student.list)


def test_a_students_page_shows_the_sessions_to_come_and_past_the_farthest_first(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_students(seat)

    screen.page.open_item(world.ana)
    narrow(screen, "sessions")

    coming = [world.group, world.canceled, world.session, world.soon]
    assert timeline(screen) == [*coming, world.done, world.past]
    clock = screen.page.student.facts["clock"].words.accessibleName()
    assert clock.endswith(" for Ana (Europe/Berlin)")
    screen.page.student.opened.emit(world.past)
    assert seat.opened == [f"/mentor/schedules/{world.past}"]


@pytest.mark.usefixtures("british")
def test_a_students_page_is_one_timeline_under_the_days(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    screen = open_students(seat_of(world.noah))

    screen.page.open_item(world.ben)

    rows = said(screen)
    assert rows[0] == "Thursday 4 December"
    assert rows[1].startswith("Thu 4 Dec, ")
    assert "Today" in rows
    today, before = rows.index("Today"), rows.index("Saturday 29 November")
    assert any("Ben Hall commented on “Loops”, Rust." in row for row in rows[today:before])
    assert any("Loops, Entry · 2nd version · rust, Waiting" in row for row in rows[today:before])
    review = "You asked Ben Hall for more work on “Loops”, Say what the second loop is for."
    assert any(review in row for row in rows[before:])


@pytest.mark.parametrize(
    ("of", "path"),
    [("bens", "/mentor/schedules/{}"), ("approved", "/mentor/entries/{}")],
)
def test_each_moment_opens_what_it_is_about(
    world: World, seat_of: SeatOf, open_students: Open, qtbot: QtBot, of: str, path: str
) -> None:
    seat = seat_of(world.noah)
    screen = open_students(seat)
    screen.page.open_item(world.ben)
    wanted = getattr(world, of)

    open_row(qtbot, screen.page.student.list, wanted)

    assert seat.opened == [path.format(wanted)]


def test_a_comment_opens_its_entry(
    world: World, seat_of: SeatOf, open_students: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.noah)
    screen = open_students(seat)
    screen.page.open_item(world.ben)
    model = screen.page.student.model
    row = next(at for at, text in enumerate(said(screen)) if "commented" in text)

    open_row(qtbot, screen.page.student.list, str(model.index(row).data(Role.RECORD_ID)))

    path = f"/mentor/entries/{world.answered}"
    assert seat.opened in ([f"{path}?comment={one}"] for one in (world.question, world.reply))


def test_the_timeline_follows_what_happens(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.noah)
    screen = open_students(seat)
    screen.page.open_item(world.ben)
    new = id_of("new")

    world.done_by(an_essay(new, title="Maps"), world.ben, now=ahead(minutes=1))
    seat.sync()
    assert new in timeline(screen)
    world.done_by(a_review(new, "approved", essay=an_essay(new, title="Maps")), world.noah)
    seat.sync()

    assert any("Maps, Entry · rust, Approved" in row for row in said(screen))
    assert any("You approved “Maps” of Ben Hall" in row for row in said(screen))


def test_entries_alone_can_be_shown(world: World, seat_of: SeatOf, open_students: Open) -> None:
    screen = open_students(seat_of(world.noah))
    screen.page.open_item(world.ben)

    narrow(screen, "entries")

    assert set(timeline(screen)) == set(world.entries.values()) - {world.draft}


def test_without_entries_it_says_so(world: World, seat_of: SeatOf, open_students: Open) -> None:
    screen = open_students(seat_of(world.mia))
    screen.page.open_item(world.ana)

    narrow(screen, "entries")

    assert screen.page.student.empty.title.accessibleName() == "No entries yet"


def test_more_comes_as_one_scrolls(world: World, seat_of: SeatOf, open_students: Open) -> None:
    for number in range(100):
        essay = an_essay(id_of(f"essay {number}"), title=f"Essay {number}")
        world.done_by(essay, world.ben, now=ahead(days=-3, minutes=number))
    screen = open_students(seat_of(world.noah))
    screen.page.open_item(world.ben)
    bar = screen.page.student.list.verticalScrollBar()
    first = len(timeline(screen))
    assert first < 50

    for _ in range(8):
        QApplication.processEvents()
        bar.setValue(bar.maximum())

    assert len(timeline(screen)) > 100
    assert said(screen)[-1].endswith("Ben Hall has registered, Cohort Spring")


def planned(world: World, count: int) -> list[str]:
    """Sessions of Mia with Ana, one a week after all others; the nearest first."""
    ids = [id_of(f"far {at}") for at in range(count)]
    for at, schedule_id in enumerate(ids):
        start = second_ahead(days=10 + 7 * at)
        world.done_by(a_plan(schedule_id, world.ana, start=start), world.mia)
    return ids


def test_the_head_counts_the_sessions_and_follows_them(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_students(seat)
    screen.page.open_item(world.ana)
    line = screen.page.student.facts["active"].words
    assert line.accessibleName().endswith(" · 3 sessions ahead · 1 held")

    planned(world, 1)
    world.done_by(CompleteSchedule(id=world.past), world.mia)
    seat.sync()

    assert line.accessibleName().endswith(" · 4 sessions ahead · 2 held")


def test_the_sessions_of_another_mentors_student_are_not_counted(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    screen = open_students(seat_of(world.mia))

    screen.page.open_item(world.ben)

    assert "held" not in screen.page.student.facts["active"].words.accessibleName()


def test_a_button_brings_the_sessions_that_are_further_ahead(
    world: World, seat_of: SeatOf, open_students: Open, qtbot: QtBot
) -> None:
    far = planned(world, 2)  # besides the group, a canceled one and two more
    screen = open_students(seat_of(world.mia))
    view = screen.page.student
    screen.page.open_item(world.ana)
    assert timeline(screen)[:3] == [world.canceled, world.session, world.soon]
    assert view.further.text() == "3 more sessions"

    qtbot.mouseClick(view.further, Qt.MouseButton.LeftButton)

    assert timeline(screen)[:3] == [far[1], far[0], world.group]
    assert not view.further.isVisible()
    assert view.list.hasFocus()
    assert view.list.current_id() == world.group


def test_one_more_session_is_told_in_the_singular_and_sessions_alone_show_all(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    screen = open_students(seat_of(world.mia))
    screen.page.open_item(world.ana)
    assert screen.page.student.further.text() == "1 more session"

    narrow(screen, "sessions")

    assert not screen.page.student.further.isVisible()


def test_a_new_session_appears_on_an_open_page(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_students(seat)
    screen.page.open_item(world.ana)

    plan = a_plan(id_of("next"), world.ana, start=second_ahead(days=1))
    world.done_by(plan, world.mia)
    seat.sync()

    assert id_of("next") in timeline(screen)


@pytest.mark.usefixtures("british")
def test_a_row_and_the_page_say_how_many_entries_wait(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.noah)
    screen = open_students(seat)
    assert "Ben Hall, 3 entries wait, Spring · active today" in texts(screen.page.roster.list)[0]

    world.done_by(a_review(world.waiting, "approved"), world.noah)
    world.done_by(a_review(world.answered, "approved"), world.noah)
    seat.sync()
    assert look(screen.page.roster.list, world.ben).chip == ChipLook(
        "1 entry waits", "entries", "pending"
    )
    screen.page.open_item(world.ben)

    active = screen.page.student.facts["active"].words.accessibleName()
    assert active == "active today · 1 entry waits · Next: Thu 4 Dec, 13:00 · 1 session ahead"


def test_the_primary_action_of_a_student_plans_a_session(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_students(seat)
    screen.page.open_item(world.ana)

    screen.page.primary_action.trigger()

    assert seat.opened == [f"/mentor/schedules/new?student={world.ana}"]


def test_others_students_are_seen_without_their_sessions(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    screen = open_students(seat_of(world.mia))

    screen.page.open_item(world.ben)

    view = screen.page.student
    assert timeline(screen) == []
    assert view.empty.title.accessibleName() == "Not one of your students"
    assert not view.give_up_button.isVisible()
    assert not view.move_button.isVisible()
    assert not screen.page.primary_action.isVisible()


async def test_giving_up_asks_first_and_cancels_the_coming_sessions(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_students(seat)
    screen.page.open_item(world.ana)

    screen.page.student.give_up_button.click()
    assert "2 coming sessions" in dialog(screen).sentence.accessibleName()
    dialog(screen).accept()
    await all_done()
    seat.sync()

    assert screen.page.shows_roster
    assert names(screen) == []
    relay = seat.desk.relay
    assert relay.get(StudentCard, world.ana).mentor_ids == []
    assert relay.get(Schedule, world.session).status is Status.CANCELED


async def test_moves_a_student_between_own_cohorts(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_students(seat)
    screen.page.open_item(world.ana)

    screen.page.student.move_button.click()
    asked = dialog(screen)
    assert isinstance(asked, MoveDialog)
    offered = [asked.choice.itemText(at) for at in range(asked.choice.count())]
    assert offered == ["Autumn", "No cohort"]
    asked.accept()
    await all_done()

    assert seat.desk.find(StudentCard, world.ana).cohort_id == world.autumn
    assert screen.page.student.facts["cohort"].words.accessibleName() == "Autumn"


def test_a_student_who_is_gone_is_said_so(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_students(seat)

    screen.page.open_item(id_of("nobody"))

    assert screen.page.shows_roster
    assert seat.said == ["This student is no longer there."]


def test_the_hint_of_today_leads_to_the_unassigned(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    screen = open_students(seat_of(world.mia))
    screen.page.open_item(world.ana)

    screen.page.open_item("unassigned")

    assert screen.page.shows_roster
    assert names(screen) == ["Cem Aydin", "Dora Wolf"]


def test_a_mentor_without_students_is_shown_the_way(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    screen = open_students(seat_of(world.otto))

    assert screen.page.roster.empty.title.accessibleName() == "You have no students yet"
    screen.page.roster.empty.button.click()

    assert names(screen) == ["Cem Aydin", "Dora Wolf"]


def test_a_part_of_the_cohort_narrows_the_list_too(
    world: World, seat_of: SeatOf, open_students: Open, qtbot: QtBot
) -> None:
    screen = open_students(seat_of(world.mia))
    choose(screen, "all")

    qtbot.keyClicks(screen.page.roster.search, "spri")

    assert names(screen) == ["Ana Ruiz", "Ben Hall"]


def test_a_cohort_opens_all_its_students_and_says_why_not_all_are_there(
    world: World, seat_of: SeatOf, open_students: Open
) -> None:
    screen = open_students(seat_of(world.mia))
    screen.open_student(world.ana)

    screen.page.open_item(f"cohort/{world.spring}")

    assert screen.page.shows_roster
    assert names(screen) == ["Ana Ruiz", "Ben Hall"]
    assert screen.page.roster.filter.current == "all"
    assert screen.page.roster.search.text() == "Spring"
    assert screen.page.primary_action.text() == "Claim a student…"


def test_a_cohort_that_is_gone_is_said_and_all_are_shown(
    seat_of: SeatOf, world: World, open_students: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_students(seat)

    screen.page.open_item(f"cohort/{id_of('gone')}")

    assert seat.said == ["This cohort is no longer there."]
    assert len(names(screen)) == 4


def test_a_cohort_without_students_says_how_to_see_the_others(
    seat_of: SeatOf, world: World, open_students: Open
) -> None:
    screen = open_students(seat_of(world.mia))

    screen.page.open_item(f"cohort/{world.autumn}")

    empty = screen.page.roster.empty
    assert empty.title.accessibleName() == "Nobody of that name or cohort"
    assert empty.sentence.accessibleName() == "Type less of it, or clear the field."
