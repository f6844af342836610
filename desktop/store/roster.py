"""Queries for Students: the roster, with what is new and next of each, and one's sessions."""

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from desktop.store.rows import record_from
from desktop.store.schedules import EVER_END, EVER_START, Session, SessionFilter, sessions
from domain.activities import Person
from domain.instants import later
from domain.members import Role
from domain.schedules import LONGEST
from domain.students import StudentCard

# How far back the last deed of a student is looked for among what happened in their room.
SCANNED = 200

# What others' students do is not here, so that the inner queries find nothing for them.
ROSTER = f"""
    SELECT card.*, cohort_cards.name AS cohort_name, cohort_cards.mentor_ids AS cohort_mentors,
           members.time_zone AS zone,
           next.title AS next_title, next.start_time AS next_start,
           (
               SELECT recorded_at FROM (
                   SELECT recorded_at, actor_id FROM activity_feed
                   WHERE room = 'student:' || card.id
                   ORDER BY recorded_at DESC LIMIT {SCANNED}
               ) WHERE actor_id = card.id LIMIT 1
           ) AS last_deed,
           (
               SELECT end_time FROM schedules
               WHERE student_id = card.id AND start_time < :now AND status = 'completed'
               ORDER BY start_time DESC LIMIT 1
           ) AS last_session,
           (
               SELECT count(*) FROM entries WHERE student_id = card.id AND status = 'pending'
           ) AS waiting
    FROM student_cards AS card
    LEFT JOIN cohort_cards ON cohort_cards.id = card.cohort_id
    LEFT JOIN members ON members.user_id = card.id AND members.room = 'student:' || card.id
    LEFT JOIN schedules AS next ON next.id = (
        SELECT id FROM (
            SELECT id, start_time FROM schedules
            WHERE student_id = card.id AND start_time > :earliest AND end_time > :now
              AND status = 'scheduled'
            UNION ALL
            SELECT one.id, one.start_time
            FROM participants JOIN schedules AS one ON one.id = participants.schedule_id
            WHERE participants.user_id = card.id AND one.start_time > :earliest
              AND one.end_time > :now AND one.status = 'scheduled'
        ) ORDER BY start_time LIMIT 1
    )
"""  # noqa: S608  no value from outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Student:
    """A student as a mentor's roster shows them.

    Attributes:
        other_mentors: the names of the mentors besides the one who asks.
        is_mine: the mentor who asks is assigned.
        may_move: the student's cohort is the asking mentor's own, or there is none.
        zone: IANA, "" where it is not known here.
        last_active: the instant of the last deed or completed session, "" for none that is here.
        waiting: how many entries wait for a review.
    """

    card: StudentCard
    cohort_name: str
    other_mentors: tuple[str, ...]
    is_mine: bool
    may_move: bool
    is_pending: bool
    zone: str
    last_active: str
    next_title: str
    next_start: str
    waiting: int

    @property
    def id(self) -> str:
        return self.card.id

    @property
    def is_unassigned(self) -> bool:
        return not self.card.mentor_ids


def roster(db: sqlite3.Connection, me: Person, now: str) -> list[Student]:
    """All students that are not deactivated, by name; `now` in whole seconds."""
    sql = f"{ROSTER} WHERE card.room = 'mentors' AND card.state <> 'deactivated'"
    found = _students(db, me, now, sql, {})
    return sorted(found, key=lambda one: (one.card.name.casefold(), one.id))


def student(db: sqlite3.Connection, me: Person, student_id: str, now: str) -> Student | None:
    """One student, deactivated or not, or None when there is no such card here."""
    found = _students(db, me, now, f"{ROSTER} WHERE card.id = :id", {"id": student_id})
    return found[0] if found else None


HELD = """
    SELECT (
        SELECT count(*) FROM schedules WHERE student_id = :student AND status = 'completed'
    ) + (
        SELECT count(*)
        FROM participants CROSS JOIN schedules ON schedules.id = participants.schedule_id
        WHERE participants.user_id = :student AND schedules.status = 'completed'
    )
"""


def sessions_held(db: sqlite3.Connection, student_id: str) -> int:
    """How many sessions of this student took place, as far as they are here."""
    count: int = db.execute(HELD, {"student": student_id}).fetchone()[0]
    return count


def sessions_of(
    db: sqlite3.Connection, me: Person, student_id: str, now: str, *, past: int, ahead: int = 50
) -> tuple[list[Session], list[Session]]:
    """A student's sessions as far as they are here: those to come, and the newest `past` ones.

    Of the first the earliest comes first, of the second the latest. `with_name` is the cohort of a
    group session, or the mentor when it is not the one who asks; `other_zone` is the student's.
    """
    whom = Person(student_id, Role.STUDENT)
    running = later(now, -LONGEST)
    latest = sessions(db, whom, SessionFilter(start=running, end=EVER_END, limit=ahead + 20))
    coming = [one for one in latest if one.schedule.end_time > now][:ahead]
    earlier = SessionFilter(start=EVER_START, end=now, newest_first=True, limit=past + 20)
    over = [one for one in sessions(db, whom, earlier) if one.schedule.end_time <= now][:past]
    seen = _Seen(db, me, student_id)
    return [seen.by_me(one) for one in coming], [seen.by_me(one) for one in over]


class _Seen:
    """Turns a student's view of a session into that of one of the mentors."""

    def __init__(self, db: sqlite3.Connection, me: Person, student_id: str) -> None:
        self._me = me
        sql = "SELECT time_zone FROM members WHERE user_id = ? AND room = ?"
        row = db.execute(sql, [student_id, f"student:{student_id}"]).fetchone()
        self._zone = row["time_zone"] if row else ""
        self._cohorts = dict(
            map(tuple, db.execute("SELECT id, name FROM cohort_cards WHERE room = 'mentors'"))
        )

    def by_me(self, session: Session) -> Session:
        schedule = session.schedule
        name = "" if schedule.mentor_id == self._me.id else session.with_name
        if schedule.cohort_id:
            name = self._cohorts.get(schedule.cohort_id, "")
        return replace(session, with_name=name, other_zone=self._zone)


def _students(
    db: sqlite3.Connection, me: Person, now: str, sql: str, values: dict[str, Any]
) -> list[Student]:
    given = {"now": now, "earliest": later(now, -LONGEST), **values}
    names = dict(map(tuple, db.execute("SELECT id, name FROM mentor_cards WHERE room = 'mentors'")))
    return [_student(row, me, names) for row in db.execute(sql, given)]


def _student(row: sqlite3.Row, me: Person, names: dict[str, str]) -> Student:
    card = record_from(StudentCard, row)
    others = [names[one] for one in card.mentor_ids if one in names and one != me.id]
    return Student(
        card=card,
        cohort_name=row["cohort_name"] or "",
        other_mentors=tuple(sorted(others, key=str.casefold)),
        is_mine=me.id in card.mentor_ids,
        may_move=card.cohort_id is None or me.id in (row["cohort_mentors"] or ""),
        is_pending=bool(row["pending"]),
        zone=row["zone"] or "",
        last_active=max(row["last_deed"] or "", row["last_session"] or ""),
        next_title=row["next_title"] or "",
        next_start=row["next_start"] or "",
        waiting=row["waiting"],
    )
