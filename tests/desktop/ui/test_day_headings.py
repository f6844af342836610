"""Rows of a list under their days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.ui.day_headings import under_days
from desktop.ui.record_list_model import Heading
from tests.builders import World
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]


def test_each_day_gets_one_heading_before_its_first_item(world: World, seat_of: SeatOf) -> None:
    days = [date(2001, 1, 1), date(2001, 1, 1), date(2001, 1, 3)]

    rows = under_days(days, lambda day: day, seat_of(world.mia).workspace, prefix="past")

    kinds = [row.id if isinstance(row, Heading) else row for row in rows]
    assert kinds == ["past:2001-01-01", days[0], days[1], "past:2001-01-03", days[2]]
