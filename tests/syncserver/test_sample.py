"""The sample people as they are loaded: relative to today, with a past and a future."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.errors import Refused
from domain.inbox import ReadThrough
from domain.instants import instant, moment, second
from domain.rooms import student_room, user_room
from domain.schedules import Schedule, Status
from syncserver.auth import Auth
from syncserver.relay import Relay
from syncserver.sample import load_sample
from syncserver.settings import Settings
from syncserver.storage.ledger import Ledger
from syncserver.storage.listings import SessionFilter, mentors, sessions, students
from syncserver.storage.reading import Reading

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
async def relay(tmp_path: Path) -> AsyncIterator[Relay]:
    relay = Relay(Ledger.open(tmp_path / "relay", create=True), now=lambda: NOW)
    yield relay
    await relay.close()


@pytest.fixture
def auth(tmp_path: Path) -> Auth:
    settings = Settings(data=tmp_path, password_memory_kib=8, password_rounds=1)
    return Auth(settings, b"k" * 32, lambda: NOW)


def all_sessions(reading: Reading) -> list[Schedule]:
    rooms = {room for one in mentors(reading) for room in reading.rooms_of(one.id)}
    return sessions(reading, rooms, SessionFilter(), after=None, limit=1000)


async def test_everybody_and_all_their_sessions_are_there(relay: Relay, auth: Auth) -> None:
    people = await load_sample(relay, auth, NOW)

    rows = await relay.read(all_sessions)
    assert Counter(one["role"] for one in people) == {"student": 14, "mentor": 2, "admin": 1}
    assert len(await relay.read(students)) == 14
    assert 130 <= len(rows) <= 180


async def test_the_past_is_past_and_the_future_is_not_completed(relay: Relay, auth: Auth) -> None:
    await load_sample(relay, auth, NOW)

    rows = await relay.read(all_sessions)
    past = [row for row in rows if row.end_time < second(NOW)]
    completed = [row for row in rows if row.status is Status.COMPLETED]
    assert min(row.start_time for row in rows) < second(NOW - timedelta(days=30))
    assert max(row.start_time for row in rows) > second(NOW + timedelta(days=14))
    assert len(completed) > len(past) / 2
    assert all(moment(row.completed_at or "") <= NOW for row in completed)
    assert all(moment(row.created_at) <= NOW for row in rows)


async def test_a_second_loading_is_refused_and_changes_nothing(relay: Relay, auth: Auth) -> None:
    await load_sample(relay, auth, NOW)

    with pytest.raises(Refused, match="here already"):
        await load_sample(relay, auth, NOW)

    assert len(await relay.read(students)) == 14


async def test_what_came_until_the_day_before_yesterday_has_been_read(
    relay: Relay, auth: Auth
) -> None:
    people = {row["email"]: row["userId"] for row in await load_sample(relay, auth, NOW)}
    jamal, rafael = (
        people[f"{name}@example.org"] for name in ("jamal.whitfield", "rafael.conceicao")
    )

    def read(reading: Reading) -> list[ReadThrough]:
        return reading.where(ReadThrough, of_room=student_room(jamal))

    rows = await relay.read(read)
    assert {row.room for row in rows} == {user_room(jamal), user_room(rafael)}
    assert {row.through for row in rows} == {instant(NOW - timedelta(hours=40))}


async def test_its_audit_log_is_whole(relay: Relay, auth: Auth) -> None:
    await load_sample(relay, auth, NOW)

    assert relay._ledger.verify_audit().ok
