"""Who has the relay's file in hand changes or cuts the audit log: desktop and relay say so."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from demo.desk import Desk
from demo.places import surroundings
from demo.relay import RelayProcess
from desktop.sync.pasts import PAST_CHANGED
from domain.rooms import student_room
from syncserver.storage.audit import _hash
from tests.contract.programs import run
from tests.end2end.samples import JAMAL, PATIENCE_S, RAFAEL, Sample, served_sample
from tests.end2end.test_backup import reads

pytestmark = pytest.mark.slow

TITLE = "The history of the sessions and entries of Jamal Whitfield was altered"


@dataclass(frozen=True)
class File:
    """The relay's file, and one room's part of its audit log."""

    path: Path
    room: str

    def execute(self, statement: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(self.path, timeout=PATIENCE_S)) as db, db:
            db.row_factory = sqlite3.Row
            return db.execute(statement, values).fetchall()

    def records(self) -> list[dict[str, Any]]:
        rows = self.execute("SELECT * FROM audit_logs WHERE room = ? ORDER BY n", self.room)
        return [dict(row) for row in rows]


def change_the_last(file: File) -> int:
    """Let somebody else have done what was done last; gives the number of that record."""
    last = file.records()[-1]
    file.execute(
        "UPDATE audit_logs SET actor_id = ?, hash = ? WHERE room = ? AND n = ?",
        *("somebody else", "f" * 64, file.room, last["n"]),
    )
    return int(last["n"])


def cut_the_end(file: File) -> int:
    """Take the last three records out; gives the number of the first that is missing."""
    last = int(file.records()[-1]["n"])
    file.execute("DELETE FROM audit_logs WHERE room = ? AND n > ?", file.room, last - 3)
    return last - 2


def make_it_anew(file: File) -> None:
    """Change a record and forge all hashes behind it, so that the log fits together again."""
    head = ""
    for record in file.records():
        if record["n"] == 2:
            record["actor_id"] = "somebody else"
        record["prev_hash"] = head
        head = _hash(record)
        file.execute(
            "UPDATE audit_logs SET actor_id = ?, prev_hash = ?, hash = ? WHERE id = ?",
            *(record["actor_id"], record["prev_hash"], head, record["id"]),
        )
    file.execute("UPDATE rooms SET audit_head = ? WHERE room = ?", head, file.room)


@pytest.fixture
async def relay(sample: Sample, tmp_path: Path) -> AsyncIterator[RelayProcess]:
    async with served_sample(sample, tmp_path) as relay:
        yield relay


@pytest.fixture
async def mentor(relay: RelayProcess, tmp_path: Path) -> AsyncIterator[Desk]:
    """The window of the student's mentor, in step with the relay."""
    desk = Desk(RAFAEL, tmp_path, surroundings(tmp_path, is_headless=True), relay.port)
    try:
        await desk.start()
        await desk.sign_in(relay.people[RAFAEL])
        await desk.ask("wait_for_sync", state="synced")
        yield desk
    finally:
        await desk.close()


@pytest.fixture
def file(sample: Sample, tmp_path: Path) -> File:
    room = student_room(sample[1][JAMAL].id)
    return File(tmp_path / "relay" / "relay.sqlite", room)


async def told(mentor: Desk) -> None:
    """Let the line break and come back, and wait until the window names the room."""
    mentor.link.cut()
    await mentor.ask("wait_for_sync", state="offline")
    mentor.link.give_back()
    await reads(mentor, PAST_CHANGED.partition(":")[0])
    await mentor.ask("open_page", page="attention")
    await reads(mentor, TITLE)
    await mentor.ask("wait_for_sync", state="synced")


@pytest.mark.parametrize("tamper", [change_the_last, cut_the_end])
async def test_a_log_that_was_changed_or_cut_is_named_by_the_desktop_and_by_the_relay(
    relay: RelayProcess, mentor: Desk, file: File, tamper: Callable[[File], int]
) -> None:
    wrong = tamper(file)

    await told(mentor)

    said = run("verify-audit", "--data", file.path.parent)
    assert said.code == 1
    assert said.results == [{"ok": False, "room": file.room, "n": wrong}]


async def test_a_log_that_was_made_anew_contradicts_what_the_desktop_has_seen(
    relay: RelayProcess, mentor: Desk, file: File
) -> None:
    make_it_anew(file)
    assert run("verify-audit", "--data", file.path.parent).code == 0

    await told(mentor)

    [outbox] = mentor.data.rglob("outbox.sqlite")
    [found] = File(outbox, file.room).execute("SELECT * FROM chain_breaks")
    assert (found["room"], found["finding"]) == (file.room, "changed")
    assert list(mentor.data.rglob(Path(found["kept_in"]).name))
    seen = [found["room"], str(found["version"]), found["known"]]
    said = run("verify-audit", "--data", file.path.parent, "--seen", *seen)
    assert said.code == 1
    assert said.results[0]["room"] == file.room


async def test_what_was_seen_outlives_the_rows_that_are_copied_anew(
    relay: RelayProcess, mentor: Desk, file: File, tmp_path: Path
) -> None:
    await mentor.quit()
    [replica] = mentor.data.rglob("replica.sqlite")
    replica.unlink()
    change_the_last(file)

    await mentor.start()
    await mentor.ask("wait_for_sync", state="synced")

    await mentor.ask("open_page", page="attention")
    await reads(mentor, TITLE)
