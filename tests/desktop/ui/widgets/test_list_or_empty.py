"""The place of a list."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.row_list import RowList


def test_it_shows_the_list_or_why_it_is_empty_and_never_both(qtbot: QtBot, theme: Theme) -> None:
    rows = RowList(theme, RecordListModel(str), "Sessions")
    empty = EmptyState(theme, "calendar", "No sessions")
    place = ListOrEmpty(rows, empty)
    qtbot.addWidget(place)
    place.show()

    place.show_list(has_rows=False)
    assert (rows.isVisible(), empty.isVisible()) == (False, True)

    place.show_list(has_rows=True)
    assert (rows.isVisible(), empty.isVisible()) == (True, False)


@dataclass(frozen=True)
class Row:
    id: str


class Room(QWidget):
    """The place of a list between two fields."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model = RecordListModel[Row](lambda row: row.id)
        self.rows = RowList(theme, self.model, "Sessions")
        self.place = ListOrEmpty(self.rows, EmptyState(theme, "calendar", "No sessions"))
        self.above, self.below = QLineEdit(), QLineEdit()
        column = QVBoxLayout(self)
        for widget in (self.above, self.place, self.below):
            column.addWidget(widget)
        self.show_rows("first", "second")

    def show_rows(self, *ids: str) -> None:
        self.model.show([Row(row_id) for row_id in ids])
        self.place.show_list(has_rows=bool(ids))


@pytest.fixture
def room(qtbot: QtBot, theme: Theme) -> Room:
    room = Room(theme)
    qtbot.addWidget(room)
    with qtbot.waitExposed(room):
        room.show()
    room.activateWindow()
    room.rows.setFocus()
    qtbot.waitUntil(room.rows.hasFocus)
    return room


def test_a_list_that_went_with_the_keyboard_comes_back_with_it(room: Room) -> None:
    room.show_rows()
    assert not room.rows.hasFocus()

    room.show_rows("first", "second")

    assert room.rows.hasFocus()
    assert room.rows.current_id() == "first"


def test_who_has_gone_elsewhere_stays_there(room: Room) -> None:
    room.show_rows()
    (room.above if room.below.hasFocus() else room.below).setFocus()

    room.show_rows("first")

    assert not room.rows.hasFocus()
