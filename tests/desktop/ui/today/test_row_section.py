"""Rows within a page that scrolls as a whole."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.today.row_section import RowSection
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.widgets.scrolled_page import ScrolledPage


@dataclass(frozen=True)
class Row:
    id: str


ROWS = [Row(f"row {number}") for number in range(12)]


@pytest.fixture
def section(theme: Theme) -> RowSection:
    model = RecordListModel[Row](lambda row: row.id, lambda row: RowLook(title=row.id))
    return RowSection(theme, "Latest", model, link="All", empty="Nothing yet.")


@pytest.fixture
def page(section: RowSection, qtbot: QtBot) -> ScrolledPage:
    page = ScrolledPage()
    page.column.addWidget(section)
    page.column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(480, 300)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    return page


def test_the_list_is_as_high_as_its_rows(page: ScrolledPage, section: RowSection) -> None:
    section.show_rows(ROWS)

    heights = [section.list.sizeHintForRow(row) for row in range(len(ROWS))]
    assert section.list.height() == sum(heights)
    assert not section.list.verticalScrollBar().isVisible()


def test_the_page_follows_the_current_row(
    page: ScrolledPage, section: RowSection, qtbot: QtBot
) -> None:
    section.show_rows(ROWS)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    section.take_focus()
    assert section.list.current_id() == "row 0"

    qtbot.keyClick(section.list, Qt.Key.Key_End)

    assert section.list.current_id() == "row 11"
    assert page.verticalScrollBar().value() > 0


def test_return_opens_the_row(page: ScrolledPage, section: RowSection, qtbot: QtBot) -> None:
    section.show_rows(ROWS)
    section.take_focus()
    qtbot.keyClick(section.list, Qt.Key.Key_Down)

    with qtbot.waitSignal(section.opened) as opened:
        qtbot.keyClick(section.list, Qt.Key.Key_Return)

    assert opened.args == ["row 1"]


def test_without_rows_it_says_so(page: ScrolledPage, section: RowSection) -> None:
    section.show_rows([])

    assert section.empty.isVisible()
    assert not section.list.isVisible()


def test_without_rows_and_words_it_hides(theme: Theme, qtbot: QtBot) -> None:
    model = RecordListModel[Row](lambda row: row.id, lambda row: RowLook(title=row.id))
    section = RowSection(theme, "To confirm", model)
    qtbot.addWidget(section)

    section.show_rows(ROWS)
    assert not section.isHidden()
    section.show_rows([])
    assert section.isHidden()
