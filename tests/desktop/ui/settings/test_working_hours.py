"""The working hours of a week."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTime
from pytestqt.qtbot import QtBot

from desktop.ui.settings.working_hours import WorkingHoursSection
from desktop.ui.theme import Theme
from domain.accounts import WorkingHours

pytestmark = pytest.mark.usefixtures("british")
LEFT = Qt.MouseButton.LeftButton
USUAL = ("09:00", "17:00")
NONE: WorkingHours = [[], [], [], [], [], [], []]


@pytest.fixture
def section(theme: Theme, qtbot: QtBot) -> WorkingHoursSection:
    section = WorkingHoursSection(theme)
    qtbot.addWidget(section)
    section.resize(680, 500)
    with qtbot.waitExposed(section):
        section.show()
    section.activateWindow()
    return section


def test_all_days_stand_in_the_order_of_the_locale(section: WorkingHoursSection) -> None:
    words = [row.label.text() for row in section.days.values()]

    assert (words[0], words[-1]) == ("Monday", "Sunday")


def test_hours_are_said_for_the_whole_week(section: WorkingHoursSection, qtbot: QtBot) -> None:
    section.show_hours([])

    with qtbot.waitSignal(section.hours_changed) as changed:
        qtbot.mouseClick(section.days[2].add, LEFT)

    assert changed.args == [[[], [], [USUAL], [], [], [], []]]


def test_one_day_is_copied_to_all_weekdays(section: WorkingHoursSection, qtbot: QtBot) -> None:
    section.show_hours([[("08:00", "12:00")], [USUAL], [], [], [], [("10:00", "11:00")], []])

    with qtbot.waitSignal(section.hours_changed) as changed:
        qtbot.mouseClick(section.days[0].copy, LEFT)

    assert changed.args == [[*[[("08:00", "12:00")]] * 5, [("10:00", "11:00")], []]]


def test_a_week_without_hours_is_none(section: WorkingHoursSection, qtbot: QtBot) -> None:
    section.show_hours([[USUAL], [], [], [], [], [], []])

    with qtbot.waitSignal(section.hours_changed) as changed:
        qtbot.mouseClick(section.days[0].ranges[0].remove, LEFT)

    assert changed.args == [[]]


def test_a_day_that_does_not_fit_holds_nothing_else_up(
    section: WorkingHoursSection, qtbot: QtBot
) -> None:
    section.show_hours([[USUAL], [], [], [], [], [], []])
    said: list[WorkingHours] = []
    section.hours_changed.connect(said.append)

    wrong = section.days[0].ranges[0].last
    wrong.setTime(QTime(8, 0))
    qtbot.keyClick(wrong, Qt.Key.Key_Return)
    assert said == []
    assert section.days[0].has_error
    qtbot.mouseClick(section.days[1].add, LEFT)

    assert said == [[[USUAL], [USUAL], [], [], [], [], []]]


def test_what_is_typed_survives_what_another_device_saves(
    section: WorkingHoursSection, qtbot: QtBot
) -> None:
    section.show_hours([[USUAL], [], [], [], [], [], []])
    typed = section.days[0].ranges[0].first
    typed.setFocus()
    typed.setTime(QTime(10, 0))

    section.show_hours([[("08:00", "17:00")], [USUAL], [], [], [], [], []])

    assert section.days[0].hours() == [("10:00", "17:00")]
    assert section.days[1].hours() == [USUAL]


def test_a_wrong_day_is_not_copied(section: WorkingHoursSection, qtbot: QtBot) -> None:
    section.show_hours([[USUAL], [], [], [], [], [], []])
    wrong = section.days[0].ranges[0].last
    wrong.setTime(QTime(8, 0))
    qtbot.keyClick(wrong, Qt.Key.Key_Return)

    qtbot.mouseClick(section.days[0].copy, LEFT)

    assert section.days[1].hours() == []
