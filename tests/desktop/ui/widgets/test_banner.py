"""Messages that stand in the page."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.banner import TONES, Banner


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    room = QWidget()
    qtbot.addWidget(room)
    room.show()
    return room


@pytest.fixture
def banner(theme: Theme, room: QWidget) -> Banner:
    return Banner(theme, room)


def test_is_hidden_until_there_is_something_to_say(banner: Banner) -> None:
    assert not banner.isVisible()

    banner.show_message("warning", "The times overlap.")

    assert banner.isVisible()
    assert banner.text.text() == "The times overlap."


def test_its_buttons_ask_by_key(banner: Banner, qtbot: QtBot) -> None:
    banner.show_message("warning", "The times overlap.", [("book", "Book anyway")])

    with qtbot.waitSignal(banner.action_asked) as asked:
        banner.buttons["book"].click()

    assert asked.args == ["book"]


def test_the_same_buttons_stay_under_the_pointer(banner: Banner) -> None:
    banner.show_message("warning", "One overlaps.", [("book", "Book anyway")])
    button = banner.buttons["book"]

    banner.show_message("warning", "Two overlap.", [("book", "Book it anyway")])

    assert banner.buttons["book"] is button
    assert button.text() == "Book it anyway"


def test_other_buttons_replace_the_first(banner: Banner) -> None:
    banner.show_message("warning", "One overlaps.", [("book", "Book anyway")])

    banner.show_message("error", "Refused.", [("retry", "Retry")])

    assert list(banner.buttons) == ["retry"]


def test_each_tone_has_a_shape_of_its_own() -> None:
    assert len({icon for icon, _colour in TONES.values()}) == len(TONES)
