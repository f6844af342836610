"""The activity page as widgets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.activity.page import ActivityPage
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.person_picker import Choice
from tests.builders import World
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]


@pytest.fixture
def page(theme: Theme, world: World, seat_of: SeatOf, qtbot: QtBot) -> ActivityPage:
    page = ActivityPage(
        theme, RecordListModel(lambda row: row.id), seat_of(world.mia).workspace, has_students=True
    )
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def test_each_filter_asks_and_shows_the_way_back(page: ActivityPage, qtbot: QtBot) -> None:
    page.show_students([Choice("ana", "Ana Ruiz"), Choice("ben", "Ben Hall")])
    assert not page.is_filtered

    with qtbot.waitSignal(page.filter_changed):
        page.students.choose("ben")
    assert page.show_all.isVisible()
    with qtbot.waitSignal(page.filter_changed):
        qtbot.mouseClick(page.show_all, Qt.MouseButton.LeftButton)

    assert not page.is_filtered
    assert not page.show_all.isVisible()


def test_a_chosen_student_stays_when_others_come(page: ActivityPage) -> None:
    page.show_students([Choice("ana", "Ana Ruiz")])
    page.students.choose("ana")

    page.show_students([Choice("ana", "Ana Ruiz"), Choice("ben", "Ben Hall")])

    assert page.students.current_id() == "ana"


def test_it_says_when_one_looks_at_it_and_when_not(page: ActivityPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.left):
        page.hide()
    with qtbot.waitSignal(page.visited):
        page.show()


def test_without_rows_it_says_why(page: ActivityPage) -> None:
    page.show_rows([])
    assert page.empty.title.accessibleName() == "Nothing has happened yet"

    page.kinds.choose("entries")
    page.show_rows([])

    assert page.empty.title.accessibleName() == "Nothing fits"
    assert page.empty.button.isVisible()


def test_its_shortcuts_are_told(page: ActivityPage) -> None:
    assert [keys for keys, _words in page.shortcuts()] == ["J", "K", "Return", "Escape"]
