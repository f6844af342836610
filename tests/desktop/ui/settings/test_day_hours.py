"""The working hours of one day, typed in a line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.settings.day_hours import DayHours, wrong_words
from desktop.ui.theme import Theme
from domain.accounts import ClockRange
from tests.desktop.ui.stops import stops

pytestmark = pytest.mark.usefixtures("british")
MORNING, AFTERNOON = ("09:00", "12:00"), ("13:00", "17:00")


@pytest.fixture
def day(theme: Theme, qtbot: QtBot) -> DayHours:
    day = DayHours(theme, "Monday")
    qtbot.addWidget(day)
    with qtbot.waitExposed(day):
        day.show()
    day.activateWindow()
    return day


def enter(day: DayHours, qtbot: QtBot, at: int, clock: str, *, is_end: bool = False) -> None:
    edit = day.ranges[at].last if is_end else day.ranges[at].first
    edit.setTime(QTime.fromString(clock, "HH:mm"))
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_without_hours_it_says_so(day: DayHours) -> None:
    assert day.free.isVisible()
    assert day.hours() == []
    assert not day.copy.isEnabled()
    assert day.copy.toolTip() == "This day has no hours to copy."


def test_the_first_hours_are_the_usual_ones(day: DayHours, qtbot: QtBot) -> None:
    with qtbot.waitSignal(day.entered):
        qtbot.mouseClick(day.add, Qt.MouseButton.LeftButton)

    assert day.hours() == [("09:00", "17:00")]
    assert not day.free.isVisible()
    assert day.focusWidget() is day.ranges[0].first


def test_more_hours_begin_after_the_last(day: DayHours, qtbot: QtBot) -> None:
    day.show_hours([MORNING])

    for _ in range(2):
        qtbot.mouseClick(day.add, Qt.MouseButton.LeftButton)

    assert day.hours() == [MORNING, ("13:00", "14:00"), ("15:00", "16:00")]
    assert not day.add.isEnabled()
    assert day.add.toolTip() == "A day has no more hours than these."


def test_late_hours_leave_room_for_one_more(day: DayHours, qtbot: QtBot) -> None:
    day.show_hours([("20:00", "22:30")])

    qtbot.mouseClick(day.add, Qt.MouseButton.LeftButton)

    assert day.hours() == [("20:00", "22:30"), ("23:00", "24:00")]
    assert not day.has_error


def test_midnight_ends_the_day(day: DayHours) -> None:
    day.show_hours([("20:00", "24:00")])

    assert day.hours() == [("20:00", "24:00")]
    assert day.ranges[0].last.text() == "00:00"


def test_hours_are_taken_away(day: DayHours, qtbot: QtBot) -> None:
    day.show_hours([MORNING, AFTERNOON])

    with qtbot.waitSignal(day.entered):
        qtbot.mouseClick(day.ranges[0].remove, Qt.MouseButton.LeftButton)

    assert day.hours() == [AFTERNOON]
    assert day.focusWidget() is day.add


def test_the_earliest_comes_first_however_they_were_typed(day: DayHours, qtbot: QtBot) -> None:
    day.show_hours([AFTERNOON, MORNING])

    assert day.hours() == [MORNING, AFTERNOON]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ([], ""),
        ([MORNING, AFTERNOON], ""),
        ([("09:00", "12:00"), ("12:00", "13:00")], ""),
        ([("12:00", "12:00")], "The end is not after the start."),
        ([("17:00", "09:00")], "The end is not after the start."),
        ([("09:00", "13:00"), ("12:30", "17:00")], "These hours overlap."),
    ],
)
def test_what_does_not_fit_has_a_reason(hours: list[ClockRange], words: str) -> None:
    assert wrong_words(hours) == words


def test_an_error_stands_at_the_day_until_it_is_mended(day: DayHours, qtbot: QtBot) -> None:
    day.show_hours([MORNING])

    enter(day, qtbot, 0, "08:00", is_end=True)
    assert day.error.isVisible()
    assert day.ranges[0].last.accessibleDescription() == "The end is not after the start."
    assert day.ranges[0].first.property("invalid")
    enter(day, qtbot, 0, "12:30", is_end=True)

    assert not day.error.isVisible()
    assert day.ranges[0].last.accessibleDescription() == ""
    assert day.hours() == [("09:00", "12:30")]


def test_every_control_has_a_name_of_its_own(day: DayHours) -> None:
    day.show_hours([MORNING])

    edit = day.ranges[0]

    names = [one.accessibleName() for one in (edit.first, edit.last, edit.remove, day.add)]
    assert names == [
        "Monday, from",
        "Monday, to",
        "Remove these hours: Monday",
        "Add hours: Monday",
    ]


def test_tab_goes_through_the_hours_and_then_to_the_buttons(theme: Theme, qtbot: QtBot) -> None:
    week = QWidget()
    qtbot.addWidget(week)
    column = QVBoxLayout(week)
    days = [DayHours(theme, name) for name in ("Monday", "Tuesday")]
    for day in days:
        column.addWidget(day)
        day.show_hours([MORNING])
    with qtbot.waitExposed(week):
        week.show()

    days[0].add.click()

    expected = [
        stop
        for day in days
        for stop in (
            *(part for one in day.ranges for part in (one.first, one.last, one.remove)),
            day.add,
            day.copy,
        )
    ]
    assert list(stops(week)) == expected
