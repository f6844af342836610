"""The relay's database as a whole: open, commit, read, back up, restore."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool
from uuid_utils import uuid7

from syncserver.storage import audit, migrations
from syncserver.storage.reading import Reading
from syncserver.storage.slow_statements import watch
from syncserver.storage.writing import Commit, Writing

__all__ = ["Busy", "Finished", "Ledger", "Reading", "Work", "Writing", "restore"]

T = TypeVar("T")

FILE = "relay.sqlite"
BUSY_MS = 5_000
READERS = 4
REMEDY = (
    f"Stop the relay, move all files whose names begin with {FILE} elsewhere, and restore a backup."
)
RELAY_ID, RESTORED_AT = "relay_id", "restored_at"


class Busy(Exception):
    """The file is locked or the disk full for now: nothing was changed; trying again helps."""


class Damaged(Exception):
    """The file cannot be read: it is damaged, or no relay's."""


class NotABackup(Exception):
    """This file cannot be restored."""


class NoLedger(Exception):
    """There is no relay in this folder."""


class LedgerExists(Exception):
    """There is a relay in this folder already."""


@dataclass(frozen=True)
class Finished:
    """What became of one of a commit's works: a value, or the error that undid it alone."""

    value: Any = None
    error: BaseException | None = None


Work = Callable[[Writing], Any]


class Ledger:
    """One relay's file. All its methods block: call them on threads.

    A locked file is tried for `busy_ms` before it is `Busy`.
    `crash_point` is called with `before_commit` and `after_commit`; tests end the process there.
    """

    def __init__(
        self,
        file: Path,
        *,
        busy_ms: int = BUSY_MS,
        crash_point: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.file = file
        self._crash_point = crash_point
        self._lock = Lock()
        self.writer = _engine(file, begin="BEGIN IMMEDIATE", size=1, busy_ms=busy_ms)
        self.reader = _engine(file, begin="BEGIN", size=READERS, busy_ms=busy_ms)

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        create: bool = False,
        busy_ms: int = BUSY_MS,
        crash_point: Callable[[str], None] = lambda _: None,
    ) -> "Ledger":
        """Open the relay in this folder, in today's schema; with `create`, a new one.

        Raises:
            NoLedger, LedgerExists: nothing was made.
            NewerLedger: a newer program wrote it; nothing was changed.
            Damaged: it cannot be read.
        """
        if create:
            _create(directory, directory / FILE)
        ledger = cls(_known(directory), busy_ms=busy_ms, crash_point=crash_point)
        try:
            with _translated():
                migrations.upgrade(ledger.writer)
            ledger.write(_name_relay)
        except BaseException:
            ledger.close()
            raise
        return ledger

    @classmethod
    def is_current(cls, directory: Path) -> bool:
        """Whether the relay in this folder has today's schema already; nothing is changed.

        Raises:
            NoLedger: there is none.
            NewerLedger: a newer program wrote it.
            Damaged: it cannot be read.
        """
        ledger = cls(_known(directory))
        try:
            with _translated():
                return migrations.is_current(ledger.reader)
        finally:
            ledger.close()

    def commit(self, works: Sequence[Work]) -> tuple[list[Finished], Commit]:
        """Run the works in one commit; one that raises is undone alone.

        Raises:
            Busy, Damaged: none of them took effect.
        """
        with self._lock, _translated(), self.writer.connect() as connection:
            with connection.begin():
                writing = Writing(connection)
                finished = [_run(writing, work) for work in works]
                commit = writing.finish()
                self._crash_point("before_commit")
            self._crash_point("after_commit")
        return finished, commit

    def write(self, work: Callable[[Writing], T]) -> T:
        """One commit of one work. Raises what the work raises, and then nothing was changed."""
        finished, _ = self.commit([work])
        if error := finished[0].error:
            raise error
        value: T = finished[0].value
        return value

    def read(self, work: Callable[[Reading], T]) -> T:
        """What the work makes of one snapshot; any number may run at once."""
        with _translated(), self.reader.connect() as connection, connection.begin():
            return work(Reading(connection))

    def verify_audit(self, seen: Sequence[audit.Seen] = ()) -> audit.Verdict:
        """Whether the audit log is whole, and what was `seen` of it elsewhere."""
        return self.read(lambda reading: audit.verify(reading.connection, seen))

    def backup(self, target: Path) -> None:
        """Copy the whole file as it stands at one moment; commits go on meanwhile.

        Raises:
            FileExistsError: nothing was written.
        """
        if target.exists():
            raise FileExistsError(f"{target} exists already: name a new file.")
        copied(self.file, target)

    @property
    def size(self) -> int:
        """How many bytes the file and its log take."""
        parts = (self.file, self.file.with_name(f"{self.file.name}-wal"))
        return sum(part.stat().st_size for part in parts if part.exists())

    def close(self) -> None:
        self.reader.dispose()
        self.writer.dispose()


def copied(file: Path, target: Path) -> None:
    """Write the file's content at one moment to `target`, wholly or not at all."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    part.touch(0o600)
    with closing(sqlite3.connect(file)) as live, closing(sqlite3.connect(part)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, not three
    part.replace(target)


def restore(
    directory: Path, backup: Path, *, now: str, also: Callable[[Writing], None] = lambda _: None
) -> Path | None:
    """Give the relay the content of a backup; where its former content is kept, if it had any.

    It works on a file that is being served: those who have it open see it change in one moment.
    It stays the same relay, and remembers when it was restored: what desktops push again and has
    no ground yet is deferred. `also` ends the tokens, in the same commit. It is a revocation in
    each room: those who hear it are asked anew who they are.

    Raises:
        NotABackup: nothing was changed.
        Busy: likewise.
    """
    _check_backup(backup)
    part = directory / f"{FILE}.restored"
    file = directory / FILE
    is_new = not file.exists()
    if is_new:
        _create(directory, file)
    shutil.copyfile(backup, part)
    part.chmod(0o600)
    try:
        _prepare(part, now, also, above=0 if is_new else _highest_access_version(file))
        kept = None if is_new else _set_aside(file, now)
        with (
            _translated(),
            closing(sqlite3.connect(part)) as restored,
            closing(sqlite3.connect(file, timeout=BUSY_MS / 1000)) as live,
        ):
            restored.backup(live)
    except BaseException:
        if is_new:
            file.unlink()  # an empty one would be served as a relay without anybody
        raise
    finally:
        for suffix in ("", "-wal", "-shm"):
            part.with_name(part.name + suffix).unlink(missing_ok=True)
    return kept


def _check_backup(backup: Path) -> None:
    """Raise `NotABackup` unless it is a whole relay's file."""
    uri = f"{backup.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            known = connection.execute("SELECT 1 FROM meta WHERE key = ?", [RELAY_ID]).fetchone()
    except sqlite3.DatabaseError as error:
        raise NotABackup(f"{backup} is no backup of a relay.") from error
    if sound != "ok" or known is None:
        raise NotABackup(f"{backup} is no backup of a relay, or it is damaged.")


def _highest_access_version(file: Path) -> int:
    with _translated(), closing(sqlite3.connect(file)) as live:
        if not live.execute("SELECT 1 FROM sqlite_master WHERE name = 'rooms'").fetchone():
            return 0
        (highest,) = live.execute("SELECT max(access_version) FROM rooms").fetchone()
    return highest or 0


def _prepare(part: Path, now: str, also: Callable[[Writing], None], *, above: int) -> None:
    """Bring the copy of a backup to today's schema, and mark it as restored."""
    prepared = Ledger(part)

    def mark(writing: Writing) -> None:
        writing.keep_meta(RESTORED_AT, now)
        writing.revoke_all(above=above)
        also(writing)

    try:
        migrations.upgrade(prepared.writer)
        prepared.write(mark)
    finally:
        prepared.close()


def _set_aside(file: Path, now: str) -> Path:
    stamp = "".join(character for character in now if character.isdigit())
    kept = file.with_name(f"{FILE}.before-{stamp}")
    copied(file, kept)
    return kept


def _known(directory: Path) -> Path:
    """The file of the relay in this folder. Raises `NoLedger`."""
    file = directory / FILE
    if not file.exists():
        raise NoLedger(f"There is no relay in {directory}. Make one with `tandem-relay init`.")
    return file


def _create(directory: Path, file: Path) -> None:
    if file.exists():
        raise LedgerExists(f"There is a relay in {directory} already.")
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory.chmod(0o700)
    file.touch(0o600)


def _name_relay(writing: Writing) -> None:
    if writing.meta(RELAY_ID) is None:
        writing.keep_meta(RELAY_ID, str(uuid7()))


def _run(writing: Writing, work: Work) -> Finished:
    try:
        with _translated(), writing.work():
            return Finished(value=work(writing))
    except (Busy, Damaged):
        raise  # the file's fault: it fails the whole commit
    except Exception as error:  # noqa: BLE001 - handed to who asked for the work
        return Finished(error=error)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        raise Busy(str(error)) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        cause = getattr(error, "orig", error)
        if type(cause) is not sqlite3.DatabaseError:  # a broken constraint is not the file's fault
            raise
        raise Damaged(f"{FILE} is damaged, or no relay's file: {cause}. {REMEDY}") from error


def _engine(file: Path, *, begin: str, size: int, busy_ms: int) -> Engine:
    url = URL.create("sqlite+pysqlite", database=str(file))
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        connect_args={"check_same_thread": False, "isolation_level": None},
        hide_parameters=True,  # an error of the database goes into the logs
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA busy_timeout = {busy_ms}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    watch(engine)
    return engine
