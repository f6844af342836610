"""A walk through the days by keyboard and by pointer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.heatmap_grid import HeatmapGrid
from desktop.ui.widgets.heatmap_model import HeatDay, HeatmapModel

MONDAY = date(2026, 1, 5)
DAYS = [
    HeatDay(day, at % 5, f"{day}: {at % 5}")
    for at in range(100)
    for day in [MONDAY + timedelta(days=at)]
]
LAST = DAYS[-1].day
Key = Qt.Key


@pytest.fixture
def grid(theme: Theme, window: QWidget, qtbot: QtBot) -> HeatmapGrid:
    model = HeatmapModel()
    grid = HeatmapGrid(theme, model, "Entries by day", window)
    model.show(DAYS)
    grid.set_pitch(12)
    grid.show()
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    return grid


def test_one_begins_at_the_last_day(grid: HeatmapGrid) -> None:
    assert grid.current_day() == LAST


@pytest.mark.parametrize(
    ("key", "days"),
    [
        (Key.Key_Up, -1),
        (Key.Key_Left, -7),
        (Key.Key_PageUp, -28),
        (Key.Key_Home, -99),
        (Key.Key_Down, 0),
        (Key.Key_Right, 0),
    ],
)
def test_keys_go_by_day_and_week_and_stop_at_the_ends(
    grid: HeatmapGrid, qtbot: QtBot, key: Key, days: int
) -> None:
    qtbot.keyClick(grid, key)

    assert grid.current_day() == LAST + timedelta(days=days)


def test_a_day_before_monday_is_the_sunday_of_the_week_before(
    grid: HeatmapGrid, qtbot: QtBot
) -> None:
    grid.go_to(MONDAY + timedelta(days=7))

    qtbot.keyClick(grid, Key.Key_Up)

    assert grid.current_day() == MONDAY + timedelta(days=6)


def test_left_is_later_where_people_read_from_the_right(grid: HeatmapGrid, qtbot: QtBot) -> None:
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    grid.go_to(MONDAY)

    qtbot.keyClick(grid, Key.Key_Left)

    assert grid.current_day() == MONDAY + timedelta(days=7)


def test_the_day_under_the_keyboard_is_told(grid: HeatmapGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.pointed) as pointed:
        qtbot.keyClick(grid, Key.Key_Up)

    assert pointed.args == [DAYS[-2].words]


def test_the_day_under_the_pointer_is_told(grid: HeatmapGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.pointed) as pointed:
        qtbot.mouseMove(grid.viewport(), QPoint(18, 30))  # the second week, its third day

    assert pointed.args == [DAYS[9].words]


def test_a_screen_reader_finds_each_day_as_a_cell_with_its_words(grid: HeatmapGrid) -> None:
    table = QAccessible.queryAccessibleInterface(grid)

    cells = [table.child(at) for at in range(table.childCount())]

    said = [cell.text(QAccessible.Text.Name) for cell in cells]
    assert {one.words for one in DAYS} <= set(said)


def test_it_is_as_large_as_its_days(grid: HeatmapGrid) -> None:
    assert (grid.width(), grid.height()) == (15 * 12, 7 * 12)


def test_other_keys_are_left_to_the_window(grid: HeatmapGrid, qtbot: QtBot) -> None:
    qtbot.keyClick(grid, Key.Key_N)
    qtbot.keyClick(grid, Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    assert grid.current_day() == LAST
