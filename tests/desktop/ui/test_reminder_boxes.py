"""Boxes for the times of reminders, and how such times read."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.reminder_boxes import USUAL_MIN, ReminderBoxes, before_words, reminder_words


@pytest.fixture
def boxes(qtbot: QtBot) -> ReminderBoxes:
    boxes = ReminderBoxes()
    qtbot.addWidget(boxes)
    boxes.show()
    return boxes


def test_what_is_ticked_is_said_the_earliest_reminder_first(
    boxes: ReminderBoxes, qtbot: QtBot
) -> None:
    boxes.show_minutes([10])

    with qtbot.waitSignal(boxes.changed) as changed:
        boxes.boxes[60].click()

    assert changed.args == [[60, 10]]


def test_a_time_that_was_set_elsewhere_has_its_own_box(boxes: ReminderBoxes) -> None:
    boxes.show_minutes([25, 10])
    assert boxes.boxes[25].isChecked()

    boxes.boxes[25].click()

    assert boxes.minutes() == [10]
    assert boxes.boxes.keys() - set(USUAL_MIN) == {25}


def test_showing_is_no_change(boxes: ReminderBoxes) -> None:
    said: list[list[int]] = []
    boxes.changed.connect(said.append)

    boxes.show_minutes([5, 30])
    boxes.show_minutes([])

    assert said == []
    assert boxes.minutes() == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "At the start"),
        (10, "10 min"),
        (60, "1 h"),
        (90, "1 h 30 min"),
        (1440, "1 day"),
        (2880, "2 days"),
        (20_160, "14 days"),
    ],
)
def test_each_time_reads_as_one_says_it(minutes: int, words: str) -> None:
    assert before_words(minutes) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ([], "None"),
        ([0], "At the start"),
        ([10], "10 min before"),
        ([10, 60], "1 h and 10 min before"),
        ([1440, 60, 10, 0], "1 day, 1 h and 10 min before and at the start"),
    ],
)
def test_several_times_read_as_one_sentence(minutes: list[int], words: str) -> None:
    assert reminder_words(minutes) == words
