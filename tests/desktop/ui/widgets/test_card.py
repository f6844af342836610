"""The framed surface."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.card import Card, line


def test_what_is_put_into_the_body_stands_on_the_card(qtbot: QtBot) -> None:
    card = Card()
    qtbot.addWidget(card)
    label = QLabel("Next session")

    card.body.addWidget(label)

    assert label.parentWidget() is card


def test_a_line_is_drawn_by_the_style(qtbot: QtBot) -> None:
    drawn = line()
    qtbot.addWidget(drawn)

    assert drawn.property("line") is True
