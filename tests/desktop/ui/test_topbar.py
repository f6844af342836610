"""The bar above the page."""

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.topbar import Topbar


@pytest.fixture
def topbar(theme: Theme, qtbot: QtBot) -> Topbar:
    topbar = Topbar(theme)
    qtbot.addWidget(topbar)
    topbar.resize(600, 56)
    topbar.show()
    return topbar


def test_the_button_follows_the_action(topbar: Topbar) -> None:
    action = QAction("New session")
    topbar.show_page("Schedule", action)

    action.setEnabled(False)
    action.setText("New group session")

    assert not topbar.primary_button.isEnabled()
    assert topbar.primary_button.text() == "New group session"


def test_an_earlier_action_is_let_go(topbar: Topbar) -> None:
    earlier, later = QAction("Earlier"), QAction("Later")
    topbar.show_page("One", earlier)
    topbar.show_page("Two", later)

    earlier.setText("Changed")

    assert topbar.primary_button.text() == "Later"


def test_the_bell_asks_for_what_is_unread(topbar: Topbar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(topbar.inbox_asked):
        topbar.bell.click()


def test_nothing_unread_shows_no_number(topbar: Topbar) -> None:
    topbar.set_unread(3)
    assert topbar.badge.isVisible()

    topbar.set_unread(0)

    assert not topbar.badge.isVisible()
    assert topbar.bell.accessibleName() == "Inbox"


@pytest.mark.parametrize(
    ("count", "name"),
    [
        (1, "Inbox, 1 unread"),
        (99, "Inbox, 99 unread"),
        (100, "Inbox, more than 99 unread"),
    ],
)
def test_the_bell_says_how_many_are_unread_as_far_as_they_are_counted(
    topbar: Topbar, count: int, name: str
) -> None:
    topbar.set_unread(count)

    assert topbar.bell.accessibleName() == name
