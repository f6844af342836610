"""What waits for the first paint."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.first_paint import PATIENCE_MS, FirstPaint


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


def test_what_its_children_cover_does_not_wait_for_ever(qtbot: QtBot) -> None:
    outside = QWidget()
    qtbot.addWidget(outside)
    inside = QLabel("rows", outside)
    inside.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    outside.resize(100, 100)
    inside.resize(100, 100)
    outside.show()
    drawn: list[bool] = []

    FirstPaint(outside, lambda: drawn.append(True))

    qtbot.waitUntil(lambda: drawn == [True], timeout=5 * PATIENCE_MS)
