"""The same days as numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.heatmap_model import HeatDay, HeatmapModel
from desktop.ui.widgets.heatmap_table import HeatmapTable

MONDAY = date(2025, 3, 3)
DAYS = [HeatDay(MONDAY + timedelta(days=at), at % 4, f"day {at}") for at in range(367)]
pytestmark = pytest.mark.usefixtures("british")


@pytest.fixture
def table(window: QWidget) -> HeatmapTable:
    model = HeatmapModel()
    model.show(DAYS)
    table = HeatmapTable(model, "Entries by week", window)
    table.resize(500, table.height())
    table.show()
    return table


def test_a_week_is_a_row_and_a_weekday_a_column(table: HeatmapTable) -> None:
    model = table.model()

    assert (model.rowCount(), model.columnCount()) == (53, 7)
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Mon"
    assert model.headerData(1, Qt.Orientation.Vertical) == "10 Mar 2025"
    assert model.index(1, 2).data() == "1"
    assert model.index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "day 9"


def test_it_opens_at_the_last_week(table: HeatmapTable) -> None:
    bar = table.verticalScrollBar()

    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()
