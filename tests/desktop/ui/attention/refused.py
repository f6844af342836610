"""Work that the relay refuses, for the cards to show."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.ui.attention.cards import RefusedItem
from desktop.ui.attention.screen import AttentionScreen
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.plain_text import PlainText
from domain.commands import Command
from tests.desktop.ui.seats import Seat


def refuse(seat: Seat, command: Command, *others: tuple[Command, str]) -> None:
    """Let a person do it without a line, and `others` be faster: (command, user)."""
    seat.desk.do(command)
    for other, user in others:
        seat.desk.world.done_by(other, user)
    seat.sync()
    assert seat.desk.store.attention(), "It was not refused."


def only_item(screen: AttentionScreen) -> RefusedItem:
    [item] = [one.item for one in screen.page.cards.values() if isinstance(one.item, RefusedItem)]
    return item


def buttons(screen: AttentionScreen) -> list[str]:
    return [button.text() for button in screen.page.cards[only_item(screen).id].buttons.values()]


def press(screen: AttentionScreen, key: str) -> None:
    screen.page.cards[only_item(screen).id].buttons[key].click()


def texts(widget: QWidget) -> list[str]:
    labels: list[Any] = [*widget.findChildren(WrapLabel), *widget.findChildren(PlainText)]
    return [label.accessibleName() for label in labels]
