"""My Schedule as widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.store.schedules import Session
from desktop.ui.my_schedule.page import MySchedulePage
from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.theme import Theme


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> MySchedulePage:
    model: RecordListModel[Session] = RecordListModel(lambda shown: shown.schedule.title)
    page = MySchedulePage(theme, model)
    qtbot.addWidget(page)
    page.show()
    return page


def test_each_part_says_why_it_is_empty(page: MySchedulePage, qtbot: QtBot) -> None:
    page.show_rows([], upcoming=0, canceled=0)
    assert page.empty.title.accessibleName() == "No upcoming sessions"
    assert not page.fold.isVisible()

    qtbot.mouseClick(page.parts.buttons["completed"], Qt.MouseButton.LeftButton)
    page.show_rows([], upcoming=0, canceled=0)

    assert page.empty.title.accessibleName() == "No completed sessions"


def test_the_part_says_how_many_are_still_on(page: MySchedulePage) -> None:
    page.show_rows([Heading("a", "Today")], upcoming=2, canceled=0)

    assert page.parts.buttons["upcoming"].text() == "Upcoming  2"


def test_what_was_canceled_is_folded_and_opens_by_key(page: MySchedulePage, qtbot: QtBot) -> None:
    page.show_rows([], upcoming=0, canceled=3)
    assert page.fold.text() == "Canceled  3"
    assert not page.shows_canceled

    with qtbot.waitSignal(page.fold_changed) as changed:
        qtbot.keyClick(page.fold, Qt.Key.Key_Space)

    assert changed.args == [True]
    assert page.shows_canceled
