"""Rows stay where they are while others come and go above them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.held_list import held
from desktop.ui.widgets.row_list import RowList
from desktop.ui.widgets.row_look import RowLook


@dataclass(frozen=True)
class Item:
    id: str


def items(*numbers: int) -> list[Item]:
    return [Item(f"{number:03d}") for number in numbers]


@pytest.fixture
def model() -> RecordListModel[Item]:
    model: RecordListModel[Item] = RecordListModel(
        lambda item: item.id, lambda item: RowLook(title=item.id)
    )
    model.show(items(*range(100)))
    return model


@pytest.fixture
def view(theme: Theme, model: RecordListModel[Item], qtbot: QtBot) -> RowList:
    view = RowList(theme, model, "Items")
    qtbot.addWidget(view)
    view.resize(400, 300)
    with qtbot.waitExposed(view):
        view.show()
    return view


def top_of(view: RowList, model: RecordListModel[Item], item_id: str) -> int:
    QCoreApplication.processEvents()
    return view.visualRect(model.index(model.row_of(item_id))).top()


def test_what_is_read_does_not_move_when_rows_come_above(
    view: RowList, model: RecordListModel[Item]
) -> None:
    view.verticalScrollBar().setValue(1_010)
    before = top_of(view, model, "024")

    with held(view):
        model.show(items(900, 901, *range(100)))

    assert top_of(view, model, "024") == before


def test_nor_when_rows_above_and_the_first_in_sight_go(
    view: RowList, model: RecordListModel[Item]
) -> None:
    view.verticalScrollBar().setValue(1_010)
    first = view.indexAt(view.viewport().rect().topLeft()).row()
    before = top_of(view, model, f"{first + 1:03d}")

    with held(view):
        model.show(items(*range(3, first), *range(first + 1, 100)))

    assert top_of(view, model, f"{first + 1:03d}") == before


def test_at_the_top_what_is_new_is_seen(view: RowList, model: RecordListModel[Item]) -> None:
    with held(view):
        model.show(items(900, *range(100)))

    assert top_of(view, model, "900") == 0


def test_when_all_that_was_seen_is_gone_the_list_stands_where_it_can(
    view: RowList, model: RecordListModel[Item]
) -> None:
    view.verticalScrollBar().setValue(1_010)

    with held(view):
        model.show(items(5))

    assert top_of(view, model, "005") == 0
