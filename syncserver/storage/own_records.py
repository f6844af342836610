"""The audit records of what is one person's own: the account, the card, and what is theirs."""

from collections.abc import Iterator
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, select

from domain.activities import Activity
from domain.inbox import InboxMark, ReadThrough
from domain.members import Member
from domain.rooms import student_room, user_room
from domain.students import MentorCard, StudentCard
from syncserver.storage.reading import Reading
from syncserver.storage.schema import AUDIT_LOGS

# What follows by itself from a change that is told, and what somebody has read.
UNTOLD = tuple(kind.kind() for kind in (Activity, Member, InboxMark, ReadThrough))
CARDS = (StudentCard.kind(), MentorCard.kind())  # they lie in a room that is not the person's


def own_records(
    reading: Reading, user_id: str, *, by_others: bool, before: int, limit: int
) -> list[dict[str, Any]]:
    """Who changed what is this person's, as columns, the newest first.

    `before` is the record that a page goes on below, 0 for none; with `by_others` what the person
    did is left out.
    """
    table = AUDIT_LOGS.c
    wanted: list[ColumnElement[bool]] = [table.row_type.not_in(UNTOLD)]
    if by_others:
        wanted.append(table.actor_id != user_id)
    if before:
        wanted.append(table.id < before)
    streams = [_of_room(reading, room, wanted, limit) for room in _rooms(user_id)]
    streams += [_of_card(reading, kind, user_id, wanted, limit) for kind in CARDS]
    merged = merge(*streams, key=lambda record: record["id"], reverse=True)
    return list(islice(merged, limit))


def _rooms(user_id: str) -> tuple[str, str]:
    return user_room(user_id), student_room(user_id)


def _of_room(
    reading: Reading, room: str, wanted: list[ColumnElement[bool]], limit: int
) -> Iterator[dict[str, Any]]:
    """Read from the end of the room's chain, along its index."""
    table = AUDIT_LOGS.c
    query = select(*table).where(table.room == room, *wanted).order_by(table.n.desc())
    rows = reading.connection.execute(query.limit(limit)).mappings()
    return (dict(row) for row in rows)


def _of_card(
    reading: Reading, kind: str, user_id: str, wanted: list[ColumnElement[bool]], limit: int
) -> Iterator[dict[str, Any]]:
    table = AUDIT_LOGS.c
    query = select(*table).where(table.row_type == kind, table.row_id == user_id, *wanted)
    rows = reading.connection.execute(query.order_by(table.id.desc()).limit(limit)).mappings()
    return (dict(row) for row in rows)
