"""The coverage floors of pyproject.toml, held against the last measured run."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def shortfalls(floors: Mapping[str, float], measured: Mapping[str, float]) -> Iterator[str]:
    """A sentence for each file below its floor, which is that of the first pattern that fits.

    A pattern that fits no file is a shortfall too: a file that moved must not lose its floor.
    """
    unmet = dict.fromkeys(floors)
    for path, percent in sorted(measured.items()):
        pattern = next((known for known in floors if fnmatch(path, known)), None)
        if pattern is None:
            continue
        unmet.pop(pattern, None)
        if percent < floors[pattern]:
            yield f"{path}: {percent:.1f} % is covered, and the floor is {floors[pattern]} %."
    for pattern in unmet:
        yield f"{pattern}: no measured file has this name, so its floor guards nothing."


def measured_percents(
    report: Mapping[str, dict[str, dict[str, dict[str, float]]]],
) -> dict[str, float]:
    """Percent of lines and branches by path, out of coverage's JSON report."""
    return {
        path.replace("\\", "/"): file["summary"]["percent_covered"]
        for path, file in report["files"].items()
    }


def main() -> int:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    coverage = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", "-"]
    report = subprocess.run(coverage, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    floors = settings["tool"]["tandem"]["coverage-floors"]
    sentences = list(shortfalls(floors, measured_percents(json.loads(report.stdout))))
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())
