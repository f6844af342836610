"""The panel beneath the bell as widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.activity import MOST_COUNTED, Notification, State
from desktop.ui.inbox.panel import TALLEST_LIST, InboxPanel
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.widgets.toast import Toast, ToastStack
from tests.builders import an_activity, id_of

ROWS = [
    Notification(an_activity(id=id_of(f"row {number}")), "Mia Stone", State.UNREAD)
    for number in range(9)
]


@pytest.fixture
def panel(theme: Theme, window: QWidget) -> InboxPanel:
    bell = QToolButton(window)
    bell.show()
    model: RecordListModel[Notification] = RecordListModel(
        lambda shown: shown.actor_name, lambda shown: RowLook(title=shown.actor_name)
    )
    return InboxPanel(theme, model, bell)


@pytest.mark.parametrize(
    ("unread", "words"),
    [
        (1, "Inbox, 1 unread"),
        (5, "Inbox, 5 unread"),
        (MOST_COUNTED, "Inbox, more than 99 unread"),
    ],
)
def test_it_says_how_many_are_unread(panel: InboxPanel, unread: int, words: str) -> None:
    panel.show_rows(ROWS[:1], unread)

    assert panel.accessibleName() == words
    assert panel.heading.accessibleName() == words


def test_it_is_as_high_as_its_rows_up_to_a_limit(panel: InboxPanel, qtbot: QtBot) -> None:
    panel.show_rows(ROWS[:2], 2)
    panel.open()
    low = panel.height()
    panel.show_rows(ROWS, 9)

    assert low < panel.height() <= TALLEST_LIST + 120
    assert panel.list.height() == TALLEST_LIST
    panel.hide()


def test_without_rows_the_keyboard_is_on_the_way_to_the_inbox(
    panel: InboxPanel, qtbot: QtBot
) -> None:
    panel.show_rows([], 0)

    with qtbot.waitExposed(panel):
        panel.open()

    assert panel.accessibleName() == "Inbox"
    assert panel.empty.isVisible()
    assert panel.open_inbox.hasFocus()
    with qtbot.waitSignal(panel.inbox_asked):
        qtbot.keyClick(panel.open_inbox, Qt.Key.Key_Return)
    assert not panel.isVisible()


@pytest.fixture
def undone() -> list[str]:
    """What was taken back."""
    return []


@pytest.fixture
def message(panel: InboxPanel, window: QWidget, undone: list[str], theme: Theme) -> Toast:
    """The panel is open, and at the foot of the window stands what was done from it."""
    panel.show_rows(ROWS[:2], 2)
    panel.open()
    stack = ToastStack(theme, window)
    return stack.show_message("Archived.", "Undo", lambda: undone.append("archived"))


def click(qtbot: QtBot, panel: InboxPanel, meant: QWidget) -> None:
    """Press what stands beside the panel; the system gives that click to the panel."""
    at = panel.mapFromGlobal(meant.mapToGlobal(meant.rect().center()))
    qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=at)


def test_a_click_on_undo_takes_back_and_closes_the_panel(
    panel: InboxPanel, message: Toast, undone: list[str], qtbot: QtBot
) -> None:
    click(qtbot, panel, message.action_button)

    assert undone == ["archived"]
    assert not panel.isVisible()


def test_a_click_beside_undo_takes_nothing_back(
    panel: InboxPanel, message: Toast, undone: list[str], qtbot: QtBot
) -> None:
    click(qtbot, panel, message.text)

    assert undone == []
    assert message.isVisible()
    assert not panel.isVisible()


def test_undo_behind_the_panel_is_not_pressed_through_it(
    panel: InboxPanel, message: Toast, undone: list[str], qtbot: QtBot
) -> None:
    button = message.action_button
    panel.move(button.mapToGlobal(QPoint(0, 0)) - panel.heading.geometry().center())

    click(qtbot, panel, button)

    assert undone == []
    assert panel.isVisible()
    panel.hide()
