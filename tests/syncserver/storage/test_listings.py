"""Lists of sessions, activity and people, from the rooms that are asked for."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from domain.activities import Kind
from domain.instants import instant
from domain.members import Role
from domain.rooms import MENTORS, student_room
from domain.schedules import Schedule, Status
from syncserver.auth import Auth
from syncserver.relay import Relay
from syncserver.sample import load_sample
from syncserver.settings import Settings
from syncserver.storage.ledger import Ledger
from syncserver.storage.listings import (
    FeedFilter,
    SessionFilter,
    activity,
    cohort_cards,
    damage,
    mentors,
    sessions,
    students,
)
from syncserver.storage.reading import Reading
from syncserver.storage.rows import SHAPES
from syncserver.storage.schema import TABLES
from tests.builders import an_activity, id_of

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ALL = SessionFilter()


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    """With the sample people."""
    ledger = Ledger.open(tmp_path / "relay", create=True)
    relay = Relay(ledger, now=lambda: NOW)
    settings = Settings(data=tmp_path, password_memory_kib=8, password_rounds=1)
    auth = Auth(settings, b"k" * 32, lambda: NOW)
    await load_sample(relay, auth, NOW)
    yield ledger
    auth.close()
    await relay.close()


def rooms(reading: Reading) -> list[str]:
    return reading.rooms_of(mentors(reading)[0].id)


def next_page(last: Schedule | None, reading: Reading) -> list[Schedule]:
    after = (last.start_time, last.id) if last else None
    return sessions(reading, rooms(reading), ALL, after=after, limit=7)


async def test_pages_of_sessions_make_up_the_whole(ledger: Ledger) -> None:
    whole = ledger.read(lambda r: sessions(r, rooms(r), ALL, after=None, limit=1000))

    found: list[Schedule] = []
    while page := ledger.read(partial(next_page, found[-1] if found else None)):
        found += page

    assert found == whole
    assert [one.start_time for one in whole] == sorted(one.start_time for one in whole)


async def test_sessions_overlap_the_span_that_is_asked_for(ledger: Ledger) -> None:
    one = ledger.read(lambda r: sessions(r, rooms(r), ALL, after=None, limit=1000))[40]
    span = SessionFilter(start=one.start_time, end=one.end_time)

    found = ledger.read(lambda r: sessions(r, rooms(r), span, after=None, limit=1000))

    assert one in found
    assert all(row.start_time < one.end_time and row.end_time > one.start_time for row in found)


async def test_sessions_of_one_status(ledger: Ledger) -> None:
    which = SessionFilter(status=Status.CANCELED)

    found = ledger.read(lambda r: sessions(r, rooms(r), which, after=None, limit=1000))

    assert {row.status for row in found} == {Status.CANCELED}


async def test_the_feed_is_the_newest_first_across_rooms(ledger: Ledger) -> None:
    feed = ledger.read(lambda r: activity(r, rooms(r), FeedFilter(), before=None, limit=500))

    times = [(one.recorded_at, one.id) for one in feed]
    assert times == sorted(times, reverse=True)
    assert len({one.room for one in feed}) > 3


async def test_a_rare_kind_is_found_without_walking_a_whole_room(ledger: Ledger) -> None:
    room = student_room(id_of("busy"))
    with ledger.writer.begin() as connection:
        rows = [_happened(room, number) for number in range(5_000)]
        connection.execute(insert(TABLES["activity"]), rows)

    steps = ledger.read(lambda r: _steps(r, room, Kind.COMMENT_ADDED))

    assert steps < 1_000


def _happened(room: str, number: int) -> dict[str, Any]:
    """Only the first of them is a comment."""
    kind = Kind.SCHEDULE_UPDATED if number else Kind.COMMENT_ADDED
    at = instant(NOW + timedelta(minutes=number))
    row = an_activity(id=id_of(f"deed {number}"), room=room, kind_=kind, at=at, recorded_at=at)
    return dict(SHAPES["activity"].columns(row))


def _steps(reading: Reading, room: str, kind: str) -> int:
    """How many steps SQLite's machine takes to find the one activity of this kind."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    raw: Any = reading.connection.connection.driver_connection
    raw.set_progress_handler(count, 1)
    found = activity(reading, [room], FeedFilter(kind=kind), before=None, limit=50)
    raw.set_progress_handler(None, 0)
    assert len(found) == 1
    return steps


async def test_without_a_room_there_is_nothing(ledger: Ledger) -> None:
    assert ledger.read(lambda r: sessions(r, [], ALL, after=None, limit=5)) == []
    assert ledger.read(lambda r: activity(r, [], FeedFilter(), before=None, limit=5)) == []


async def test_people_and_cohorts_are_by_name(ledger: Ledger) -> None:
    names = [one.name for one in ledger.read(students)]

    assert names == sorted(names)
    assert [one.name for one in ledger.read(cohort_cards)] == [
        "Data & Algorithms",
        "Web Foundations",
    ]
    assert {one.role for one in ledger.read(mentors)} == {Role.MENTOR, Role.ADMIN}


async def test_people_come_in_pages_by_name_too(ledger: Ledger) -> None:
    whole = ledger.read(students)

    first = ledger.read(lambda r: students(r, limit=5))
    rest = ledger.read(lambda r: students(r, after=(first[-1].name, first[-1].id), limit=100))

    assert first + rest == whole


async def test_of_the_mentors_room_a_feed_is_about_one_person(ledger: Ledger) -> None:
    ana = ledger.read(students)[0].id

    feed = ledger.read(
        lambda r: activity(r, [MENTORS], FeedFilter(about=ana), before=None, limit=9)
    )

    assert [(one.kind_, one.subject_id) for one in feed] == [("student:registered", ana)]


async def test_a_sound_file_has_no_damage(ledger: Ledger) -> None:
    assert ledger.read(damage) is None
