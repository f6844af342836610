"""Queries for conflicts: the changes that met, and what they were made to."""

import sqlite3
from dataclasses import dataclass

from desktop.store.rows import record_from
from domain.conflicts import Conflict

OPEN = """
    SELECT conflicts.*, kept.name AS kept_name, lost.name AS lost_name,
           COALESCE(
               schedules.title, entries.title, spoken.title, cohorts.name, users.name, ''
           ) AS title
    FROM conflicts
    LEFT JOIN members AS kept ON kept.user_id = conflicts.kept_by AND kept.room = conflicts.room
    LEFT JOIN members AS lost ON lost.user_id = conflicts.lost_by AND lost.room = conflicts.room
    LEFT JOIN schedules ON schedules.id = conflicts.row_id
    LEFT JOIN entries ON entries.id = conflicts.row_id
    LEFT JOIN comments ON comments.id = conflicts.row_id
    LEFT JOIN entries AS spoken ON spoken.id = comments.entry_id
    LEFT JOIN cohorts ON cohorts.id = conflicts.row_id
    LEFT JOIN users ON users.id = conflicts.row_id
    WHERE conflicts.resolved_by IS NULL AND (conflicts.kept_by = :me OR conflicts.lost_by = :me)
    ORDER BY conflicts.created_at, conflicts.id
"""


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A conflict that nobody has settled; `title` is "" when what was changed is gone."""

    conflict: Conflict
    kept_name: str
    lost_name: str
    title: str

    @property
    def id(self) -> str:
        return self.conflict.id


def open_conflicts(db: sqlite3.Connection, me: str) -> list[OpenConflict]:
    """What this person may settle, the oldest first."""
    return [
        OpenConflict(
            record_from(Conflict, row),
            row["kept_name"] or "",
            row["lost_name"] or "",
            row["title"],
        )
        for row in db.execute(OPEN, {"me": me})
    ]
