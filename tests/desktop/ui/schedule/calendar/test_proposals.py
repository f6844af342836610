"""What drags would make of a session's times."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desktop.ui.schedule.calendar.proposals import Drag, Proposal
from desktop.ui.schedule.calendar.spans import STEP, Span

DAY, MIN = timedelta(days=1), timedelta(minutes=1)


def wall(hour: int, minute: int = 0, day: int = 3) -> datetime:
    return datetime(2025, 12, day, hour, minute)  # noqa: DTZ001  a wall clock


TALK = Span(wall(10), wall(11))


def of(drag: Drag, was: Span = TALK) -> Proposal:
    return Proposal(drag=drag, was=was, span=was, id="talk")


def test_moving_goes_in_quarters_and_keeps_the_length() -> None:
    assert of(Drag.WHOLE).dragged(DAY + 20 * MIN).span == Span(wall(10, 15, 4), wall(11, 15, 4))


def test_moving_to_another_day_keeps_an_odd_minute() -> None:
    odd = Span(wall(10, 5), wall(10, 50))

    assert of(Drag.WHOLE, odd).dragged(DAY).span == odd.moved(DAY)


def test_a_drag_that_comes_back_changes_nothing() -> None:
    proposal = of(Drag.WHOLE).dragged(3 * DAY)

    assert proposal.is_changed
    assert not proposal.dragged(5 * MIN).is_changed


@pytest.mark.parametrize(
    ("drag", "by", "expected"),
    [
        (Drag.END, 38 * MIN, Span(wall(10), wall(11, 45))),
        (Drag.END, -3 * 60 * MIN, Span(wall(10), wall(10, 15))),
        (Drag.START, -38 * MIN, Span(wall(9, 15), wall(11))),
        (Drag.START, 3 * 60 * MIN, Span(wall(10, 45), wall(11))),
    ],
)
def test_an_edge_follows_in_quarters_and_leaves_a_quarter(
    drag: Drag, by: timedelta, expected: Span
) -> None:
    assert of(drag).dragged(by).span == expected


@pytest.mark.parametrize("drag", [Drag.START, Drag.END, Drag.NEW])
@pytest.mark.parametrize("by", [2 * DAY, -2 * DAY])
def test_no_session_gets_longer_than_half_a_day(drag: Drag, by: timedelta) -> None:
    span = of(drag).dragged(by).span

    assert span.end - span.start <= timedelta(hours=12)


def test_a_new_session_is_drawn_downwards_or_upwards() -> None:
    pressed = of(Drag.NEW, Span(wall(10), wall(10, 15)))

    assert pressed.dragged(60 * MIN).span == Span(wall(10), wall(11))
    assert pressed.dragged(-60 * MIN).span == Span(wall(9), wall(10, 15))
    assert pressed.dragged(timedelta(0)).span == Span(wall(10), wall(10, 15))


def test_keys_go_on_from_where_it_is_now() -> None:
    moved = of(Drag.WHOLE).nudged(STEP).nudged(STEP).nudged(-DAY)
    longer = of(Drag.END).nudged(STEP).nudged(STEP).nudged(-STEP)

    assert moved.span == Span(wall(10, 30, 2), wall(11, 30, 2))
    assert longer.span == Span(wall(10), wall(11, 15))
