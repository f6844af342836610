"""What one reads stays where it is while things around it change."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.scrolled_page import ScrolledPage
from desktop.ui.widgets.steady import steady

ROW_PX = 60


class Page:
    """A page of rows that scrolls."""

    def __init__(self, window: QWidget) -> None:
        self.area = ScrolledPage(window)
        self.area.resize(300, 200)
        self.area.column.addStretch(1)
        self.rows = [self.add(str(number)) for number in range(20)]

    def add(self, words: str, at: int | None = None) -> QLabel:
        row = WrapLabel(words)
        row.setFixedHeight(ROW_PX)
        last = self.area.column.count() - 1  # what stretches
        self.area.column.insertWidget(last if at is None else at, row)
        return row

    @property
    def inside(self) -> QWidget:
        inside = self.area.widget()
        assert inside is not None
        return inside

    def top(self, row: QLabel) -> int:
        return row.mapTo(self.area.viewport(), row.rect().topLeft()).y()


@pytest.fixture
def page(window: QWidget, qtbot: QtBot) -> Page:
    page = Page(window)
    window.show()
    qtbot.waitExposed(window)
    page.area.show()
    QApplication.processEvents()
    return page


def test_what_comes_above_pushes_nothing_down(page: Page) -> None:
    page.area.verticalScrollBar().setValue(500)
    row = next(row for row in page.rows if page.top(row) >= 0)
    before = page.top(row)

    with steady(page.inside, lambda: list(page.rows)):
        page.add("new", at=0).show()

    assert page.top(row) == before


def test_at_the_top_what_comes_below_moves_nothing(page: Page) -> None:
    with steady(page.inside, lambda: list(page.rows)):
        page.add("new").show()

    assert page.area.verticalScrollBar().value() == 0


def test_outside_of_what_scrolls_it_does_nothing(window: QWidget) -> None:
    label = QLabel("alone", window)

    with steady(label, lambda: [label]):
        label.setText("still alone")

    assert label.text() == "still alone"
