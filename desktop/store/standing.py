"""Queries for rows as they stand now, to be seen beside what somebody would have made of them."""

import sqlite3
from typing import TypeVar

from desktop.store.rows import rows
from domain.records import Record

R = TypeVar("R", bound=Record)


def standing(db: sqlite3.Connection, kind: type[R], row_id: str) -> R | None:
    """One row of any kind, or None when it is not here."""
    found = rows(db, kind, f"SELECT * FROM {kind.table} WHERE id = ?", [row_id])  # noqa: S608
    return found[0] if found else None


def is_whole(db: sqlite3.Connection) -> bool:
    """Whether rows that are not here are gone, and not only still to come."""
    states = [row[0] is None for row in db.execute("SELECT copy_until FROM rooms ORDER BY room")]
    return bool(states) and all(states)
