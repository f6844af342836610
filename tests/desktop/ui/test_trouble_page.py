"""The page for files that cannot be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.store.trouble import FULL
from desktop.ui.theme import Theme
from desktop.ui.trouble_page import TroublePage


def test_it_says_why_and_tries_again(theme: Theme, qtbot: QtBot) -> None:
    page = TroublePage(theme, FULL)
    qtbot.addWidget(page)
    page.show()
    assert page.words.sentence.accessibleName() == FULL

    with qtbot.waitSignal(page.again_asked):
        qtbot.mouseClick(page.words.button, Qt.MouseButton.LeftButton)
