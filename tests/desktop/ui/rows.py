"""What a person does with the rows of a list, and reads in them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.record_list_model import RecordListModel, Role
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from desktop.ui.widgets.row_list import RowList
from desktop.ui.widgets.row_look import RowLook

PATIENCE_S = 5.0


def model_of(view: RowList) -> RecordListModel[Any]:
    model = view.model()
    assert isinstance(model, RecordListModel)
    return model


def ids(view: RowList) -> list[str]:
    """The ids of the records, headings left out."""
    model = model_of(view)
    records = [model.record_at(row) for row in range(model.rowCount())]
    return [record.id for record in records if record is not None]


def texts(view: RowList) -> list[str]:
    """What a screen reader says, headings too."""
    model = model_of(view)
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def look(view: RowList, record_id: str) -> RowLook:
    model = model_of(view)
    found = model.index(model.row_of(record_id)).data(Role.LOOK)
    assert isinstance(found, RowLook)
    return found


def go_to(view: RowList, record_id: str) -> None:
    assert view.select(record_id), f"There is no row {record_id}."
    view.setFocus()


def press(qtbot: QtBot, view: RowList, record_id: str, action: str) -> None:
    """Click a button in a row."""
    go_to(view, record_id)
    index = view.currentIndex()
    row = view.visualRect(index)
    points = [QPoint(x, row.center().y()) for x in range(row.left(), row.right(), 3)]
    [at, *_] = [
        point
        for point in points
        if (found := view.rows.action_at(index, point)) and found.key == action
    ]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def open_row(qtbot: QtBot, view: RowList, record_id: str) -> None:
    go_to(view, record_id)
    qtbot.keyClick(view, Qt.Key.Key_Return)


def confirm(parent: QWidget) -> None:
    """Agree to the question that stands in `parent`."""
    (question,) = [one for one in parent.findChildren(ConfirmDialog) if one.isVisible()]
    question.confirm_button.click()


def dialogs(parent: QWidget) -> list[QDialog]:
    """The dialogs that are open, the last one on top."""
    return [dialog for dialog in parent.findChildren(QDialog) if dialog.isVisible()]


async def until(is_so: Callable[[], object]) -> None:
    """Let the window and what was begun go on until it is so."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "It does not come to that."
        QCoreApplication.processEvents()
        await asyncio.sleep(0)
