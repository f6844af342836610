"""Catching up with 1,000 changes on a long history, beside the same on an empty one."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, medians_of
from bench.stage.programs import Program, running
from bench.stage.relays import Sample, add_activities, free_port, make_relay, serving

ROWS, CHANGES = 100_000, 1_000
PORT = free_port()


def measure() -> list[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        sample = make_relay(folder / "empty" / "relay")
        shutil.copytree(folder / "empty", folder / "full")
        long = Sample(folder / "full" / "relay", sample.mentor, sample.student, sample.session_id)
        add_activities(long, ROWS)
        for one in (sample, long):
            with serving(one.folder, PORT) as url:
                _caught_up_s(one, url)
            add_activities(one, CHANGES)
        value, floor = medians_of(lambda: _again_s(long), lambda: _again_s(sample))
    return [
        Figure(
            what=f"S3: connect and catch up {CHANGES:,} changes on {ROWS:,} rows",
            value=value,
            floor=floor,
            floor_name="on an empty history",
            unit="s",
            goal=1.2,
        )
    ]


def _again_s(sample: Sample) -> float:
    """With copies of both sides, so that each time the same is missing."""
    with TemporaryDirectory() as name:
        both = Path(shutil.copytree(sample.folder.parent, Path(name) / "both"))
        copied = Sample(both / "relay", sample.mentor, sample.student, sample.session_id)
        with serving(copied.folder, PORT) as url:
            return _caught_up_s(copied, url)


def _caught_up_s(sample: Sample, url: str) -> float:
    """How long the student's desktop, which lies beside the relay, took until it was in step."""
    data, person = sample.folder.parent / "data", sample.student
    with running("bench.stage.client", data, url, person.email, person.password) as client:
        return _taken_s(client)


def _taken_s(client: Program) -> float:
    client.told()
    client.tell(do="catch_up")
    took = float(client.told()["took_s"])
    client.tell(do="close")
    client.told()
    return took
