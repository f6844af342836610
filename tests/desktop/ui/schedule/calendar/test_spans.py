"""Spans of wall-clock time and the pieces that days cut them into."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from desktop.ui.schedule.calendar.spans import Piece, Span, at_minute, minute_of, pieces, snapped

DAY = date(2025, 12, 1)


def wall(hour: int, minute: int = 0, day: int = 1) -> datetime:
    return datetime(2025, 12, day, hour, minute)  # noqa: DTZ001  a wall clock


def test_a_span_of_one_day_is_one_piece() -> None:
    assert pieces(Span(wall(9), wall(10, 30))) == [Piece(DAY, 540, 630)]


def test_midnight_cuts_a_span_in_two() -> None:
    found = pieces(Span(wall(23), wall(2, day=2)))

    assert found == [Piece(DAY, 1380, 1440), Piece(date(2025, 12, 2), 0, 120)]


def test_what_ends_at_midnight_takes_nothing_of_the_next_day() -> None:
    assert pieces(Span(wall(23), wall(0, day=2))) == [Piece(DAY, 1380, 1440)]


def test_a_span_that_the_repeated_hour_turns_round_is_still_seen() -> None:
    assert pieces(Span(wall(2, 45), wall(2, 15))) == [Piece(DAY, 165, 180)]


def test_moving_keeps_the_length() -> None:
    assert Span(wall(9), wall(10)).moved(timedelta(hours=2)) == Span(wall(11), wall(12))


@pytest.mark.parametrize(
    ("given", "expected"), [((9, 7), (9, 0)), ((9, 8), (9, 15)), ((9, 15), (9, 15))]
)
def test_snapping_goes_to_the_nearest_quarter(
    given: tuple[int, int], expected: tuple[int, int]
) -> None:
    assert snapped(wall(*given)) == wall(*expected)


def test_the_last_minutes_snap_to_midnight() -> None:
    assert snapped(wall(23, 55)) == wall(0, day=2)


def test_a_minute_of_the_day_and_back() -> None:
    assert at_minute(DAY, minute_of(wall(13, 45))) == wall(13, 45)
    assert at_minute(DAY, 1440) == wall(0, day=2)
