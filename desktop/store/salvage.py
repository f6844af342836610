"""Saves what can be read of a damaged outbox into a new one."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import msgspec

log = logging.getLogger(__name__)

COLUMNS = (
    *("id", "at", "command", "rooms", "state", "due", "wait_s"),
    *("versions", "settled_at", "code", "message", "data"),
)
GIVE_UP_AFTER = 5000  # rows in a run that cannot be read


def salvage(damaged: Path, outbox: sqlite3.Connection) -> int:
    """Take over every readable command, draft and setting; gives how many commands.

    The new outbox is another client: numbers may be missing, and the relay knows each command
    by its mutation id, so what it has already is not done twice.
    """
    saved = take_over(damaged, outbox)
    outbox.execute("DELETE FROM meta WHERE key IN ('client_id', 'last_number')")
    log.error("%d commands of the damaged outbox %s were saved", saved, damaged.name)
    return saved


def take_over(other: Path, outbox: sqlite3.Connection) -> int:
    """Copy what can be read of another outbox and is not here; gives how many commands."""
    saved = 0
    with closing(sqlite3.connect(f"{other.absolute().as_uri()}?mode=ro", uri=True)) as old:
        old.row_factory = sqlite3.Row
        for row in readable(old, "commands", "seq"):
            saved += _take_command(outbox, row)
        for table in ("settings", "drafts", "meta", "audit_heads", "chain_breaks"):
            for row in readable(old, table, "rowid"):
                _copy(outbox, table, row)
    return saved


def readable(old: sqlite3.Connection, table: str, key: str) -> Iterator[sqlite3.Row]:
    """The rows that can be read, each asked for on its own."""
    misses, number, last = 0, 0, _last(old, table, key)
    while number < last if last is not None else misses < GIVE_UP_AFTER:
        number += 1
        try:
            row = old.execute(
                f"SELECT * FROM {table} WHERE {key} = ?",  # noqa: S608
                [number],
            ).fetchone()
        except sqlite3.Error:
            row = None
        misses = misses + 1 if row is None else 0
        if row is not None:
            yield row


def _last(old: sqlite3.Connection, table: str, key: str) -> int | None:
    """The highest key, or None where even that cannot be read."""
    with suppress(sqlite3.Error):
        return int(old.execute(f"SELECT max({key}) FROM {table}").fetchone()[0] or 0)  # noqa: S608
    return None


def _take_command(outbox: sqlite3.Connection, row: sqlite3.Row) -> bool:
    """Write one command without its number, if it is whole."""
    values = [row[name] for name in COLUMNS]
    with suppress(sqlite3.Error, msgspec.MsgspecError, TypeError):
        if isinstance(msgspec.json.decode(row["command"]), dict):
            _insert(outbox, "commands", COLUMNS, values)
            return True
    return False


def _copy(outbox: sqlite3.Connection, table: str, row: sqlite3.Row) -> None:
    with suppress(sqlite3.Error):
        _insert(outbox, table, tuple(row.keys()), list(row))


def _insert(
    outbox: sqlite3.Connection, table: str, columns: tuple[str, ...], values: list[Any]
) -> None:
    outbox.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608
        f"VALUES ({', '.join('?' * len(columns))})",
        values,
    )
