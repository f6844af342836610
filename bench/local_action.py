"""From a person's deed to its painted effect, with a long history and with an empty account."""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bench.figures import REPETITIONS, Figure
from bench.stage.desktops import make_desktop
from bench.stage.programs import told_once

FULL, EMPTY = {"activities": 100_000, "sessions": 6_000}, {"activities": 0, "sessions": 100}
DEEDS = 100
FRAME_MS = 16.0


def measure() -> list[Figure]:
    with TemporaryDirectory() as name:
        full, empty = Path(name) / "full", Path(name) / "empty"
        make_desktop(full, **FULL)
        make_desktop(empty, **EMPTY)
        pairs = [(_p99_ms(full), _p99_ms(empty)) for _ in range(REPETITIONS)]
    value = median(one for one, _ in pairs)
    what = "S5: local action to painted, p99, 100,000 activities"
    return [
        Figure(
            what=what,
            value=value,
            floor=median(one for _, one in pairs),
            floor_name="an empty account",
            unit="ms",
            goal=1.5,
        ),
        Figure(what=what, value=value, floor=FRAME_MS, floor_name="one frame", unit="ms", goal=1.0),
    ]


def _p99_ms(data: Path) -> float:
    """Of one start; each one is with files of its own."""
    with TemporaryDirectory() as name:
        copied = Path(shutil.copytree(data, Path(name) / "data"))
        took: list[float] = told_once("bench.stage.window", "act", copied, DEEDS)["took_ms"]
    return quantiles(took, n=100)[98]
