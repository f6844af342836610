"""The key for the menu of what one is on."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from desktop.ui.widgets.menu_key import open_menu

SHIFT = Qt.KeyboardModifier.ShiftModifier
NOTHING = Qt.KeyboardModifier.NoModifier


class Asked(QWidget):
    """Remembers how its menu was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.reasons: list[QContextMenuEvent.Reason] = []

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.reasons.append(event.reason())


def pressed(key: Qt.Key, held: Qt.KeyboardModifier) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held)


def test_shift_f10_asks_for_the_menu_by_key(qtbot: QtBot) -> None:
    widget = Asked()
    qtbot.addWidget(widget)

    assert open_menu(widget, pressed(Qt.Key.Key_F10, SHIFT))

    assert widget.reasons == [QContextMenuEvent.Reason.Keyboard]


@pytest.mark.parametrize(
    ("key", "held"), [(Qt.Key.Key_F10, NOTHING), (Qt.Key.Key_F9, SHIFT), (Qt.Key.Key_E, SHIFT)]
)
def test_other_keys_are_left_alone(qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    widget = Asked()
    qtbot.addWidget(widget)

    assert not open_menu(widget, pressed(key, held))

    assert widget.reasons == []
