"""The buttons of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import icon_button, push_button


def test_a_button_that_shows_only_an_icon_has_a_name_and_takes_the_keyboard(
    qtbot: QtBot, theme: Theme
) -> None:
    button = icon_button(theme, "bell", "Inbox")
    qtbot.addWidget(button)

    assert (button.accessibleName(), button.toolTip()) == ("Inbox", "Inbox")
    assert button.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert not button.icon().isNull()


def test_a_button_with_words_keeps_its_kind_and_does_not_take_enter_from_others(
    qtbot: QtBot, theme: Theme
) -> None:
    button = push_button("Save", "primary", theme=theme, icon="check")
    qtbot.addWidget(button)

    assert (button.text(), button.property("kind")) == ("Save", "primary")
    assert not button.autoDefault()
    assert not button.icon().isNull()
