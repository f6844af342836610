"""Queries for the activity page: all that happened in the rooms one reads, newest first."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

import msgspec

from desktop.store.rows import record_of
from domain.activities import Activity
from domain.rooms import MENTORS, student_room

Place = tuple[str, str]  # `recorded_at` and id of a row: where a page ends

LAST: Place = ("\N{LATIN SMALL LETTER Z}", "")  # behind every instant
FIRST: Place = ("", "")

# The rooms that are here are those that this person reads, so that no room need be named. The
# pairs are exact, and the times alone are what an index is read by from both ends.
HAPPENED = """
    SELECT feed.*, COALESCE(members.name, mentor_cards.name, actors.name, '') AS actor_name,
           COALESCE(students.name, '') AS student_name
    FROM activity_feed AS feed
    LEFT JOIN members ON members.room = feed.room AND members.user_id = feed.actor_id
    LEFT JOIN mentor_cards ON mentor_cards.id = feed.actor_id
    LEFT JOIN student_cards AS actors ON actors.id = feed.actor_id
    LEFT JOIN student_cards AS students
           ON students.id = substr(feed.room, 9) AND feed.room LIKE 'student:%'
    WHERE {where} AND feed.recorded_at BETWEEN :from_at AND :before_at
      AND (feed.recorded_at, feed.id) < (:before_at, :before_id)
      AND (feed.recorded_at, feed.id) >= (:from_at, :from_id)
    ORDER BY feed.recorded_at DESC, feed.id DESC
    LIMIT :limit
"""

NEWEST = """
    SELECT recorded_at FROM activity_feed WHERE pending = 0
    ORDER BY recorded_at DESC, id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFilter:
    """Which activities: those that fit everything that is given.

    Attributes:
        kinds: none means all of them.
        student_id: what happened in the student's room, and what all mentors read of the student.
        start: an instant with three decimals, as `end`, which is not in it any more.
    """

    kinds: frozenset[str] = frozenset()
    student_id: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An activity with what its sentence needs.

    Attributes:
        actor_name: empty when it is not known here.
        student_name: whose room it happened in, empty for a room of no student's.
        is_pending: it is only predicted, and waits to be sent.
    """

    activity: Activity
    actor_name: str
    student_name: str = ""
    is_pending: bool = False

    @property
    def id(self) -> str:
        return self.activity.id

    @property
    def place(self) -> Place:
        return self.activity.recorded_at, self.activity.id


def feed(
    db: sqlite3.Connection,
    wanted: FeedFilter,
    *,
    before: Place | None = None,
    down_to: Place | None = None,
    limit: int = 100,
) -> list[Happening]:
    """What happened, the newest first: the next ones before a place, or all down to one.

    Each kind is read along an index of its own and no further than it is needed, so that a page
    costs the same anywhere in a long history.
    """
    upper = min(before or LAST, (wanted.end, "") if wanted.end else LAST)
    lower = max(down_to or FIRST, (wanted.start, ""))
    values = {
        "before_at": upper[0],
        "before_id": upper[1],
        "from_at": lower[0],
        "from_id": lower[1],
        "limit": limit,
    }
    merged = merge(*_streams(db, wanted, values), key=_place, reverse=True)
    happened = (_happening(row) for row in islice(merged, limit))
    return [one for one in happened if one is not None]


def about_item(db: sqlite3.Connection, item_id: str, *, limit: int) -> list[Happening]:
    """What happened to one session or entry, the newest first."""
    where = "feed.subject_id = :item"
    values = {
        "item": item_id,
        "before_at": LAST[0],
        "before_id": LAST[1],
        "from_at": FIRST[0],
        "from_id": FIRST[1],
        "limit": limit,
    }
    happened = map(_happening, db.execute(HAPPENED.format(where=where), values))
    return [one for one in happened if one is not None]


def newest_recorded(db: sqlite3.Connection) -> str:
    """The `recorded_at` of the newest activity that the relay knows, "" for none."""
    row = db.execute(NEWEST).fetchone()
    return row["recorded_at"] if row else ""


def _streams(
    db: sqlite3.Connection, wanted: FeedFilter, values: dict[str, Any]
) -> Iterator[Iterator[sqlite3.Row]]:
    """Rows in order, that are read as they are asked for; together all that is wanted."""
    where, named = "1", dict[str, Any]()
    if wanted.student_id:
        where, named = "feed.room = :room", {"room": student_room(wanted.student_id)}
    if not wanted.kinds:
        yield db.execute(HAPPENED.format(where=where), values | named)
    of_kind = HAPPENED.format(where=f"{where} AND feed.kind = :kind")
    for kind in sorted(wanted.kinds):
        yield db.execute(of_kind, values | named | {"kind": kind})
    if wanted.student_id:
        yield _said_to_all_mentors(db, wanted, values)


def _said_to_all_mentors(
    db: sqlite3.Connection, wanted: FeedFilter, values: dict[str, Any]
) -> Iterator[sqlite3.Row]:
    """The few activities about one student in the room of all mentors, found by the student."""
    where = f"feed.subject_id = :student AND +feed.room = '{MENTORS}'"
    if wanted.kinds:
        where += " AND +feed.kind IN (SELECT value FROM json_each(:kinds))"
    kinds = msgspec.json.encode(sorted(wanted.kinds)).decode()
    named = {"student": wanted.student_id, "kinds": kinds}
    return db.execute(HAPPENED.format(where=where), values | named)


def _place(row: sqlite3.Row) -> Place:
    return row["recorded_at"], row["id"]


def _happening(row: sqlite3.Row) -> Happening | None:
    activity = record_of(Activity, row)
    if activity is None:
        return None
    return Happening(activity, row["actor_name"], row["student_name"], bool(row["pending"]))
