"""Queries for Today: the numbers of both roles, counted from the local rows."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.store.schedules import Session
from domain.schedules import Mark, Status

HELD = frozenset({Mark.ATTENDED, Mark.LATE})


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
