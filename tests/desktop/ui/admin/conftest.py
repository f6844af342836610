"""What the tests of the administration share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.ui.admin.screen import AdminScreen
from desktop.ui.theme import Theme
from tests.builders import World
from tests.desktop.ui.rows import dialogs
from tests.desktop.ui.seats import Seat, all_done

OpenAdmin = Callable[..., AdminScreen]


@pytest.fixture
def seat(seat_of: Callable[[str], Seat], world: World) -> Seat:
    """The admin's."""
    return seat_of(world.admin)


@pytest.fixture
def open_admin(theme: Theme, qtbot: QtBot, seat: Seat) -> OpenAdmin:
    """Opens the administration at a place such as "people/ID"; files are those of the test."""

    def open_admin(item: str = "", *, file: str = "", name: str = "") -> AdminScreen:
        screen = AdminScreen(
            seat.workspace,
            theme,
            ask_file=lambda _page: file,
            ask_name=lambda _page, _name: name,
        )
        qtbot.addWidget(screen.page)
        screen.page.resize(840, 660)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        if item:
            screen.open_item(item)
        return screen

    return open_admin


async def opened(open_admin: OpenAdmin, item: str = "", **files: str) -> AdminScreen:
    """The administration at a place, with all that the relay says of it."""
    screen = open_admin(item, **files)
    await all_done()
    return screen


def dialog_of(screen: AdminScreen) -> QDialog:
    """The one dialog that is open."""
    [found] = dialogs(screen.page)
    return found
