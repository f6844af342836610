"""What waits for the first paint."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.first_paint import FirstPaint


def test_it_is_called_once_after_the_widget_was_drawn(qtbot: QtBot) -> None:
    label, calls = QLabel("Today"), list[bool]()
    qtbot.addWidget(label)
    FirstPaint(label, lambda: calls.append(label.isVisible()))
    assert calls == []

    label.show()
    qtbot.waitUntil(lambda: bool(calls))
    label.repaint()

    assert calls == [True]


def test_a_widget_that_is_never_shown_calls_nothing(qtbot: QtBot) -> None:
    label, calls = QLabel("Today"), list[int]()
    qtbot.addWidget(label)

    FirstPaint(label, lambda: calls.append(1))
    label.update()
    qtbot.wait(0)

    assert calls == []
