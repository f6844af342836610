"""The days on which a student does not mean to learn."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.settings.rest_days import RestDaysSection

pytestmark = pytest.mark.usefixtures("british")


@pytest.fixture
def section(qtbot: QtBot) -> RestDaysSection:
    section = RestDaysSection()
    qtbot.addWidget(section)
    section.show_days([6])
    section.show()
    return section


def test_days_stand_in_the_order_of_the_locale(section: RestDaysSection) -> None:
    words = [box.text() for box in section.boxes.values()]

    assert (words[0], words[-1]) == ("Monday", "Sunday")


def test_a_tick_is_said_with_the_other_days(section: RestDaysSection, qtbot: QtBot) -> None:
    with qtbot.waitSignal(section.days_changed) as changed:
        section.boxes[5].click()
    assert changed.args == [[5, 6]]

    with qtbot.waitSignal(section.days_changed) as changed:
        section.boxes[6].click()

    assert changed.args == [[5]]
