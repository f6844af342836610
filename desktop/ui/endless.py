"""Rows that are read page by page as one scrolls, and read again as far as they are shown."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from desktop.store.feed import Place

PAGE = 100


class Placed(Protocol):
    """Anything that knows where it stands in an order."""

    @property
    def place(self) -> Place: ...


P = TypeVar("P", bound=Placed)
# The rows before a place, down to another one, at most so many.
Read = Callable[[Place | None, Place | None, int], list[P]]


class Endless(Generic[P]):
    """What is shown of a long list, from its beginning.

    Attributes:
        has_more: the list goes on after the rows.
    """

    def __init__(self, read: Read[P], page: int = PAGE) -> None:
        self._read = read
        self._page = page
        self.rows: list[P] = []
        self.has_more = False

    def begin(self) -> None:
        """Show the first page only: another list is read."""
        self._take(self._read(None, None, self._page))

    def more(self) -> None:
        """Go on by a page, from where the last row stands."""
        if self.has_more:
            self._take(self.rows + self._read(self.rows[-1].place, None, self._page))

    def refresh(self) -> None:
        """Read again what is shown, with what has come between.

        Where very much has come at once, as in a first copy, the end of it waits to be scrolled to.
        """
        last = self.rows[-1].place if self.has_more else None
        rows = self._read(None, last, len(self.rows) + self._page)
        self._take(rows)
        if len(rows) < self._page:
            self.more()

    def _take(self, rows: list[P]) -> None:
        self.rows = rows
        self.has_more = bool(rows) and bool(self._read(rows[-1].place, None, 1))
