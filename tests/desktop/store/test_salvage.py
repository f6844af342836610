"""Tests of saving a damaged outbox."""

import sqlite3
from pathlib import Path

import pytest

from desktop.store.database import open_files
from desktop.store.outbox import Outbox, Waiting
from desktop.store.salvage import salvage
from domain.wire import Outcome, Result
from tests.desktop.store.desks import Clock, Counter

pytestmark = pytest.mark.logs("outbox")


def a_full_outbox(folder: Path, commands: int) -> None:
    files = open_files(folder)
    outbox = Outbox(files.outbox, Clock(), Counter())
    outbox.identity()
    outbox.put_setting("zoom", 2)
    outbox.put_draft("session", "Fir")
    for number in range(commands):
        command = {"type": "schedule.cancel", "id": f"{number}", "reason": "x" * 300}
        outbox.append(Waiting(f"m{number}", "2025-12-01T12:00:00.000Z", command), ["mentors"])
    outbox.unsent(2, 100_000)
    outbox.settle(Result(n=1, status=Outcome.APPLIED))
    files.close()


def test_every_readable_command_of_a_damaged_outbox_is_saved(tmp_path: Path) -> None:
    a_full_outbox(tmp_path, commands=100)
    path = tmp_path / "outbox.sqlite"
    pages = page_of_middle_command(path)
    data = bytearray(path.read_bytes())
    data[(pages - 1) * 4096 : pages * 4096] = b"\xff" * 4096
    path.write_bytes(data)

    files = open_files(tmp_path)

    outbox = Outbox(files.outbox, Clock(), Counter(500))
    assert files.salvaged is not None
    assert 70 < files.salvaged < 100
    assert outbox.counts().waiting == files.salvaged - 1
    assert outbox.get_setting("zoom") == 2
    assert outbox.get_draft("session") == "Fir"
    files.close()


def page_of_middle_command(path: Path) -> int:
    """A leaf of the table of commands, found by what is written on it."""
    data = path.read_bytes()
    at = data.index(b'"id":"50"')
    return at // 4096 + 1


def test_what_is_saved_is_sent_by_a_new_client_under_the_old_mutation_ids(tmp_path: Path) -> None:
    a_full_outbox(tmp_path / "old", commands=3)
    files = open_files(tmp_path / "new")
    outbox = Outbox(files.outbox, Clock(), Counter(500))

    saved = salvage(tmp_path / "old" / "outbox.sqlite", files.outbox)

    assert saved == 3
    assert outbox.identity().client_id.endswith("501")
    assert [(one.n, one.id) for one in outbox.unsent(9, 9999)] == [(1, "m1"), (2, "m2")]
    files.close()


def test_a_command_that_is_not_whole_is_left_behind(tmp_path: Path) -> None:
    a_full_outbox(tmp_path / "old", commands=3)
    path = tmp_path / "old" / "outbox.sqlite"
    with sqlite3.connect(path) as old:
        old.execute("UPDATE commands SET command = '{\"type\":' WHERE id = 'm1'")
        old.execute("UPDATE commands SET command = '[]' WHERE id = 'm2'")
    old.close()
    files = open_files(tmp_path / "new")

    assert salvage(path, files.outbox) == 1
    files.close()


def test_of_a_file_that_is_no_database_nothing_is_saved(tmp_path: Path) -> None:
    files = open_files(tmp_path / "new")
    (tmp_path / "broken").write_bytes(b"no database at all" * 500)

    assert salvage(tmp_path / "broken", files.outbox) == 0
    files.close()
