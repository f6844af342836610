"""Queries for what happened: the notifications of one person, newest first."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from desktop.store.people import account
from desktop.store.rows import record_from
from domain.activities import Activity, Person, addressed_to
from domain.inbox import MarkState

# Far more than anybody reads, and few enough to look through at every change.
SCANNED = 600

NEWEST = """
    SELECT activity_feed.*, members.name AS actor_name, inbox_marks.state AS mark_state,
           inbox_marks.snoozed_until AS snoozed_until, read_through.through AS read_through
    FROM activity_feed
    LEFT JOIN members
           ON members.user_id = activity_feed.actor_id AND members.room = activity_feed.room
    LEFT JOIN inbox_marks ON inbox_marks.activity_id = activity_feed.id
    LEFT JOIN read_through ON read_through.of_room = activity_feed.room
    ORDER BY activity_feed.recorded_at DESC
    LIMIT :limit
"""


class State(StrEnum):
    """What I did with a notification."""

    UNREAD = "unread"
    READ = "read"
    SNOOZED = "snoozed"  # out of sight until its time
    ARCHIVED = "archived"


IN_SIGHT = frozenset({State.UNREAD, State.READ})
UNREAD = frozenset({State.UNREAD})


@dataclass(frozen=True, slots=True)
class Notification:
    """An activity addressed to me, with what I did with it and the name of who did it.

    Attributes:
        is_hidden: its kind is one that the person keeps out of the inbox.
    """

    activity: Activity
    actor_name: str
    state: State
    snoozed_until: str | None = None
    is_hidden: bool = False

    @property
    def id(self) -> str:
        return self.activity.id

    @property
    def is_unread(self) -> bool:
        return self.state is State.UNREAD

    def at(self, now: str) -> "Notification":
        """The same at another time: a snooze that is over leaves it unread."""
        is_over = self.state is State.SNOOZED and (self.snoozed_until or "") <= now
        return replace(self, state=State.UNREAD) if is_over else self


def recent(db: sqlite3.Connection, me: Person) -> list[Notification]:
    """What concerns me among the newest `SCANNED` activities, newest first.

    Snoozes last, and what the person keeps out of the inbox is among it, as `is_hidden`.
    """
    return list(_addressed(db, me))


def in_inbox(
    found: Iterable[Notification],
    *,
    states: Collection[State] = IN_SIGHT,
    now: str = "",
    limit: int = 200,
) -> list[Notification]:
    """Those that the inbox shows in these states at `now`, in the same order, at most `limit`.

    `now` ends snoozes that are over; without it all of them last.
    """
    shown = (one.at(now) for one in found if not one.is_hidden)
    return list(islice((one for one in shown if one.state in states), limit))


def notifications(
    db: sqlite3.Connection,
    me: Person,
    *,
    states: Collection[State] = IN_SIGHT,
    now: str = "",
    limit: int = 200,
) -> list[Notification]:
    """What concerns me and is in one of these states at `now`, as `in_inbox` says."""
    return in_inbox(_addressed(db, me), states=states, now=now, limit=limit)


def unread_count(db: sqlite3.Connection, me: Person, *, now: str = "") -> int:
    """How many notifications are unread at `now`, among the newest `SCANNED` activities."""
    return len(in_inbox(_addressed(db, me), states=UNREAD, now=now, limit=SCANNED))


def newest_by_room(db: sqlite3.Connection, me: Person) -> dict[str, str]:
    """The newest `recorded_at` shown in each room: up to where *mark all* reads."""
    through: dict[str, str] = {}
    for notification in in_inbox(_addressed(db, me), limit=SCANNED):
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
    row = account(db, me.id)
    hidden = {kind for kind, switch in (row.switches if row else {}).items() if not switch.inbox}
    for found in db.execute(NEWEST, {"limit": SCANNED}):
        if found["actor_id"] == me.id:
            continue
        activity = record_from(Activity, found)
        if addressed_to(activity, me):
            yield Notification(
                activity,
                found["actor_name"] or "",
                _state(found),
                found["snoozed_until"],
                is_hidden=activity.kind_ in hidden,
            )


def _state(row: sqlite3.Row) -> State:
    if row["mark_state"] == MarkState.ARCHIVED:
        return State.ARCHIVED
    if row["snoozed_until"] is not None:
        return State.SNOOZED
    is_read = row["mark_state"] is not None or row["recorded_at"] <= (row["read_through"] or "")
    return State.READ if is_read else State.UNREAD
