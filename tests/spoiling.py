"""Damage to a file of SQLite, as a bad disk makes it; for tests."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def spoil(file: Path, table: str) -> None:
    """Overwrite the first page of a table, as a bad disk might."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as content:
        content.seek((page - 1) * size)
        content.write(b"\xff" * size)


def lose_rows(file: Path, deletion: str, index: str) -> None:
    """Delete rows that an index goes on to name: a quick check does not see that."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        named = connection.execute("SELECT * FROM sqlite_master WHERE name = ?", (index,))
        schema = named.fetchone()
        connection.execute("DELETE FROM sqlite_master WHERE name = ?", (index,))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(deletion)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", schema)
