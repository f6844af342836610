"""A change on one desktop until it is in another one's rows, beside a bare Socket.IO round trip."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import socketio

from bench.figures import Figure
from bench.stage.programs import Program, running
from bench.stage.relays import Person, Sample, make_relay, serving

CHANGES = 300
P99_MS = 20.0


def measure() -> list[Figure]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        sample = make_relay(folder / "relay")
        with serving(sample.folder) as url:
            took = _live_ms(folder, url, sample)
        with running("bench.stage.echo") as echo:
            bare = asyncio.run(_round_trips_ms(echo.told()["url"]))
    p99 = quantiles(took, n=100)[98]
    what = "S4: change on A to applied on B, both live"
    return [
        Figure(
            what=f"{what}, p50",
            value=median(took),
            floor=median(bare),
            floor_name="bare Socket.IO round trip",
            unit="ms",
            goal=3.0,
        ),
        Figure(
            what=f"{what}, p99", value=p99, floor=P99_MS, floor_name="the goal", unit="ms", goal=1.0
        ),
    ]


def _live_ms(folder: Path, url: str, sample: Sample) -> list[float]:
    with _desktop(folder, url, sample.mentor) as a, _desktop(folder, url, sample.student) as b:
        for one in (a, b):
            one.told()
            one.tell(do="stay")
            one.told()
        return [_change_ms(a, b, sample.session_id, f"Changed {n}") for n in range(CHANGES)]


def _desktop(folder: Path, url: str, person: Person) -> AbstractContextManager[Program]:
    data = folder / person.user_id
    return running("bench.stage.client", data, url, person.email, person.password)


def _change_ms(a: Program, b: Program, session_id: str, title: str) -> float:
    b.tell(do="see", session_id=session_id, title=title)
    a.tell(do="change", session_id=session_id, title=title)
    began, ended = a.told()["at_ns"], b.told()["at_ns"]
    return float(ended - began) / 1e6


async def _round_trips_ms(url: str) -> list[float]:
    client = socketio.AsyncClient()
    await client.connect(url, transports=["websocket"])
    took = []
    for number in range(CHANGES):
        began = time.perf_counter()
        await client.call("echo", {"title": f"Changed {number}"})
        took.append((time.perf_counter() - began) * 1000)
    await client.disconnect()
    return took
