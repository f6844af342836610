"""A page that is scrolled to one of its parts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.into_view import bring_into_view
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.scrolled_page import ScrolledPage
from tests.desktop.ui.wheels import turn_wheel

HIGH = 60


@pytest.fixture
def page(qtbot: QtBot) -> ScrolledPage:
    page = ScrolledPage()
    qtbot.addWidget(page)
    page.resize(300, 200)
    return page


@pytest.fixture
def parts(page: ScrolledPage) -> list[QLabel]:
    parts: list[QLabel] = [WrapLabel(f"Part {at}") for at in range(20)]
    for part in parts:
        part.setFixedHeight(HIGH)
        page.column.addWidget(part)
    page.column.addStretch(1)
    return parts


def is_seen(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


@pytest.mark.parametrize("at", [0, 10, 19])
def test_a_part_is_seen_as_a_whole(
    page: ScrolledPage, parts: list[QLabel], qtbot: QtBot, at: int
) -> None:
    with qtbot.waitExposed(page):
        page.show()

    bring_into_view(parts[at])

    qtbot.waitUntil(lambda: is_seen(parts[at]))


def test_a_page_that_is_only_now_laid_out_is_scrolled_then(
    page: ScrolledPage, parts: list[QLabel], qtbot: QtBot
) -> None:
    bring_into_view(parts[15])

    with qtbot.waitExposed(page):
        page.show()

    qtbot.waitUntil(lambda: is_seen(parts[15]))


def test_what_grows_above_pushes_it_nowhere(
    page: ScrolledPage, parts: list[QLabel], qtbot: QtBot
) -> None:
    with qtbot.waitExposed(page):
        page.show()
    bring_into_view(parts[10])

    parts[2].setFixedHeight(900)

    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 900)
    assert is_seen(parts[10])


def test_who_scrolls_meanwhile_is_let_go(
    page: ScrolledPage, parts: list[QLabel], qtbot: QtBot
) -> None:
    with qtbot.waitExposed(page):
        page.show()
    bring_into_view(parts[10])
    QApplication.processEvents()

    turn_wheel(page.viewport())
    left = page.verticalScrollBar().value()
    parts[19].setFixedHeight(300)
    QApplication.processEvents()

    assert page.verticalScrollBar().value() == left


def test_where_nothing_scrolls_nothing_happens(qtbot: QtBot) -> None:
    alone = QLabel("Alone")
    qtbot.addWidget(alone)

    bring_into_view(alone)

    assert alone.children() == []
    assert alone.focusPolicy() == Qt.FocusPolicy.NoFocus
