"""Queries for a student's own entries: drafts, what was submitted, and what came back."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from desktop.store.reviews import (
    TAGGED,
    ReviewFilter,
    ReviewItem,
    each_once,
    review_counts,
    review_queue,
)
from domain.entries import EntryStatus

STATUSES = (
    EntryStatus.DRAFT,
    EntryStatus.PENDING,
    EntryStatus.NEEDS_WORK,
    EntryStatus.REVIEWED,
    EntryStatus.APPROVED,
)


def own_entries(
    db: sqlite3.Connection,
    student_id: str,
    *,
    status: EntryStatus | None = None,
    tag: str | None = None,
    limit: int = 200,
) -> list[ReviewItem]:
    """The student's entries: drafts first, then the newest submitted; at most `limit`."""
    wanted = ReviewFilter(
        status=status, student_id=student_id, tag=tag, newest_first=True, limit=limit
    )
    found = review_queue(db, wanted)
    if status is not None:
        return found
    drafts = review_queue(db, replace(wanted, status=EntryStatus.DRAFT))
    submitted = (item for item in found if item.entry.status is not EntryStatus.DRAFT)
    return [*drafts, *submitted][:limit]


def own_counts(
    db: sqlite3.Connection, student_id: str, tag: str | None = None
) -> dict[EntryStatus, int]:
    """How many of the student's entries are in each status."""
    statuses: Iterable[EntryStatus] = STATUSES
    return review_counts(db, statuses, student_id, tag)


def own_tags(db: sqlite3.Connection, student_id: str) -> list[str]:
    """The tags that the student uses, in drafts too, by name."""
    sql = (
        "SELECT DISTINCT value FROM (SELECT tags FROM entries "  # noqa: S608
        f"WHERE student_id = ? ORDER BY submitted_at DESC, id DESC LIMIT {TAGGED}), json_each(tags)"
    )
    return each_once(str(row[0]) for row in db.execute(sql, [student_id]))
