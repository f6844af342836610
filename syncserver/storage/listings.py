"""Lists for REST: people, sessions and activity, page by page, from the rooms one reads."""

from collections.abc import Collection, Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select, tuple_

from domain.accounts import Account
from domain.activities import Activity
from domain.cohorts import CohortCard
from domain.records import Record
from domain.rooms import MENTORS
from domain.schedules import Attendance, Mark, Schedule, Status
from domain.students import MentorCard, StudentCard
from syncserver.storage.reading import Reading
from syncserver.storage.rows import SHAPES
from syncserver.storage.schema import AUDIT_LOGS, ROOMS, TABLES

SESSIONS = TABLES[Schedule.kind()]
FEED = TABLES[Activity.kind()]
ATTENDANCE = TABLES[Attendance.kind()]

Place = tuple[str, str]  # where a page ends: the sort key and the id of its last row


def students(
    reading: Reading, *, after: Place | None = None, limit: int | None = None
) -> list[StudentCard]:
    """All students, by name; or a page of them, the next ones after a place."""
    return list(records(reading, StudentCard, _by_name(StudentCard, after, limit)))


def mentors(reading: Reading) -> list[Account]:
    """The accounts of all mentors and admins, by name."""
    query = _by_name(MentorCard, None, None)
    found = (reading.find(Account, card.id) for card in records(reading, MentorCard, query))
    return [account for account in found if account is not None]


def damage(reading: Reading) -> str | None:
    """What is wrong with the file, or None."""
    found = str(reading.connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    return None if found == "ok" else found


def room_count(reading: Reading) -> int:
    """How many rooms there are."""
    return int(reading.connection.execute(select(func.count()).select_from(ROOMS)).scalar_one())


def last_change(reading: Reading) -> str | None:
    """When the relay last took something in, by its clock of that time; None before the first."""
    newest = select(AUDIT_LOGS.c.received_at).order_by(AUDIT_LOGS.c.id.desc()).limit(1)
    found: str | None = reading.connection.execute(newest).scalar()
    return found


def cohort_cards(
    reading: Reading, *, after: Place | None = None, limit: int | None = None
) -> list[CohortCard]:
    """All cohorts, by name; or a page of them, the next ones after a place."""
    return list(records(reading, CohortCard, _by_name(CohortCard, after, limit)))


def _by_name(kind: type[Record], after: Place | None, limit: int | None) -> Select[Any]:
    table = TABLES[kind.kind()].c
    wanted = [table.room == MENTORS]
    if after is not None:
        wanted.append(tuple_(table.name, table.id) > tuple_(*after))
    return select(*table).where(*wanted).order_by(table.name, table.id).limit(limit)


class SessionFilter(NamedTuple):
    """Which sessions: those that overlap `[start, end)`, and fit everything else that is given."""

    start: str | None = None
    end: str | None = None
    student_id: str | None = None
    mentor_id: str | None = None
    status: Status | None = None
    begins_from: str | None = None
    begins_before: str | None = None


def sessions(
    reading: Reading, rooms: Iterable[str], which: SessionFilter, *, after: Place | None, limit: int
) -> list[Schedule]:
    """By start time, then id; the next ones after a place."""
    pages = (_sessions_of(reading, room, which, after, limit) for room in rooms)
    merged = merge(*pages, key=lambda row: (row.start_time, row.id))
    return list(islice(merged, limit))


def _sessions_of(
    reading: Reading, room: str, which: SessionFilter, after: Place | None, limit: int
) -> Iterator[Schedule]:
    """One room's page: an index reads it in this order, and no further than `limit`."""
    table = SESSIONS.c
    bounds = (
        (which.start, lambda value: table.end_time > value),
        (which.end, lambda value: table.start_time < value),
        (which.begins_from, lambda value: table.start_time >= value),
        (which.begins_before, lambda value: table.start_time < value),
        (which.student_id, lambda value: table.student_id == value),
        (which.mentor_id, lambda value: table.mentor_id == value),
        (which.status, lambda value: table.status == value.value),
        (after, lambda value: tuple_(table.start_time, table.id) > tuple_(*value)),
    )
    wanted = [bound(value) for value, bound in bounds if value is not None]
    query = (
        select(*table)
        .where(table.room == room, *wanted)
        .order_by(table.start_time, table.id)
        .limit(limit)
    )
    return records(reading, Schedule, query)


class FeedFilter(NamedTuple):
    """Which activities: of one kind, and of those that all mentors read only one person's."""

    kind: str | None = None
    about: str | None = None


def activity(
    reading: Reading, rooms: Iterable[str], which: FeedFilter, *, before: Place | None, limit: int
) -> list[Activity]:
    """The newest first; the next ones before a place."""
    pages = (_activity_of(reading, room, which, before, limit) for room in rooms)
    merged = merge(*pages, key=lambda row: (row.recorded_at, row.id), reverse=True)
    return list(islice(merged, limit))


def _activity_of(
    reading: Reading, room: str, which: FeedFilter, before: Place | None, limit: int
) -> Iterator[Activity]:
    table = FEED.c
    wanted: list[Any] = [table.room == room]
    if which.kind is not None:
        wanted.append(table.kind == which.kind)
    if which.about is not None and room == MENTORS:
        wanted.append(table.subject_id == which.about)
    if before is not None:
        wanted.append(tuple_(table.recorded_at, table.id) < tuple_(*before))
    query = (
        select(*table)
        .where(*wanted)
        .order_by(table.recorded_at.desc(), table.id.desc())
        .limit(limit)
    )
    return records(reading, Activity, query)


def has_acted(reading: Reading, room: str, actor_id: str, since: str) -> bool:
    """Whether this person did anything in the room since then."""
    table = FEED.c
    query = select(table.id).where(
        table.room == room, table.recorded_at >= since, table.actor_id == actor_id
    )
    return reading.connection.execute(query.limit(1)).first() is not None


def has_met(reading: Reading, room: str, since: str, until: str) -> bool:
    """Whether a session of this room that began in this time was completed."""
    table = SESSIONS.c
    query = select(table.id).where(
        table.room == room,
        table.start_time >= since,
        table.start_time < until,
        table.status == Status.COMPLETED.value,
    )
    return reading.connection.execute(query.limit(1)).first() is not None


def has_attended(reading: Reading, room: str, since: str) -> bool:
    """Whether the student of this room was at a group session that began since then."""
    table = ATTENDANCE.c
    held = [Mark.ATTENDED.value, Mark.LATE.value]
    query = select(table.id).where(
        table.room == room, table.start_time >= since, table.mark.in_(held)
    )
    return reading.connection.execute(query.limit(1)).first() is not None


def people_names(reading: Reading, user_ids: Collection[str]) -> dict[str, str]:
    """What people are called, by id; who has no account is left out."""
    if not user_ids:
        return {}
    table = TABLES[Account.kind()].c
    query = select(table.id, table.name).where(table.id.in_(sorted(user_ids)))
    return {str(user_id): str(name) for user_id, name in reading.connection.execute(query)}


def records(reading: Reading, kind: type[Any], query: Select[Any]) -> Iterator[Any]:
    """The records that a query over all columns of one kind's table gives, in its order."""
    shape = SHAPES[kind.kind()]
    return iter([shape.record(row) for row in reading.connection.execute(query)])
