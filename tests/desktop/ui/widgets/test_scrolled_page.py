"""The page that scrolls as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.scrolled_page import ScrolledPage


def test_a_short_page_does_not_scroll_and_a_long_one_does(qtbot: QtBot) -> None:
    page = ScrolledPage()
    qtbot.addWidget(page)
    page.column.addWidget(WrapLabel("One line"))
    page.resize(400, 300)
    page.show()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() == 0)

    page.column.addWidget(WrapLabel("Many words. " * 400))

    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)


def test_it_never_scrolls_sideways(qtbot: QtBot) -> None:
    page = ScrolledPage()
    qtbot.addWidget(page)
    page.column.addWidget(WrapLabel("A" * 500))
    page.resize(300, 300)
    page.show()

    widget = page.widget()
    assert widget is not None
    qtbot.waitUntil(lambda: widget.width() <= page.viewport().width())


def test_tab_passes_it_by_unless_it_scrolls_by_key(qtbot: QtBot) -> None:
    page = ScrolledPage()
    qtbot.addWidget(page)
    assert page.focusPolicy() == Qt.FocusPolicy.NoFocus

    page.scroll_by_key()

    assert page.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_a_ring_shows_that_the_keyboard_is_on_it(theme: Theme, qtbot: QtBot) -> None:
    page = ScrolledPage()
    qtbot.addWidget(page)
    page.scroll_by_key()
    field = QLineEdit()
    page.column.addWidget(field)
    page.resize(300, 200)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    edge = (0, page.height() // 2)
    assert page.grab().toImage().pixelColor(*edge) != theme.color("focus")

    page.setFocus()

    assert page.grab().toImage().pixelColor(*edge) == theme.color("focus")
