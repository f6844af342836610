"""The buttons of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout
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


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_focus(
    qtbot: QtBot, theme: Theme, key: Qt.Key
) -> None:
    words, icon = push_button("Resume"), icon_button(theme, "bell", "Inbox")

    for button in (words, icon):
        qtbot.addWidget(button)
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)


def test_enter_on_cancel_does_not_press_the_default_button(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    row = QHBoxLayout(dialog)
    cancel, delete = push_button("Cancel"), push_button("Delete", "danger")
    delete.setDefault(True)
    row.addWidget(cancel)
    row.addWidget(delete)
    dialog.show()

    with qtbot.waitSignal(cancel.clicked), qtbot.assertNotEmitted(delete.clicked):
        qtbot.keyClick(cancel, Qt.Key.Key_Return)


def test_control_and_enter_stay_with_the_dialog(qtbot: QtBot) -> None:
    button = push_button("Cancel")
    qtbot.addWidget(button)

    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
