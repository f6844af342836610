"""Tests of the outbox's migrations: a stored file of every released version still opens."""

import sqlite3
from pathlib import Path

import pytest

from desktop.store.database import open_files
from desktop.store.outbox import Counts, Outbox
from desktop.store.schema import OUTBOX_VERSION
from domain.members import Role
from domain.wire import command_of
from tests.desktop.store.desks import Clock, Counter

STORED = Path(__file__).with_name("first_schema")


def stored_files() -> list[Path]:
    return sorted(STORED.glob("outbox_*.sql"))


def schema_of(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    )
    return {row[0] for row in rows}


def test_there_is_a_stored_file_of_every_version() -> None:
    assert [path.stem for path in stored_files()] == [
        f"outbox_{version}" for version in range(1, OUTBOX_VERSION + 1)
    ]


@pytest.mark.parametrize("stored", stored_files(), ids=lambda path: path.stem)
def test_the_outbox_of_an_old_version_opens_with_all_it_held(stored: Path, tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "outbox.sqlite")
    old.executescript(stored.read_text("utf-8"))
    old.close()

    files = open_files(tmp_path)

    outbox = Outbox(files.outbox, Clock(), Counter())
    assert files.salvaged is None
    assert outbox.counts() == Counts(waiting=2, attention=1)
    assert [one.code for one in outbox.attention()] == ["overlap"]
    assert [one.n for one in outbox.unsent(9, 9999)] == [3]
    assert outbox.highest_acknowledged() == 2  # a refusal is an answer too
    assert outbox.identity().role is Role.MENTOR
    assert (outbox.get_setting("zoom"), outbox.get_draft("session")) == (2, "Fir")
    files.close()


@pytest.mark.parametrize("stored", stored_files(), ids=lambda path: path.stem)
def test_the_relay_still_takes_what_an_old_version_has_typed(stored: Path, tmp_path: Path) -> None:
    old = sqlite3.connect(tmp_path / "outbox.sqlite")
    old.executescript(stored.read_text("utf-8"))
    old.close()
    files = open_files(tmp_path)
    clock = Clock()
    clock.pass_(seconds=9)  # the last command waited for Undo

    mutations = Outbox(files.outbox, clock, Counter()).unsent(9, 9999)

    assert [command_of(one.command).tag() for one in mutations] == ["schedule.cancel"] * 2
    files.close()


def test_the_newest_stored_file_has_the_schema_of_a_new_outbox(tmp_path: Path) -> None:
    stored = sqlite3.connect(":memory:")
    stored.executescript(stored_files()[-1].read_text("utf-8"))
    files = open_files(tmp_path)

    assert schema_of(files.outbox) == schema_of(stored)
    assert files.outbox.execute("PRAGMA user_version").fetchone()[0] == OUTBOX_VERSION
    files.close()
    stored.close()
