"""Tests of opening the two files: rights, damage, other versions, one instance, disk trouble."""

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.database import (
    Files,
    connect_reader,
    open_files,
    open_memory,
    read_connection,
    transaction,
)
from desktop.store.trouble import InUse, StoreTrouble


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "accounts" / "mia"


@pytest.fixture
def files(folder: Path) -> Iterator[Files]:
    files = open_files(folder)
    yield files
    files.close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_their_owner_can_read_the_files(files: Files, folder: Path) -> None:
    files.outbox.execute("INSERT INTO settings VALUES ('a', '1')")
    files.replica.execute("INSERT INTO copied VALUES ('r', 'k', 'i')")

    modes = {path.name: mode(path) for path in folder.iterdir()}

    assert mode(folder) == 0o700
    assert modes == dict.fromkeys(modes, 0o600)
    assert {"outbox.sqlite-wal", "replica.sqlite-wal"} <= modes.keys()


def test_the_outbox_is_durable_and_the_replica_is_fast(files: Files) -> None:
    def pragma(connection: sqlite3.Connection, name: str) -> object:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma(files.outbox, "journal_mode") == pragma(files.replica, "journal_mode") == "wal"
    assert (pragma(files.outbox, "synchronous"), pragma(files.replica, "synchronous")) == (2, 1)


def test_the_files_open_again_with_what_they_held(folder: Path) -> None:
    files = open_files(folder)
    is_new = files.is_new_replica
    files.outbox.execute("INSERT INTO settings VALUES ('a', '1')")
    files.replica.execute("INSERT INTO copied VALUES ('r', 'k', 'i')")
    files.close()

    again = open_files(folder)

    assert (is_new, again.is_new_replica, again.salvaged) == (True, False, None)
    assert again.outbox.execute("SELECT count(*) FROM settings").fetchone()[0] == 1
    assert again.replica.execute("SELECT count(*) FROM copied").fetchone()[0] == 1
    again.close()


def test_a_second_instance_is_refused(files: Files, folder: Path) -> None:
    with pytest.raises(InUse, match="open already"):
        open_files(folder)


def test_an_outbox_of_a_newer_program_is_refused_with_both_versions(folder: Path) -> None:
    files = open_files(folder)
    files.outbox.execute("PRAGMA user_version = 7")
    files.close()

    with pytest.raises(StoreTrouble, match=r"file version 7; this program knows 2"):
        open_files(folder)

    with pytest.raises(StoreTrouble):  # the lock was given back
        open_files(folder)


def test_a_replica_of_another_schema_is_made_anew(folder: Path) -> None:
    files = open_files(folder)
    files.replica.execute("PRAGMA user_version = 7")
    files.replica.execute("INSERT INTO copied VALUES ('r', 'k', 'i')")
    files.close()

    again = open_files(folder)

    assert again.is_new_replica
    assert again.replica.execute("SELECT count(*) FROM copied").fetchone()[0] == 0
    again.close()


@pytest.mark.logs("made anew")
def test_a_replica_that_is_no_database_is_made_anew(folder: Path) -> None:
    open_files(folder).close()
    (folder / "replica.sqlite").write_bytes(b"no database at all" * 500)

    again = open_files(folder)

    assert again.is_new_replica
    again.close()


@pytest.mark.logs("made anew")
def test_a_replica_with_broken_pages_is_found_out_after_a_crash(folder: Path) -> None:
    files = open_files(folder)
    files.replica.executemany(
        "INSERT INTO copied VALUES ('r', 'k', ?)", [(f"{n:0400}",) for n in range(500)]
    )
    files.outbox.close()
    files.replica.close()
    assert files.lock is not None
    files.lock.abandon()
    damage(folder / "replica.sqlite")

    again = open_files(folder)

    assert again.is_new_replica
    again.close()


def damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle:] = b"\xff" * (len(data) - middle)
    path.write_bytes(data)


def test_a_replica_marked_as_damaged_is_made_anew_once(folder: Path) -> None:
    files = open_files(folder)
    files.mark_replica_damaged()
    files.close()

    first = open_files(folder)
    first.close()
    second = open_files(folder)

    assert (first.is_new_replica, second.is_new_replica) == (True, False)
    assert (first.was_damaged, second.was_damaged) == (True, False)
    second.close()


@pytest.mark.logs("outbox")
def test_a_damaged_outbox_is_set_aside_and_a_new_one_takes_its_place(folder: Path) -> None:
    open_files(folder).close()
    (folder / "outbox.sqlite").write_bytes(b"no database at all" * 500)

    first = open_files(folder)
    first.close()
    (folder / "outbox.sqlite").write_bytes(b"broken again" * 500)
    second = open_files(folder)

    assert (first.salvaged, second.salvaged) == (0, 0)
    assert (folder / "outbox-damaged-1.sqlite").read_bytes().startswith(b"no database")
    assert (folder / "outbox-damaged-2.sqlite").read_bytes().startswith(b"broken again")
    second.close()


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StoreTrouble, match="disk reports an error"):
        open_files(tmp_path / "file" / "folder")


def test_a_file_held_by_another_program_is_said_in_a_sentence(
    files: Files, folder: Path, tmp_path: Path
) -> None:
    other = sqlite3.connect(folder / "replica.sqlite")
    other.execute("BEGIN IMMEDIATE")
    files.replica.execute("PRAGMA busy_timeout = 0")

    with pytest.raises(sqlite3.OperationalError), transaction(files.replica):
        raise AssertionError("It must not begin.")

    other.close()


def test_a_transaction_is_all_or_nothing(files: Files) -> None:
    with pytest.raises(sqlite3.IntegrityError), transaction(files.outbox):
        files.outbox.executemany("INSERT INTO settings VALUES (?, '1')", [["a"], ["a"]])

    assert files.outbox.execute("SELECT count(*) FROM settings").fetchone()[0] == 0


def test_screens_read_and_cannot_write(files: Files, folder: Path) -> None:
    files.replica.execute("INSERT INTO copied VALUES ('r', 'k', 'i')")
    reader = read_connection(folder)

    assert reader.execute("SELECT * FROM copied").fetchone()["kind"] == "k"
    with pytest.raises(sqlite3.OperationalError):
        reader.execute("DELETE FROM copied")
    reader.close()


def test_files_in_memory_can_be_read_by_another_connection() -> None:
    files = open_memory()
    files.replica.execute("INSERT INTO copied VALUES ('r', 'k', 'i')")
    reader = connect_reader(files.replica_uri)

    assert reader.execute("SELECT count(*) FROM copied").fetchone()[0] == 1
    files.mark_replica_damaged()  # nothing to mark
    reader.close()
    files.close()


def test_two_pairs_of_files_in_memory_are_strangers() -> None:
    first, second = open_memory(), open_memory()
    first.replica.execute("INSERT INTO copied VALUES ('r', 'k', 'i')")

    assert second.replica.execute("SELECT count(*) FROM copied").fetchone()[0] == 0
    first.close()
    second.close()


def test_reading_where_there_is_no_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble):
        read_connection(tmp_path)
