"""Needs attention in the sidebar: there only while it holds something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.shell import Shell
from desktop.ui.theme import Theme
from domain.resolutions import ResolveConflict
from tests.builders import World
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]


class Forgetful:
    """Remembers nothing from one start to the next."""

    def load(self) -> dict[str, Any]:
        return {}

    def save(self, values: dict[str, Any]) -> None:
        pass


async def test_it_comes_with_a_number_and_goes_when_one_leaves_after_the_last_card(
    world: World, seat_of: SeatOf, theme: Theme, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    window = MainWindow(theme, Forgetful())
    qtbot.addWidget(window)
    shell = Shell(window, seat.workspace, theme, "Mia Stone")
    item = window.sidebar.items["attention"]
    assert item.isHidden()
    await all_done()

    assert not item.isHidden()
    assert item.accessibleName() == "Needs attention, 1 waiting"
    window.show_page("attention")
    world.done_by(ResolveConflict(id=world.conflict, keep="kept"), world.mia)
    seat.sync()
    await all_done()

    assert window.current_key == "attention"
    assert item.accessibleName() == "Needs attention"
    window.show_page("today")
    assert item.isHidden()
    shell.close()
