"""Needs attention: a card for each thing that the person has to decide."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.ui.attention.cards import Item, ItemCard, card_for
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.scrolled_page import ScrolledPage
from desktop.ui.widgets.stops import go_on

WIDEST = 860


class AttentionPage(QWidget):
    """Shows what waits for a decision and says what was decided; it decides nothing.

    Signals:
        action_asked: "open", "retry", "book", "copy", "discard", "kept", "lost" or "seen", with the
            id of the item.
    """

    action_asked = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: dict[str, ItemCard] = {}
        self.empty = EmptyState(
            theme,
            "check-circle",
            self.tr("Nothing needs your attention"),
            self.tr("Work that is not accepted, and changes that met, would stand here."),
        )
        self.empty.setAccessibleName(self.empty.title.accessibleName())
        self.empty.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # to stand on after the last card
        self._scroll = ScrolledPage()
        self._scroll.column.addStretch(1)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._scroll)
        self._layers.addWidget(self.empty)
        self._layers.setCurrentWidget(self.empty)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these, in this order; a card that has not changed stays as it is."""
        focused = self._focused_place()
        wanted = {item.id: item for item in items}
        for item_id, card in list(self.cards.items()):
            if wanted.get(item_id) != card.item:
                self._drop(item_id)
        for place, item in enumerate(items):
            self._place(place, item)
        self.cards = {item.id: self.cards[item.id] for item in items}
        go_on(self.empty, *self.cards.values())
        if self.isVisible() and not items and self._layers.currentWidget() is self._scroll:
            announce(self, self.empty.title.accessibleName())
        self._layers.setCurrentWidget(self._scroll if items else self.empty)
        if focused >= 0 and not self.cards:
            self.empty.setFocus()
        elif focused >= 0 and self._focused_place() < 0:
            cards = list(self.cards.values())
            cards[min(focused, len(cards) - 1)].take_focus()

    def show_card(self, item_id: str) -> bool:
        """Bring one card into view, with the keyboard on it; false where it is not."""
        card = self.cards.get(item_id)
        if card is None:
            return False
        card.take_focus()
        QTimer.singleShot(0, card, lambda: self._scroll.ensureWidgetVisible(card))  # once laid out
        return True

    def item(self, item_id: str) -> Item | None:
        card = self.cards.get(item_id)
        return card.item if card else None

    def _place(self, place: int, item: Item) -> None:
        if item.id not in self.cards:
            card = card_for(self._theme, item)
            card.setMaximumWidth(WIDEST)
            card.action_asked.connect(partial(self._on_action, item.id))
            self.cards[item.id] = card
        if self._scroll.column.indexOf(self.cards[item.id]) != place:
            self._scroll.column.insertWidget(place, self.cards[item.id])

    def _on_action(self, item_id: str, key: str) -> None:
        self.action_asked.emit(key, item_id)

    def _drop(self, item_id: str) -> None:
        card = self.cards.pop(item_id)
        self._scroll.column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _focused_place(self) -> int:
        """Which card has the keyboard, or -1."""
        for place, card in enumerate(self.cards.values()):
            if any(button.hasFocus() for button in card.buttons.values()):
                return place
        return -1
