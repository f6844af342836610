"""Places what overlaps side by side."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """Which of how many columns of equal width something has."""

    at: int
    of: int


def side_by_side(stretches: Sequence[tuple[int, int]]) -> list[Column]:
    """A column for each `(first, last)`, in their order; two that overlap never share one.

    Those that overlap, directly or by way of others, share the width; the earlier stands first,
    and of two that begin together the longer one.
    """
    order = sorted(range(len(stretches)), key=lambda at: (stretches[at][0], -stretches[at][1], at))
    columns: dict[int, Column] = {}
    cluster: list[int] = []
    reach = 0
    for at in order:
        first, last = stretches[at]
        if cluster and first >= reach:
            columns |= _shared(cluster, stretches)
            cluster = []
            reach = 0
        cluster.append(at)
        reach = max(reach, last)
    columns |= _shared(cluster, stretches)
    return [columns[at] for at in range(len(stretches))]


def _shared(cluster: list[int], stretches: Sequence[tuple[int, int]]) -> dict[int, Column]:
    """Give each the first column that is free by then."""
    ends: list[int] = []
    taken: dict[int, int] = {}
    for at in cluster:
        first, last = stretches[at]
        free = next((column for column, end in enumerate(ends) if end <= first), len(ends))
        if free == len(ends):
            ends.append(last)
        ends[free] = last
        taken[at] = free
    return {at: Column(column, len(ends)) for at, column in taken.items()}
