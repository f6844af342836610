"""The inbox as widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.store.activity import MOST_COUNTED, Notification, State
from desktop.ui.inbox.page import InboxPage
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from tests.builders import an_activity, id_of
from tests.desktop.ui.rows import go_to

FIRST, SECOND = (
    Notification(an_activity(id=id_of(name)), "Mia Stone", State.UNREAD)
    for name in ("first", "second")
)


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> InboxPage:
    model: RecordListModel[Notification] = RecordListModel(lambda shown: shown.actor_name)
    page = InboxPage(theme, model)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.show_rows([FIRST, SECOND], 2)
    return page


@pytest.mark.parametrize(
    ("key", "state"),
    [(Qt.Key.Key_E, "archived"), (Qt.Key.Key_U, "read"), (Qt.Key.Key_S, "snooze")],
)
def test_the_current_row_is_marked_by_key(
    page: InboxPage, qtbot: QtBot, key: Qt.Key, state: str
) -> None:
    go_to(page.list, SECOND.id)

    with qtbot.waitSignal(page.list.mark_asked) as asked:
        qtbot.keyClick(page.list, key)

    assert asked.args == [SECOND.id, state]


def test_all_are_marked_by_key(page: InboxPage, qtbot: QtBot) -> None:
    page.list.setFocus()

    with qtbot.waitSignal(page.list.mark_all_asked):
        qtbot.keyClick(page.list, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)


def test_without_unread_there_is_nothing_to_mark(page: InboxPage) -> None:
    assert page.filter.buttons["unread"].text() == "Unread  2"

    page.show_rows([], 0)

    assert not page.mark_all.isEnabled()
    assert page.mark_all.toolTip() == "Nothing is unread."
    assert page.filter.buttons["unread"].text() == "Unread"
    assert page.empty.title.accessibleName() == "You have read everything"


def test_an_inbox_that_never_held_anything_says_what_belongs_there(
    page: InboxPage, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.filter.buttons["all"], Qt.MouseButton.LeftButton)

    page.show_rows([], 0)

    assert page.empty.title.accessibleName() == "Nothing has happened yet"


def test_its_shortcuts_are_told(page: InboxPage) -> None:
    assert [keys for keys, _words in page.shortcuts()] == [
        "J",
        "K",
        "U",
        "E",
        "S",
        "Shift+E",
    ]


def test_more_unread_than_one_counts_are_so_many_and_more(page: InboxPage) -> None:
    page.show_rows([FIRST], MOST_COUNTED)

    assert page.filter.buttons["unread"].text() == "Unread  99+"


def test_letters_go_from_row_to_row(page: InboxPage, qtbot: QtBot) -> None:
    go_to(page.list, FIRST.id)

    qtbot.keyClick(page.list, Qt.Key.Key_J)
    assert page.list.current_id() == SECOND.id
    qtbot.keyClick(page.list, Qt.Key.Key_K)

    assert page.list.current_id() == FIRST.id
