"""The calendar that a day's field drops."""

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QTableView, QToolButton
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.day_popup import DayPopup

MONTHS = [(2026, 8), (2026, 9), (2026, 11), (2027, 2)]  # six weeks, five, six, and just four


@pytest.fixture
def popup(theme: Theme, qtbot: QtBot) -> DayPopup:
    popup = DayPopup()
    qtbot.addWidget(popup)
    popup.show()
    popup.resize(popup.sizeHint())
    return popup


def days(popup: DayPopup) -> QTableView:
    found = popup.findChild(QTableView)
    assert isinstance(found, QTableView)
    return found


def test_every_month_stands_on_six_weeks_of_the_same_height(popup: DayPopup, qtbot: QtBot) -> None:
    for year, month in MONTHS:
        popup.setCurrentPage(year, month)
        qtbot.wait(0)
        table = days(popup)
        rows = range(1, table.model().rowCount())

        assert len(rows) == 6
        heights = [table.rowHeight(row) for row in rows]
        assert min(heights) > popup.fontMetrics().height()
        assert sum(heights) + table.rowHeight(0) <= table.height()


def test_it_is_as_large_for_every_month(popup: DayPopup, qtbot: QtBot) -> None:
    next_month = popup.findChild(QToolButton, "qt_calendar_nextmonth")
    assert isinstance(next_month, QToolButton)
    seen = set()

    for month in range(1, 13):
        popup.setCurrentPage(2026, month)
        qtbot.wait(0)
        popup.adjustSize()
        seen.add((popup.size().toTuple(), next_month.geometry().getRect()))

    assert len(seen) == 1


def test_it_opens_at_its_day_though_it_has_measured_all_months(popup: DayPopup) -> None:
    popup.setSelectedDate(QDate(2027, 2, 10))
    font = popup.font()
    font.setPixelSize(font.pixelSize() + 4)

    popup.setFont(font)

    assert (popup.yearShown(), popup.monthShown()) == (2027, 2)


def test_weekends_are_readable(popup: DayPopup) -> None:
    shown = popup.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground()

    assert shown.style() == Qt.BrushStyle.NoBrush
