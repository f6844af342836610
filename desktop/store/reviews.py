"""Queries for the entries of a mentor's students: what waits, and what was said about it."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.store.rows import record_from, rows
from domain.entries import Entry, EntryRevision, EntryStatus

COUNTED = 1_000  # counts go no further: nobody reads "12,345", and it would cost as much
TAGGED = 2_000  # among so many entries a tag is looked for

HAS_TAG = "EXISTS (SELECT 1 FROM json_each(tags) WHERE value = :tag COLLATE NOCASE)"

# A mentor holds entries of the own students only, and no drafts: those stay with their author.
NAMED = """
    SELECT e.*, COALESCE(student_cards.name, '') AS student_name,
           COALESCE(members.name, '') AS reviewer_name
    FROM entries e
    LEFT JOIN student_cards ON student_cards.id = e.student_id
    LEFT JOIN members ON members.user_id = e.reviewed_by AND members.room = e.room
"""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An entry with what its row in the queue says.

    Attributes:
        reviewer_name: who reviewed it last, empty for nobody, or nobody known here.
        is_pending: it holds a change that waits to be sent.
    """

    entry: Entry
    student_name: str
    reviewer_name: str
    is_pending: bool

    @property
    def id(self) -> str:
        return self.entry.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFilter:
    """Which entries are wanted; `None` leaves nothing out."""

    status: EntryStatus | None = None
    student_id: str | None = None
    tag: str | None = None
    newest_first: bool = False
    limit: int = 200


def review_queue(db: sqlite3.Connection, wanted: ReviewFilter) -> list[ReviewItem]:
    """The wanted entries: what waits with the oldest first, all others with the newest first."""
    is_queue = wanted.status is EntryStatus.PENDING and not wanted.newest_first
    way = "ASC" if is_queue else "DESC"
    where, values = _where(wanted)
    found = f"SELECT id, tags FROM entries WHERE {where} ORDER BY submitted_at {way}, id {way}"  # noqa: S608
    if wanted.tag is None:
        chosen = f"SELECT id FROM ({found} LIMIT :limit)"  # noqa: S608
    else:
        values["tag"] = wanted.tag
        chosen = f"SELECT id FROM ({found} LIMIT {TAGGED}) WHERE {HAS_TAG} LIMIT :limit"  # noqa: S608
    sql = f"{NAMED} WHERE e.id IN ({chosen}) ORDER BY e.submitted_at {way}, e.id {way}"
    return [_item(row) for row in db.execute(sql, values | {"limit": wanted.limit})]


def review_item(db: sqlite3.Connection, entry_id: str) -> ReviewItem | None:
    """One entry, or None when it is not here any more."""
    row = db.execute(f"{NAMED} WHERE e.id = ?", [entry_id]).fetchone()
    return _item(row) if row is not None else None


def review_counts(
    db: sqlite3.Connection,
    statuses: Iterable[EntryStatus],
    student_id: str | None = None,
    tag: str | None = None,
) -> dict[EntryStatus, int]:
    """How many entries are in each of these statuses, at most `COUNTED` of each.

    With a tag, those that have it among the newest `TAGGED`.
    """
    if tag is not None:
        return _tagged_counts(db, statuses, student_id, tag)
    counts = {}
    for status in statuses:
        where, values = _where(ReviewFilter(status=status, student_id=student_id))
        sql = f"SELECT count(*) FROM (SELECT 1 FROM entries WHERE {where} LIMIT {COUNTED})"  # noqa: S608
        counts[status] = db.execute(sql, values).fetchone()[0]
    return counts


def _tagged_counts(
    db: sqlite3.Connection, statuses: Iterable[EntryStatus], student_id: str | None, tag: str
) -> dict[EntryStatus, int]:
    """One look at the tags for all statuses: to look is what costs."""
    where, values = _where(ReviewFilter(student_id=student_id))
    newest = f"SELECT status, tags FROM entries WHERE {where} ORDER BY submitted_at DESC, id DESC"  # noqa: S608
    sql = f"SELECT status, count(*) FROM ({newest} LIMIT {TAGGED}) WHERE {HAS_TAG} GROUP BY status"  # noqa: S608
    found = {row[0]: min(row[1], COUNTED) for row in db.execute(sql, values | {"tag": tag})}
    return {status: found.get(status.value, 0) for status in statuses}


def waiting_count(db: sqlite3.Connection) -> int:
    """How many entries wait for a review, at most `COUNTED`."""
    return review_counts(db, [EntryStatus.PENDING])[EntryStatus.PENDING]


def tags_in_use(db: sqlite3.Connection) -> list[str]:
    """The tags of the newest entries, by name."""
    sql = (
        "SELECT DISTINCT value FROM (SELECT tags FROM entries "  # noqa: S608
        "WHERE submitted_at IS NOT NULL "
        f"ORDER BY submitted_at DESC, id DESC LIMIT {TAGGED}), json_each(tags)"
    )
    return each_once(str(row[0]) for row in db.execute(sql))


def each_once(tags: Iterable[str]) -> list[str]:
    """Each tag once, however it is written, by name."""
    by_name = {tag.casefold(): tag for tag in tags}
    return [by_name[key] for key in sorted(by_name)]


def revisions(db: sqlite3.Connection, entry_id: str) -> list[EntryRevision]:
    """What earlier iterations of an entry said, the last of them first."""
    sql = "SELECT * FROM entry_revisions WHERE entry_id = ? ORDER BY iteration DESC"
    return rows(db, EntryRevision, sql, [entry_id])


def _where(wanted: ReviewFilter) -> tuple[str, dict[str, Any]]:
    parts: dict[str, Any] = {}
    if wanted.student_id is not None:
        parts["student_id"] = wanted.student_id
    if wanted.status is not None:
        parts["status"] = wanted.status.value
    named = " AND ".join(f"{column} = :{column}" for column in parts)
    return named or "submitted_at IS NOT NULL", parts


def _item(row: sqlite3.Row) -> ReviewItem:
    return ReviewItem(
        entry=record_from(Entry, row),
        student_name=row["student_name"],
        reviewer_name=row["reviewer_name"],
        is_pending=bool(row["pending"]),
    )
