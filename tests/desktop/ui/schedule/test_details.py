"""The dialog on one session."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.schedules import Attendee
from desktop.ui.schedule.details import SessionDetails
from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import ChipLook
from desktop.ui.widgets.row_look import RowAction
from domain.schedules import Mark
from tests.desktop.ui.wheels import turn_wheel

CHIP = ChipLook("Scheduled", "calendar", "scheduled")
EDIT, CANCEL = RowAction("edit", "Edit", "edit"), RowAction("cancel", "Cancel", "x-circle")
FACTS = [("When", "Today"), ("Where", ""), ("With", "Ana Ruiz")]


@pytest.fixture
def details(theme: Theme, window: QWidget) -> SessionDetails:
    details = SessionDetails(theme, window)
    details.show_facts("Weekly talk", CHIP, FACTS, [EDIT, CANCEL])
    details.open()
    return details


def words(grid: QGridLayout) -> list[str]:
    items = [grid.itemAt(at) for at in range(grid.count())]
    widgets = [item.widget() for item in items if item]
    return [widget.accessibleName() for widget in widgets if widget]


def buttons(details: SessionDetails) -> dict[str, QPushButton]:
    found = [details.buttons.itemAt(at) for at in range(details.buttons.count())]
    widgets = [item.widget() for item in found if item]
    return {button.text(): button for button in widgets if isinstance(button, QPushButton)}


def test_facts_without_words_are_left_out(details: SessionDetails) -> None:
    assert words(details.facts) == ["When", "Today", "With", "Ana Ruiz"]
    assert details.windowTitle() == "Weekly talk"


def test_a_button_asks_for_its_deed(details: SessionDetails, qtbot: QtBot) -> None:
    with qtbot.waitSignal(details.action_asked) as asked:
        qtbot.mouseClick(buttons(details)["Cancel"], Qt.MouseButton.LeftButton)

    assert asked.args == ["cancel"]


def test_escape_closes_it(details: SessionDetails, qtbot: QtBot) -> None:
    with qtbot.waitSignal(details.rejected):
        qtbot.keyClick(details, Qt.Key.Key_Escape)


def test_the_keyboard_begins_at_close_and_stays_where_it_is(details: SessionDetails) -> None:
    assert details.focusWidget() is details.close_button
    buttons(details)["Edit"].setFocus()

    details.show_facts("Weekly talk", CHIP, [("When", "Tomorrow")], [EDIT, CANCEL])

    assert details.focusWidget() is buttons(details)["Edit"]


def test_the_keyboard_moves_to_close_when_its_button_goes(details: SessionDetails) -> None:
    buttons(details)["Cancel"].setFocus()

    details.show_facts("Weekly talk", CHIP, FACTS, [EDIT])

    assert list(buttons(details)) == ["Edit"]
    assert details.focusWidget() is details.close_button


def test_attendance_is_chosen_for_each_student(details: SessionDetails, qtbot: QtBot) -> None:
    details.show_attendance([Attendee("ana", "Ana Ruiz", None), Attendee("ben", "Ben Hall", None)])
    box = details.marks["ben"]
    assert (box.accessibleName(), box.currentText()) == ("Attendance of Ben Hall", "Not marked")
    box.setFocus()

    with qtbot.waitSignal(details.mark_asked) as asked:
        qtbot.keyClicks(box, "L")

    assert asked.args == ["ben", Mark.LATE]


def test_a_mark_cannot_be_taken_away_again(details: SessionDetails) -> None:
    details.show_attendance([Attendee("ana", "Ana Ruiz", Mark.ABSENT)])

    box = details.marks["ana"]

    assert box.currentText() == "Absent"
    assert box.findText("Not marked") == -1


def test_the_wheel_marks_nobody(details: SessionDetails) -> None:
    details.show_attendance([Attendee("ana", "Ana Ruiz", Mark.ATTENDED)])
    box = details.marks["ana"]

    is_taken = turn_wheel(box)

    assert not is_taken
    assert box.currentText() == "Attended"


def test_attendance_that_is_the_same_keeps_its_controls(details: SessionDetails) -> None:
    details.show_attendance([Attendee("ana", "Ana Ruiz", None)])
    box = details.marks["ana"]

    details.show_attendance([Attendee("ana", "Ana Ruiz", None)])

    assert details.marks["ana"] is box


def test_it_is_as_high_as_its_words_and_stays_in_the_window(theme: Theme, window: QWidget) -> None:
    window.resize(720, 520)
    heights = []
    for text in ("Short.", "Long words. " * 200):
        details = SessionDetails(theme, window)
        details.show_facts("Weekly talk", CHIP, [("Description", text)], [EDIT])
        details.open()
        heights.append(details.height())

    assert heights[0] < 300 < heights[1] < 520
