"""The first copy of a room with 100,000 rows, beside decoding and writing the same rows."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import msgspec

from bench.figures import REPETITIONS, Figure, medians_of
from bench.stage.crowd import Wire
from bench.stage.programs import running, told_once
from bench.stage.relays import Sample, add_activities, make_relay, serving
from desktop.store.schema import replica_schema
from desktop.store.tables import table_of
from domain.activities import Activity

ROWS = 100_000


def measure() -> list[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        sample = make_relay(folder / "relay")
        rows = add_activities(sample, ROWS)
        with serving(sample.folder) as url:
            value, floor = medians_of(lambda: _copy_s(sample, url), lambda: _floor_s(rows))
            stalls = [_stalls_ms(sample, url) for _ in range(REPETITIONS)]
    return [
        Figure(
            what=f"S2: first copy of {ROWS:,} rows, signed in to readable",
            value=value,
            floor=floor,
            floor_name="msgspec decode, executemany",
            unit="s",
            goal=1.3,
        ),
        _stall("p99", median(p99 for p99, _ in stalls), 16.0),
        _stall("longest", median(longest for _, longest in stalls), 50.0),
    ]


def _stall(which: str, value: float, goal_ms: float) -> Figure:
    return Figure(
        what=f"S9: lateness of the window's loop during a first copy of {ROWS:,} rows, {which}",
        value=value,
        floor=goal_ms,
        floor_name="the goal",
        unit="ms",
        goal=1.0,
    )


def _stalls_ms(sample: Sample, url: str) -> tuple[float, float]:
    """The 99th percentile and the longest, in the real window."""
    person = sample.student
    with TemporaryDirectory() as data:
        told = told_once("bench.stage.window", "copy", data, url, person.email, person.password)
    return quantiles(told["late_ms"], n=100)[98], max(told["late_ms"])


def _copy_s(sample: Sample, url: str) -> float:
    person = sample.student
    with (
        TemporaryDirectory() as data,
        running("bench.stage.client", data, url, person.email, person.password) as client,
    ):
        client.told()
        client.tell(do="catch_up")
        return float(client.told()["took_s"])


def _floor_s(rows: list[Wire]) -> float:
    """The same rows from JSON lines into a file with the same tables and indexes."""
    lines = [msgspec.json.encode(row) for row in rows]
    table = table_of(Activity)
    with TemporaryDirectory() as data, closing(sqlite3.connect(Path(data) / "floor")) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        for statement in replica_schema():
            db.execute(statement)
        began = time.perf_counter()
        decoded = map(msgspec.json.decode, lines)
        db.executemany(table.upsert, (table.values(row) for row in decoded))
        db.commit()
        return time.perf_counter() - began
