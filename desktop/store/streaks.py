"""How many days in a row somebody has written, counted honestly: days of rest are left out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row, without those of rest.

    Attributes:
        length: up to today, or up to the last day that counts while today may still follow.
        longest: the longest that there ever was.
        is_open: today would count, and nothing is written yet.
    """

    length: int
    longest: int
    is_open: bool


def streak(days: Collection[date], rest_days: Collection[int], today: date) -> Streak:
    """The streak of somebody who wrote on these `days`; `rest_days` are weekdays, Monday = 0.

    A day of rest neither breaks a streak nor counts, whether something was written on it or not.
    """
    rest = frozenset(rest_days)
    run = longest = 0
    due = last = date.min
    for day in sorted({day for day in days if day.weekday() not in rest}):
        run = run + 1 if day == due else 1
        longest = max(longest, run)
        last, due = day, _next(day, rest)
    is_alive = run > 0 and due >= today
    is_open = today.weekday() not in rest and last < today
    return Streak(run if is_alive else 0, longest, is_open)


def _next(day: date, rest: frozenset[int]) -> date:
    """The next day that counts; there is one, since `day` itself is none of rest."""
    day += DAY
    while day.weekday() in rest:
        day += DAY
    return day
