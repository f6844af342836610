"""More rows are asked for before the end is reached."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.more_on_scroll import MoreOnScroll
from desktop.ui.widgets.row_list import RowList
from desktop.ui.widgets.row_look import RowLook


@dataclass(frozen=True)
class Item:
    id: str


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> RowList:
    model: RecordListModel[Item] = RecordListModel(
        lambda item: item.id, lambda item: RowLook(title=item.id)
    )
    model.show([Item(str(number)) for number in range(100)])
    view = RowList(theme, model, "Items")
    qtbot.addWidget(view)
    view.resize(400, 300)
    with qtbot.waitExposed(view):
        view.show()
    return view


@pytest.fixture
def asked(view: RowList) -> list[bool]:
    asked: list[bool] = []
    MoreOnScroll(view).wanted.connect(lambda: asked.append(True))
    return asked


def settle() -> None:
    for _ in range(3):
        QCoreApplication.processEvents()


def test_in_the_middle_nothing_is_asked_for(view: RowList, asked: list[bool]) -> None:
    view.verticalScrollBar().setValue(500)
    settle()

    assert asked == []


def test_near_the_end_it_is_asked_once(view: RowList, asked: list[bool]) -> None:
    bar = view.verticalScrollBar()

    for value in (bar.maximum() - 400, bar.maximum() - 300, bar.maximum()):
        bar.setValue(value)
    settle()

    assert asked == [True]


def test_too_few_rows_to_scroll_ask_at_once(view: RowList, theme: Theme, qtbot: QtBot) -> None:
    model = view.model()
    assert isinstance(model, RecordListModel)
    model.show([Item("1")])
    more = MoreOnScroll(view)

    with qtbot.waitSignal(more.wanted):
        more.look()


def test_a_list_that_is_not_seen_asks_for_nothing(view: RowList, asked: list[bool]) -> None:
    view.hide()

    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    settle()

    assert asked == []
