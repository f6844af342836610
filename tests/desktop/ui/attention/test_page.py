"""The cards of what needs attention, as the keyboard goes through them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.ui.attention.cards import RefusedItem
from desktop.ui.attention.page import AttentionPage
from desktop.ui.theme import Theme
from tests.desktop.ui.stops import stops


def an_item(item_id: str) -> RefusedItem:
    return RefusedItem(id=item_id, title=item_id, reason="Not accepted.", when="Today", facts=())


def test_tab_goes_down_the_cards_also_where_one_came_in_between(theme: Theme, qtbot: QtBot) -> None:
    page = AttentionPage(theme)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.show_items([an_item("first"), an_item("third")])

    page.show_items([an_item("first"), an_item("second"), an_item("third")])

    buttons = [button for card in page.cards.values() for button in card.buttons.values()]
    qtbot.waitUntil(lambda: all(button.isVisible() for button in buttons))
    assert [stop for stop in stops(page) if stop in buttons] == buttons
