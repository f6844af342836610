"""A time of the wall clock that says when somebody has come to rest in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.clock_edit import ClockEdit

pytestmark = pytest.mark.usefixtures("british")


@pytest.fixture
def clock(theme: Theme, qtbot: QtBot) -> ClockEdit:
    clock = ClockEdit("From")
    qtbot.addWidget(clock)
    clock.set_clock("09:00")
    clock.show()
    return clock


def test_a_time_is_entered_when_nothing_more_is_typed(clock: ClockEdit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(clock.entered):
        clock.stepUp()

    assert clock.clock() == "10:00"


def test_enter_is_at_once(clock: ClockEdit, qtbot: QtBot) -> None:
    said: list[str] = []
    clock.entered.connect(lambda: said.append(clock.clock()))
    clock.stepUp()

    qtbot.keyClick(clock, Qt.Key.Key_Return)
    qtbot.keyClick(clock, Qt.Key.Key_Return)

    assert said == ["10:00"]


def test_showing_a_time_is_not_entering_it(clock: ClockEdit, qtbot: QtBot) -> None:
    said: list[int] = []
    clock.entered.connect(lambda: said.append(1))

    clock.set_clock("17:30")
    qtbot.keyClick(clock, Qt.Key.Key_Return)

    assert clock.clock() == "17:30"
    assert said == []


def test_bare_it_is_narrower_and_shows_all_of_the_time(clock: ClockEdit, qtbot: QtBot) -> None:
    clock.ensurePolished()
    wide = clock.sizeHint().width()

    clock.show_bare()
    clock.adjustSize()
    qtbot.waitUntil(lambda: clock.width() == clock.sizeHint().width())

    assert clock.width() < wide
    edit = clock.lineEdit()
    room = edit.width() - edit.textMargins().left()
    assert room >= clock.fontMetrics().horizontalAdvance(clock.text())
