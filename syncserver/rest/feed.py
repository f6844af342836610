"""Routes of what happened: the activity feed, and the figures of the dashboard."""

from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from domain.accounts import Account
from domain.activities import Activity
from domain.entries import EntryStatus
from domain.ids import Id
from domain.instants import instant, second
from domain.members import Role
from domain.rooms import MENTORS, room_kind, student_room, user_room
from domain.schedules import Schedule, Status
from domain.students import State
from syncserver.rest.paging import page_answer, page_size, place_of
from syncserver.rest.routes import Answer, Call, Route
from syncserver.storage.entry_listings import entry_counts
from syncserver.storage.listings import (
    FeedFilter,
    SessionFilter,
    activity,
    has_acted,
    has_attended,
    has_met,
    sessions,
    students,
)
from syncserver.storage.reading import Reading

ACTIVE_FOR = timedelta(days=7)
COUNTED = 5000  # sessions of one mentor in one week, and far more than that


class FeedQuery(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """`type` is a kind of activity, as `schedule:created`."""

    type: str | None = None
    student_id: Id | None = None
    limit: Annotated[int, Meta(ge=1)] | None = None
    cursor: str | None = None


class MentorDashboard(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """`activeStudents` are all who are enrolled, not mine alone; the other figures are of mine.

    `activeThisWeek`: who did something or was in a session in the last 7 days.
    """

    active_students: int
    active_this_week: int
    entries: int
    waiting_for_review: int
    sessions_this_week: int


class StudentDashboard(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    entries_by_status: dict[str, int]
    next_session: Schedule | None


async def feed(call: Call) -> Answer:
    asked: FeedQuery = call.query
    before, limit = place_of(asked.cursor), page_size(call, asked.limit)

    def look(reading: Reading) -> list[Activity]:
        rooms = reading.rooms_of(call.me.user_id)
        about = None
        if asked.student_id is not None:  # mentors also read that the student came, or left
            about = asked.student_id
            rooms = [room for room in rooms if room in (student_room(about), MENTORS)]
        which = FeedFilter(kind=asked.type, about=about)
        return activity(reading, rooms, which, before=before, limit=limit + 1)

    rows = await call.services.relay.read(look)
    return page_answer(call, rows, limit, lambda row: (row.recorded_at, row.id))


async def dashboard(call: Call) -> Answer:
    now = call.services.now()
    me = call.me

    def look(reading: Reading) -> MentorDashboard | StudentDashboard:
        if me.role is Role.STUDENT:
            return _of_student(reading, me.user_id, now)
        return _of_mentor(reading, me.user_id, now)

    return Answer(await call.services.relay.read(look))


def _of_student(reading: Reading, me: str, now: datetime) -> StudentDashboard:
    coming = sessions(
        reading,
        reading.rooms_of(me),
        SessionFilter(start=second(now), status=Status.SCHEDULED),
        after=None,
        limit=1,
    )
    own = (user_room(me), student_room(me))
    return StudentDashboard(
        entries_by_status=entry_counts(reading, own), next_session=coming[0] if coming else None
    )


def _of_mentor(reading: Reading, me: str, now: datetime) -> MentorDashboard:
    since, until = _week(reading, me, now)
    rooms = reading.rooms_of(me)
    enrolled = [card for card in students(reading) if card.state is not State.DEACTIVATED]
    mine = [card for card in enrolled if me in card.mentor_ids]
    week = SessionFilter(mentor_id=me, begins_from=second(since), begins_before=second(until))
    led = [room for room in rooms if room_kind(room) in {"student", "cohort"}]
    planned = sessions(reading, led, week, after=None, limit=COUNTED)
    written = entry_counts(reading, [student_room(card.id) for card in mine])
    return MentorDashboard(
        active_students=len(enrolled),
        active_this_week=sum(_was_active(reading, card.id, now) for card in mine),
        entries=sum(written.values()),
        waiting_for_review=written[EntryStatus.PENDING],
        sessions_this_week=sum(row.status is not Status.CANCELED for row in planned),
    )


def _was_active(reading: Reading, student_id: str, now: datetime) -> bool:
    """Whether the student did anything or was in a session lately, as desktops count it."""
    room, since = student_room(student_id), now - ACTIVE_FOR
    return (
        has_acted(reading, room, student_id, instant(since))
        or has_met(reading, room, second(since), second(now))
        or has_attended(reading, room, second(since))
    )


def _week(reading: Reading, me: str, now: datetime) -> tuple[datetime, datetime]:
    """The week from Monday to Monday in this person's own zone."""
    account = reading.find(Account, me)
    local = now.astimezone(ZoneInfo(account.time_zone if account else "UTC"))
    monday = (local - timedelta(days=local.weekday())).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return monday, monday + timedelta(days=7)


ROUTES = (
    Route(
        "GET",
        "/activity-feed",
        feed,
        "What happened, the newest first",
        query=FeedQuery,
        answer=list[Activity],
    ),
    Route(
        "GET",
        "/dashboard",
        dashboard,
        "Figures for today, by role",
        answer=(MentorDashboard, StudentDashboard),
    ),
)
