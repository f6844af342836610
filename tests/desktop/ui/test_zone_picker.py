"""The choice of a time zone."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.zone_picker import ZonePicker
from tests.desktop.ui.wheels import turn_wheel


@pytest.fixture
def picker(qtbot: QtBot) -> ZonePicker:
    picker = ZonePicker()
    qtbot.addWidget(picker)
    picker.show()
    return picker


def test_a_zone_is_found_by_its_name_without_lines_under(picker: ZonePicker, qtbot: QtBot) -> None:
    edit = picker.lineEdit()
    assert edit is not None

    qtbot.keyClicks(edit, "america/sao paulo")

    assert picker.current_id() == "America/Sao_Paulo"


def test_what_a_computer_keeps_beside_the_zones_is_not_offered(picker: ZonePicker) -> None:
    assert picker.findData("localtime") < 0
    assert picker.findData("Factory") < 0
    assert picker.findData("Europe/Berlin") >= 0


def test_a_zone_that_is_not_listed_here_can_be_shown(picker: ZonePicker) -> None:
    picker.choose("Mars/Olympus_Mons")

    assert picker.current_id() == "Mars/Olympus_Mons"
    assert picker.currentText() == "Mars/Olympus Mons"


def test_the_wheel_changes_nothing(picker: ZonePicker) -> None:
    picker.choose("Europe/Berlin")

    is_taken = turn_wheel(picker)

    assert not is_taken
    assert picker.current_id() == "Europe/Berlin"
