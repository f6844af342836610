"""Queries for what happened: the notifications of one person, newest first."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.store.rows import record_from
from domain.activities import Activity, Person, addressed_to
from domain.inbox import MarkState

# Far more than anybody reads, and few enough to look through at every change.
SCANNED = 600

NEWEST = """
    SELECT activity_feed.*, members.name AS actor_name, inbox_marks.state AS mark_state,
           read_through.through AS read_through
    FROM activity_feed
    LEFT JOIN members
           ON members.user_id = activity_feed.actor_id AND members.room = activity_feed.room
    LEFT JOIN inbox_marks ON inbox_marks.activity_id = activity_feed.id
    LEFT JOIN read_through ON read_through.of_room = activity_feed.room
    ORDER BY activity_feed.recorded_at DESC
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Notification:
    """An activity addressed to me, with what I did with it and the name of who did it."""

    activity: Activity
    actor_name: str
    is_unread: bool

    @property
    def id(self) -> str:
        return self.activity.id


def notifications(
    db: sqlite3.Connection, me: Person, *, unread_only: bool = False, limit: int = 200
) -> list[Notification]:
    """What concerns me and is not archived, newest first, at most `limit`."""
    found: list[Notification] = []
    for notification in _addressed(db, me):
        if notification.is_unread or not unread_only:
            found.append(notification)
            if len(found) == limit:
                break
    return found


def unread_count(db: sqlite3.Connection, me: Person) -> int:
    """How many notifications are unread, among the newest `SCANNED` activities."""
    return sum(notification.is_unread for notification in _addressed(db, me))


def newest_by_room(db: sqlite3.Connection, me: Person) -> dict[str, str]:
    """The newest `recorded_at` shown in each room: up to where *mark all* reads."""
    through: dict[str, str] = {}
    for notification in _addressed(db, me):
        through.setdefault(notification.activity.room, notification.activity.recorded_at)
    return through


def newest_of_rooms(db: sqlite3.Connection) -> dict[str, str]:
    """The newest `recorded_at` of each room, whomever it concerns."""
    sql = (
        "SELECT room, (SELECT max(recorded_at) FROM activity_feed WHERE room = rooms.room) AS at "
        "FROM rooms"
    )
    return {row["room"]: row["at"] for row in db.execute(sql) if row["at"] is not None}


def _addressed(db: sqlite3.Connection, me: Person) -> Iterator[Notification]:
    for row in db.execute(NEWEST, {"limit": SCANNED}):
        if row["actor_id"] == me.id or row["mark_state"] == MarkState.ARCHIVED:
            continue
        activity = record_from(Activity, row)
        if not addressed_to(activity, me):
            continue
        is_read = row["mark_state"] is not None or activity.recorded_at <= (
            row["read_through"] or ""
        )
        yield Notification(activity, row["actor_name"] or "", not is_read)
