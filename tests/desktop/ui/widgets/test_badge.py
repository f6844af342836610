"""A count that waits."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.badge import Badge


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    room = QWidget()
    qtbot.addWidget(room)
    room.show()
    return room


@pytest.fixture
def badge(theme: Theme, room: QWidget) -> Badge:
    return Badge(theme, room)


@pytest.mark.parametrize(("count", "text"), [(1, "1"), (99, "99"), (100, "99+"), (12_000, "99+")])
def test_stays_short(badge: Badge, count: int, text: str) -> None:
    badge.set_count(count)

    assert badge.isVisible()
    assert badge.text == text


def test_zero_shows_nothing(badge: Badge) -> None:
    badge.set_count(3)

    badge.set_count(0)

    assert not badge.isVisible()
