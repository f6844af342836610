"""A field for several lines."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.text_area import HOLDS, TextArea

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def area(window: QWidget) -> TextArea:
    area = TextArea(least=2, most=5, parent=window)
    area.resize(300, 10)
    window.show()
    area.show()
    return area


def test_it_grows_with_its_lines_up_to_a_point(area: TextArea) -> None:
    heights = []
    for count in (1, 2, 4, 5, 50):
        area.setPlainText("line\n" * (count - 1) + "line")
        heights.append(area.height())

    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_and_enter_send(area: TextArea, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(area.send_asked):
        qtbot.keyClick(area, key, CONTROL)

    qtbot.keyClick(area, key)
    assert area.toPlainText() == "\n"


def test_escape_leaves_it_and_keeps_the_words(area: TextArea, qtbot: QtBot) -> None:
    qtbot.keyClicks(area, "words")

    with qtbot.waitSignal(area.left):
        qtbot.keyClick(area, Qt.Key.Key_Escape)

    assert area.toPlainText() == "words"


def test_what_is_typed_has_no_blank_ends(area: TextArea) -> None:
    area.setPlainText("\n  words \n")

    assert area.typed() == "words"


def test_more_than_it_holds_is_not_pasted(area: TextArea, qtbot: QtBot) -> None:
    area.setPlainText("words")
    much = QMimeData()
    much.setText("x" * HOLDS)

    with qtbot.waitSignal(area.overfull):
        area.insertFromMimeData(much)

    assert area.toPlainText() == "words"
    little = QMimeData()
    little.setText("more ")
    area.insertFromMimeData(little)
    assert area.toPlainText() == "more words"


def test_a_key_that_is_held_down_sends_once(area: TextArea) -> None:
    sent: list[None] = []
    area.send_asked.connect(lambda: sent.append(None))

    for is_repeat in (False, True, True):
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, CONTROL, autorep=is_repeat)
        QApplication.sendEvent(area, press)

    assert len(sent) == 1
    assert area.toPlainText() == ""
