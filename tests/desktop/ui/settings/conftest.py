"""What the tests of the settings share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.settings.screen import SettingsScreen
from desktop.ui.theme import Theme
from tests.desktop.ui.seats import Seat
from tests.desktop.ui.test_main_window import MemoryRemembered

OpenSettings = Callable[..., SettingsScreen]


@pytest.fixture
def frame(theme: Theme, qtbot: QtBot) -> MainWindow:
    frame = MainWindow(theme, MemoryRemembered())
    qtbot.addWidget(frame)
    return frame


@pytest.fixture
def open_settings(theme: Theme, qtbot: QtBot, frame: MainWindow, tmp_path: Path) -> OpenSettings:
    """Opens the page of a seat; exports go to `file`, or to the name that is proposed."""

    def open_settings(seat: Seat, file: str = "") -> SettingsScreen:
        screen = SettingsScreen(
            seat.workspace,
            theme,
            frame,
            ask_file=lambda _page, name: str(tmp_path / (file or name)),
            ask_backup=lambda _page, name: str(tmp_path / (file or name)),
        )
        qtbot.addWidget(screen.page)
        screen.page.resize(880, 660)
        screen.page.show()
        QApplication.processEvents()
        return screen

    return open_settings
