"""Forging a relay's audit log, as somebody can who has its file in hand."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from syncserver.storage.audit import _hash

BUSY_S = 10.0


def forge(file: Path, room: str, mark: str, *, behind: int = 0) -> None:
    """Change what a room's first record behind a version says, and make all hashes fit again."""
    with closing(sqlite3.connect(file, timeout=BUSY_S)) as db, db:
        db.row_factory = sqlite3.Row
        db.execute("BEGIN IMMEDIATE")
        head, is_done = "", False
        found = db.execute("SELECT * FROM audit_logs WHERE room = ? ORDER BY n", [room]).fetchall()
        for record in map(dict, found):
            if record["version"] > behind and not is_done:
                record["device_id"], is_done = mark, True
            record["prev_hash"] = head
            head = _hash(record)
            db.execute(
                "UPDATE audit_logs SET device_id = ?, prev_hash = ?, hash = ? WHERE id = ?",
                (record["device_id"], record["prev_hash"], head, record["id"]),
            )
        db.execute("UPDATE rooms SET audit_head = ? WHERE room = ?", (head, room))
