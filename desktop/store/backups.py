"""Backups of the local files: all in one file, checked before it is laid ready to be restored."""

import os
import shutil
import sqlite3
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

import msgspec

from desktop.store.folder import OUTBOX, READY, REPLICA
from desktop.store.schema import OUTBOX_VERSION
from desktop.store.trouble import plainly
from desktop.whole_files import written

FORMAT, VERSION = "tandem-backup", 1
ABOUT = "about.json"
NO_BACKUP = "This is no backup of Tandem, or it is damaged. Nothing was changed."
NEWER = "This backup was made by a newer Tandem. Install that first. Nothing was changed."
OTHER_ACCOUNT = "This backup is of another account. Nothing was changed."
OTHER_RELAY = "This backup is of an account on another relay. Nothing was changed."


class Unfit(Exception):
    """A file that cannot be restored here; `str(error)` is for the user's eyes."""


class Owner(msgspec.Struct, frozen=True, rename="camel"):
    """Whose files they are, and of which relay; None before the first welcome."""

    user_id: str
    relay_id: str | None = None


class About(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What a backup says of itself: whose it is, and what it holds that was nowhere else then."""

    format: str = FORMAT
    version: int = VERSION
    outbox_version: int = OUTBOX_VERSION
    made_at: str
    owner: Owner
    waiting: int = 0
    attention: int = 0
    drafts: int = 0


class Contents(msgspec.Struct, frozen=True):
    """The two files as they stood at one moment. No token is in them: those are in the keyring."""

    about: About
    outbox: bytes
    replica: bytes


def contents(about: About, outbox: sqlite3.Connection, replica: sqlite3.Connection) -> Contents:
    """Both files with all that is committed; to be taken where nothing is written meanwhile."""
    with plainly():
        return Contents(about, _whole(outbox), _whole(replica))


def write(taken: Contents, file: Path) -> None:
    """Write a backup.

    Raises:
        StoreTrouble: the disk is full, read-only or broken; what was at `file` is as it was.
    """
    with (
        plainly(),
        written(file) as part,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr(ABOUT, msgspec.json.encode(taken.about))
        archive.writestr(OUTBOX, taken.outbox)
        archive.writestr(REPLICA, taken.replica)


def read(file: Path, owner: Owner) -> Contents:
    """Read a backup of this person's files, and check all of it.

    Raises:
        Unfit: it is none, is damaged, or is not for here.
        StoreTrouble: the file cannot be read.
    """
    try:
        with plainly(), zipfile.ZipFile(file) as archive:
            about = msgspec.json.decode(archive.read(ABOUT), type=About)
            _check_about(about, owner)
            taken = Contents(about, archive.read(OUTBOX), archive.read(REPLICA))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        raise Unfit(NO_BACKUP) from error
    except (msgspec.MsgspecError, zlib.error, EOFError, ValueError) as error:
        raise Unfit(NO_BACKUP) from error
    for content in (taken.outbox, taken.replica):
        _check_database(content)
    return taken


def lay_ready(taken: Contents, folder: Path) -> None:
    """Put a backup where the next opening of the folder's files takes it in; wholly or not at all.

    Raises:
        StoreTrouble: nothing was changed.
    """
    part, ready = folder / f"{READY}.part", folder / READY
    with plainly():
        shutil.rmtree(part, ignore_errors=True)
        try:
            part.mkdir(mode=0o700, parents=True)
            for name, content in ((OUTBOX, taken.outbox), (REPLICA, taken.replica)):
                _write_durably(part / name, content)
            shutil.rmtree(ready, ignore_errors=True)
            part.rename(ready)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _check_about(about: About, owner: Owner) -> None:
    if about.format != FORMAT:
        raise Unfit(NO_BACKUP)
    if about.version > VERSION or about.outbox_version > OUTBOX_VERSION:
        raise Unfit(NEWER)
    if about.owner.user_id != owner.user_id:
        raise Unfit(OTHER_ACCOUNT)
    if None not in (about.owner.relay_id, owner.relay_id) and about.owner != owner:
        raise Unfit(OTHER_RELAY)


def _check_database(content: bytes) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(content)
            answer = database.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise Unfit(NO_BACKUP) from error
    if answer != "ok":
        raise Unfit(NO_BACKUP)


def _whole(connection: sqlite3.Connection) -> bytes:
    """The file with what its WAL holds, as one that has none.

    Source: https://www.sqlite.org/fileformat.html, bytes 18 and 19 of the header.
    """
    content = bytearray(connection.serialize())
    content[18:20] = b"\x01\x01"
    return bytes(content)


def _write_durably(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
