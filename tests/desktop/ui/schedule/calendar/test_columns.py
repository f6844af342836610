"""Columns for what overlaps."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.schedule.calendar.columns import Column, side_by_side

stretches = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda one: (one[0], sum(one))),
    max_size=12,
)


def test_what_stands_alone_has_the_whole_width() -> None:
    assert side_by_side([(0, 60), (60, 120)]) == [Column(0, 1), Column(0, 1)]


def test_two_that_overlap_share_it() -> None:
    assert side_by_side([(0, 60), (30, 90)]) == [Column(0, 2), Column(1, 2)]


def test_of_two_that_begin_together_the_longer_stands_first() -> None:
    assert side_by_side([(0, 30), (0, 60)]) == [Column(1, 2), Column(0, 2)]


def test_a_column_that_is_free_again_is_used_again() -> None:
    assert side_by_side([(0, 90), (0, 30), (30, 90)]) == [Column(0, 2), Column(1, 2), Column(1, 2)]


def test_nothing_needs_no_columns() -> None:
    assert side_by_side([]) == []


@given(stretches)
def test_no_two_that_overlap_are_drawn_over_each_other(given_: list[tuple[int, int]]) -> None:
    columns = side_by_side(given_)

    for (one, its), (other, others) in combinations(zip(given_, columns, strict=True), 2):
        if one[0] < other[1] and other[0] < one[1]:
            assert its.of == others.of
            assert its.at != others.at


@given(stretches)
def test_each_column_exists(given_: list[tuple[int, int]]) -> None:
    assert all(0 <= column.at < column.of for column in side_by_side(given_))
