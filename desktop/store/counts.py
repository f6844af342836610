"""How many rows each table holds: figures for a report, without any row."""

import sqlite3

from domain.kinds import KINDS

BESIDE = ("rooms", "confirmed", "touched", "moving", "unreadable")


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """The number of rows by table. It reads every table: call it on a thread of its own."""
    tables = [*(kind.table for kind in KINDS.values()), *BESIDE]
    return {
        table: int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
        for table in tables
    }


def people(db: sqlite3.Connection) -> set[str]:
    """The names of all people and cohorts that are known here."""
    tables = ("student_cards", "mentor_cards", "cohort_cards", "users", "members")
    return {
        str(name)
        for table in tables
        for (name,) in db.execute(f"SELECT DISTINCT name FROM {table}")  # noqa: S608
        if name
    }
