"""Looks at how SQLite answers a query: by an index, or by reading a whole table."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable

# Tables that may be read from end to end, each with the reason.
MAY_SCAN = {
    "student_cards": "the roster shows them all",
    "cohort_cards": "all of them are offered",
}
# In the order of an index, up to a limit; or no table at all.
HARMLESS = re.compile(r"USING|VIRTUAL TABLE|\(subquery|CONSTANT ROW")
QUERY = re.compile(r"\s*(SELECT|WITH)\b")
VALUES = re.compile(r"'(?:[^']|'')*'|\b\d+\b")

_explained: dict[str, list[str]] = {}  # plans by statement, over the whole run


def scanned_tables(db: sqlite3.Connection, ask: Callable[[], object]) -> list[str]:
    """The steps of all statements of `ask` that read a whole table."""
    statements: list[str] = []
    db.set_trace_callback(statements.append)
    try:
        ask()
    finally:
        db.set_trace_callback(None)
    assert statements, "Nothing was asked."
    return [step for sql in statements for step in _scans(db, sql)]


def whole_reads(db: sqlite3.Connection, statements: Iterable[str]) -> list[str]:
    """Those of the statements that read a whole table which may not be, each with the step."""
    queries = {
        VALUES.sub("?", sql): sql for sql in statements if re.match(r"\s*(SELECT|WITH)", sql)
    }
    for form in queries.keys() - _explained.keys():
        _explained[form] = _scans(db, queries[form])
    return [
        f"{step}: {form}"
        for form in sorted(queries)
        for step in _explained[form]
        if step.split()[1] not in MAY_SCAN
    ]


def _scans(db: sqlite3.Connection, sql: str) -> list[str]:
    steps = [str(row["detail"]) for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    return [step for step in steps if step.startswith("SCAN") and not HARMLESS.search(step)]


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
