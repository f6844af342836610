"""The choice of a session's reminders."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.schedule.reminder_field import CHOSEN, NONE, OWN, ReminderField


@pytest.fixture
def field(qtbot: QtBot) -> ReminderField:
    field = ReminderField()
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.mark.parametrize(
    ("minutes", "at"), [(None, OWN), ([], NONE), ([60, 10], CHOSEN), ([25], CHOSEN)]
)
def test_what_is_shown_is_what_is_chosen(
    field: ReminderField, minutes: list[int] | None, at: int
) -> None:
    said: list[int] = []
    field.changed.connect(lambda: said.append(1))

    field.show_minutes(minutes)

    assert field.choices.currentIndex() == at
    assert field.minutes() == minutes
    assert field.boxes.isVisible() == (at == CHOSEN)
    assert said == []


def test_chosen_times_begin_with_the_usual_one(field: ReminderField, qtbot: QtBot) -> None:
    field.show_minutes(None)
    field.choices.setFocus()

    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(field.choices, Qt.Key.Key_End)

    assert field.minutes() == [10]
    with qtbot.waitSignal(field.changed):
        field.boxes.boxes[30].click()
    assert field.minutes() == [30, 10]


def test_no_box_at_all_is_none(field: ReminderField) -> None:
    field.show_minutes([10])

    field.boxes.boxes[10].click()

    assert field.minutes() == []


def test_none_keeps_the_boxes_for_another_thought(field: ReminderField, qtbot: QtBot) -> None:
    field.show_minutes([60])
    field.choices.setFocus()

    qtbot.keyClick(field.choices, Qt.Key.Key_Up)
    assert field.minutes() == []
    qtbot.keyClick(field.choices, Qt.Key.Key_Down)

    assert field.minutes() == [60]
