"""A year in squares, with its labels, at every width."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.heatmap import LARGEST, SMALLEST, Heatmap
from desktop.ui.widgets.heatmap_model import HeatDay, HeatmapModel

TODAY = date(2026, 3, 4)
FIRST = date(2025, 3, 3)
pytestmark = pytest.mark.usefixtures("british")


def a_year() -> list[HeatDay]:
    days = [FIRST + timedelta(days=at) for at in range((TODAY - FIRST).days + 1)]
    return [HeatDay(day, day.day % 5, f"{day}: {day.day % 5}") for day in days]


@pytest.fixture
def heatmap(theme: Theme, window: QWidget) -> Heatmap:
    heatmap = Heatmap(theme, HeatmapModel(), "Entries by day", window)
    heatmap.show_days(a_year(), TODAY)
    heatmap.resize(900, heatmap.height())
    heatmap.show()
    return heatmap


def test_a_year_is_fifty_three_weeks_and_ends_today(heatmap: Heatmap) -> None:
    assert (heatmap.model.rowCount(), heatmap.model.columnCount()) == (7, 53)
    assert heatmap.model.days[-1].day == TODAY


@pytest.mark.parametrize("width", [480, 600, 900])
def test_all_weeks_and_labels_have_room(heatmap: Heatmap, width: int) -> None:
    heatmap.resize(width, heatmap.height())

    pitch = heatmap.grid.width() // 53
    assert SMALLEST <= pitch <= LARGEST
    assert heatmap.grid.geometry().right() < width
    assert heatmap.rect().contains(heatmap.legend.geometry())
    assert heatmap.rect().contains(heatmap.words.geometry())
    assert all(heatmap.rect().contains(rect) for rect, _words in heatmap._month_labels())


def test_months_are_named_in_order_without_running_into_each_other(heatmap: Heatmap) -> None:
    heatmap.resize(480, heatmap.height())
    labels = list(heatmap._month_labels())

    assert [words for _rect, words in labels[:3]] == ["Apr", "May", "Jun"]
    assert labels[-1][1] == "Mar"
    for (left, _), (right, _) in pairwise(labels):
        assert left.right() < right.left()


def test_weekdays_are_named_beside_their_rows(heatmap: Heatmap) -> None:
    assert [words for _rect, words in heatmap._weekday_labels()] == ["Mon", "Wed", "Fri", "Sun"]


def test_the_words_beneath_are_of_the_day_pointed_at(heatmap: Heatmap) -> None:
    heatmap.grid.go_to(date(2025, 12, 24))

    assert heatmap.words.accessibleName() == "2025-12-24: 4"


def test_as_long_as_nothing_is_pointed_at_the_words_are_those_of_today(heatmap: Heatmap) -> None:
    assert heatmap.words.accessibleName() == "2026-03-04: 4"
    heatmap.grid.pointed.emit("something else")
    assert heatmap.words.accessibleName() == "something else"
    heatmap.grid.pointed.emit("")
    assert heatmap.words.accessibleName() == "2026-03-04: 4"


def test_where_one_stood_one_stays_when_a_day_begins(heatmap: Heatmap) -> None:
    heatmap.grid.go_to(date(2025, 12, 24))

    heatmap.show_days([*a_year(), HeatDay(TODAY + timedelta(days=1), 0, "new")], TODAY)

    assert heatmap.grid.current_day() == date(2025, 12, 24)


def test_it_is_mirrored_where_people_read_from_the_right(heatmap: Heatmap, qtbot: QtBot) -> None:
    left = heatmap.grid.x()

    heatmap.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert heatmap.width() - heatmap.grid.geometry().right() - 1 == left
    labels = list(heatmap._month_labels())
    assert labels[0][0].left() > labels[-1][0].left()
    heatmap.grab()


def test_without_days_it_is_empty_and_whole(theme: Theme, window: QWidget) -> None:
    heatmap = Heatmap(theme, HeatmapModel(), "Entries by day", window)
    heatmap.show()

    assert not heatmap.grab().isNull()
