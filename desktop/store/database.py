"""Opens the two files: permissions, pragmas, damage, disk trouble, one instance a folder."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from desktop.store.folder import OUTBOX, READY, REPLICA, delete, set_aside
from desktop.store.lock import FolderLock
from desktop.store.salvage import salvage
from desktop.store.schema import OUTBOX_VERSION, fingerprint, replica_schema
from desktop.store.trouble import Damaged, StoreTrouble, is_damage, plainly

__all__ = ["Files", "StoreTrouble", "open_files", "open_memory", "read_connection"]

log = logging.getLogger(__name__)

DAMAGED_MARK = "replica.damaged"
BUSY_MS = 5000
QUICKLY_CHECKED = 16 << 20  # bytes of a replica that are looked through at each start


@dataclass
class Files:
    """The two open files and the lock on their folder; all belong to one thread.

    Attributes:
        is_new_replica: its rows are gone, by damage or by another schema, or never were.
        was_damaged: they are gone by damage.
        was_restored: a backup was taken in.
        salvaged: commands saved from a damaged outbox; None where it was sound.
    """

    outbox: sqlite3.Connection
    replica: sqlite3.Connection
    folder: Path | None
    replica_uri: str
    is_new_replica: bool
    salvaged: int | None = None
    lock: FolderLock | None = None
    was_damaged: bool = False
    was_restored: bool = False

    def close(self) -> None:
        try:
            for connection in (self.outbox, self.replica):
                connection.close()
        finally:
            if self.lock:
                self.lock.release()

    def mark_replica_damaged(self) -> None:
        """Have the next start throw the replica away."""
        if self.folder:
            (self.folder / DAMAGED_MARK).touch(0o600)


def open_files(folder: Path) -> Files:
    """Open both files of an account's folder, made where they are missing.

    Raises:
        StoreTrouble: with a sentence; nothing was changed. Another instance has the folder
            (`InUse`), the outbox is of a newer program, the disk is full or read-only.
    """
    with plainly():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        lock = FolderLock.take(folder)
        try:
            return _open_locked(folder, lock)
        except BaseException:
            lock.release()
            raise


def _open_locked(folder: Path, lock: FolderLock) -> Files:
    was_restored = _take_in_backup(folder)
    outbox, salvaged = _open_outbox(folder / OUTBOX)
    try:
        replica, is_new, was_damaged = _open_replica(folder / REPLICA, check=lock.ended_badly)
    except BaseException:
        outbox.close()
        raise
    uri = _read_only_uri(folder / REPLICA)
    return Files(outbox, replica, folder, uri, is_new, salvaged, lock, was_damaged, was_restored)


def _take_in_backup(folder: Path) -> bool:
    ready = folder / READY
    if not ready.exists():
        return False
    # Here, because it is rare, and what it imports is slow.
    from desktop.store.restores import take_in

    take_in(folder, ready)
    return True


def open_memory() -> Files:
    """Both files in memory, for tests and for looking around without an account."""
    name = uuid4().hex
    outbox = _connect(f"file:outbox-{name}?mode=memory&cache=shared")
    uri = f"file:replica-{name}?mode=memory&cache=shared"
    replica = _connect(uri)
    _create_outbox(outbox)
    _create_replica(replica)
    return Files(outbox, replica, None, uri, is_new_replica=True)


def read_connection(folder: Path) -> sqlite3.Connection:
    """A read-only connection to the rows of an account's folder, for the queries of screens."""
    return connect_reader(_read_only_uri(folder / REPLICA))


def connect_reader(uri: str) -> sqlite3.Connection:
    """A read-only connection to the replica at this URI, with rows that are read by name."""
    with plainly():
        reader = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        reader.row_factory = sqlite3.Row
        reader.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        reader.execute("PRAGMA query_only = ON")
        if "mode=memory" in uri:  # a shared cache locks whole tables; files do not
            reader.execute("PRAGMA read_uncommitted = ON")
        return reader


def _read_only_uri(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro"


def _connect(target: str) -> sqlite3.Connection:
    connection = sqlite3.connect(target, uri=True, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    return connection


def _open_file(path: Path, synchronous: str) -> sqlite3.Connection:
    """A writing connection; SQLite gives the WAL's files the rights of the file."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    os.close(descriptor)
    path.chmod(0o600)
    connection = _connect(path.absolute().as_uri())
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
    except BaseException:
        connection.close()
        raise
    return connection


def _open_outbox(path: Path) -> tuple[sqlite3.Connection, int | None]:
    """The outbox and, where it was damaged, how many commands a new one took over."""
    try:
        return _sound_outbox(path), None
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        log.error("The outbox is damaged and set aside: %s", error)  # noqa: TRY400
    aside = set_aside(path, "damaged")
    connection = _sound_outbox(path)
    return connection, salvage(aside, connection)


def _sound_outbox(path: Path) -> sqlite3.Connection:
    connection = _open_file(path, "FULL")
    try:
        if _checked_version(connection) < OUTBOX_VERSION:
            _create_outbox(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _checked_version(outbox: sqlite3.Connection) -> int:
    """The version of the outbox's schema. Raises `StoreTrouble` or `Damaged`."""
    version = int(outbox.execute("PRAGMA user_version").fetchone()[0])
    if version > OUTBOX_VERSION:
        raise StoreTrouble(
            f"Your unsent work was written by a newer Tandem (file version {version}; this "
            f"program knows {OUTBOX_VERSION}). Install the newer program again."
        )
    _check_pages(outbox)
    return version


def _create_outbox(connection: sqlite3.Connection) -> None:
    # Here, because sqlite-utils takes longer to import than the window to paint.
    from desktop.store.migrations import bring_up_to_date

    bring_up_to_date(connection)


def _open_replica(path: Path, *, check: bool) -> tuple[sqlite3.Connection, bool, bool]:
    """The replica, whether it is a new one, and whether the one before was damaged."""
    mark = path.with_name(DAMAGED_MARK)
    was_damaged = mark.exists()
    if not was_damaged:
        try:
            if connection := _known_replica(path, check=check):
                return connection, False, False
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            log.error("The local copy is damaged and made anew: %s", error)  # noqa: TRY400
            was_damaged = True
    delete(path)
    mark.unlink(missing_ok=True)
    connection = _open_file(path, "NORMAL")
    _create_replica(connection)
    return connection, True, was_damaged


def _known_replica(path: Path, *, check: bool) -> sqlite3.Connection | None:
    """The replica as it is, if it is of this schema. Raises `Damaged` and what SQLite finds."""
    connection = _open_file(path, "NORMAL")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] == fingerprint():
            if check or path.stat().st_size <= QUICKLY_CHECKED:
                _check_pages(connection)
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def _check_pages(connection: sqlite3.Connection) -> None:
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise Damaged(answer)


def _create_replica(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        for statement in replica_schema():
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {fingerprint()}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; `BEGIN IMMEDIATE`."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it already
            connection.execute("ROLLBACK")
        raise
