"""The sample students' entries, what their mentors said to them, and how they went on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from uuid_utils import uuid7

from domain.commands import Command
from domain.comments import AddComment
from domain.entries import Entry, EntryStatus, text_hash
from domain.reviews import ReviewEntry
from domain.writing import CreateEntry, SubmitEntry

Row = dict[str, Any]
Moment = tuple[datetime, Command, str]  # when, what, and who did it


class SampleEntries:
    """The entries as commands, each in its author's or reviewer's own time."""

    def __init__(
        self,
        people: Iterable[Row],
        person_ids: Mapping[str, str],
        session_ids: Callable[[str], str],
        now: datetime,
    ) -> None:
        self._zones = {row["key"]: row["timeZone"] for row in people}
        self._person_ids = person_ids
        self._session_ids = session_ids
        self._now = now

    def moments(self, rows: Iterable[Row]) -> Iterator[Moment]:
        """What happened to each entry, one after the other."""
        for row in rows:
            yield from self._of(row)

    def _of(self, row: Row) -> Iterator[Moment]:
        author = row["studentKey"]
        at = self._time(row, author)
        written = CreateEntry(
            id=str(uuid7()),
            title=row["title"],
            body=row["body"],
            tags=row["tags"],
            resources=row["resources"],
            minutes=row["minutes"],
            schedule_id=self._session_ids(row["sessionKey"]) if row["sessionKey"] else None,
            zone=self._zones[author],
            status="draft" if row["isDraft"] else "pending",
        )
        yield at, written, self._person_ids[author]
        stands = _Standing(written)
        for event in row["events"]:
            actor = event["byKey"] or author
            at = max(at + timedelta(minutes=1), self._time(event, actor))
            yield at, stands.command(event), self._person_ids[actor]

    def _time(self, row: Row, person: str) -> datetime:
        """On the wall of this person; never later than now."""
        return min(
            wall_time(row, self._zones[person], self._now.date()), self._now - timedelta(minutes=5)
        )


class _Standing:
    """An entry as it stands after each event, which is what the next review names."""

    def __init__(self, written: CreateEntry) -> None:
        self._written = written
        self._body = written.body
        self._iteration = 1
        self._status = EntryStatus.PENDING

    def command(self, event: Row) -> Command:
        entry_id = self._written.id
        match event["kind"]:
            case "again":
                self._body = event["text"]
                self._iteration += 1
                self._status = EntryStatus.PENDING
                return SubmitEntry(id=entry_id, body=self._body)
            case "comment":
                return AddComment(id=str(uuid7()), entry_id=entry_id, body=event["text"])
            case _:
                return self._review(event)

    def _review(self, event: Row) -> ReviewEntry:
        seen, self._status = self._status, EntryStatus(event["status"])
        return ReviewEntry(
            id=self._written.id,
            status=event["status"],
            iteration=self._iteration,
            text=self._text(),
            seen=seen,
            comment_id=str(uuid7()),
            comment=event["text"],
        )

    def _text(self) -> str:
        written = self._written
        return text_hash(
            Entry(
                id=written.id,
                room=f"student:{written.id}",
                created_at="2026-01-01T00:00:00.000Z",
                updated_at="2026-01-01T00:00:00.000Z",
                student_id=written.id,
                title=written.title,
                body=self._body,
                tags=written.tags,
                resources=written.resources,
                status=EntryStatus.PENDING,
                local_day="2026-01-01",
                zone=written.zone,
            )
        )


def wall_time(row: Row, zone: str, today: date) -> datetime:
    """When something of the sample happens, if it is loaded today; UTC."""
    day = today + timedelta(days=row["dayOffset"])
    return datetime.combine(day, time.fromisoformat(row["wallTime"]), ZoneInfo(zone)).astimezone(
        UTC
    )
