"""Tests of saying trouble with the disk in a sentence."""

import errno
import sqlite3

import pytest

from desktop.store.trouble import FULL, LOCKED, READ_ONLY, StoreTrouble, plainly


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("told by SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), FULL),
        (sqlite_error(sqlite3.SQLITE_READONLY | (5 << 8)), READ_ONLY),
        (sqlite_error(sqlite3.SQLITE_BUSY), LOCKED),
        (sqlite_error(sqlite3.SQLITE_IOERR), "The disk reports an error (told by SQLite)."),
        (OSError(errno.ENOSPC, "full"), FULL),
        (PermissionError(errno.EACCES, "denied"), READ_ONLY),
        (OSError(errno.EIO, "broken"), "The disk reports an error (broken)."),
    ],
)
def test_trouble_with_the_disk_is_a_sentence(error: Exception, sentence: str) -> None:
    with pytest.raises(StoreTrouble) as trouble, plainly():
        raise error

    assert str(trouble.value).startswith(sentence)


@pytest.mark.parametrize(
    "error", [sqlite_error(sqlite3.SQLITE_ERROR), sqlite3.OperationalError("no code")]
)
def test_a_mistake_of_ours_stays_what_it_is(error: Exception) -> None:
    with pytest.raises(sqlite3.OperationalError, match=str(error)), plainly():
        raise error
