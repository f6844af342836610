"""A feed of as many activities as one likes, written by SQLite itself: a million takes seconds."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from bench.stage.crowd import STUDENTS, an_id
from domain.activities import Kind
from domain.rooms import student_room

RARE = Kind.COMMENT_ADDED
RARE_EVERY = 40  # of 10,000 there are two pages
OFTEN = Kind.SCHEDULE_CREATED
MINUTES_APART = timedelta(minutes=2)

# The higher the number, the newer: a million go back nearly four years.
WRITTEN = f"""
    WITH RECURSIVE numbers(n) AS (
        SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count
    )
    INSERT INTO activity_feed (
        id, room, version, created_at, updated_at, kind, actor_id, subject_type, subject_id,
        params, at, recorded_at
    )
    SELECT printf('0199%04x-0000-7000-8000-%012d', 5, n),
           'student:' || student, n, at, at,
           CASE WHEN n % {RARE_EVERY} = 0 THEN '{RARE}'
                WHEN n % 3 = 0 THEN '{Kind.SCHEDULE_UPDATED}' ELSE '{OFTEN}' END,
           CASE WHEN n % 2 THEN student ELSE :mentor END,
           'schedule', printf('0199%04x-0000-7000-8000-%012d', 4, n % 5000),
           json_object('title', 'Session ' || n, 'mentorId', :mentor), at, at
    FROM (
        SELECT n, printf('0199%04x-0000-7000-8000-%012d', 2, n % {STUDENTS}) AS student,
               strftime('%Y-%m-%dT%H:%M:%S.000Z', :newest, '-' || ((:count - n) * 2) || ' minutes')
                   AS at
        FROM numbers
    )
"""  # noqa: S608  no value from outside


def write_feed(replica: sqlite3.Connection, count: int, *, newest: str) -> None:
    """Put so many activities of `STUDENTS` students into a replica, and their rooms."""
    named = {"count": count, "mentor": an_id(1, 0), "newest": newest}
    rooms = [(student_room(an_id(2, number)), count, "0" * 16) for number in range(STUDENTS)]
    replica.execute("BEGIN IMMEDIATE")
    replica.execute(WRITTEN, named)
    replica.executemany("INSERT INTO rooms (room, version, checksum) VALUES (?, ?, ?)", rooms)
    replica.execute("COMMIT")
