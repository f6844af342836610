"""Relays for measurements: with the sample people in them, served by a process of their own."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from bench.stage.crowd import Wire, an_id
from domain.activities import Kind
from domain.checksums import as_hex, combined, row_hash
from domain.instants import instant, second
from domain.rooms import student_room

FILE = "relay.sqlite"


@dataclass(frozen=True)
class Person:
    """One of the sample people, who can sign in."""

    user_id: str
    email: str
    password: str


@dataclass(frozen=True)
class Sample:
    """A relay's folder with the sample people, and a session that lies ahead of two of them."""

    folder: Path
    mentor: Person
    student: Person
    session_id: str


def make_relay(folder: Path) -> Sample:
    """Make a relay with the sample people by its own command line."""
    admin = ("--admin-email", "bench@example.org", "--admin-name", "Bench", "--password-stdin")
    _run("init", "--data", folder, *admin, given="a long pass phrase\n")
    lines = [json.loads(line) for line in _run("demo-data", "--data", folder).splitlines()]
    people = {row["userId"]: Person(row["userId"], row["email"], row["password"]) for row in lines}
    with closing(sqlite3.connect(folder / FILE)) as db:
        session_id, mentor, student = db.execute(
            "SELECT id, mentor_id, student_id FROM schedules WHERE student_id IS NOT NULL "
            "AND status = 'scheduled' AND start_time > ? ORDER BY start_time LIMIT 1",
            [second(datetime.now(UTC) + timedelta(hours=1))],
        ).fetchone()
    return Sample(folder, people[mentor], people[student], session_id)


def _run(*arguments: object, given: str = "") -> str:
    command = [sys.executable, "-m", "syncserver", *map(str, arguments)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    return done.stdout


def add_activities(sample: Sample, count: int) -> list[Wire]:
    """Put many activities, 10 in each version, into the room of the sample's student.

    Straight into the tables, while nobody serves them: by commands it would take too long.
    """
    with closing(sqlite3.connect(sample.folder / FILE)) as db:
        room = student_room(sample.student.user_id)
        version, checksum = db.execute(
            "SELECT version, checksum FROM rooms WHERE room = ?", [room]
        ).fetchone()
        before = db.execute("SELECT count(*) FROM activity_feed").fetchone()[0]
        rows = [_activity(sample, before + n, version + 1 + n // 10) for n in range(count)]
        columns = [_column(name) for name in rows[0] if name != "type"]
        db.executemany(
            f"INSERT INTO activity_feed ({', '.join(columns)}) "  # noqa: S608
            f"VALUES ({', '.join('?' * len(columns))})",
            [tuple(map(_value, list(row.values())[1:])) for row in rows],
        )
        hashes = [row_hash("activity", row["id"], row["version"]) for row in rows]
        total = as_hex(combined(int(checksum, 16), added=hashes))
        head = (rows[-1]["version"], total, room)
        db.execute("UPDATE rooms SET version = ?, checksum = ? WHERE room = ?", head)
        db.commit()
    return rows


def free_port() -> int:
    """A port that nobody listens on now."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port: int = listening.getsockname()[1]
        return port


def _activity(sample: Sample, number: int, version: int) -> Wire:
    at = instant(datetime.now(UTC) - timedelta(days=60))
    return {
        "type": "activity",
        "id": an_id(5, number),
        "room": student_room(sample.student.user_id),
        "version": version,
        "createdAt": at,
        "updatedAt": at,
        "kind": Kind.SCHEDULE_UPDATED.value,
        "actorId": sample.mentor.user_id,
        "subjectType": "schedule",
        "subjectId": an_id(4, number // 5),
        "params": {"title": f"Session {number}", "mentorId": sample.mentor.user_id},
        "at": at,
        "recordedAt": at,
    }


def _column(name: str) -> str:
    return re.sub(r"([A-Z])", r"_\1", name).lower()


def _value(value: Any) -> Any:
    return msgspec.json.encode(value).decode() if isinstance(value, dict) else value


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve the relay in this folder, on a free port where none is named; gives its address.

    A desktop keeps the files of each address apart.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "syncserver", "serve", "--data", folder, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        found = re.search(r"http://\S+", cast(IO[str], process.stdout).readline())
        if found is None:
            raise RuntimeError("The relay does not say where it listens.")
        yield found[0].rstrip(".")
    finally:
        process.terminate()
        process.communicate(timeout=30)
