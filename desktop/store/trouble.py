"""Trouble with the disk, said in a sentence for people."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class StoreTrouble(Exception):
    """The local files cannot be read or written; `str(trouble)` is for the user's eyes.

    Nothing was changed by what raised it.
    """


class InUse(StoreTrouble):
    """Another instance has this folder open."""


class CopyDamaged(StoreTrouble):
    """The local copy of the relay's rows is damaged, and is made anew when it is opened again."""


class Damaged(sqlite3.DatabaseError):
    """A file that SQLite opens, but whose pages do not fit together."""


FULL = "There is no room left on the disk. Free some space and try again; nothing was changed."
READ_ONLY = "Tandem may not write to its data folder. Allow it and try again; nothing was changed."
LOCKED = "Another program holds Tandem's files. Close it and try again; nothing was changed."
DAMAGED = "The local copy is damaged. Start Tandem again: it is made anew, and no work is lost."
BROKEN = "The disk reports an error ({}). Nothing was changed."

SENTENCES = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what SQLite and the system report of the disk into `StoreTrouble`."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        raise _trouble_of(error) from error
    except OSError as error:
        raise StoreTrouble(_system_sentence(error)) from error


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file's content is wrong, and not the disk, a lock or the statement."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, Damaged) or code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _trouble_of(error: sqlite3.Error) -> Exception:
    """The trouble with the disk, or the error itself where it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return error
    if sentence := SENTENCES.get(code & 0xFF):
        return CopyDamaged(sentence) if sentence == DAMAGED else StoreTrouble(sentence)
    if code & 0xFF == sqlite3.SQLITE_IOERR:
        return StoreTrouble(BROKEN.format(error))
    return error


def _system_sentence(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return FULL
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return READ_ONLY
    return BROKEN.format(error.strerror)
