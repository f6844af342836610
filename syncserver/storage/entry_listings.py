"""Lists of entries and comments for REST, from the rooms that one reads."""

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import NamedTuple

from sqlalchemy import func, select, tuple_

from domain.comments import Comment
from domain.entries import Entry, EntryStatus
from syncserver.storage.listings import Place, records
from syncserver.storage.reading import Reading
from syncserver.storage.schema import TABLES

ENTRIES = TABLES[Entry.kind()]
COMMENTS = TABLES[Comment.kind()]


class EntryFilter(NamedTuple):
    """Which entries: those that fit everything that is given."""

    student_id: str | None = None
    status: EntryStatus | None = None


def entries(
    reading: Reading, rooms: Iterable[str], which: EntryFilter, *, before: Place | None, limit: int
) -> list[Entry]:
    """The newest first; the next ones before a place."""
    pages = (_entries_of(reading, room, which, before, limit) for room in rooms)
    merged = merge(*pages, key=lambda row: (row.created_at, row.id), reverse=True)
    return list(islice(merged, limit))


def _entries_of(
    reading: Reading, room: str, which: EntryFilter, before: Place | None, limit: int
) -> Iterator[Entry]:
    """One room's page: an index reads it in this order, and no further than `limit`."""
    table = ENTRIES.c
    bounds = (
        (which.student_id, lambda value: table.student_id == value),
        (which.status, lambda value: table.status == value.value),
        (before, lambda value: tuple_(table.created_at, table.id) < tuple_(*value)),
    )
    wanted = [bound(value) for value, bound in bounds if value is not None]
    query = (
        select(*table)
        .where(table.room == room, *wanted)
        .order_by(table.created_at.desc(), table.id.desc())
        .limit(limit)
    )
    return records(reading, Entry, query)


def entry_counts(reading: Reading, rooms: Iterable[str]) -> dict[str, int]:
    """How many entries of these rooms are in each status, by its name."""
    table = ENTRIES.c
    counts = dict.fromkeys((status.value for status in EntryStatus), 0)
    for room in rooms:
        query = select(table.status, func.count()).where(table.room == room)
        for status, count in reading.connection.execute(query.group_by(table.status)):
            counts[status] += count
    return counts


def comments_on(
    reading: Reading, entry_id: str, *, after: Place | None = None, limit: int | None = None
) -> list[Comment]:
    """What was said about an entry, the earliest first; the next ones after a place."""
    table = COMMENTS.c
    wanted = [table.entry_id == entry_id]
    if after is not None:
        wanted.append(tuple_(table.created_at, table.id) > tuple_(*after))
    query = select(*table).where(*wanted).order_by(table.created_at, table.id).limit(limit)
    return list(records(reading, Comment, query))
