"""A mentor with a long history: as many rows as one likes, all of them believable."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from desktop.store.tables import table_of
from domain.activities import Kind
from domain.checksums import as_hex, combined, row_hash
from domain.instants import instant, moment, second
from domain.kinds import KINDS
from domain.members import member_id
from domain.rooms import MENTORS, cohort_room, student_room, user_room

Wire = dict[str, Any]
STUDENTS, GROUP, CARDS, MENTORS_KNOWN, COHORTS = 40, 8, 300, 12, 12
ZONE = "Europe/Berlin"
SETTLED = ("approved", "approved", "approved", "reviewed", "approved", "needs_work")
YEARS_BACK = timedelta(days=4 * 365)
AHEAD = timedelta(days=60)


def an_id(sort: int, number: int) -> str:
    """The id of a made-up thing: always the same, in the form of a UUIDv7."""
    return f"0199{sort:04x}-0000-7000-8000-{number:012d}"


@dataclass(frozen=True)
class Crowd:
    """One mentor, the students, and what happened between them up to `now`."""

    activities: int
    sessions: int
    now: str
    entries: int = 0
    mentor: str = an_id(1, 0)
    cohort: str = an_id(3, 0)

    @property
    def student(self) -> str:
        return an_id(2, 0)

    def student_ids(self) -> list[str]:
        return [an_id(2, number) for number in range(STUDENTS)]

    def session_id(self, number: int) -> str:
        return an_id(4, number)

    def entry_id(self, number: int) -> str:
        return an_id(10, number)

    def rows(self) -> Iterator[Wire]:
        """All rows as wire objects; the versions of each room count up from 1."""
        versions: dict[str, int] = {}
        for row in self._unversioned():
            versions[row["room"]] = version = versions.get(row["room"], 0) + 1
            yield {**row, "version": version, "createdAt": self.now, "updatedAt": self.now}

    def _unversioned(self) -> Iterator[Wire]:
        yield self._account()
        yield from self._cards()
        yield from self._members()
        for number in range(self.sessions):
            yield from self._session(number)
        for number in range(self.activities):
            yield from self._activity(number)
        for number in range(self.entries):
            yield from self._entry(number)

    def _account(self) -> Wire:
        return {
            "type": "account",
            "id": self.mentor,
            "room": user_room(self.mentor),
            "name": "Mia Stone",
            "email": "mia@example.org",
            "role": "mentor",
            "state": "active",
            "timeZone": ZONE,
        }

    def _cards(self) -> Iterator[Wire]:
        known = {"room": MENTORS, "registeredAt": self.now}
        for number in range(CARDS):
            mentors = [self.mentor] if number < STUDENTS else [an_id(1, number % MENTORS_KNOWN)]
            yield {
                **known,
                "type": "student_card",
                "id": an_id(2, number),
                "name": f"Student {number}",
                "state": "active",
                "cohortId": an_id(3, number % COHORTS),
                "mentorIds": mentors if number % 9 != 8 else [],
            }
        for number in range(MENTORS_KNOWN):
            card = {"id": an_id(1, number), "name": f"Mentor {number}", "state": "active"}
            yield {**known, **card, "type": "mentor_card"}
        for number in range(COHORTS):
            card = {"id": an_id(3, number), "name": f"Cohort {number}"}
            yield {**known, **card, "type": "cohort_card", "mentorIds": [self.mentor]}

    def _members(self) -> Iterator[Wire]:
        for student in self.student_ids():
            room = student_room(student)
            yield self._member(room, student, "student")
            yield self._member(room, self.mentor, "mentor")
            yield {
                "type": "read_through",
                "id": an_id(6, int(student[-12:])),
                "room": user_room(self.mentor),
                "ofRoom": room,
                "through": instant(moment(self.now) - timedelta(days=2)),
            }
        room = cohort_room(self.cohort)
        yield {"type": "cohort", "id": self.cohort, "room": room, "name": "Cohort 0"}
        for user, role in [(self.mentor, "mentor"), (self.student, "student")]:
            yield self._member(room, user, role)

    def _member(self, room: str, user: str, role: str) -> Wire:
        return {
            "type": "member",
            "id": member_id(room, user),
            "room": room,
            "userId": user,
            "name": f"{role.title()} {int(user[-12:])}",
            "role": role,
            "timeZone": ZONE,
            "access": "read",
            "since": instant(moment(self.now) - YEARS_BACK),
        }

    def _session(self, number: int) -> Iterator[Wire]:
        """Every tenth is a group's; those in the past are completed but for a few."""
        span = (YEARS_BACK + AHEAD) / max(self.sessions, 1)
        start = moment(self.now) + AHEAD - span * number
        is_past, is_group = start < moment(self.now), number % 10 == 0
        student = an_id(2, number % STUDENTS)
        room = cohort_room(self.cohort) if is_group else student_room(student)
        status = "completed" if is_past and number % 50 else "scheduled"
        row = {
            "type": "schedule",
            "id": self.session_id(number),
            "room": room,
            "mentorId": self.mentor,
            "studentId": None if is_group else student,
            "cohortId": self.cohort if is_group else None,
            "isGroupSession": is_group,
            "title": f"Session {number}",
            "startTime": second(start),
            "endTime": second(start + timedelta(minutes=50)),
            "timeZone": ZONE,
            "status": status,
            "icalUid": f"{number}@tandem",
        }
        yield row
        if is_group:
            yield from self._group(number, row, is_past=is_past)

    def _group(self, number: int, session: Wire, *, is_past: bool) -> Iterator[Wire]:
        for place in range(GROUP):
            student = an_id(2, place)
            both = {"scheduleId": session["id"], "userId": student}
            yield {
                **both,
                "type": "participant",
                "id": an_id(7, number * GROUP + place),
                "room": session["room"],
                "rsvp": "needs_action",
            }
            if is_past:
                yield {
                    **both,
                    "type": "attendance",
                    "id": an_id(8, number * GROUP + place),
                    "room": student_room(student),
                    "title": session["title"],
                    "startTime": session["startTime"],
                    "mark": "attended",
                    "byStudent": False,
                }

    def _entry(self, number: int) -> Iterator[Wire]:
        """The newest first; one in fifty waits, one in ten was handed in twice and talked about."""
        student = an_id(2, number % STUDENTS)
        at = instant(moment(self.now) - YEARS_BACK / max(self.entries, 1) * number)
        known = {"room": student_room(student), "entryId": self.entry_id(number)}
        said = {"title": f"Entry {number}", "body": "Words. " * 12, "resources": []}
        said["tags"] = [f"tag {number % 30}"]
        is_waiting, is_second = number % 50 == 0, number % 10 == 0
        yield {
            **said,
            "type": "entry",
            "id": self.entry_id(number),
            "room": known["room"],
            "studentId": student,
            "status": "pending" if is_waiting else SETTLED[number % len(SETTLED)],
            "iteration": 2 if is_second else 1,
            "localDay": at[:10],
            "zone": ZONE,
            "submittedAt": at,
            "reviewedBy": None if is_waiting else self.mentor,
            "reviewedAt": None if is_waiting else at,
        }
        if is_second:
            yield {
                **known,
                **said,
                "type": "entry_revision",
                "id": an_id(11, number),
                "iteration": 1,
            }
            yield {
                **known,
                "type": "comment",
                "id": an_id(12, number),
                "iteration": 1,
                "authorId": self.mentor,
                "body": "Say more.",
            }

    def _activity(self, number: int) -> Iterator[Wire]:
        """The newest first; every other one is the student's own deed."""
        student = an_id(2, number % STUDENTS)
        at = instant(moment(self.now) - YEARS_BACK / max(self.activities, 1) * number)
        yield {
            "type": "activity",
            "id": an_id(5, number),
            "room": student_room(student),
            "kind": (Kind.SCHEDULE_CREATED, Kind.SCHEDULE_CANT_MAKE_IT)[number % 7 == 0],
            "actorId": student if number // STUDENTS % 2 else self.mentor,
            "subjectType": "schedule",
            "subjectId": self.session_id(number % max(self.sessions, 1)),
            "params": {"title": f"Session {number}", "mentorId": self.mentor},
            "at": at,
            "recordedAt": at,
        }
        if number % 200 == 0:
            yield {
                "type": "inbox_mark",
                "id": an_id(9, number),
                "room": user_room(self.mentor),
                "activityId": an_id(5, number),
                "ofRoom": student_room(student),
                "recordedAt": at,
                "state": "archived" if number % 400 else "read",
            }


def write_into(replica: sqlite3.Connection, rows: Iterable[Wire]) -> None:
    """Put these rows, and the rooms they are in, into a replica as a finished copy leaves them."""
    wire = sorted(rows, key=itemgetter("type"))
    replica.execute("BEGIN IMMEDIATE")
    for kind, group in groupby(wire, key=itemgetter("type")):
        table = table_of(KINDS[kind])
        replica.executemany(table.upsert, (table.values(row) for row in group))
    replica.executemany(
        "INSERT INTO rooms (room, version, checksum) VALUES (?, ?, ?) ON CONFLICT (room) DO UPDATE "
        "SET version = excluded.version, checksum = excluded.checksum",
        [(room, version, as_hex(total)) for room, (version, total) in heads_of(wire).items()],
    )
    replica.execute("COMMIT")


def heads_of(rows: Iterable[Wire]) -> dict[str, tuple[int, int]]:
    """The version and checksum of each room that holds these rows."""
    heads: dict[str, tuple[int, int]] = {}
    for row in rows:
        version, total = heads.get(row["room"], (0, 0))
        own = row_hash(row["type"], row["id"], row["version"])
        heads[row["room"]] = max(version, row["version"]), combined(total, added=[own])
    return heads
