"""Rows of a list under the headings of their days."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from desktop.ui.record_list_model import Heading
from desktop.ui.times import Clock, day_words

T = TypeVar("T")


def under_days(
    items: Iterable[T], day_of: Callable[[T], date], clock: Clock, *, prefix: str = "day"
) -> list[T | Heading]:
    """The items in the order given, a heading before the first of each day.

    `prefix` keeps the headings of two parts of one list apart.
    """
    rows: list[T | Heading] = []
    shown: date | None = None
    for item in items:
        if (day := day_of(item)) != shown:
            shown = day
            rows.append(Heading(f"{prefix}:{day}", day_words(day, clock)))
        rows.append(item)
    return rows
