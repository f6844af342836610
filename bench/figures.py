"""A measured figure beside its floor or peer from the same run, and the table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

REPETITIONS = 5


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What was measured, and against what: machines differ, so the ratio is what counts."""

    what: str
    value: float
    floor: float  # in the same unit
    floor_name: str
    unit: str
    goal: float | None = None  # the ratio that is still good; without one, it is only watched

    @property
    def ratio(self) -> float:
        return self.value / self.floor

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return "-"
        return "yes" if self.ratio <= self.goal else "**no**"


def medians_of(
    measure: Callable[[], float], floor: Callable[[], float], repetitions: int = REPETITIONS
) -> tuple[float, float]:
    """Both medians, taken in turns, so that a noisy minute of the machine falls on both."""
    pairs = [(measure(), floor()) for _ in range(repetitions)]
    return median(value for value, _ in pairs), median(value for _, value in pairs)


def table(figures: Iterable[Figure]) -> str:
    """A Markdown table, one line for each figure."""
    lines = [
        "| what | measured | floor or peer | ratio | goal | held |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for figure in figures:
        goal = "-" if figure.goal is None else f"<= {figure.goal:g} x"
        lines.append(
            f"| {figure.what} | {figure.value:,.1f} {figure.unit} "
            f"| {figure.floor:,.1f} {figure.unit} ({figure.floor_name}) "
            f"| {figure.ratio:.2f} x | {goal} | {figure.verdict} |"
        )
    return "\n".join(lines)
