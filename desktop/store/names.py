"""Queries for names: what people call the things that a command only names by id."""

import sqlite3
from collections.abc import Collection

import msgspec

KNOWN = """
    SELECT id, name FROM student_cards WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, name FROM mentor_cards WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, name FROM cohort_cards WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT user_id, name FROM members
              WHERE user_id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, name FROM members WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, name FROM cohorts WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, title FROM schedules WHERE id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT id, title FROM entries WHERE id IN (SELECT value FROM json_each(:ids))
"""


def names_of(db: sqlite3.Connection, ids: Collection[str]) -> dict[str, str]:
    """Names of people, members and cohorts, titles of sessions and entries that are here, by id."""
    listed = msgspec.json.encode(list(ids)).decode()
    return dict(map(tuple, db.execute(KNOWN, {"ids": listed})))
