"""Takes in a backup that was laid ready, before the files are opened; nothing of now is lost."""

import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from desktop.store.backups import OUTBOX, REPLICA
from desktop.store.migrations import bring_up_to_date
from desktop.store.salvage import readable, take_over

log = logging.getLogger(__name__)

STATE = ("state", "versions", "settled_at", "code", "message", "data")


def take_in(folder: Path, ready: Path) -> Path | None:
    """Make the backup's outbox the one of this folder; where the former one is kept, if it was.

    A backup is an old copy, and the relay has seen more of this client since: so it becomes
    another client, under the old mutation ids. What the relay has already is a repeat, what it
    has not is new. What was done since the backup was made comes along: unsent work with its
    order, and drafts that the backup has not. The copy of the relay's rows stays the newer one.

    Until the former outbox is set aside it can begin again from the start, whatever ends it.
    """
    outbox, restored = folder / OUTBOX, ready / OUTBOX
    kept = None
    if restored.exists():
        _prepare(restored, outbox)
        kept = _set_aside(outbox) if outbox.exists() else None
        restored.rename(outbox)
    if not (folder / REPLICA).exists() and (ready / REPLICA).exists():
        (ready / REPLICA).rename(folder / REPLICA)
    shutil.rmtree(ready)
    log.warning("A backup was restored; what was here before is kept in %s", kept)
    return kept


def _prepare(restored: Path, now: Path) -> None:
    with closing(sqlite3.connect(restored, isolation_level=None)) as connection:
        bring_up_to_date(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE commands SET n = NULL, held = 0")
        if now.exists():
            _note_what_became(now, connection)
            connection.execute("DELETE FROM audit_heads")  # those of now are newer
            take_over(now, connection)
        connection.execute("DELETE FROM meta WHERE key IN ('client_id', 'last_number')")
        connection.execute("COMMIT")


def _note_what_became(now: Path, restored: sqlite3.Connection) -> None:
    """Of commands that both have, the file of now knows better what became of them."""
    fields = ", ".join(f"{name} = ?" for name in STATE)
    with closing(sqlite3.connect(f"{now.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        for row in readable(connection, "commands", "seq"):
            if row["state"] != "pending":
                restored.execute(
                    f"UPDATE commands SET {fields} WHERE id = ?",  # noqa: S608
                    [*(row[name] for name in STATE), row["id"]],
                )


def _set_aside(outbox: Path) -> Path:
    number = 1
    while (aside := outbox.with_name(f"outbox-before-restore-{number}.sqlite")).exists():
        number += 1
    for ending in ("-wal", "-shm", ""):  # the file last: while it is there, all begins again
        source = outbox.with_name(outbox.name + ending)
        if source.exists():
            source.rename(aside.with_name(aside.name + ending))
    return aside
