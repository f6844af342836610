"""What a command's function reads and writes on this computer: the local rows."""

import sqlite3
from collections.abc import Collection
from datetime import timedelta
from typing import Any, TypeVar

import msgspec

from desktop.store.rows import record_of, records
from desktop.store.tables import table_of
from domain.instants import later
from domain.records import Record
from domain.rooms import student_room
from domain.schedules import LONGEST, Schedule, Status
from domain.students import StudentCard

R = TypeVar("R", bound=Record)
Key = tuple[str, str]  # kind and id of a row

BUSY = """
SELECT * FROM schedules WHERE status = :on AND id <> :besides
AND start_time > :early AND start_time < :end AND end_time > :start AND id IN (
    SELECT id FROM schedules WHERE mentor_id IN (SELECT value FROM json_each(:people))
        AND start_time > :early AND start_time < :end
    UNION SELECT id FROM schedules WHERE student_id IN (SELECT value FROM json_each(:people))
        AND start_time > :early AND start_time < :end
    UNION SELECT one.id FROM schedules AS one CROSS JOIN participants ON schedule_id = one.id
        WHERE one.start_time > :early AND one.start_time < :end
        AND user_id IN (SELECT value FROM json_each(:people))
) ORDER BY start_time, id
"""


class LocalTransaction:
    """The rows here, for one command: what it writes is its prediction.

    Every room on this computer is one that its person reads, and so is the room of a student whom
    a claim that waits gives to them. A write into another room is dropped. The first touch of a row
    saves the relay's form of it; each touch is written down under the command, so that it can be
    undone and run again.

    Attributes:
        written: the keys of the rows that it wrote.
        rooms: the rooms that it wrote to.
    """

    def __init__(self, connection: sqlite3.Connection, mutation_id: str, actor: str) -> None:
        self._db = connection
        self._mutation_id = mutation_id
        self._actor = actor
        self.written: set[Key] = set()
        self.rooms: set[str] = set()

    @property
    def everything(self) -> "LocalTransaction":
        return self

    def find(self, kind: type[R], record_id: str) -> R | None:
        row = self._db.execute(
            f"SELECT * FROM {kind.table} WHERE id = ?",  # noqa: S608
            [record_id],
        ).fetchone()
        if row is None:
            return None
        self._note_reading(kind, row)
        return record_of(kind, row)

    def where(self, kind: type[R], **equals: Any) -> list[R]:
        test = " AND ".join(f"{field} IS ?" for field in equals)
        found = self._db.execute(
            f"SELECT * FROM {kind.table} WHERE {test} ORDER BY id",  # noqa: S608
            [*equals.values()],
        ).fetchall()
        for row in found:
            self._note_reading(kind, row)
        return records(kind, found)

    def reads(self, room: str) -> bool:
        return self._has("SELECT 1 FROM rooms WHERE room = ?", room) or self._is_claimed(room)

    def is_taken(self, kind: type[Record], record_id: str) -> bool:
        return self._has(
            f"SELECT 1 FROM {kind.table} WHERE id = ?",  # noqa: S608
            record_id,
        ) or self._has(
            "SELECT 1 FROM confirmed WHERE kind = ? AND id = ? AND body IS NOT NULL",
            kind.kind(),
            record_id,
        )

    def busy(
        self, people: Collection[str], start: str, end: str, *, besides: str
    ) -> list[Schedule]:
        found = self._db.execute(
            BUSY,
            {
                "on": Status.SCHEDULED.value,
                "besides": besides,
                "people": msgspec.json.encode(sorted(people)).decode(),
                "start": start,
                "early": later(start, -LONGEST - timedelta(seconds=1)),
                "end": end,
            },
        ).fetchall()
        return records(Schedule, found)

    def author_of(self, row: Record, field: str) -> str | None:
        """None: only the relay knows who wrote what."""
        return None

    def put(self, row: Record) -> None:
        if not self.reads(row.room):
            self._leave(row)
            return
        table = table_of(type(row))
        wire = msgspec.to_builtins(row)
        self._save_confirmed(row)
        self._db.execute(table.upsert, table.values(wire, pending=1))
        self._note_writing(row, row.room, msgspec.json.encode(wire).decode())

    def remove(self, row: Record) -> None:
        if not self.reads(row.room):
            return
        self._save_confirmed(row)
        self._db.execute(f"DELETE FROM {row.table} WHERE id = ?", [row.id])  # noqa: S608
        self._note_writing(row, row.room, None)

    def _is_claimed(self, room: str) -> bool:
        """Whether it is the room of a student whom this person is given by what still waits."""
        card = self._db.execute(
            "SELECT * FROM student_cards WHERE pending > 0 AND id = ?",
            [room.removeprefix(student_room(""))],
        ).fetchone()
        if card is None or room != student_room(card["id"]):
            return False
        self._note_reading(StudentCard, card)
        claimed = record_of(StudentCard, card)
        return claimed is not None and self._actor in claimed.mentor_ids

    def _leave(self, row: Record) -> None:
        """Take a row away that moves to a room which one does not read."""
        known = self.find(type(row), row.id)
        if known is not None:
            self.remove(known)

    def _save_confirmed(self, row: Record) -> None:
        kind = row.kind()
        if self._has("SELECT 1 FROM confirmed WHERE kind = ? AND id = ?", kind, row.id):
            return
        known = self._db.execute(
            f"SELECT * FROM {row.table} WHERE id = ?",  # noqa: S608
            [row.id],
        ).fetchone()
        body = msgspec.json.encode(table_of(type(row)).wire(known)).decode() if known else None
        self._db.execute(
            "INSERT INTO confirmed (kind, id, room, version, body) VALUES (?, ?, ?, ?, ?)",
            (
                kind,
                row.id,
                known["room"] if known else None,
                known["version"] if known else 0,
                body,
            ),
        )

    def _note_writing(self, row: Record, room: str, body: str | None) -> None:
        self.written.add((row.kind(), row.id))
        self.rooms.add(room)
        self._db.execute(
            "INSERT INTO touched (mutation_id, kind, id, room, is_written, body) "
            "VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (mutation_id, kind, id) DO UPDATE "
            "SET room = excluded.room, is_written = 1, body = excluded.body",
            (self._mutation_id, row.kind(), row.id, room, body),
        )

    def _note_reading(self, kind: type[Record], row: sqlite3.Row) -> None:
        """Remember that this command builds on another one's prediction."""
        if row["pending"]:
            self._db.execute(
                "INSERT INTO touched (mutation_id, kind, id, room, is_written) "
                "VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING",
                (self._mutation_id, kind.kind(), row["id"], row["room"]),
            )

    def _has(self, sql: str, *values: str) -> bool:
        return self._db.execute(sql, values).fetchone() is not None
