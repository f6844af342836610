"""The moment at which a widget has been drawn."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.first_paint import FirstPaint


def test_it_waits_until_the_widget_is_on_the_screen(qtbot: QtBot) -> None:
    label = QLabel("rows")
    qtbot.addWidget(label)
    drawn: list[bool] = []
    FirstPaint(label, lambda: drawn.append(True))

    assert drawn == []
    label.show()

    qtbot.waitUntil(lambda: drawn == [True])


def test_it_calls_once_however_often_is_drawn(qtbot: QtBot) -> None:
    label = QLabel("rows")
    qtbot.addWidget(label)
    label.show()
    drawn: list[bool] = []
    FirstPaint(label, lambda: drawn.append(True))
    qtbot.waitUntil(lambda: drawn == [True])

    label.repaint()
    label.repaint()
    qtbot.wait(1)

    assert drawn == [True]
