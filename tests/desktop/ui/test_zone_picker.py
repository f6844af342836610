"""The choice of a time zone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from pytestqt.qtbot import QtBot

from desktop.ui.zone_picker import ZonePicker


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
    down = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    picker.wheelEvent(down)

    assert picker.current_id() == "Europe/Berlin"
    assert not down.isAccepted()
