"""The rows of the feed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop.store.feed import Happening
from desktop.ui.activity.looks import feed_text
from desktop.ui.activity.rows import LINE, feed_rows
from domain.activities import Kind
from domain.rooms import student_room
from tests.builders import NOW, World, ahead, an_activity, id_of
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


def deed(world: World, minutes: int, actor: str = "", **fields: Any) -> Happening:
    activity = an_activity(
        id=id_of(f"deed {minutes}"),
        room=student_room(world.ana),
        actor_id=actor or world.mia,
        subject_id=id_of(f"session {minutes}"),
        recorded_at=ahead(minutes=minutes),
        **fields,
    )
    return Happening(activity, "Mia Stone", "Ana Ruiz")


def row_ids(world: World, seat: Seat, happened: list[Happening], seen: str) -> list[str]:
    return [row.id for row in feed_rows(happened, seat.workspace, set(), seen)]


def test_the_line_stands_above_the_first_that_was_seen(world: World, seat_of: SeatOf) -> None:
    happened = [deed(world, minutes) for minutes in (2, 1, 0, -1)]

    found = row_ids(world, seat_of(world.ana), happened, NOW)

    assert found[3] == LINE
    assert found.count(LINE) == 1


def test_at_the_border_of_two_days_the_line_comes_first(world: World, seat_of: SeatOf) -> None:
    happened = [deed(world, 1), deed(world, -24 * 60)]

    found = row_ids(world, seat_of(world.ana), happened, NOW)

    assert found[2:4] == [LINE, "day:2025-11-30"]


@pytest.mark.parametrize("seen", ["", ahead(minutes=5), ahead(minutes=-5)])
def test_without_news_or_without_anything_seen_there_is_no_line(
    world: World, seat_of: SeatOf, seen: str
) -> None:
    happened = [deed(world, minutes) for minutes in (2, 1)]

    assert LINE not in row_ids(world, seat_of(world.ana), happened, seen)


def test_what_was_seen_before_own_deeds_gets_no_line_later(world: World, seat_of: SeatOf) -> None:
    happened = [deed(world, 2, world.ana), deed(world, -1), deed(world, -2)]

    assert LINE not in row_ids(world, seat_of(world.ana), happened, NOW)


def test_a_screen_reader_says_what_when_and_of_which_session(world: World, seat_of: SeatOf) -> None:
    params = {"title": "Talk", "startTime": "2025-12-04T12:00:00Z", "reason": "Ill."}
    canceled = deed(world, 1, kind_=Kind.SCHEDULE_CANCELED, params=params)

    words = feed_text(canceled, seat_of(world.ana).workspace)

    assert words == "Mia Stone canceled “Talk”, Thu 4 Dec, 13:00 · Ill., 13:01"
