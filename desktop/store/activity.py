"""Queries for the inbox: the notifications of one person, newest first."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Any

from desktop.store.feed import FIRST, LAST, Place
from desktop.store.people import account
from desktop.store.rows import record_of
from domain.activities import Activity, Person, addressed_to
from domain.inbox import MarkState
from domain.members import Role
from domain.rooms import student_room

MOST_COUNTED = 100  # shown as 99+
SCANNED = 600  # of what is unread or sleeps, and of the newest: far more than anybody looks at
NEWEST = 60  # of what is in sight, read or not

# What is read without a mark: up to a read-through, or before one could read the room.
TOLD = """
    SELECT feed.*, COALESCE(members.name, mentor_cards.name, actors.name) AS actor_name,
           students.name AS student_name,
           marks.state AS mark_state,
           marks.snoozed_until AS snoozed_until,
           feed.recorded_at <= COALESCE(read_through.through, '')
               OR feed.recorded_at < COALESCE(mine.since, '') AS is_read
    FROM {source}
    LEFT JOIN read_through ON read_through.of_room = feed.room
    LEFT JOIN members ON members.room = feed.room AND members.user_id = feed.actor_id
    LEFT JOIN mentor_cards ON mentor_cards.id = feed.actor_id
    LEFT JOIN student_cards AS actors ON actors.id = feed.actor_id
    LEFT JOIN members AS mine ON mine.room = feed.room AND mine.user_id = :me
    LEFT JOIN student_cards AS students
           ON students.id = substr(feed.room, 9) AND feed.room LIKE 'student:%'
    WHERE {where} AND feed.actor_id <> :me AND {concerns}
    ORDER BY {order}
"""
# What `addressed_to` would leave out of the many that others do to sessions and entries: SQLite
# passes over them far faster. What it lets through is asked of `addressed_to` all the same.
CONCERNS = """(
    feed.subject_type NOT IN ('schedule', 'entry', 'comment') OR feed.room = :own_room
    OR CASE feed.subject_type
        WHEN 'schedule' THEN json_extract(feed.params, '$.mentorId') = :me
            OR (:is_student AND feed.room LIKE 'cohort:%')
        ELSE feed.actor_id = substr(feed.room, 9)
    END
)"""
BY_TIME = "activity_feed AS feed LEFT JOIN inbox_marks AS marks ON marks.activity_id = feed.id"
BY_MARK = "inbox_marks AS marks CROSS JOIN activity_feed AS feed ON feed.id = marks.activity_id"
IN_ORDER = "feed.recorded_at DESC, feed.id DESC"
MARKS_IN_ORDER = "marks.recorded_at DESC, marks.activity_id DESC"
BETWEEN = """feed.recorded_at BETWEEN :from_at AND :before_at
    AND (feed.recorded_at, feed.id) < (:before_at, :before_id)
    AND (feed.recorded_at, feed.id) >= (:from_at, :from_id)"""
MARKS_BETWEEN = """marks.state = :state AND marks.recorded_at BETWEEN :from_at AND :before_at
    AND (marks.recorded_at, marks.activity_id) < (:before_at, :before_id)
    AND (marks.recorded_at, marks.activity_id) >= (:from_at, :from_id)"""


def _told(source: str, where: str, order: str) -> str:
    return TOLD.format(source=source, where=where, order=order, concerns=CONCERNS)


ALL = _told(BY_TIME, BETWEEN, IN_ORDER)
NEW_IN_ROOM = _told(
    BY_TIME,
    f"""feed.room = :room AND +feed.recorded_at > :through AND {BETWEEN}
    AND (marks.id IS NULL OR marks.state = 'unread' OR marks.snoozed_until <= :now)""",
    IN_ORDER,
)
MARKED = _told(BY_MARK, MARKS_BETWEEN, MARKS_IN_ORDER)
SLEEPING = _told(BY_MARK, f"marks.snoozed_until > :now AND {BETWEEN}", IN_ORDER)
AWAKE = _told(BY_MARK, f"marks.snoozed_until <= :now AND {BETWEEN}", IN_ORDER)
SCANNED_DOWN_TO = """
    SELECT recorded_at, id FROM activity_feed
    ORDER BY recorded_at DESC, id DESC LIMIT 1 OFFSET :scanned
"""

ROOMS_WITH_NEWS = """
    SELECT rooms.room AS room, COALESCE(read_through.through, '') AS through,
           MAX(COALESCE(read_through.through, ''), COALESCE(mine.since, '')) AS floor
    FROM rooms
    LEFT JOIN read_through ON read_through.of_room = rooms.room
    LEFT JOIN members AS mine ON mine.room = rooms.room AND mine.user_id = :me
    WHERE EXISTS (
        SELECT 1 FROM activity_feed AS feed
        WHERE feed.room = rooms.room
          AND feed.recorded_at
              >= MAX(COALESCE(read_through.through, ''), COALESCE(mine.since, ''))
          AND +feed.recorded_at > COALESCE(read_through.through, '')
    )
"""


class State(StrEnum):
    """What I did with a notification."""

    UNREAD = "unread"
    READ = "read"
    SNOOZED = "snoozed"  # out of sight until its time
    ARCHIVED = "archived"


IN_SIGHT = frozenset({State.UNREAD, State.READ})
UNREAD = frozenset({State.UNREAD})
STANDING = frozenset({State.UNREAD, State.SNOOZED})


@dataclass(frozen=True, slots=True)
class Notification:
    """An activity addressed to me, with what I did with it and the name of who did it.

    Attributes:
        is_hidden: its kind is one that the person keeps out of the inbox.
        student_name: in whose room it happened, empty for a room of no student's.
    """

    activity: Activity
    actor_name: str
    state: State
    snoozed_until: str | None = None
    is_hidden: bool = False
    student_name: str = ""

    @property
    def id(self) -> str:
        return self.activity.id

    @property
    def place(self) -> Place:
        return self.activity.recorded_at, self.activity.id

    @property
    def is_unread(self) -> bool:
        return self.state is State.UNREAD

    def at(self, now: str) -> "Notification":
        """The same at another time: a snooze that is over leaves it unread."""
        is_over = self.state is State.SNOOZED and (self.snoozed_until or "") <= now
        return replace(self, state=State.UNREAD) if is_over else self


def recent(db: sqlite3.Connection, me: Person) -> list[Notification]:
    """What is unread or sleeps, and the newest of what was read, newest first.

    Snoozes last, and what the person keeps out of the inbox is among it, as `is_hidden`.
    """
    standing = _Asked(db, me, "", with_hidden=True).found(STANDING)
    oldest = db.execute(SCANNED_DOWN_TO, {"scanned": SCANNED}).fetchone()
    down_to = _place(oldest) if oldest else FIRST
    newest = _Asked(db, me, "", down_to=down_to, with_hidden=True).found(IN_SIGHT)
    found = {one.id: one for one in (*islice(standing, SCANNED), *islice(newest, NEWEST))}
    return sorted(found.values(), key=lambda one: one.place, reverse=True)


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
    before: Place | None = None,
    down_to: Place | None = None,
    limit: int = 200,
    with_hidden: bool = False,
) -> list[Notification]:
    """What concerns me and is in one of these states at `now`, newest first, at most `limit`.

    The next ones before a place, or all down to one. `now` ends snoozes that are over; without it
    all of them last. Kinds that the person wants to have out of the inbox come only `with_hidden`.
    """
    asked = _Asked(db, me, now, before or LAST, down_to or FIRST, with_hidden=with_hidden)
    return list(islice(asked.found(frozenset(states)), limit))


def unread_count(
    db: sqlite3.Connection,
    me: Person,
    *,
    now: str = "",
    most: int = MOST_COUNTED,
    with_hidden: bool = False,
) -> int:
    """How many notifications are unread at `now`; the counting ends at `most`."""
    asked = _Asked(db, me, now, with_hidden=with_hidden)
    return sum(1 for _ in islice(asked.found(UNREAD), most))


def newest_by_room(db: sqlite3.Connection, me: Person, *, now: str = "") -> dict[str, str]:
    """The newest `recorded_at` that is unread in each room: up to where *mark all* reads."""
    asked = _Asked(db, me, now)
    newest = [next(asked.told(rows, UNREAD), None) for rows in asked.new_in_rooms()]
    marked = [one for rows in asked.unread_by_mark() for one in asked.told(rows, UNREAD)]
    through: dict[str, str] = {}
    for one in (*newest, *marked):
        if one is not None:
            room, at = one.activity.room, one.activity.recorded_at
            through[room] = max(through.get(room, ""), at)
    return through


def newest_of_rooms(db: sqlite3.Connection) -> dict[str, str]:
    """The newest `recorded_at` of each room, whomever it concerns."""
    sql = (
        "SELECT room, (SELECT max(recorded_at) FROM activity_feed WHERE room = rooms.room) AS at "
        "FROM rooms"
    )
    return {row["room"]: row["at"] for row in db.execute(sql) if row["at"] is not None}


class _Asked:
    """One question for notifications; rows are read as they are needed."""

    def __init__(
        self,
        db: sqlite3.Connection,
        me: Person,
        now: str,
        before: Place = LAST,
        down_to: Place = FIRST,
        *,
        with_hidden: bool = False,
    ) -> None:
        self._db = db
        self._me = me
        self._now = now
        self._hidden = _hidden(db, me)
        self._with_hidden = with_hidden
        self._values: dict[str, Any] = {
            "me": me.id,
            "own_room": student_room(me.id),
            "is_student": me.role is Role.STUDENT,
            "now": now,
            "before_at": before[0],
            "before_id": before[1],
            "from_at": down_to[0],
            "from_id": down_to[1],
        }

    def found(self, states: Set[State]) -> Iterator[Notification]:
        """What is in one of these states, newest first, each once."""
        merged = merge(*self._streams(states), key=_place, reverse=True)
        return self.told(merged, states)

    def told(self, rows: Iterator[sqlite3.Row], states: Set[State]) -> Iterator[Notification]:
        """The notifications that these rows are, where they are in one of the states."""
        last = ""
        for row in rows:
            is_hidden = row["kind"] in self._hidden
            if row["id"] == last or (is_hidden and not self._with_hidden):
                continue
            last, state = row["id"], _state(row, self._now)
            if state not in states:
                continue
            activity = record_of(Activity, row)
            if activity is not None and addressed_to(activity, self._me):
                yield Notification(
                    activity,
                    row["actor_name"] or "",
                    state,
                    row["snoozed_until"],
                    is_hidden=is_hidden,
                    student_name=row["student_name"] or "",
                )

    def new_in_rooms(self) -> Iterator[Iterator[sqlite3.Row]]:
        """Of each room what nothing says to be read."""
        for row in self._db.execute(ROOMS_WITH_NEWS, self._values):
            lowest = max((row["floor"], ""), (self._values["from_at"], self._values["from_id"]))
            bounds = {"from_at": lowest[0], "from_id": lowest[1]}
            yield self._rows(NEW_IN_ROOM, room=row["room"], through=row["through"], **bounds)

    def unread_by_mark(self) -> Iterator[Iterator[sqlite3.Row]]:
        """What was marked as unread, and what is back from a snooze."""
        yield self._rows(MARKED, state=MarkState.UNREAD)
        yield self._rows(AWAKE)

    def _streams(self, states: Set[State]) -> Iterator[Iterator[sqlite3.Row]]:
        """Rows in order, among which are all in these states."""
        if State.READ in states:
            yield self._rows(ALL)
        elif State.UNREAD in states:
            yield from self.new_in_rooms()
            yield from self.unread_by_mark()
        if State.ARCHIVED in states:
            yield self._rows(MARKED, state=MarkState.ARCHIVED)
        if State.SNOOZED in states:
            yield self._rows(SLEEPING)

    def _rows(self, sql: str, **more: Any) -> Iterator[sqlite3.Row]:
        return self._db.execute(sql, self._values | more)


def _hidden(db: sqlite3.Connection, me: Person) -> frozenset[str]:
    """The kinds that the person wants to have out of the inbox."""
    row = account(db, me.id)
    switches = row.switches if row else {}
    return frozenset(kind for kind, switch in switches.items() if not switch.inbox)


def _state(row: sqlite3.Row, now: str) -> State:
    mark, until = row["mark_state"], row["snoozed_until"]
    if mark == MarkState.ARCHIVED:
        return State.ARCHIVED
    if until is not None:
        return State.UNREAD if until <= now else State.SNOOZED
    if mark is None:
        return State.READ if row["is_read"] else State.UNREAD
    return State.READ if mark == MarkState.READ else State.UNREAD


def _place(row: sqlite3.Row) -> Place:
    return row["recorded_at"], row["id"]
