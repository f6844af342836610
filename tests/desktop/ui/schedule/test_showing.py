"""One session in full, kept in step with the rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.schedule.deeds import Deeds, mentor_actions, student_actions
from desktop.ui.schedule.showing import Showing
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ConfirmDialog, ReasonDialog
from domain.accounts import UpdateAccount
from domain.ids import derived_id
from domain.members import Role
from domain.outcomes import CancelSchedule, CannotMakeIt, CompleteSchedule
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.schedules import Attendance, Mark, Schedule, Status
from tests.builders import World, id_of
from tests.desktop.ui.rows import confirm, dialogs
from tests.desktop.ui.schedule.test_details import buttons, words
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat, str], Showing]
pytestmark = pytest.mark.usefixtures("british")


@pytest.fixture
def show(theme: Theme, window: QWidget) -> Open:
    def show(seat: Seat, schedule_id: str) -> Showing:
        deeds = Deeds(seat.workspace, theme, window)
        is_student = seat.workspace.me.role is Role.STUDENT
        return Showing(
            seat.workspace,
            theme,
            window,
            schedule_id,
            student_actions if is_student else mentor_actions,
            deeds.do,
            deeds.mark,
        )

    return show


def test_a_mentor_reads_the_facts_with_both_times(
    world: World, seat_of: SeatOf, show: Open
) -> None:
    world.done_by(UpdateAccount(time_zone="Asia/Tokyo"), world.ana)
    world.done_by(UpdateSchedule(id=world.session, place="Library", agenda="One"), world.mia)

    dialog = show(seat_of(world.mia), world.session).dialog

    assert words(dialog.facts) == [
        "When",
        "Thursday 4 December, 13:00\u201314:00\n21:00 for Ana",
        "With",
        "Ana Ruiz",
        "Where",
        "Library",
        "Agenda",
        "One",
        "Reminders",
        "10 min before, as in your settings",
    ]
    assert list(buttons(dialog)) == ["Edit", "Mark complete", "Cancel session", "Delete", "History"]


def test_a_student_reads_the_mentors_name_and_the_reason(
    world: World, seat_of: SeatOf, show: Open
) -> None:
    facts = words(show(seat_of(world.ana), world.canceled).dialog.facts)

    assert facts[:2] == ["Reason", "Ill."]
    assert facts[-2:] == ["Mentor", "Mia Stone"]


def test_changes_of_others_show_while_it_is_open(world: World, seat_of: SeatOf, show: Open) -> None:
    seat = seat_of(world.ana)
    dialog = show(seat, world.past).dialog

    world.done_by(UpdateSchedule(id=world.past, title="Renamed"), world.mia)
    world.done_by(CompleteSchedule(id=world.past), world.mia)
    seat.sync()

    assert dialog.title.accessibleName() == "Renamed"
    assert dialog.chip.look.text == "Completed"
    assert list(buttons(dialog)) == ["History"]


def test_it_closes_when_the_session_goes(
    world: World, seat_of: SeatOf, show: Open, window: QWidget
) -> None:
    seat = seat_of(world.ana)
    show(seat, world.session)

    world.done_by(DeleteSchedule(id=world.session), world.mia)
    seat.sync()

    assert dialogs(window) == []
    assert seat.said == ["This session is no longer there."]


def test_a_session_that_is_not_there_is_said_so(
    world: World, seat_of: SeatOf, show: Open, window: QWidget
) -> None:
    seat = seat_of(world.mia)

    show(seat, id_of("nothing"))

    assert dialogs(window) == []
    assert seat.said == ["This session is no longer there."]


async def test_the_mentor_marks_attendance(
    world: World, seat_of: SeatOf, show: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    dialog = show(seat, world.group).dialog
    # Ben is Noah's student: a mark of his would stand where Mia does not read.
    assert [box.accessibleName() for box in dialog.marks.values()] == ["Attendance of Ana Ruiz"]

    qtbot.keyClicks(dialog.marks[world.ana], "E")
    await all_done()

    mark = seat.desk.find(Attendance, derived_id("attendance", world.group, world.ana))
    assert mark.mark is Mark.EXCUSED
    assert dialog.marks[world.ana].currentText() == "Excused"


def test_students_mark_nobody(world: World, seat_of: SeatOf, show: Open) -> None:
    assert show(seat_of(world.ana), world.group).dialog.marks == {}


async def test_a_deed_shows_at_once_and_waits_to_be_sent(
    world: World, seat_of: SeatOf, show: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    dialog = show(seat, world.past).dialog

    qtbot.mouseClick(buttons(dialog)["Mark complete"], Qt.MouseButton.LeftButton)
    await all_done()

    assert seat.desk.find(Schedule, world.past).status is Status.COMPLETED
    assert "Waiting to send" in words(dialog.facts)
    seat.sync()
    assert "Waiting to send" not in words(dialog.facts)


async def test_the_mentor_reads_who_cannot_come_and_why_while_it_is_open(
    world: World, seat_of: SeatOf, show: Open
) -> None:
    seat = seat_of(world.mia)
    dialog = show(seat, world.group).dialog
    found = words(dialog.facts)
    assert "Can't make it" not in found
    assert found[found.index("Students") + 1] == "2 students"

    world.done_by(CannotMakeIt(id=world.group, reason="Ill."), world.ana)
    seat.sync()

    found = words(dialog.facts)
    assert found[found.index("Can't make it") + 1] == "Ana Ruiz: Ill."
    assert found[found.index("Students") + 1] == "2 students · 1 comes · 1 can't make it"


async def test_the_student_reads_the_own_word(
    world: World, seat_of: SeatOf, show: Open, qtbot: QtBot, window: QWidget
) -> None:
    seat = seat_of(world.ana)
    dialog = show(seat, world.soon).dialog

    qtbot.mouseClick(buttons(dialog)["Can't make it"], Qt.MouseButton.LeftButton)
    [question] = window.findChildren(ReasonDialog)
    question.reason.setText("Ill.")
    question.confirm_button.click()
    await all_done()

    found = words(dialog.facts)
    assert found[found.index("Can't make it") + 1] == "You told your mentor: Ill."
    assert dialog.isVisible()


async def test_canceling_closes_it_and_the_page_says_so(
    world: World, seat_of: SeatOf, show: Open, qtbot: QtBot, window: QWidget
) -> None:
    seat = seat_of(world.mia)
    dialog = show(seat, world.session).dialog

    qtbot.mouseClick(buttons(dialog)["Cancel session"], Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    confirm(window)
    await all_done()

    assert dialogs(window) == []
    assert seat.said == ["“Weekly talk” is canceled"]


async def test_what_others_cancel_stays_to_be_read(
    world: World, seat_of: SeatOf, show: Open, qtbot: QtBot, window: QWidget
) -> None:
    seat = seat_of(world.ana)
    dialog = show(seat, world.session).dialog
    qtbot.mouseClick(buttons(dialog)["Cancel session"], Qt.MouseButton.LeftButton)
    [asked] = [one for one in dialogs(window) if one is not dialog]
    asked.reject()

    world.done_by(CancelSchedule(id=world.session, reason="Ill."), world.mia)
    seat.sync()

    assert dialog.chip.look.text == "Canceled"
    assert dialog.isVisible()


async def test_deleting_closes_it(
    world: World, seat_of: SeatOf, show: Open, qtbot: QtBot, window: QWidget
) -> None:
    seat = seat_of(world.mia)
    dialog = show(seat, world.session).dialog

    qtbot.mouseClick(buttons(dialog)["Delete"], Qt.MouseButton.LeftButton)
    confirm(window)
    await all_done()

    assert dialogs(window) == []
    assert seat.said == ["“Weekly talk” deleted"]


def test_a_link_is_opened_only_after_its_host_was_shown(
    world: World, seat_of: SeatOf, show: Open, qtbot: QtBot
) -> None:
    world.done_by(
        UpdateSchedule(id=world.soon, meeting_url="https://meet.example.org/room"), world.mia
    )
    dialog = show(seat_of(world.ana), world.soon).dialog

    qtbot.mouseClick(buttons(dialog)["Open link"], Qt.MouseButton.LeftButton)

    [asked] = dialogs(dialog)
    assert isinstance(asked, ConfirmDialog)
    assert "meet.example.org" in asked.sentence.accessibleName()


def test_its_history_is_one_press_away(
    world: World, seat_of: SeatOf, show: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    asked: list[tuple[object, ...]] = []
    seat.news.history_asked.connect(lambda *what: asked.append(what))
    dialog = show(seat, world.done).dialog
    assert buttons(dialog)["History"].property("kind") != "primary"

    qtbot.mouseClick(buttons(dialog)["History"], Qt.MouseButton.LeftButton)

    assert asked == [(dialog, "schedule", world.done, "Weekly talk")]


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (None, "30 min before, as in your settings"),
        ([], "None"),
        ([60, 10], "1 h and 10 min before"),
    ],
)
def test_reminders_are_said_to_whom_they_remind(
    world: World, seat_of: SeatOf, show: Open, minutes: list[int] | None, told: str
) -> None:
    world.done_by(UpdateAccount(reminder_minutes=[30]), world.mia)
    if minutes is not None:
        world.done_by(UpdateSchedule(id=world.session, reminder_minutes=minutes), world.mia)

    found = words(show(seat_of(world.mia), world.session).dialog.facts)

    assert found[found.index("Reminders") + 1] == told


def test_what_is_over_reminds_nobody(world: World, seat_of: SeatOf, show: Open) -> None:
    assert "Reminders" not in words(show(seat_of(world.mia), world.sessions["done"]).dialog.facts)
