"""Looks at how SQLite answers a query: by an index, or by reading a whole table."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from desktop.store.tables import all_tables


def scanned_tables(db: sqlite3.Connection, ask: Callable[[], object]) -> list[str]:
    """The steps of all statements of `ask` that read a whole table."""
    statements: list[str] = []
    db.set_trace_callback(statements.append)
    try:
        ask()
    finally:
        db.set_trace_callback(None)
    assert statements, "Nothing was asked."
    names = {f"SCAN {table.name}" for table in all_tables()}
    steps = [row["detail"] for sql in statements for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    return [step for step in steps if " ".join(step.split()[:2]) in names and "USING" not in step]


def visited_steps(db: sqlite3.Connection, ask: Callable[[], object]) -> int:
    """How many steps SQLite's machine takes for `ask`: a measure that no other program disturbs."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    db.set_progress_handler(count, 1)
    try:
        ask()
    finally:
        db.set_progress_handler(None, 0)
    return steps
