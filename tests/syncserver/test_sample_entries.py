"""The sample students' entries, as they are loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.comments import Comment
from domain.entries import Entry, EntryRevision
from domain.instants import instant, moment
from domain.rooms import student_room, user_room
from syncserver.auth import Auth
from syncserver.relay import Relay
from syncserver.sample import Sample, load_sample
from syncserver.sample_entries import wall_time
from syncserver.settings import Settings
from syncserver.storage.entry_listings import EntryFilter, comments_on, entries
from syncserver.storage.ledger import Ledger
from syncserver.storage.listings import students
from syncserver.storage.reading import Reading

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
async def relay(tmp_path: Path) -> AsyncIterator[Relay]:
    relay = Relay(Ledger.open(tmp_path / "relay", create=True), now=lambda: NOW)
    settings = Settings(data=tmp_path, password_memory_kib=8, password_rounds=1)
    await load_sample(relay, Auth(settings, b"k" * 32, lambda: NOW), NOW)
    yield relay
    await relay.close()


def everything(reading: Reading) -> tuple[list[Entry], list[EntryRevision], list[Comment]]:
    rooms = [make(card.id) for card in students(reading) for make in (student_room, user_room)]
    found = entries(reading, rooms, EntryFilter(), before=None, limit=1000)
    revisions = [row for one in found for row in reading.where(EntryRevision, entry_id=one.id)]
    return found, revisions, [row for one in found for row in comments_on(reading, one.id)]


async def test_each_entry_ends_as_the_file_says(relay: Relay) -> None:
    written, revisions, comments = await relay.read(everything)
    rows = {row["title"]: row for row in Sample.load().entries}

    assert {entry.title for entry in written} == rows.keys()
    for entry in written:
        row = rows[entry.title]
        last = [one["kind"] for one in row["events"]][-1:]
        expected = "draft" if row["isDraft"] else "pending"
        if last and last != ["again"]:
            expected = next(one["status"] for one in reversed(row["events"]) if one["status"])
        assert entry.status == expected, entry.title
        assert (entry.schedule_id is not None) == (row["sessionKey"] is not None)
    assert len(revisions) == 2
    assert len(comments) == sum(
        one["kind"] != "again" for row in rows.values() for one in row["events"]
    )


async def test_there_are_entries_of_each_status(relay: Relay) -> None:
    written, _, _ = await relay.read(everything)

    counts = Counter(entry.status.value for entry in written)
    assert counts.keys() == {"draft", "pending", "reviewed", "needs_work", "approved"}


async def test_nothing_was_written_in_the_future(relay: Relay) -> None:
    written, _, comments = await relay.read(everything)

    assert all(moment(row.created_at) <= NOW for row in [*written, *comments])
    assert all((entry.submitted_at or "") <= instant(NOW) for entry in written)


def test_the_wall_is_the_author_s_own() -> None:
    row = {"dayOffset": -1, "wallTime": "21:30"}

    assert wall_time(row, "Asia/Tokyo", NOW.date()) == datetime(2026, 3, 3, 12, 30, tzinfo=UTC)
