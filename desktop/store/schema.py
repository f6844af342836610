"""The schema of the replica, and the number of that of the outbox."""

import zlib
from functools import cache

from desktop.store.tables import all_tables

OUTBOX_VERSION = 2

# What the replica keeps beside the rows:
# - rooms: what this person reads. Version and checksum are of the confirmed rows. While
#   `copy_until` is set, the room is being copied and its version is not yet true. `is_followed`:
#   each change since the audit head that is kept in the outbox was seen; a copy ends that.
# - confirmed: the relay's form of each row that a prediction has changed; no body: no such row.
# - touched: which command read or wrote which predicted row. `body` is what it left there (NULL:
#   removed it); `until` is the version that its room must reach before the prediction goes.
# - moving: rows that left their room for another one that has not brought them yet.
# - copied: the rows seen by a copy that is made over an old one.
# - unreadable: rows of kinds that only a newer program knows, and rows that do not fit.
BESIDE_THE_ROWS = """
CREATE TABLE rooms (
    room TEXT PRIMARY KEY, version INTEGER NOT NULL DEFAULT 0, checksum TEXT NOT NULL,
    cursor TEXT, audit_head TEXT, copy_until INTEGER, copy_cursor TEXT,
    copies_over INTEGER NOT NULL DEFAULT 0, is_followed INTEGER NOT NULL DEFAULT 0,
    recopied_at TEXT
);
CREATE TABLE confirmed (
    kind TEXT NOT NULL, id TEXT NOT NULL, room TEXT, version INTEGER NOT NULL DEFAULT 0, body TEXT,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX confirmed_by_room ON confirmed (room);
CREATE TABLE touched (
    mutation_id TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, room TEXT NOT NULL,
    is_written INTEGER NOT NULL, body TEXT, until INTEGER,
    PRIMARY KEY (mutation_id, kind, id)
) WITHOUT ROWID;
CREATE INDEX touched_by_row ON touched (kind, id);
CREATE INDEX touched_by_room ON touched (room, until);
CREATE INDEX touched_and_acknowledged ON touched (room) WHERE until IS NOT NULL;
CREATE TABLE moving (
    kind TEXT NOT NULL, id TEXT NOT NULL, room TEXT NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE copied (
    room TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (room, kind, id)
) WITHOUT ROWID;
CREATE TABLE unreadable (
    kind TEXT NOT NULL, id TEXT NOT NULL, room TEXT NOT NULL, version INTEGER NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX unreadable_by_room ON unreadable (room)
"""


@cache
def replica_schema() -> list[str]:
    """All statements that make the replica."""
    rows = [statement for table in all_tables() for statement in table.create()]
    return [*BESIDE_THE_ROWS.split(";"), *rows]


@cache
def fingerprint() -> int:
    """A number that changes with the schema: a replica with another one is made anew."""
    return zlib.crc32("\n".join(replica_schema()).encode()) & 0x7FFFFFFF
