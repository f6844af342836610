"""Days in a row: what counts, what breaks, and what rests."""

from datetime import date, timedelta

import pytest

from desktop.store.streaks import Streak, streak

MONDAY = date(2026, 3, 2)
WEEKEND = [5, 6]


def days(*offsets: int) -> list[date]:
    """Days counted from a Monday."""
    return [MONDAY + timedelta(days=offset) for offset in offsets]


def test_nothing_written_is_no_streak() -> None:
    assert streak([], [], MONDAY) == Streak(length=0, longest=0, is_open=True)


def test_days_in_a_row_up_to_today_count() -> None:
    assert streak(days(0, 1, 2), [], MONDAY + timedelta(days=2)) == Streak(3, 3, is_open=False)


def test_today_breaks_nothing_while_it_lasts() -> None:
    assert streak(days(0, 1), [], MONDAY + timedelta(days=2)) == Streak(2, 2, is_open=True)


def test_a_day_that_was_left_out_breaks_it() -> None:
    assert streak(days(0, 1), [], MONDAY + timedelta(days=3)) == Streak(0, 2, is_open=True)


def test_the_longest_one_stays_when_another_begins() -> None:
    assert streak(days(0, 1, 2, 8), [], MONDAY + timedelta(days=8)) == Streak(1, 3, is_open=False)


def test_a_day_of_rest_does_not_break_it() -> None:
    # Thursday, Friday, and the Monday after.
    assert streak(days(3, 4, 7), WEEKEND, MONDAY + timedelta(days=7)).length == 3
    assert streak(days(3, 4, 7), [], MONDAY + timedelta(days=7)).length == 1


def test_a_day_of_rest_does_not_count_even_when_something_was_written() -> None:
    assert streak(days(4, 5, 6, 7), WEEKEND, MONDAY + timedelta(days=7)).length == 2


def test_on_a_day_of_rest_the_streak_stands_and_nothing_is_asked_for() -> None:
    assert streak(days(3, 4), WEEKEND, MONDAY + timedelta(days=6)) == Streak(2, 2, is_open=False)


def test_after_the_rest_the_next_day_has_to_follow() -> None:
    assert streak(days(3, 4), WEEKEND, MONDAY + timedelta(days=7)) == Streak(2, 2, is_open=True)
    assert streak(days(3, 4), WEEKEND, MONDAY + timedelta(days=8)).length == 0


def test_whoever_always_rests_has_no_streak() -> None:
    assert streak(days(0, 1), range(7), MONDAY) == Streak(0, 0, is_open=False)


def test_a_day_that_is_still_ahead_where_one_is_now_counts() -> None:
    """Written in Tokyo, read on the same day in Honolulu."""
    assert streak(days(0, 1), [], MONDAY) == Streak(2, 2, is_open=False)


@pytest.mark.parametrize("length", [1, 40, 800])
def test_it_goes_over_months_and_years(length: int) -> None:
    assert streak(days(*range(length)), [], MONDAY + timedelta(days=length)).length == length
