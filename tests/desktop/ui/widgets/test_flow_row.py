"""Widgets that go on in a new line where the width ends."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.flow_row import FlowRow


@pytest.fixture
def row(qtbot: QtBot) -> QWidget:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowRow(holder, spacing=8)
    for _ in range(3):
        button = QFrame()
        button.setFixedSize(100, 30)
        flow.addWidget(button)
    holder.show()
    return holder


def places(row: QWidget) -> list[tuple[int, int]]:
    return [(one.x(), one.y()) for one in row.findChildren(QFrame)]


def test_what_fits_stands_in_one_line(row: QWidget) -> None:
    row.resize(400, 100)

    assert places(row) == [(0, 0), (108, 0), (216, 0)]


def test_one_that_is_lower_can_stand_in_the_middle(row: QWidget) -> None:
    low, flow = row.findChildren(QFrame)[1], row.layout()
    assert flow is not None
    low.setFixedSize(100, 20)
    flow.setAlignment(low, Qt.AlignmentFlag.AlignVCenter)

    row.resize(400, 100)
    flow.activate()

    assert places(row) == [(0, 0), (108, 5), (216, 0)]
    assert low.size().toTuple() == (100, 20)


def test_what_does_not_fit_goes_on_below(row: QWidget) -> None:
    row.resize(220, 100)

    assert places(row) == [(0, 0), (108, 0), (0, 38)]
    layout = row.layout()
    assert layout is not None
    assert layout.heightForWidth(220) == 68


def test_what_is_hidden_takes_no_place(row: QWidget) -> None:
    row.resize(400, 100)

    row.findChildren(QFrame)[1].hide()
    row.layout().activate()  # type: ignore[union-attr]

    assert places(row)[2] == (108, 0)


def test_from_right_to_left_it_begins_at_the_right(row: QWidget) -> None:
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    row.resize(400, 100)

    assert [x for x, _y in places(row)] == [300, 192, 84]


def test_the_widest_alone_is_the_least_width(row: QWidget) -> None:
    layout = row.layout()
    assert layout is not None

    assert layout.minimumSize().width() == 100
    assert layout.sizeHint().width() == 316


def test_its_widgets_can_be_taken_away(row: QWidget) -> None:
    layout = row.layout()
    assert layout is not None

    taken = layout.takeAt(0)

    assert taken is not None
    assert layout.count() == 2
    assert layout.takeAt(9) is None
