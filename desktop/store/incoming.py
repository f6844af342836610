"""The relay's rows on their way into the local tables, and the rooms' checksums with them."""

import logging
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop.store.prediction import Key
from desktop.store.tables import Table, Values, table_of
from domain.checksums import MODULUS, as_hex, row_hash
from domain.kinds import KINDS
from domain.wire import Removed

log = logging.getLogger(__name__)

Wire = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """How the relay's form of a row stands here.

    Attributes:
        place: the table that holds it: `confirmed` under a prediction, `unreadable`, or its own.
        is_moving: its room has let it go already, and no other room has brought it yet.
    """

    room: str
    version: int
    place: str
    is_moving: bool


class Incoming:
    """Takes in rows and tombstones; works inside the replica's transaction.

    What it gives back are the rows under a prediction, which are to be run again. `changed`
    collects the kinds of the others.
    """

    def __init__(self, connection: sqlite3.Connection, changed: set[str]) -> None:
        self._db = connection
        self._changed = changed
        self._sums: dict[str, int] = defaultdict(int)

    def take(self, room: str, rows: Iterable[Wire], *, over_old: bool = False) -> set[Key]:
        """Write the relay's rows. `over_old` says that they are a copy made over an old one."""
        dirty: set[Key] = set()
        by_kind: dict[str, list[Wire]] = defaultdict(list)
        for row in rows:
            if _has_place(row):
                by_kind[row["type"]].append(row)
            else:
                fields = sorted(row)  # their names: what is in them is no business of the log
                log.error("A row of %s is without kind, id or version: %s", room, fields)
        for kind, group in by_kind.items():
            dirty |= self._take_kind(room, kind, group, over_old=over_old)
        self._add_up()
        return dirty

    def remove(self, room: str, tombstones: Sequence[Removed]) -> set[Key]:
        """Apply tombstones, each only while its row is in that room.

        A row that has moved stays shown until its new room brings it.
        """
        dirty: set[Key] = set()
        for tombstone in tombstones:
            kind, row_id = tombstone.type, tombstone.id
            known = self._known(kind, [row_id]).get(row_id)
            if known is None or known.room != room:
                continue
            if not known.is_moving:
                self._uncount(kind, row_id, known)
            if tombstone.moved:
                self._db.execute(
                    "INSERT INTO moving (kind, id, room) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    (kind, row_id, room),
                )
            else:
                dirty |= self._delete((kind, row_id), known)
        self._add_up()
        return dirty

    def has_moving(self) -> bool:
        """Whether rows are on their way between two rooms."""
        return self._db.execute("SELECT 1 FROM moving LIMIT 1").fetchone() is not None

    def end_moves(self) -> set[Key]:
        """Take away the rows that have moved out of sight."""
        dirty: set[Key] = set()
        for kind, row_id, _ in self._db.execute("SELECT kind, id, room FROM moving").fetchall():
            if known := self._known(kind, [row_id]).get(row_id):
                dirty |= self._delete((kind, row_id), known)
        self._db.execute("DELETE FROM moving")
        return dirty

    def sweep(self, room: str) -> set[Key]:
        """Take away the rows of a room that a copy made over it has not brought."""
        dirty: set[Key] = set()
        for kind in KINDS:
            found = self._db.execute(
                f"SELECT id FROM {KINDS[kind].table} WHERE room = :room "  # noqa: S608
                "UNION SELECT id FROM confirmed WHERE kind = :kind AND room = :room "
                "EXCEPT SELECT id FROM copied WHERE room = :room AND kind = :kind",
                {"room": room, "kind": kind},
            ).fetchall()
            ids = [row["id"] for row in found]
            for row_id, known in self._known(kind, ids).items():
                if known.room == room:
                    dirty |= self._delete((kind, row_id), known)
        self._db.execute(
            "DELETE FROM unreadable WHERE room = :room AND (kind, id) NOT IN "
            "(SELECT kind, id FROM copied WHERE room = :room)",
            {"room": room},
        )
        self._db.execute("DELETE FROM copied WHERE room = ?", [room])
        return dirty

    def erase(self, room: str) -> set[Key]:
        """Take away every row of a room and all that is known of it."""
        predicted = self._db.execute(
            "DELETE FROM touched WHERE room = ? RETURNING kind, id", [room]
        ).fetchall()
        confirmed = self._db.execute(
            "UPDATE confirmed SET room = NULL, version = 0, body = NULL WHERE room = ? "
            "RETURNING kind, id",
            [room],
        ).fetchall()
        for kind, record in KINDS.items():
            gone = self._db.execute(
                f"DELETE FROM {record.table} WHERE room = ?",  # noqa: S608
                [room],
            )
            if gone.rowcount:
                self._changed.add(kind)
        for table in ("unreadable", "moving", "copied", "rooms"):
            self._db.execute(f"DELETE FROM {table} WHERE room = ?", [room])  # noqa: S608
        return {(row["kind"], row["id"]) for row in (*predicted, *confirmed)}

    def _take_kind(self, room: str, kind: str, rows: list[Wire], *, over_old: bool) -> set[Key]:
        known = self._known(kind, [row["id"] for row in rows])
        fresh: list[Wire] = []
        dirty: set[Key] = set()
        for row in rows:
            before = known.get(row["id"])
            is_older = before and before.room == room and before.version > row["version"]
            if is_older and not over_old:
                continue  # a page that came twice, with an older form
            self._sums[room] += row_hash(kind, row["id"], row["version"])
            if before is not None:
                self._replace((kind, row["id"]), before)
            if before is not None and before.place == "confirmed":
                self._confirm(room, row)
                dirty.add((kind, row["id"]))
            else:
                fresh.append(row)
        self._write(room, kind, fresh)
        if over_old:
            self._db.executemany(
                "INSERT INTO copied (room, kind, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [(room, kind, row["id"]) for row in rows],
            )
        return dirty

    def _replace(self, key: Key, before: Known) -> None:
        """Take the old form of an arriving row out of its room's checksum."""
        if before.is_moving:
            self._db.execute("DELETE FROM moving WHERE kind = ? AND id = ?", key)
        else:
            self._uncount(*key, before)
        if before.place == "unreadable":
            self._db.execute("DELETE FROM unreadable WHERE kind = ? AND id = ?", key)

    def _confirm(self, room: str, row: Wire) -> None:
        """Change the relay's form under a prediction."""
        self._db.execute(
            "UPDATE confirmed SET room = ?, version = ?, body = ? WHERE kind = ? AND id = ?",
            (room, row["version"], msgspec.json.encode(row).decode(), row["type"], row["id"]),
        )

    def _write(self, room: str, kind: str, rows: list[Wire]) -> None:
        if not rows:
            return
        if kind not in KINDS:
            self._keep_unreadable(room, rows)
            return
        table = table_of(KINDS[kind])
        self._changed.add(kind)
        try:
            self._db.executemany(table.upsert, [table.values(row) for row in rows])
        except (KeyError, sqlite3.ProgrammingError, sqlite3.IntegrityError, OverflowError):
            self._write_singly(room, table, rows)

    def _write_singly(self, room: str, table: Table, rows: list[Wire]) -> None:
        """Write what fits, and keep and report what does not."""
        for row in rows:
            try:
                values: Values = table.values(row)
                self._db.execute(table.upsert, values)
            except (
                KeyError,
                sqlite3.ProgrammingError,
                sqlite3.IntegrityError,
                OverflowError,
            ) as error:
                log.error("The row %s of %s does not fit: %r", row["id"], room, error)  # noqa: TRY400
                self._keep_unreadable(room, [row])

    def _keep_unreadable(self, room: str, rows: list[Wire]) -> None:
        """Keep rows that cannot be shown: they count in the room's checksum all the same."""
        self._db.executemany(
            "INSERT INTO unreadable (kind, id, room, version, body) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (kind, id) DO UPDATE SET room = excluded.room, "
            "version = excluded.version, body = excluded.body",
            [
                (row["type"], row["id"], room, row["version"], msgspec.json.encode(row).decode())
                for row in rows
            ],
        )

    def _delete(self, key: Key, known: Known) -> set[Key]:
        """Take away the relay's form of a row."""
        kind, row_id = key
        self._db.execute("DELETE FROM moving WHERE kind = ? AND id = ?", key)
        if known.place == "confirmed":
            self._db.execute(
                "UPDATE confirmed SET room = NULL, version = 0, body = NULL "
                "WHERE kind = ? AND id = ?",
                key,
            )
            return {key}
        if known.place == "unreadable":
            self._db.execute("DELETE FROM unreadable WHERE kind = ? AND id = ?", key)
            return set()
        self._db.execute(f"DELETE FROM {known.place} WHERE id = ?", [row_id])  # noqa: S608
        self._changed.add(kind)
        return set()

    def _known(self, kind: str, ids: Sequence[str]) -> dict[str, Known]:
        """How the relay's forms of these rows stand here; those that are not here are absent."""
        listed = msgspec.json.encode(ids).decode()
        found: dict[str, tuple[str, int, str]] = {}
        if kind in KINDS:
            table = KINDS[kind].table
            for row in self._here(f"SELECT id, room, version FROM {table} WHERE", listed):  # noqa: S608
                found[row["id"]] = (row["room"], row["version"], table)
        for place in ("unreadable", "confirmed"):
            sql = f"SELECT id, room, version FROM {place} WHERE kind = ? AND"  # noqa: S608
            for row in self._here(sql, kind, listed):
                found[row["id"]] = (row["room"], row["version"], place)
        moving = {
            row["id"]
            for row in self._here("SELECT id FROM moving WHERE kind = ? AND", kind, listed)
        }
        return {
            row_id: Known(room or "", version, place, row_id in moving)
            for row_id, (room, version, place) in found.items()
        }

    def _here(self, sql: str, *values: str) -> list[sqlite3.Row]:
        statement = f"{sql} id IN (SELECT value FROM json_each(?))"  # noqa: S608
        return self._db.execute(statement, values).fetchall()

    def _uncount(self, kind: str, row_id: str, known: Known) -> None:
        """Take a row out of its room's checksum, if it is in there."""
        if not known.room:
            return  # only predicted so far
        over_old = self._db.execute(
            "SELECT 1 FROM rooms WHERE room = ? AND copies_over AND copy_until IS NOT NULL",
            [known.room],
        ).fetchone()
        if over_old:
            copied = self._db.execute(
                "DELETE FROM copied WHERE room = ? AND kind = ? AND id = ?",
                (known.room, kind, row_id),
            )
            if not copied.rowcount:
                return
        self._sums[known.room] -= row_hash(kind, row_id, known.version)

    def _add_up(self) -> None:
        """Write the rooms' new checksums."""
        for room, change in self._sums.items():
            row = self._db.execute("SELECT checksum FROM rooms WHERE room = ?", [room]).fetchone()
            if row is not None:
                total = (int(row["checksum"], 16) + change) % MODULUS
                self._db.execute(
                    "UPDATE rooms SET checksum = ? WHERE room = ?", (as_hex(total), room)
                )
        self._sums.clear()


def _has_place(row: Wire) -> bool:
    kind, row_id, version = (row.get(name) for name in ("type", "id", "version"))
    return isinstance(kind, str) and isinstance(row_id, str) and isinstance(version, int)
