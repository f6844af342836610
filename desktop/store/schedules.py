"""Queries for sessions: by person and time, and what a new one would overlap."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.store.regrets import SAID, Regret, regrets_in
from desktop.store.rows import record_from
from domain.activities import Person
from domain.instants import later
from domain.members import Role
from domain.schedules import LONGEST, Mark, Schedule, Status

EVER_START, EVER_END = "1970-01-01T00:00:00Z", "9999-01-01T00:00:00Z"

LED = f"""
    SELECT s.*, COALESCE(student_cards.name, cohort_cards.name, '') AS with_name,
           COALESCE(members.time_zone, '') AS other_zone, NULL AS mark, {SAID}
    FROM schedules s
    LEFT JOIN student_cards ON student_cards.id = s.student_id
    LEFT JOIN cohort_cards ON cohort_cards.id = s.cohort_id
    LEFT JOIN members ON members.user_id = s.student_id AND members.room = s.room
"""  # noqa: S608  no value from outside

ATTENDED = f"""
    SELECT s.*, COALESCE(members.name, '') AS with_name,
           COALESCE(members.time_zone, '') AS other_zone, attendance.mark AS mark, {SAID}
    FROM schedules s
    LEFT JOIN members ON members.user_id = s.mentor_id AND members.room = s.room
    LEFT JOIN attendance ON attendance.schedule_id = s.id AND attendance.user_id = :me
"""  # noqa: S608  no value from outside

LED_BY_ME = "s.mentor_id = :me AND s.start_time >= :start AND s.start_time < :end "

# Each branch stops at the limit by itself: a long past is never sorted for its last page.
MINE_AS_STUDENT = """
    s.id IN (
        SELECT id FROM (
            SELECT one.id FROM schedules AS one
            WHERE one.student_id = :me AND one.start_time >= :start AND one.start_time < :end
            {more} ORDER BY one.start_time {way}, one.id LIMIT :limit
        )
        UNION ALL
        SELECT id FROM (
            SELECT one.id
            FROM participants JOIN schedules AS one ON one.id = participants.schedule_id
            WHERE participants.user_id = :me
              AND one.start_time >= :start AND one.start_time < :end
            {more} ORDER BY one.start_time {way}, one.id LIMIT :limit
        )
    )
"""


@dataclass(frozen=True, slots=True)
class Session:
    """A session with what its row in a list says.

    Attributes:
        with_name: the student or cohort for its mentor; the mentor for a student.
        other_zone: the other person's IANA zone, empty for a group or when it is not known.
        mark: the student's own attendance of a group session.
        cannot: the student said that they can't make it; of a group only the own word counts, as
            the others go on without the one who is missing.
        is_pending: it holds a change that waits to be sent.
        regrets: who can't make it, and why, as far as this person may know.
    """

    schedule: Schedule
    with_name: str
    other_zone: str
    mark: Mark | None
    cannot: bool
    is_pending: bool
    regrets: tuple[Regret, ...] = ()

    @property
    def id(self) -> str:
        return self.schedule.id


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFilter:
    """Which sessions of the person are wanted; `None` leaves nothing out.

    `start` and `end` bound the start time, as UTC text in whole seconds.
    """

    start: str = EVER_START
    end: str = EVER_END
    student_id: str | None = None
    cohort_id: str | None = None
    status: Status | None = None
    newest_first: bool = False
    limit: int = 200


def sessions(db: sqlite3.Connection, me: Person, wanted: SessionFilter) -> list[Session]:
    """The person's own sessions in the order of their start, at most `wanted.limit`."""
    values: dict[str, Any] = {
        "me": me.id,
        "start": wanted.start,
        "end": wanted.end,
        "limit": wanted.limit,
    }
    chosen = []
    for column, value in (
        ("student_id", wanted.student_id),
        ("cohort_id", wanted.cohort_id),
        ("status", wanted.status),
    ):
        if value is not None:
            chosen.append(f"AND +one.{column} = :{column}")  # the plus keeps the index on time
            values[column] = value
    way, more = "DESC" if wanted.newest_first else "ASC", " ".join(chosen)
    if me.role is Role.STUDENT:
        sql, where = ATTENDED, MINE_AS_STUDENT.format(more=more, way=way)
    else:
        sql, where = LED, LED_BY_ME + more.replace("one.", "s.")
    order = f"ORDER BY s.start_time {way}, s.id LIMIT :limit"
    rows = db.execute(f"{sql} WHERE {where} {order}", values)
    return [_session(me, row) for row in rows]


def session(db: sqlite3.Connection, me: Person, schedule_id: str) -> Session | None:
    """One session as this person sees it, or None when it is not here."""
    sql = ATTENDED if me.role is Role.STUDENT else LED
    row = db.execute(f"{sql} WHERE s.id = :id", {"me": me.id, "id": schedule_id}).fetchone()
    return _session(me, row) if row is not None else None


def next_session(db: sqlite3.Connection, me: Person, now: str) -> Session | None:
    """The session that runs now or comes next, not canceled; `now` in whole seconds."""
    wanted = SessionFilter(start=later(now, -LONGEST), status=Status.SCHEDULED, limit=50)
    ahead = (one for one in sessions(db, me, wanted) if one.schedule.end_time > now)
    return next(ahead, None)


def to_confirm(db: sqlite3.Connection, me: Person, now: str, *, limit: int = 20) -> list[Session]:
    """Sessions that have ended and are still scheduled, the latest first.

    A group session that the student has marked needs no more of that student.
    """
    wanted = SessionFilter(end=now, status=Status.SCHEDULED, newest_first=True, limit=limit * 2)
    ended = [
        one
        for one in sessions(db, me, wanted)
        if one.schedule.end_time <= now and (one.mark is None or me.role is not Role.STUDENT)
    ]
    return ended[:limit]


AHEAD = """
    SELECT COUNT(*) FROM (
        SELECT 1 FROM schedules
        WHERE mentor_id = :me AND start_time >= :now AND +status = 'scheduled' LIMIT :most
    )
"""


def ahead_count(db: sqlite3.Connection, mentor_id: str, now: str, *, most: int = 1000) -> int:
    """How many sessions of a mentor are still to begin and not canceled; counted up to `most`."""
    values = {"me": mentor_id, "now": now, "most": most}
    return int(db.execute(AHEAD, values).fetchone()[0])


def overlapping(
    db: sqlite3.Connection, people: Collection[str], start: str, end: str, *, besides: str = ""
) -> list[Schedule]:
    """Scheduled sessions of these people that overlap `[start, end)`, as far as known here."""
    found: dict[str, Schedule] = {}
    values = {"earliest": later(start, -LONGEST), "start": start, "end": end, "besides": besides}
    for person in people:
        for sql in (BUSY_LEADING, BUSY_ATTENDING, BUSY_IN_GROUP):
            for row in db.execute(sql, {**values, "person": person}):
                found[row["id"]] = record_from(Schedule, row)
    return sorted(found.values(), key=lambda one: (one.start_time, one.id))


BUSY = """
    s.status = 'scheduled' AND s.start_time > :earliest AND s.start_time < :end
    AND s.end_time > :start AND s.id <> :besides
"""
BUSY_LEADING = f"SELECT s.* FROM schedules s WHERE s.mentor_id = :person AND {BUSY}"  # noqa: S608
BUSY_ATTENDING = f"SELECT s.* FROM schedules s WHERE s.student_id = :person AND {BUSY}"  # noqa: S608
# CROSS JOIN and plus make it start from the few sessions of that time: not from all that this
# person was ever in.
BUSY_IN_GROUP = f"""
    SELECT s.* FROM schedules s CROSS JOIN participants ON participants.schedule_id = s.id
    WHERE +participants.user_id = :person AND {BUSY}
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Attendee:
    """A student of a group session, with the attendance as far as this person may see it.

    A mark stands in the student's own room; `is_seen` says whether this person reads that one.
    """

    user_id: str
    name: str
    mark: Mark | None
    is_seen: bool = True

    @property
    def id(self) -> str:
        return self.user_id


ATTENDEES = """
    SELECT participants.user_id, members.name, attendance.mark,
           EXISTS (SELECT 1 FROM members AS own
                   WHERE own.user_id = participants.user_id
                     AND own.room = 'student:' || participants.user_id) AS is_seen
    FROM participants
    LEFT JOIN members ON members.user_id = participants.user_id AND members.room = participants.room
    LEFT JOIN attendance ON attendance.schedule_id = participants.schedule_id
          AND attendance.user_id = participants.user_id
    WHERE participants.schedule_id = ?
    ORDER BY members.name, participants.user_id
"""


def attendees(db: sqlite3.Connection, schedule_id: str) -> Sequence[Attendee]:
    """The students of a group session, by name."""
    return [
        Attendee(
            row["user_id"],
            row["name"] or "",
            Mark(row["mark"]) if row["mark"] else None,
            bool(row["is_seen"]),
        )
        for row in db.execute(ATTENDEES, [schedule_id])
    ]


def _session(me: Person, row: sqlite3.Row) -> Session:
    schedule, said = record_from(Schedule, row), regrets_in(row["said"])
    own = tuple(one for one in said if one.user_id == me.id)
    return Session(
        schedule=schedule,
        with_name=row["with_name"],
        other_zone=row["other_zone"],
        mark=Mark(row["mark"]) if row["mark"] else None,
        cannot=bool(own if schedule.is_group_session else said),
        is_pending=bool(row["pending"]),
        regrets=own if me.role is Role.STUDENT else said,
    )
