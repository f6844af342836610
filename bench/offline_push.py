"""5,000 commands made offline and pushed, beside as many single durable commits of SQLite."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, medians_of
from bench.stage.programs import running
from bench.stage.relays import Sample, free_port, make_relay, serving

COMMANDS = 5_000
PORT = free_port()


def measure() -> list[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        sample = make_relay(folder / "relay")
        with serving(sample.folder, PORT) as url:
            _work_offline(sample, url)
        value, floor = medians_of(lambda: _pushed_s(sample), _commits_s)
    return [
        Figure(
            what=f"S6: {COMMANDS:,} commands made offline, pushed and settled",
            value=value,
            floor=floor,
            floor_name="one durable SQLite commit each",
            unit="s",
            goal=0.5,
        )
    ]


def _work_offline(sample: Sample, url: str) -> None:
    data, person = sample.folder.parent / "data", sample.mentor
    with running("bench.stage.client", data, url, person.email, person.password) as client:
        client.told()
        client.tell(do="catch_up")
        client.told()
        client.tell(do="work_offline", count=COMMANDS)
        client.told()
        client.tell(do="close")
        client.told()


def _pushed_s(sample: Sample) -> float:
    """With copies of both sides, so that each time the same waits."""
    person = sample.mentor
    with TemporaryDirectory() as name:
        both = Path(shutil.copytree(sample.folder.parent, Path(name) / "both"))
        with (
            serving(both / "relay", PORT) as url,
            running("bench.stage.client", both / "data", url, person.email, person.password) as one,
        ):
            one.told()
            one.tell(do="catch_up")
            return float(one.told()["took_s"])


def _commits_s() -> float:
    with TemporaryDirectory() as data, closing(sqlite3.connect(Path(data) / "floor")) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE commands (n INTEGER PRIMARY KEY, command TEXT)")
        began = time.perf_counter()
        for number in range(COMMANDS):
            db.execute("INSERT INTO commands VALUES (?, ?)", (number, "x" * 300))
            db.commit()
        return time.perf_counter() - began
