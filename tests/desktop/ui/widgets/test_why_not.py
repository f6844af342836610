"""Controls that say why they can't be used."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.why_not import allow


@pytest.fixture
def button(qtbot: QtBot) -> QPushButton:
    button = QPushButton("Mark all read")
    button.setToolTip("Shift+E")
    button.setAccessibleDescription("By key: Shift+E")
    qtbot.addWidget(button)
    return button


def words(button: QPushButton) -> tuple[bool, str, str]:
    return button.isEnabled(), button.toolTip(), button.accessibleDescription()


def test_what_cannot_be_used_says_why(button: QPushButton) -> None:
    allow(button, False, "Nothing is unread.")

    assert words(button) == (False, "Nothing is unread.", "Nothing is unread.")


def test_once_it_can_be_used_it_has_its_own_words_again(button: QPushButton) -> None:
    allow(button, False, "Nothing is unread.")
    allow(button, False, "Not now.")

    allow(button, True, "Nothing is unread.")

    assert words(button) == (True, "Shift+E", "By key: Shift+E")


def test_what_can_be_used_keeps_its_words(button: QPushButton) -> None:
    allow(button, True, "Nothing is unread.")
    button.setToolTip("Another")
    allow(button, True, "Nothing is unread.")

    assert words(button) == (True, "Another", "By key: Shift+E")
