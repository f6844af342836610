"""Figures and their table."""

from __future__ import annotations

import pytest

from bench.figures import Figure, medians_of, table


def a_figure(value: float, goal: float | None = 1.5) -> Figure:
    return Figure(what="start", value=value, floor=100, floor_name="bare", unit="ms", goal=goal)


@pytest.mark.parametrize(
    ("value", "goal", "verdict"), [(150, 1.5, "yes"), (151, 1.5, "**no**"), (900, None, "-")]
)
def test_a_goal_is_held_up_to_its_ratio(value: float, goal: float | None, verdict: str) -> None:
    assert a_figure(value, goal).verdict == verdict


def test_medians_are_taken_in_turns() -> None:
    order: list[str] = []
    values, floors = iter([5.0, 1.0, 3.0]), iter([2.0, 9.0, 4.0])

    def value() -> float:
        order.append("value")
        return next(values)

    def floor() -> float:
        order.append("floor")
        return next(floors)

    assert medians_of(value, floor, repetitions=3) == (3.0, 4.0)
    assert order == ["value", "floor"] * 3


def test_the_table_has_one_line_for_each_figure() -> None:
    assert table([a_figure(1234.5)]).splitlines()[2:] == [
        "| start | 1,234.5 ms | 100.0 ms (bare) | 12.35 x | <= 1.5 x | **no** |"
    ]
