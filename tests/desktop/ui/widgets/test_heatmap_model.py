"""The days of a year as a table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.heatmap_model import NONE, HeatDay, HeatmapModel

MONDAY = date(2026, 3, 2)


def a_day(at: int, count: int = 0) -> HeatDay:
    day = MONDAY + timedelta(days=at)
    return HeatDay(day, count, f"{day}: {count}")


TEN_DAYS = [a_day(at, at % 3) for at in range(10)]


@pytest.fixture
def model(qtmodeltester: ModelTester) -> HeatmapModel:
    model = HeatmapModel()
    model.show(TEN_DAYS)
    qtmodeltester.check(model)
    return model


def test_a_week_is_a_column_that_begins_with_the_first_day(model: HeatmapModel) -> None:
    assert (model.rowCount(), model.columnCount()) == (7, 2)
    assert model.look_at(model.index(1, 1)) == TEN_DAYS[8]
    assert model.index_of(TEN_DAYS[8].day) == model.index(1, 1)


def test_what_follows_the_last_day_is_empty_and_cannot_be_chosen(model: HeatmapModel) -> None:
    beyond = model.index(6, 1)

    assert model.look_at(beyond) is None
    assert beyond.data() is None
    assert beyond.flags() == Qt.ItemFlag.NoItemFlags
    assert not model.index_of(TEN_DAYS[-1].day + timedelta(days=1)).isValid()
    assert not model.index_of(MONDAY - timedelta(days=1)).isValid()


def test_a_cell_has_its_number_and_its_words(model: HeatmapModel) -> None:
    cell = model.index_of(TEN_DAYS[2].day)

    assert cell.data() == "2"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == TEN_DAYS[2].words
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == TEN_DAYS[2].words
    assert model.index(0, 0).data() == NONE


@pytest.mark.usefixtures("british")
def test_rows_are_named_by_weekday_and_columns_by_their_first_day(model: HeatmapModel) -> None:
    horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical

    assert [model.headerData(row, vertical) for row in range(2)] == ["Mon", "Tue"]
    assert [model.headerData(week, horizontal) for week in range(2)] == ["2 Mar 2026", "9 Mar 2026"]


def test_another_number_touches_its_day_alone(model: HeatmapModel, qtbot: QtBot) -> None:
    days = [*TEN_DAYS[:4], a_day(4, 9), *TEN_DAYS[5:]]

    with qtbot.waitSignal(model.dataChanged) as changed, qtbot.assertNotEmitted(model.modelReset):
        model.show(days)

    assert changed.args[0] == model.index(4, 0)


def test_another_day_begins_anew(model: HeatmapModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.modelReset):
        model.show([*TEN_DAYS, a_day(10)])


def test_without_days_there_is_nothing(model: HeatmapModel) -> None:
    model.show([])

    assert (model.rowCount(), model.columnCount()) == (0, 0)
    assert not model.index_of(MONDAY).isValid()
