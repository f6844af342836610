"""A page of the feed anywhere in a long history, beside the same page of a short one."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.figures import Figure, medians_of
from bench.stage.crowd import an_id
from bench.stage.long_feed import MINUTES_APART, OFTEN, RARE, write_feed
from desktop.store.database import connect_reader, open_files
from desktop.store.feed import FeedFilter, Place, feed
from domain.instants import instant, moment

LONG, SHORT = 1_000_000, 10_000
NEWEST = "2025-12-01T12:00:00.000Z"
PAGE = 100
TIMES = 21  # a page takes a millisecond: the median of one is noise

FILTERS = {
    "all": FeedFilter(),
    "a rare kind": FeedFilter(kinds=frozenset({RARE})),
    "one student": FeedFilter(student_id=an_id(2, 7)),
    "one student, two kinds": FeedFilter(
        student_id=an_id(2, 7), kinds=frozenset({OFTEN, "schedule:updated"})
    ),
}


def measure() -> list[Figure]:
    with TemporaryDirectory() as name:
        long = _reader(Path(name) / "long", LONG)
        short = _reader(Path(name) / "short", SHORT)
        figures = [
            _figure(f"{what}, {where}", wanted, long, short, depth)
            for what, wanted in FILTERS.items()
            for where, depth in (("the newest", 1.0), ("in the middle", 0.5))
        ]
        long.close()
        short.close()
    return figures


def _reader(folder: Path, count: int) -> sqlite3.Connection:
    files = open_files(folder)
    write_feed(files.replica, count, newest=NEWEST)
    uri = files.replica_uri
    files.close()
    return connect_reader(uri)


def _figure(
    what: str, wanted: FeedFilter, long: sqlite3.Connection, short: sqlite3.Connection, depth: float
) -> Figure:
    value, floor = medians_of(
        _asking(long, wanted, _place(LONG, depth)), _asking(short, wanted, _place(SHORT, depth))
    )
    return Figure(
        what=f"S11: a page of {LONG:,} activities: {what}",
        value=value,
        floor=floor,
        floor_name=f"of {SHORT:,}",
        unit="ms",
        goal=1.2,
    )


def _place(count: int, depth: float) -> Place | None:
    """A place so deep in the feed, or None for its beginning."""
    if depth == 1.0:
        return None
    return instant(moment(NEWEST) - MINUTES_APART * count * depth), ""


def _asking(
    db: sqlite3.Connection, wanted: FeedFilter, before: Place | None
) -> Callable[[], float]:
    def ask() -> float:
        took = []
        for _ in range(TIMES):
            began = time.perf_counter()
            feed(db, wanted, before=before, limit=PAGE)
            took.append((time.perf_counter() - began) * 1000)
        return median(took)

    return ask
