"""Runs the measurements, all or those named, and prints one Markdown table.

A measurement is a module in this folder with a function `measure() -> list[Figure]`.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterable
from importlib import import_module

import bench
from bench.figures import Figure, table

NOT_MEASUREMENTS = {"__main__", "figures"}


def names() -> list[str]:
    """Names of all measurements, in order."""
    return sorted(
        module.name
        for module in pkgutil.iter_modules(bench.__path__)
        if not module.ispkg and module.name not in NOT_MEASUREMENTS
    )


def measured(chosen: Iterable[str]) -> tuple[list[Figure], list[str]]:
    """The figures, and the names of the measurements that failed; their errors are printed."""
    figures: list[Figure] = []
    failed: list[str] = []
    for name in chosen:
        print(f"Measuring: {name}.", file=sys.stderr, flush=True)
        try:
            figures += import_module(f"bench.{name}").measure()
        except Exception as error:  # noqa: BLE001 - one that fails must not cost the others
            print(f"{name} failed: {error!r}", file=sys.stderr)
            failed.append(name)
    return figures, failed


def main(arguments: list[str]) -> int:
    unknown = sorted(set(arguments) - set(names()))
    if unknown:
        print(f"No measurement is called {', '.join(unknown)}.", file=sys.stderr)
        print(f"There are: {', '.join(names())}.", file=sys.stderr)
        return 2
    figures, failed = measured(arguments or names())
    print(table(figures))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
