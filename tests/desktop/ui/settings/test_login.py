"""The choice to start at login, with a switch in memory."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.settings.login import LoginChoice
from desktop.ui.settings.screen import SettingsScreen
from desktop.ui.theme import Theme
from tests.builders import World
from tests.desktop.ui.seats import Seat
from tests.desktop.ui.test_main_window import MemoryRemembered


class Switch:
    """A system's switch; one that is stuck cannot be turned."""

    def __init__(self, *, is_on: bool = False, is_stuck: bool = False) -> None:
        self.turned_on = is_on
        self.is_stuck = is_stuck

    def is_on(self) -> bool:
        return self.turned_on

    def turn_on(self) -> None:
        self._turn(is_on=True)

    def turn_off(self) -> None:
        self._turn(is_on=False)

    def _turn(self, *, is_on: bool) -> None:
        if self.is_stuck:
            raise PermissionError("read-only")
        self.turned_on = is_on


Show = Callable[[Switch], LoginChoice]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def show(switch: Switch) -> LoginChoice:
        choice = LoginChoice(switch)
        qtbot.addWidget(choice)
        choice.show()
        return choice

    return show


def test_the_box_shows_what_the_system_does_each_time_it_is_seen(show: Show) -> None:
    switch = Switch(is_on=True)
    choice = show(switch)
    assert choice.box.isChecked()

    switch.turn_off()
    choice.hide()
    choice.show()

    assert not choice.box.isChecked()


def test_the_box_turns_it_on_and_off(show: Show) -> None:
    switch = Switch()
    choice = show(switch)

    choice.box.click()
    assert switch.turned_on
    choice.box.click()

    assert not switch.turned_on


def test_a_switch_that_cannot_be_turned_is_said_and_shown_as_it_is(show: Show) -> None:
    choice = show(Switch(is_stuck=True))

    choice.box.click()

    assert not choice.box.isChecked()
    assert choice.words.accessibleName() == "This computer does not let Tandem change that."


async def test_the_settings_of_this_computer_have_the_box(
    seat_of: Callable[[str], Seat], world: World, theme: Theme, qtbot: QtBot
) -> None:
    window, switch = MainWindow(theme, MemoryRemembered()), Switch()
    qtbot.addWidget(window)

    screen = SettingsScreen(seat_of(world.ana).workspace, theme, window, at_login=switch)
    qtbot.addWidget(screen.page)

    choice = screen.computer.findChild(LoginChoice)
    assert choice is not None
    choice.box.click()
    assert switch.turned_on
