"""Start to the first painted rows, and memory then, beside a bare window with an empty list."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.figures import REPETITIONS, Figure
from bench.stage.desktops import make_desktop
from bench.stage.programs import told_once

ACTIVITIES, SESSIONS = 100_000, 6_000

Started = tuple[float, float]  # seconds and megabytes


def measure() -> list[Figure]:
    with TemporaryDirectory() as name:
        data = Path(name) / "data"
        make_desktop(data, activities=ACTIVITIES, sessions=SESSIONS)
        pairs = [
            (_started("bench.stage.window", "start", data), _started("bench.stage.bare_window"))
            for _ in range(REPETITIONS)
        ]

    def figure(what: str, at: int, unit: str) -> Figure:
        return Figure(
            what=what,
            value=median(full[at] for full, _ in pairs),
            floor=median(bare[at] for _, bare in pairs),
            floor_name="bare window, empty list",
            unit=unit,
            goal=1.5,
        )

    return [
        figure(f"S1: start to first painted rows, {ACTIVITIES:,} activities", 0, "ms"),
        figure(f"S10: memory with {ACTIVITIES:,} activities, at the first painted rows", 1, "MB"),
    ]


def _started(module: str, *arguments: object) -> Started:
    began = time.monotonic_ns()
    told = told_once(module, *arguments)
    return (told["at_ns"] - began) / 1e6, told["memory_mb"]
