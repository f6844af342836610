"""Where the keyboard goes within a widget."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.stops import bring_keyboard, bring_keyboard_to_top, go_on, lead_to
from tests.desktop.ui.stops import stops


class Room(QWidget):
    """A page with a field, a button and a list, and a field beside the page."""

    def __init__(self) -> None:
        super().__init__()
        self.page = QWidget()
        self.field, self.button, self.list = QLineEdit(), QPushButton("Add"), QListWidget()
        inside = QVBoxLayout(self.page)
        for widget in (self.field, self.button, self.list):
            inside.addWidget(widget)
        column = QVBoxLayout(self)
        column.addWidget(QLineEdit())
        column.addWidget(self.page)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    room = Room()
    qtbot.addWidget(room)
    with qtbot.waitExposed(room):
        room.show()
    room.activateWindow()
    return room


def test_names_what_tab_comes_to_in_its_order(room: Room) -> None:
    QWidget.setTabOrder(room.button, room.field)

    assert list(stops(room.page)) == [room.button, room.field, room.list]


def test_leaves_out_what_cannot_take_the_keyboard(room: Room) -> None:
    room.field.hide()
    room.button.setEnabled(False)
    room.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    assert list(stops(room.page)) == []


def test_the_keyboard_goes_to_the_list(room: Room) -> None:
    bring_keyboard(room.page)

    assert room.list.hasFocus()


def test_the_keyboard_goes_to_the_list_before_a_table(room: Room) -> None:
    table = QTableWidget()
    layout = room.page.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.addWidget(table)
    table.show()
    lead_to(room.list, table)

    bring_keyboard(room.page)
    assert room.list.hasFocus()

    room.list.hide()
    bring_keyboard(room.page)
    assert table.hasFocus()


def test_the_keyboard_goes_to_the_first_control_where_no_list_is_shown(room: Room) -> None:
    room.list.hide()

    bring_keyboard(room.page)

    assert room.field.hasFocus()


def test_what_comes_late_takes_its_place_with_all_that_is_in_it(room: Room) -> None:
    late = QWidget()
    inside = QVBoxLayout(late)
    first, second = QLineEdit(), QLineEdit()
    inside.addWidget(first)
    inside.addWidget(second)
    layout = room.page.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertWidget(1, late)
    late.show()

    go_on(room.field, late)

    assert list(stops(room.page)) == [room.field, first, second, room.button, room.list]


def test_what_comes_late_can_stand_before_what_is_there(room: Room) -> None:
    late = QLineEdit()
    layout = room.page.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertWidget(0, late)
    late.show()

    lead_to(room.field, late)

    assert list(stops(room.page)) == [late, room.field, room.button, room.list]


def test_the_topmost_control_can_take_it_before_a_list(room: Room) -> None:
    bring_keyboard_to_top(room.page)

    assert room.focusWidget() is room.field


def test_where_nothing_takes_the_keyboard_it_stays(room: Room) -> None:
    room.button.setFocus()

    bring_keyboard_to_top(QWidget(room))

    assert room.focusWidget() is room.button
