"""Takes in a backup that was laid ready, before the files are opened; nothing of now is lost."""

import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from desktop.store.folder import OUTBOX, REPLICA, drop_wal, set_aside
from desktop.store.migrations import bring_up_to_date
from desktop.store.salvage import readable, take_over
from desktop.store.trouble import is_damage

log = logging.getLogger(__name__)

STATE = ("state", "versions", "settled_at", "code", "message", "data")
RESTORES = ("restored_at", "in_step_since")  # of the relay, see `Outbox.make_good`


def take_in(folder: Path, ready: Path) -> Path | None:
    """Make the backup's outbox the one of this folder; where the former one is kept, if it was.

    A backup is an old copy, and the relay has seen more of this client since: so it becomes
    another client, under the old mutation ids. What the relay has already is a repeat, what it
    has not is new. What was done since the backup was made comes along: unsent work with its
    order, and drafts; of two under one key the one that was typed later. The copy of the relay's
    rows stays the newer one.

    Until the former outbox is set aside it can begin again from the start, whatever ends it.
    """
    outbox, restored = folder / OUTBOX, ready / OUTBOX
    kept = None
    if restored.exists():
        if outbox.exists():
            _fold_in_wal(outbox)
        _prepare(restored, outbox)
        kept = set_aside(outbox, "before-restore") if outbox.exists() else None
        drop_wal(outbox)  # of a former one, where it was ended right behind its renaming
        restored.rename(outbox)
    if not (folder / REPLICA).exists() and (ready / REPLICA).exists():
        (ready / REPLICA).rename(folder / REPLICA)
    shutil.rmtree(ready)
    log.warning("A backup was restored; what was here before is kept in %s", kept)
    return kept


def _fold_in_wal(outbox: Path) -> None:
    """Write into the file what a program that was killed left in its WAL: one renaming moves all.

    A damaged file keeps its WAL.
    """
    with closing(sqlite3.connect(outbox)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise


def _prepare(restored: Path, now: Path) -> None:
    with closing(sqlite3.connect(restored, isolation_level=None)) as connection:
        bring_up_to_date(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE commands SET n = NULL, held = 0")
        if now.exists():
            _note_what_is_newer(now, connection)
            connection.execute("DELETE FROM audit_heads")  # those of now are newer
            take_over(now, connection)
        connection.execute("DELETE FROM meta WHERE key IN ('client_id', 'last_number')")
        connection.execute("COMMIT")


def _note_what_is_newer(now: Path, restored: sqlite3.Connection) -> None:
    """Of what both have, take what the file of now knows better."""
    with closing(sqlite3.connect(f"{now.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        _note_what_became(connection, restored)
        for row in readable(connection, "drafts", "rowid"):
            restored.execute(
                "UPDATE drafts SET body = ?, updated_at = ? WHERE key = ? AND updated_at <= ?",
                [row["body"], row["updated_at"], row["key"], row["updated_at"]],
            )
        for row in readable(connection, "meta", "rowid"):
            if row["key"] in RESTORES:
                restored.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [*row])


def _note_what_became(now: sqlite3.Connection, restored: sqlite3.Connection) -> None:
    """Of commands, one that waits again too: the relay lost it since, and it is sent once more."""
    fields = ", ".join(f"{name} = ?" for name in STATE)
    for row in readable(now, "commands", "seq"):
        restored.execute(
            f"UPDATE commands SET {fields} WHERE id = ?",  # noqa: S608
            [*(row[name] for name in STATE), row["id"]],
        )
