"""The page that scrolls as a whole."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

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
