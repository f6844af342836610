"""Queries for Today: the numbers of both roles, the latest activity, and feedback to read."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.store.activity import Notification
from desktop.store.reviews import ReviewItem, review_item
from desktop.store.rows import record_from
from desktop.store.schedules import Session
from domain.activities import Activity, Kind
from domain.schedules import Mark, Status

HELD = frozenset({Mark.ATTENDED, Mark.LATE})
FEEDBACK = frozenset({Kind.ENTRY_STATUS_CHANGED, Kind.COMMENT_ADDED})


@dataclass(frozen=True, slots=True)
class StudentFigures:
    """The students that all mentors see, and those of one mentor.

    Attributes:
        enrolled: all students that are not deactivated.
        mine: those of them whom this mentor is assigned to.
        mine_active: those of mine who did anything, or had a session, since the time asked about.
        unassigned: those whom nobody mentors yet.
    """

    enrolled: int
    mine: int
    mine_active: int
    unassigned: int


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """Sessions of a span of time by what became of them; canceled ones do not count."""

    completed: int
    to_confirm: int
    left: int

    @property
    def total(self) -> int:
        return self.completed + self.to_confirm + self.left


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that happened in a room that I read, with the name of who did it."""

    activity: Activity
    actor_name: str

    @property
    def id(self) -> str:
        return self.activity.id


@dataclass(frozen=True, slots=True)
class Feedback:
    """An entry with what was said about it and not read yet: `news`, the newest first."""

    entry: ReviewItem
    news: tuple[Notification, ...]

    @property
    def id(self) -> str:
        return self.entry.id


# Ids are of one length and stand in quotes in the JSON list, so that `instr` finds whole ones.
STUDENTS = """
    SELECT count(*) AS enrolled,
           total(instr(mentor_ids, :me) > 0) AS mine,
           total(mentor_ids = '[]') AS unassigned
    FROM student_cards
    WHERE room = 'mentors' AND state <> 'deactivated'
"""

ACTIVE = """
    SELECT count(*)
    FROM student_cards AS card
    WHERE card.room = 'mentors' AND card.state <> 'deactivated' AND instr(card.mentor_ids, :me) > 0
      AND (
        EXISTS (
            SELECT 1 FROM activity_feed
            WHERE room = 'student:' || card.id AND recorded_at >= :since AND actor_id = card.id
        ) OR EXISTS (
            SELECT 1 FROM schedules
            WHERE student_id = card.id AND start_time >= :since AND start_time < :now
              AND status = 'completed'
        ) OR EXISTS (
            SELECT 1 FROM attendance
            WHERE room = 'student:' || card.id AND start_time >= :since
              AND mark IN ('attended', 'late')
        )
      )
"""

AHEAD = """
    SELECT (
        SELECT count(*) FROM schedules
        WHERE student_id = :me AND start_time >= :now AND status = 'scheduled'
    ) + (
        SELECT count(*) FROM participants JOIN schedules ON schedules.id = participants.schedule_id
        WHERE participants.user_id = :me AND schedules.start_time >= :now
          AND schedules.status = 'scheduled'
    )
"""

# A draft does not count: nobody has handed it in.
WRITTEN = """
    SELECT local_day, count(*) AS written FROM entries
    WHERE student_id = :student AND status <> 'draft'
    GROUP BY local_day
"""

LATEST = """
    SELECT activity_feed.*, COALESCE(members.name, mentor_cards.name, actors.name) AS actor_name
    FROM activity_feed
    LEFT JOIN members
           ON members.user_id = activity_feed.actor_id AND members.room = activity_feed.room
    LEFT JOIN mentor_cards ON mentor_cards.id = activity_feed.actor_id
    LEFT JOIN student_cards AS actors ON actors.id = activity_feed.actor_id
    ORDER BY activity_feed.recorded_at DESC, activity_feed.id DESC
    LIMIT :limit
"""


def student_figures(
    db: sqlite3.Connection, mentor_id: str, *, since: str, now: str
) -> StudentFigures:
    """How many students there are for this mentor; `since` and `now` in whole seconds."""
    row = db.execute(STUDENTS, {"me": mentor_id}).fetchone()
    active = db.execute(ACTIVE, {"me": mentor_id, "since": since, "now": now}).fetchone()[0]
    return StudentFigures(row["enrolled"], int(row["mine"]), active, int(row["unassigned"]))


def sessions_ahead(db: sqlite3.Connection, student_id: str, now: str) -> int:
    """How many sessions of this student are still to come; `now` in whole seconds."""
    count: int = db.execute(AHEAD, {"me": student_id, "now": now}).fetchone()[0]
    return count


def days_written(db: sqlite3.Connection, student_id: str) -> dict[date, int]:
    """How many entries a student wrote on each day, on the calendar of where they were then."""
    found = db.execute(WRITTEN, {"student": student_id})
    return {date.fromisoformat(row["local_day"]): row["written"] for row in found}


def latest_activity(db: sqlite3.Connection, *, limit: int) -> list[Deed]:
    """What happened in all rooms that are here, own deeds too, the newest first."""
    found = db.execute(LATEST, {"limit": limit})
    return [Deed(record_from(Activity, row), row["actor_name"] or "") for row in found]


def unread_feedback(db: sqlite3.Connection, unread: Iterable[Notification]) -> list[Feedback]:
    """The entries that these notifications, newest first, review or comment on; likewise."""
    news: dict[str, list[Notification]] = {}
    for one in unread:
        if entry_id := reviewed_entry(one.activity):
            news.setdefault(entry_id, []).append(one)
    items = ((review_item(db, entry_id), tuple(found)) for entry_id, found in news.items())
    return [Feedback(item, found) for item, found in items if item is not None]


def reviewed_entry(activity: Activity) -> str:
    """The id of the entry that it reviews or comments on, or ""."""
    is_feedback = activity.kind_ in FEEDBACK
    return str(activity.params.get("entryId", activity.subject_id)) if is_feedback else ""


def entry_told_of(activity: Activity) -> str:
    """The id of the entry that it tells of, reviews or comments on, or ""."""
    is_of_entry = activity.kind_.startswith("entry:") and activity.subject_type == "entry"
    return activity.subject_id if is_of_entry else reviewed_entry(activity)


def session_figures(sessions: Iterable[Session], now: str) -> SessionFigures:
    """What became of these sessions by `now`; a student's own attendance settles a group's."""
    completed = to_confirm = left = 0
    for session in sessions:
        schedule = session.schedule
        if schedule.status is Status.CANCELED:
            continue
        if schedule.status is Status.COMPLETED or session.mark is not None:
            completed += session.mark is None or session.mark in HELD
        elif schedule.end_time <= now:
            to_confirm += 1
        else:
            left += 1
    return SessionFigures(completed, to_confirm, left)
