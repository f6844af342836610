"""What is asked before one signs out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.sign_in.leaving import ask_to_leave


def test_the_copy_stays_unless_one_ticks_otherwise(window: QWidget, qtbot: QtBot) -> None:
    left: list[bool] = []
    dialog = ask_to_leave(window, 0, left.append)
    assert "stays on this computer" in dialog.sentence.accessibleName()

    qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)

    assert left == [False]


def test_the_copy_is_deleted_when_ticked(window: QWidget, qtbot: QtBot) -> None:
    left: list[bool] = []
    dialog = ask_to_leave(window, 0, left.append)
    box = dialog.findChild(QCheckBox)
    assert box is not None

    qtbot.keyClick(box, Qt.Key.Key_Space)
    dialog.accept()

    assert left == [True]


@pytest.mark.parametrize(("ticks", "left"), [(0, [False]), (1, []), (2, [False])])
def test_enter_leaves_only_where_the_copy_stays(
    window: QWidget, qtbot: QtBot, ticks: int, left: list[bool]
) -> None:
    found: list[bool] = []
    dialog = ask_to_leave(window, 0, found.append)
    box = dialog.findChild(QCheckBox)
    assert box is not None
    for _ in range(ticks):
        qtbot.keyClick(box, Qt.Key.Key_Space)

    qtbot.keyClick(box, Qt.Key.Key_Return)

    assert found == left
    assert not dialog.isVisible()


def test_unsent_changes_are_counted(window: QWidget) -> None:
    sentences = [ask_to_leave(window, count, bool).sentence.accessibleName() for count in (1, 2)]

    assert sentences[0].startswith("1 change is not sent yet.")
    assert sentences[1].startswith("2 changes are not sent yet.")


def test_escape_stays(window: QWidget, qtbot: QtBot) -> None:
    left: list[bool] = []
    dialog = ask_to_leave(window, 0, left.append)

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert left == []
