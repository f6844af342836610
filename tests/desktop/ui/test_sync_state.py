"""The state of sync in a shape and in words."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.sync_state import ICONS, SyncButton, SyncLook, SyncState
from desktop.ui.theme import Theme


@pytest.fixture
def button(theme: Theme, qtbot: QtBot) -> SyncButton:
    button = SyncButton(theme)
    qtbot.addWidget(button)
    button.resize(200, 48)
    return button


def test_each_state_has_a_shape_of_its_own() -> None:
    shapes = [icon for icon, _colour in ICONS.values()]

    assert set(ICONS) == set(SyncState)
    assert len(set(shapes)) == len(shapes)


def test_says_the_state_in_words(button: SyncButton) -> None:
    button.show_look(SyncLook(SyncState.SYNCING, "Copying 41 %"))

    assert button.words.text() == "Copying 41 %"
    assert button.accessibleName() == "Sync: Copying 41 %"


def test_a_click_opens_the_details(button: SyncButton, qtbot: QtBot) -> None:
    button.show()
    button.show_look(SyncLook(SyncState.OFFLINE, "Offline", ("The relay does not answer.",)))

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert button.popup.isVisible()
    assert button.popup.details.text() == "The relay does not answer."
    button.popup.hide()


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (SyncState.SYNCED, {"Sync now", "Pause"}),
        (SyncState.PAUSED, {"Resume"}),
        (SyncState.SIGNED_OUT, {"Sign in again", "Sync now"}),
    ],
)
def test_offers_what_helps_in_each_state(
    button: SyncButton, state: SyncState, shown: set[str]
) -> None:
    button.show_look(SyncLook(state, "words"))
    popup = button.popup
    buttons = (popup.sync_button, popup.pause_button, popup.sign_in_button)

    assert {each.text() for each in buttons if not each.isHidden()} == shown


def test_asks_to_sync_and_to_pause(button: SyncButton, qtbot: QtBot) -> None:
    button.show_look(SyncLook(SyncState.SYNCED, "Synced"))

    with qtbot.waitSignal(button.popup.sync_now_asked):
        button.popup.sync_button.click()
    with qtbot.waitSignal(button.popup.pause_asked) as asked:
        button.popup.pause_button.click()

    assert asked.args == [True]


def test_leads_to_the_connection_doctor(button: SyncButton, qtbot: QtBot) -> None:
    button.show()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    with qtbot.waitSignal(button.popup.doctor_asked):
        button.popup.doctor_button.click()

    assert not button.popup.isVisible()
