"""The files in an account's folder: their names, and how one is set aside or deleted whole."""

import os
import shutil
from pathlib import Path

OUTBOX, REPLICA = "outbox.sqlite", "replica.sqlite"
READY = "restore"  # a backup that was laid ready: what the next opening of the files takes in


def set_aside(path: Path, why: str) -> Path:
    """Rename a file that nobody has open, with its WAL, so that nothing of it is lost.

    The one renaming decides: until then all is as it was, and from then on all is aside.
    """
    aside = _free(path, why)
    wal = _beside(path, "-wal")
    if wal.exists():
        _copy_durably(wal, _beside(aside, "-wal"))
    path.rename(aside)
    drop_wal(path)
    return aside


def drop_wal(path: Path) -> None:
    """Delete a WAL that is not, or no longer, that of the file at `path`."""
    for ending in ("-wal", "-shm"):
        _beside(path, ending).unlink(missing_ok=True)


def delete(path: Path) -> None:
    """Delete a file and its WAL."""
    path.unlink(missing_ok=True)
    drop_wal(path)


def _free(path: Path, why: str) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}-{why}-{number}{path.suffix}")).exists():
        number += 1
    return aside


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _copy_durably(source: Path, target: Path) -> None:
    shutil.copy2(source, target)
    with target.open("rb+") as copy:
        os.fsync(copy.fileno())
