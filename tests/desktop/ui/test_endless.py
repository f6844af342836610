"""A long list, read page by page."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.store.feed import Place
from desktop.ui.endless import Endless

PAGE = 3


@dataclass(frozen=True)
class Item:
    number: int

    @property
    def place(self) -> Place:
        return f"{self.number:04d}", ""


class Shelf:
    """Items in falling order, and how many were read."""

    def __init__(self, *numbers: int) -> None:
        self.numbers = set(numbers)
        self.read = 0
        self.endless: Endless[Item] = Endless(self._read, PAGE)

    def _read(self, before: Place | None, down_to: Place | None, limit: int) -> list[Item]:
        items = [Item(number) for number in sorted(self.numbers, reverse=True)]
        found = [
            one
            for one in items
            if (before is None or one.place < before) and (down_to is None or one.place >= down_to)
        ][:limit]
        self.read += len(found)
        return found

    @property
    def shown(self) -> list[int]:
        return [item.number for item in self.endless.rows]


def test_pages_follow_each_other_to_the_end() -> None:
    shelf = Shelf(*range(8))
    shelf.endless.begin()
    seen = [shelf.shown]

    while shelf.endless.has_more:
        shelf.endless.more()
        seen.append(shelf.shown)

    assert [len(one) for one in seen] == [3, 6, 8]
    assert shelf.shown == [7, 6, 5, 4, 3, 2, 1, 0]


def test_what_comes_anywhere_among_the_shown_is_shown() -> None:
    shelf = Shelf(*range(0, 40, 4))
    shelf.endless.begin()

    shelf.numbers |= {33, 41}
    shelf.endless.refresh()

    assert shelf.shown == [41, 36, 33, 32, 28]
    assert shelf.endless.has_more


def test_what_is_gone_goes_and_the_list_stays_full() -> None:
    shelf = Shelf(*range(10))
    shelf.endless.begin()

    shelf.numbers -= {9, 8}
    shelf.endless.refresh()

    assert shelf.shown == [7, 6, 5, 4]


def test_a_list_that_was_whole_takes_in_what_comes_below() -> None:
    shelf = Shelf(9)
    shelf.endless.begin()
    assert not shelf.endless.has_more

    shelf.numbers |= {3, 2}
    shelf.endless.refresh()

    assert shelf.shown == [9, 3, 2]


def test_a_flood_is_not_read_at_once() -> None:
    shelf = Shelf(0, 5000)
    shelf.endless.begin()
    shelf.read = 0

    shelf.numbers |= set(range(5000))
    shelf.endless.refresh()

    assert shelf.shown == [5000, 4999, 4998, 4997, 4996]
    assert shelf.endless.has_more
    assert shelf.read < 10


def test_another_list_begins_anew() -> None:
    shelf = Shelf(*range(8))
    shelf.endless.begin()
    shelf.endless.more()

    shelf.numbers = {1}
    shelf.endless.begin()

    assert shelf.shown == [1]
    assert not shelf.endless.has_more


def test_an_empty_list_has_no_more() -> None:
    shelf = Shelf()

    shelf.endless.refresh()
    shelf.endless.more()

    assert shelf.shown == []
    assert not shelf.endless.has_more
