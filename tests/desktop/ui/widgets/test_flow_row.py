"""The row that goes on in a new line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.flow_row import FlowRow


def a_row(qtbot: QtBot, *widths: int) -> tuple[QWidget, list[QWidget]]:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = FlowRow(holder, spacing=10)
    parts = []
    for width in widths:
        part = QWidget()
        part.setFixedSize(width, 20)
        row.addWidget(part)
        parts.append(part)
    return holder, parts


def test_what_fits_stands_in_one_line(qtbot: QtBot) -> None:
    holder, parts = a_row(qtbot, 100, 100)
    holder.resize(300, 100)
    holder.show()

    assert [(part.x(), part.y()) for part in parts] == [(0, 0), (110, 0)]


def test_what_does_not_fit_goes_to_the_next_line(qtbot: QtBot) -> None:
    holder, parts = a_row(qtbot, 100, 100, 50)
    holder.resize(180, 100)
    holder.show()

    assert [(part.x(), part.y()) for part in parts] == [(0, 0), (0, 30), (110, 30)]


def test_it_is_as_high_as_its_lines_at_that_width(qtbot: QtBot) -> None:
    holder, _parts = a_row(qtbot, 100, 100, 50)
    row = holder.layout()
    assert row is not None

    assert [row.heightForWidth(width) for width in (300, 180, 100)] == [20, 50, 80]


def test_a_hidden_part_takes_no_place(qtbot: QtBot) -> None:
    holder, parts = a_row(qtbot, 100, 100)
    parts[0].hide()
    holder.resize(300, 100)
    holder.show()

    assert parts[1].x() == 0


def test_it_begins_at_the_right_where_one_writes_from_there(qtbot: QtBot) -> None:
    holder, parts = a_row(qtbot, 100, 50)
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    holder.resize(300, 100)
    holder.show()

    assert [part.x() for part in parts] == [200, 140]
