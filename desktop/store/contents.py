"""What the rooms here really hold: their checksums counted anew from the rows."""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from domain.checksums import MODULUS, as_hex, row_hash
from domain.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Held:
    """A room as it is here; `checksum` is the one that is kept, `counted` that of its rows."""

    version: int
    checksum: str
    counted: str


def contents(db: sqlite3.Connection) -> dict[str, Held]:
    """All rooms that are wholly here; it reads every row, so call it on a thread of its own.

    Counted are the relay's forms: what is predicted here, and what is moving to another room, is in
    no checksum.
    """
    db.execute("BEGIN")  # rows and rooms of one moment
    try:
        kept = db.execute(
            "SELECT room, version, checksum FROM rooms WHERE copy_until IS NULL AND cursor IS NULL"
        ).fetchall()
        sums = _sums(db)
    finally:
        db.execute("ROLLBACK")
    return {
        room: Held(version, checksum, as_hex(sums[room] % MODULUS))
        for room, version, checksum in kept
    }


def _sums(db: sqlite3.Connection) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    apart = {tuple(row) for row in db.execute("SELECT kind, id FROM moving")}
    predicted = {tuple(row) for row in db.execute("SELECT kind, id FROM confirmed")}
    for kind, record in KINDS.items():
        for row_id, room, version in db.execute(f"SELECT id, room, version FROM {record.table}"):  # noqa: S608
            if (kind, row_id) not in apart and (kind, row_id) not in predicted:
                sums[room] += row_hash(kind, row_id, version)
    for place in ("confirmed", "unreadable"):
        for kind, row_id, room, version in db.execute(
            f"SELECT kind, id, room, version FROM {place} WHERE room IS NOT NULL"  # noqa: S608
        ):
            if (kind, row_id) not in apart:
                sums[room] += row_hash(kind, row_id, version)
    return sums
