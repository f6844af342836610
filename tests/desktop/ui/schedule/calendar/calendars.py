"""What a person does in the calendar, and sees of it."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.store.schedules import session
from desktop.ui.record_list_model import RecordListModel, Role
from desktop.ui.schedule.calendar.blocks import Block
from desktop.ui.schedule.calendar.month_grid import MonthGrid
from desktop.ui.schedule.calendar.month_model import DayLook
from desktop.ui.schedule.calendar.spans import Piece, minute_of
from desktop.ui.schedule.calendar.week_grid import WeekGrid
from tests.desktop.ui.seats import Seat

LEFT = Qt.MouseButton.LeftButton


def wall(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2025, month, day, hour, minute)  # noqa: DTZ001  a wall clock


def point_of(grid: WeekGrid, at: datetime, *, below: int = 0) -> QPoint:
    """Where a time is in the viewport, which has to show it already."""
    rect = grid.scale.rect_of(Piece(at.date(), minute_of(at), minute_of(at) + 60))
    assert rect is not None, f"{at} is not in this week."
    y = grid.scale.y_of(minute_of(at)) + below - grid.verticalOffset()
    point = QPoint(int(rect.center().x()), int(y) + 1)
    assert grid.viewport().rect().contains(point)
    return point


def press_at(grid: WeekGrid, at: QPoint) -> None:
    QTest.mousePress(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)


def pull_to(grid: WeekGrid, at: QPoint) -> None:
    """Move the pressed pointer there."""
    QTest.mouseMove(grid.viewport(), at)


def drag(qtbot: QtBot, grid: WeekGrid, start: QPoint, end: QPoint) -> None:
    """Press, pull and let go."""
    press_at(grid, start)
    pull_to(grid, (start + end) / 2)
    pull_to(grid, end)
    QTest.mouseRelease(grid.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, end)


def block(grid: WeekGrid, schedule_id: str) -> Block:
    model = grid.model()
    assert isinstance(model, RecordListModel)
    found = model.index(model.row_of(schedule_id)).data(Role.LOOK)
    assert isinstance(found, Block)
    return found


def stand_on(grid: WeekGrid, schedule_id: str) -> None:
    """Give the keyboard to a session."""
    model = grid.model()
    assert isinstance(model, RecordListModel)
    grid.setFocus()
    grid.setCurrentIndex(model.index(model.row_of(schedule_id)))


def times(seat: Seat, schedule_id: str) -> tuple[str, str]:
    """The instants at which a session starts and ends, as far as this desk knows."""
    found = session(seat.reader, seat.workspace.me, schedule_id)
    assert found is not None
    return found.schedule.start_time, found.schedule.end_time


def look_of(grid: MonthGrid, day: date) -> DayLook:
    found = grid.model()
    look = next(
        one
        for row in range(found.rowCount())
        for column in range(found.columnCount())
        if (one := found.index(row, column).data(Role.LOOK)).day == day
    )
    assert isinstance(look, DayLook)
    return look
