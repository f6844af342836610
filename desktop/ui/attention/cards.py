"""The cards of Needs attention: one for refused work, one for two changes that met."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chip import ChipLook, StatusChip
from desktop.ui.widgets.labels import IconLabel, WrapLabel
from desktop.ui.widgets.plain_text import PlainText

INDENT = 32  # the icon and the gap behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedItem:
    """Work that was not accepted: what was tried, why not, and what was typed.

    `now` is what stands in its place, () where there is nothing to compare. `opens` are the words
    of the button that leads to where it is taken up again, "" for none.
    """

    id: str
    title: str
    reason: str
    when: str
    facts: tuple[tuple[str, str], ...]
    now: tuple[tuple[str, str], ...] = ()
    opens: str = ""
    can_retry: bool = False
    can_book: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two versions; `keep` is what the decision for it is called on the wire."""

    keep: str
    who: str
    words: str
    button: str
    is_standing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictItem:
    """Two versions of one field; `is_gone`: there is nothing left to put either into."""

    id: str
    title: str
    sentence: str
    sides: tuple[Side, Side]
    is_gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainItem:
    """A room whose audit log at the relay is not the one that this computer has seen.

    `facts` are for whoever runs the relay.
    """

    id: str
    title: str
    sentence: str
    facts: tuple[tuple[str, str], ...]


Item = RefusedItem | ConflictItem | ChainItem


class ItemCard(Card):
    """What both sorts of cards have: an icon, a title, a sentence, a body and buttons.

    Signals:
        action_asked: the key of a button.
    """

    action_asked = Signal(str)

    def __init__(
        self, theme: Theme, item: Item, icon: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item = item
        self._theme = theme
        self.title = WrapLabel(item.title, size="heading", strong=True)
        self.sentence = WrapLabel()
        self.buttons: dict[str, QPushButton] = {}
        self.setAccessibleName(item.title)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel(theme, *icon, 20), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        head.addLayout(words, 1)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(INDENT, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self.body.addLayout(head)

    def add_buttons(self, buttons: Sequence[tuple[str, str, str, str]]) -> None:
        """Add (key, words, kind, icon) in a row at the foot."""
        for key, words, kind, icon in buttons:
            button = push_button(words, kind, theme=self._theme, icon=icon)
            button.setAccessibleName(f"{words}: {self.item.title}")
            button.clicked.connect(lambda _on=False, key=key: self.action_asked.emit(key))
            self._row.insertWidget(self._row.count() - 1, button)
            self.buttons[key] = button
        self.body.addLayout(self._row)

    def take_focus(self) -> None:
        next(iter(self.buttons.values())).setFocus()


class RefusedCard(ItemCard):
    """Refused work, with all that was typed."""

    def __init__(self, theme: Theme, item: RefusedItem, parent: QWidget | None = None) -> None:
        super().__init__(theme, item, ("x-circle", "canceled"), parent)
        self.sentence.setText(item.reason)
        if item.now:
            both = _side_by_side()
            both.addWidget(_facts_panel(self.tr("What you wanted"), item.facts), 1)
            both.addWidget(_facts_panel(self.tr("As it stands now"), item.now), 1)
            self.body.addLayout(both)
        elif item.facts:
            grid = _facts_grid(item.facts)
            grid.setContentsMargins(INDENT, 0, 0, 0)
            self.body.addLayout(grid)
        when = WrapLabel(item.when, tone="muted", size="small")
        when.setContentsMargins(INDENT, 0, 0, 0)
        self.body.addWidget(when)
        self.add_buttons(self._offers(item))

    def _offers(self, item: RefusedItem) -> list[tuple[str, str, str, str]]:
        offers = []
        if item.opens:
            offers.append(("open", item.opens, "primary", "edit"))
        if item.can_book:
            offers.append(("book", self.tr("Book anyway"), "primary", "calendar-check"))
        if item.can_retry:
            offers.append(("retry", self.tr("Retry"), "", "retry"))
        offers.append(("copy", self.tr("Copy"), "", "copy"))
        offers.append(("discard", self.tr("Discard"), "", "trash"))
        return offers


class ConflictCard(ItemCard):
    """Both versions side by side; the one that stands says so."""

    def __init__(self, theme: Theme, item: ConflictItem, parent: QWidget | None = None) -> None:
        super().__init__(theme, item, ("warning", "pending"), parent)
        self.sentence.setText(item.sentence)
        both = _side_by_side()
        for side in item.sides:
            both.addWidget(self._panel(side), 1)
        self.body.addLayout(both)
        self.add_buttons(self._offers(item))

    def _panel(self, side: Side) -> QFrame:
        panel = Card()
        panel.setAccessibleName(side.who)
        panel.body.setContentsMargins(12, 12, 12, 12)
        panel.body.setSpacing(8)
        head = QHBoxLayout()
        head.addStrut(24)
        head.addWidget(WrapLabel(side.who, strong=True), 1)
        chip = StatusChip(self._theme, ChipLook(self.tr("Stands now"), "check", "completed"))
        chip.setVisible(side.is_standing)
        head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        panel.body.addLayout(head)
        panel.body.addWidget(_selectable(side.words))
        panel.body.addStretch(1)
        return panel

    def _offers(self, item: ConflictItem) -> list[tuple[str, str, str, str]]:
        if item.is_gone:
            return [
                ("copy", self.tr("Copy"), "", "copy"),
                ("kept", self.tr("Dismiss"), "", "check"),
            ]
        first, second = item.sides
        return [
            (first.keep, first.button, "", "check"),
            (second.keep, second.button, "", "check"),
            ("copy", self.tr("Copy"), "", "copy"),
        ]


class ChainCard(ItemCard):
    """What was found, for the person; and in figures, for whoever runs the relay."""

    def __init__(self, theme: Theme, item: ChainItem, parent: QWidget | None = None) -> None:
        super().__init__(theme, item, ("warning", "canceled"), parent)
        self.sentence.setText(item.sentence)
        grid = _facts_grid(item.facts)
        grid.setContentsMargins(INDENT, 0, 0, 0)
        self.body.addLayout(grid)
        self.add_buttons(
            [
                ("copy", self.tr("Copy"), "", "copy"),
                ("seen", self.tr("I have seen this"), "", "check"),
            ]
        )


def card_for(theme: Theme, item: Item) -> ItemCard:
    """The card that shows this item."""
    if isinstance(item, RefusedItem):
        return RefusedCard(theme, item)
    if isinstance(item, ChainItem):
        return ChainCard(theme, item)
    return ConflictCard(theme, item)


def copy_of(item: Item) -> str:
    """The same as text, for the clipboard."""
    if isinstance(item, RefusedItem):
        facts = [f"{label}: {words}" for label, words in item.facts]
        return "\n".join([item.title, item.reason, *facts])
    if isinstance(item, ChainItem):
        facts = [f"{label}: {words}" for label, words in item.facts]
        return "\n".join([item.title, item.sentence, *facts])
    sides = [f"{side.who}:\n{side.words}" for side in item.sides]
    return "\n\n".join([item.title, *sides])


def _side_by_side() -> QHBoxLayout:
    both = QHBoxLayout()
    both.setContentsMargins(INDENT, 0, 0, 0)
    both.setSpacing(12)
    return both


def _facts_panel(name: str, facts: Sequence[tuple[str, str]]) -> QFrame:
    """One of two versions; the labels stand above the words, for there is half the room."""
    panel = Card()
    panel.setAccessibleName(name)
    panel.body.setContentsMargins(12, 12, 12, 12)
    panel.body.setSpacing(4)
    panel.body.addWidget(WrapLabel(name, strong=True))
    for label, words in facts:
        panel.body.addSpacing(4)
        panel.body.addWidget(WrapLabel(label, tone="muted", size="small"))
        panel.body.addWidget(_selectable(words))
    panel.body.addStretch(1)
    return panel


def _facts_grid(facts: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for row, (label, words) in enumerate(facts):
        name = WrapLabel(label, tone="muted")
        name.setWordWrap(False)
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_selectable(words), row, 1, Qt.AlignmentFlag.AlignTop)
    return grid


def _selectable(words: str) -> PlainText:
    """What is copied from it are the words alone, without the breaks that a label puts in."""
    return PlainText(words)
