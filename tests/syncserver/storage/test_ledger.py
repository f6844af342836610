"""The relay's file: made, opened, locked, killed, backed up and restored."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from domain.accounts import RegisterAccount
from domain.instants import moment
from domain.members import Role
from syncserver import judge
from syncserver.judge import Caller, Order
from syncserver.storage.ledger import (
    FILE,
    RELAY_ID,
    RESTORED_AT,
    Busy,
    Damaged,
    Ledger,
    LedgerExists,
    NoLedger,
    NotABackup,
    Writing,
    restore,
)
from syncserver.storage.migrations import NewerLedger
from syncserver.storage.schema import META
from tests.builders import NOW, a_registration, id_of
from tests.spoiling import spoil

KILLED = """
import os, sys
from pathlib import Path
from syncserver.storage.ledger import Ledger

def crash(point):
    if point == sys.argv[2]:
        os._exit(9)

ledger = Ledger.open(Path(sys.argv[1]))
ledger = Ledger(ledger.file, crash_point=crash)
ledger.write(lambda writing: writing.keep_meta("note", "written"))
"""


def note(ledger: Ledger) -> str | None:
    return ledger.read(lambda reading: reading.meta("note"))


# Opening


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_a_new_relay_is_for_its_owner_only(ledger: Ledger) -> None:
    assert stat.S_IMODE(ledger.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(ledger.file.parent.stat().st_mode) == 0o700


def test_a_commit_is_durable_before_it_is_acknowledged(ledger: Ledger) -> None:
    with ledger.writer.connect() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous")
        ]

    assert pragmas == ["wal", 2]


def test_a_relay_keeps_its_id(ledger: Ledger) -> None:
    own = ledger.read(lambda reading: reading.meta(RELAY_ID))
    ledger.close()

    again = Ledger.open(ledger.file.parent)

    assert own
    assert again.read(lambda reading: reading.meta(RELAY_ID)) == own
    again.close()


def test_a_relay_is_not_made_over_another(ledger: Ledger) -> None:
    with pytest.raises(LedgerExists):
        Ledger.open(ledger.file.parent, create=True)


def test_a_folder_without_a_relay_is_refused_and_stays_empty(tmp_path: Path) -> None:
    with pytest.raises(NoLedger):
        Ledger.open(tmp_path / "nothing")

    assert not (tmp_path / "nothing").exists()


def test_a_newer_file_is_refused_with_both_versions(ledger: Ledger) -> None:
    with ledger.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    ledger.close()

    with pytest.raises(NewerLedger, match=r"9999.*knows up to 000\d"):
        Ledger.open(ledger.file.parent)


def test_a_file_that_is_no_database_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 999)

    for look in (Ledger.is_current, Ledger.open):
        with pytest.raises(Damaged, match="file is not a database"):
            look(tmp_path)

    assert (tmp_path / FILE).read_bytes() == b"no database" * 999


def test_a_damaged_page_fails_what_needs_it_and_the_whole_commit(ledger: Ledger) -> None:
    ledger.close()
    spoil(ledger.file, "meta")

    with pytest.raises(Damaged, match="restore a backup"):
        ledger.read(lambda reading: reading.meta(RELAY_ID))
    with pytest.raises(Damaged):
        ledger.commit([lambda w: w.head("mentors"), lambda w: w.keep_meta("note", "bad")])
    assert ledger.read(lambda reading: reading.head("mentors")).version == 0


def test_a_broken_constraint_is_no_damage(ledger: Ledger) -> None:
    with pytest.raises(IntegrityError):
        ledger.write(lambda w: w.connection.execute(insert(META), [{"key": "a", "value": "b"}] * 2))


# Commits


def test_a_work_that_fails_is_undone_alone(ledger: Ledger) -> None:
    def bad(writing: Writing) -> None:
        writing.keep_meta("note", "bad")
        raise LookupError("no")

    finished, _ = ledger.commit(
        [
            lambda writing: writing.keep_meta("first", "1"),
            bad,
            lambda writing: writing.meta("first"),
        ]
    )

    assert isinstance(finished[1].error, LookupError)
    assert finished[2].value == "1"
    assert note(ledger) is None


def test_works_of_one_commit_share_its_versions(ledger: Ledger) -> None:
    def registration(name: str, role: Role) -> Order:
        command: RegisterAccount = a_registration(id_of(name), name, role)
        return Order(command, id_of(f"register {name}"), trusted=True)

    def work(name: str) -> Callable[[Writing], judge.Done]:
        order = registration(name, Role.MENTOR)
        return lambda writing: judge.do(writing, Caller(id_of(name)), order, moment(NOW))

    _, commit = ledger.commit([work("Mia"), work("Noah")])

    assert commit.heads["mentors"].version == 1
    assert ledger.verify_audit().ok


def test_what_a_work_raises_is_raised(ledger: Ledger) -> None:
    def bad(_: Writing) -> None:
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        ledger.write(bad)


def test_a_file_that_another_process_holds_is_busy_and_nothing_changes(ledger: Ledger) -> None:
    impatient = Ledger(ledger.file, busy_ms=1)

    with ledger.writer.begin(), pytest.raises(Busy):
        impatient.write(lambda writing: writing.keep_meta("note", "no"))

    assert note(ledger) is None
    impatient.close()


def test_a_full_disk_is_busy_and_nothing_changes(ledger: Ledger) -> None:
    def fill(writing: Writing) -> None:
        writing.connection.exec_driver_sql("PRAGMA max_page_count = 1")
        writing.keep_meta("note", "x" * 1_000_000)

    with pytest.raises(Busy, match="full"):
        ledger.write(fill)

    assert note(ledger) is None


def test_readers_do_not_wait_for_the_writer(ledger: Ledger) -> None:
    seen: list[str | None] = []

    def work(writing: Writing) -> None:
        writing.keep_meta("note", "written")
        reader = threading.Thread(target=lambda: seen.append(note(ledger)))
        reader.start()
        reader.join(5)

    ledger.write(work)

    assert seen == [None]
    assert note(ledger) == "written"


@pytest.mark.parametrize(
    ("point", "expected"), [("before_commit", None), ("after_commit", "written")]
)
def test_a_relay_that_is_killed_has_the_whole_commit_or_nothing(
    point: str, expected: str | None, ledger: Ledger
) -> None:
    ledger.close()
    command = [sys.executable, "-c", KILLED, str(ledger.file.parent), point]

    finished = subprocess.run(command, cwd=Path(__file__).parents[3], check=False)

    again = Ledger.open(ledger.file.parent)
    assert finished.returncode == 9
    assert note(again) == expected
    again.close()


# Backups


def test_a_backup_holds_what_was_committed_and_is_a_whole_relay(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.write(lambda writing: writing.keep_meta("note", "then"))

    ledger.backup(tmp_path / "saved")

    ledger.write(lambda writing: writing.keep_meta("note", "later"))
    restore(tmp_path / "other", tmp_path / "saved", now=NOW)
    other = Ledger.open(tmp_path / "other")
    assert note(other) == "then"
    other.close()


def test_a_backup_never_overwrites_a_file(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "saved").write_text("precious")

    with pytest.raises(FileExistsError):
        ledger.backup(tmp_path / "saved")

    assert (tmp_path / "saved").read_text() == "precious"


def test_a_restored_relay_is_the_same_relay_and_knows_when(ledger: Ledger, tmp_path: Path) -> None:
    ledger.backup(tmp_path / "saved")
    own = ledger.read(lambda reading: reading.meta(RELAY_ID))

    restore(
        ledger.file.parent,
        tmp_path / "saved",
        now=NOW,
        also=lambda writing: writing.keep_meta("tokens", "ended"),
    )

    known = [RELAY_ID, RESTORED_AT, "tokens"]
    assert ledger.read(lambda r: [r.meta(key) for key in known]) == [own, NOW, "ended"]


def test_a_restore_reaches_those_who_have_the_file_open(ledger: Ledger, tmp_path: Path) -> None:
    ledger.write(lambda writing: writing.keep_meta("note", "old"))
    ledger.backup(tmp_path / "saved")
    ledger.write(lambda writing: writing.keep_meta("note", "new"))

    kept = restore(ledger.file.parent, tmp_path / "saved", now=NOW)

    assert note(ledger) == "old"
    ledger.write(lambda writing: writing.keep_meta("note", "newest"))
    assert note(ledger) == "newest"
    assert kept is not None
    with closing(sqlite3.connect(kept)) as former:
        assert former.execute("SELECT value FROM meta WHERE key = 'note'").fetchone() == ("new",)
    assert sorted(one.name for one in ledger.file.parent.iterdir() if "restored" in one.name) == []


def test_a_restore_is_a_revocation_for_all_who_hear_a_room(ledger: Ledger, tmp_path: Path) -> None:
    ledger.backup(tmp_path / "saved")
    with ledger.writer.begin() as connection:
        connection.exec_driver_sql("INSERT INTO rooms VALUES ('mentors', 9, '00', 0, '', 5, 0)")
        connection.exec_driver_sql("UPDATE rooms SET access_version = 5 WHERE room > ''")
    ledger.backup(tmp_path / "newer")

    for backup in ("saved", "newer"):
        restore(ledger.file.parent, tmp_path / backup, now=NOW)

    assert ledger.read(lambda reading: reading.head("mentors").access_version) > 5


def test_a_newer_backup_leaves_no_relay_where_none_was(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    ledger.backup(tmp_path / "saved")

    with pytest.raises(NewerLedger):
        restore(tmp_path / "other", tmp_path / "saved", now=NOW)

    assert list((tmp_path / "other").iterdir()) == []


def test_a_newer_backup_leaves_the_relay_that_is_there(ledger: Ledger, tmp_path: Path) -> None:
    ledger.write(lambda writing: writing.keep_meta("note", "still here"))
    with ledger.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    ledger.backup(tmp_path / "saved")
    with ledger.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")

    with pytest.raises(NewerLedger):
        restore(ledger.file.parent, tmp_path / "saved", now=NOW)

    assert note(ledger) == "still here"


def test_a_restore_takes_the_place_of_a_file_without_rooms(ledger: Ledger, tmp_path: Path) -> None:
    ledger.backup(tmp_path / "saved")
    place = tmp_path / "other"
    place.mkdir()
    with closing(sqlite3.connect(place / FILE)) as connection:
        connection.execute("CREATE TABLE something (id INTEGER)")

    restore(place, tmp_path / "saved", now=NOW)

    with closing(sqlite3.connect(place / FILE)) as connection:
        assert connection.execute("SELECT count(*) FROM meta").fetchone() != (0,)


def test_what_was_to_be_written_is_in_no_message_of_an_error(ledger: Ledger) -> None:
    with pytest.raises(IntegrityError) as caught, ledger.writer.begin() as connection:
        connection.execute(insert(META), [{"key": "a", "value": "very private"}] * 2)

    assert "very private" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_what_is_no_backup_changes_nothing(content: bytes, ledger: Ledger, tmp_path: Path) -> None:
    ledger.write(lambda writing: writing.keep_meta("note", "still here"))
    (tmp_path / "saved").write_bytes(content)

    with pytest.raises(NotABackup):
        restore(ledger.file.parent, tmp_path / "saved", now=NOW)

    assert note(ledger) == "still here"
    assert not list(ledger.file.parent.glob(f"{FILE}.*before*"))


def test_a_damaged_backup_changes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    ledger.backup(tmp_path / "saved")
    with closing(sqlite3.connect(tmp_path / "saved")) as connection:
        connection.execute("DELETE FROM meta")
        connection.commit()

    with pytest.raises(NotABackup):
        restore(tmp_path / "other", tmp_path / "saved", now=NOW)

    assert not (tmp_path / "other").exists()
