"""What all tests of the relay share: a ledger of their own, and a watch over its statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from syncserver.storage.ledger import Ledger

READS = re.compile(r"\s*(SELECT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
# Statements that may read a whole table, by a part of their text, each with the reason.
MAY_SCAN = {
    "sqlite_master": "the migration looks for its own table",
    "alembic_version": "one row",
    "FROM invitations_before": "the migration that copies them, once",
    "FROM join_codes": "one row for each cohort, and the command line lists them all",
    "SELECT rooms.room, rooms.audit_n, rooms.audit_head": "verifies the chains of all rooms",
    "count(*) AS count_1 \nFROM rooms": "counts them, for the figures",
    "SELECT audit_logs.received_at \nFROM audit_logs ORDER BY": "the last one by its id",
    "max(schedules.version)": "looks for what is newer than its room, in the indexes by room",
    "min(audit_logs.n)": "looks for chains without a room, in all of them",
}

_explained: dict[str, list[str]] = {}  # plans by statement, over the whole run


def scans(connection: Any, statement: str, parameters: Any) -> list[str]:
    """The steps of SQLite's plan that read a whole table, but for those that may.

    Without statistics SQLite plans the same for ten rows as for a million.
    """
    if statement not in _explained:
        cursor = connection.cursor()
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        _explained[statement] = [row[3] for row in cursor.fetchall()]
        cursor.close()
    if any(part in statement for part in MAY_SCAN):
        return []
    return [step for step in _explained[statement] if re.match(r"SCAN (?!CONSTANT|subquery)", step)]


@pytest.fixture(autouse=True)
def _no_scan_of_a_table() -> Iterator[None]:
    """Fail a test whose statements read a whole table: each one needs an index."""
    found: set[str] = set()

    def explain(
        connection: Connection, _: Any, statement: str, parameters: Any, __: Any, many: bool
    ) -> None:
        if not READS.match(statement):
            return
        bound = parameters[0] if many else parameters
        if steps := scans(connection.connection.driver_connection, statement, bound):
            found.add(f"{steps}: {statement}")

    event.listen(Engine, "after_cursor_execute", explain)
    yield
    event.remove(Engine, "after_cursor_execute", explain)
    assert not found, "\n".join(sorted(found))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new relay's ledger, opened as the relay opens it."""
    ledger = Ledger.open(tmp_path / "relay", create=True)
    yield ledger
    ledger.close()
