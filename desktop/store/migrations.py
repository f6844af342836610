"""Every step of the outbox's schema, oldest first; a released step is never edited.

The replica has none: it is thrown away and copied anew.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from desktop.store.schema import OUTBOX_VERSION

migrations = Migrations("outbox")


@migrations(name="001_commands_and_settings")
def commands_and_settings(db: Database) -> None:
    for statement in FIRST.split(";"):
        db.execute(statement)


# `n` is given when a command is first handed out for sending: until then it can be taken back.
# `held` waits for news of the relay; `due` is when a command that can be undone may go.
FIRST = """
CREATE TABLE commands (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    n INTEGER,
    at TEXT NOT NULL,
    command TEXT NOT NULL,
    rooms TEXT NOT NULL,
    state TEXT NOT NULL,
    due TEXT,
    wait_s REAL NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    versions TEXT,
    settled_at TEXT,
    code TEXT,
    message TEXT,
    data TEXT
) STRICT;
CREATE INDEX commands_by_state ON commands (state, n, seq);
CREATE INDEX commands_by_n ON commands (n);
CREATE TABLE drafts (
    key TEXT PRIMARY KEY, body TEXT NOT NULL, updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT
"""


@migrations(name="002_audit_heads")
def audit_heads(db: Database) -> None:
    for statement in CHAINS.split(";"):
        db.execute(statement)


# The newest audit head that was seen of each room, and where the relay's past was another one.
CHAINS = """
CREATE TABLE audit_heads (
    room TEXT PRIMARY KEY, version INTEGER NOT NULL, head TEXT NOT NULL
) STRICT;
CREATE TABLE chain_breaks (
    room TEXT NOT NULL, version INTEGER NOT NULL, known TEXT NOT NULL, found TEXT NOT NULL,
    finding TEXT NOT NULL, at TEXT NOT NULL, kept_in TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (room, version, known)
) STRICT
"""


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Run the steps that this outbox lacks; each is wholly there or wholly not."""
    migrations.apply(Database(connection))
    connection.execute(f"PRAGMA user_version = {OUTBOX_VERSION}")
