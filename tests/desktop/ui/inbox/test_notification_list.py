"""A list of notifications, worked by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.store.activity import Notification, State
from desktop.ui.inbox.looks import actions_for
from desktop.ui.inbox.notification_list import NotificationList, shortcuts
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.row_look import RowLook
from tests.builders import an_activity, id_of
from tests.desktop.ui.rows import go_to, press

UNREAD = Notification(an_activity(id=id_of("unread")), "Mia Stone", State.UNREAD)
READ = Notification(an_activity(id=id_of("read")), "Mia Stone", State.READ)


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> NotificationList:
    model: RecordListModel[Notification] = RecordListModel(
        lambda shown: shown.actor_name,
        lambda shown: RowLook(title=shown.actor_name, actions=actions_for(shown.state)),
    )
    model.show([UNREAD, READ])
    view = NotificationList(theme, model, "Notifications")
    qtbot.addWidget(view)
    view.resize(500, 300)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    return view


@pytest.mark.parametrize(("shown", "state"), [(UNREAD, "read"), (READ, "unread")])
def test_u_turns_read_and_unread_round(
    view: NotificationList, qtbot: QtBot, shown: Notification, state: str
) -> None:
    go_to(view, shown.id)

    with qtbot.waitSignal(view.mark_asked) as asked:
        qtbot.keyClick(view, Qt.Key.Key_U)

    assert asked.args == [shown.id, state]


def test_a_button_of_a_row_asks_the_same(view: NotificationList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.mark_asked) as asked:
        press(qtbot, view, READ.id, "archived")

    assert asked.args == [READ.id, "archived"]


def test_without_a_row_a_letter_asks_for_nothing(view: NotificationList, qtbot: QtBot) -> None:
    view.setCurrentIndex(view.model().index(-1, 0))

    with qtbot.assertNotEmitted(view.mark_asked):
        view._toggle_current()
        view._mark_current("archived")


def test_all_its_keys_are_told() -> None:
    assert [keys for keys, _words in shortcuts()] == ["J", "K", "U", "E", "S", "Shift+E"]
