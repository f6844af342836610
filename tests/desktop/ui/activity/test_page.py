"""The activity page as widgets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bench.stage.crowd import an_id
from desktop.store.feed import Happening
from desktop.ui.activity.page import ActivityPage
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.person_picker import Choice
from tests.builders import World, an_activity
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]


def a_row(row_id: str) -> Happening:
    """One of which nothing matters but where it stands."""
    return Happening(an_activity(id=row_id), "Mia Stone")


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


def test_escape_leaves_the_keyboard_on_a_row_that_is_in_sight(
    page: ActivityPage, qtbot: QtBot
) -> None:
    ids = [an_id(1, at) for at in range(80)]
    page.show_rows([a_row(an_id(2, 0))])
    page.list.select(an_id(2, 0))
    page.kinds.choose("entries")
    page.filter_changed.connect(lambda: page.show_rows([a_row(one) for one in ids]))
    page.activateWindow()
    page.list.setFocus()

    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert page.list.current_id() == ids[0]

    page.list.select(ids[60])
    page.kinds.choose("entries")
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert page.list.current_id() == ids[60]
    assert page.list.viewport().rect().contains(page.list.visualRect(page.list.currentIndex()))


def test_its_shortcuts_are_told(page: ActivityPage) -> None:
    assert [keys for keys, _words in page.shortcuts()] == ["J", "K", "Return", "Escape"]
