"""The page for when a person's files cannot be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.trouble_page import TroublePage


def test_it_says_why_and_asks_for_another_try(qtbot: QtBot, theme: Theme) -> None:
    page = TroublePage(theme, "The disk is full.")
    qtbot.addWidget(page)

    with qtbot.waitSignal(page.again_asked):
        qtbot.mouseClick(page.words.button, Qt.MouseButton.LeftButton)

    assert page.words.sentence.accessibleName() == "The disk is full."
