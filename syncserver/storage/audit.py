"""The audit log: one hash chain a room, whose values can be erased without breaking it."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, func, select, union_all

from domain.commands import Act
from domain.records import Record
from domain.rooms import room_kind
from syncserver.storage.rows import STAMPS
from syncserver.storage.schema import AUDIT_LOGS, ROOMS, TABLES, TOMBSTONES

BEGINNING = ""  # the head of a chain without records
CHAINED = (
    "room",
    "n",
    "version",
    "at",
    "received_at",
    "actor_id",
    "device_id",
    "mutation_id",
    "action",
    "row_type",
    "row_id",
    "digests",
    "prev_hash",
)

_CHAINS = select(ROOMS.c.room, ROOMS.c.audit_n, ROOMS.c.audit_head, ROOMS.c.version).order_by(
    ROOMS.c.room
)
_RECORDS = (
    select(AUDIT_LOGS).where(AUDIT_LOGS.c.room == bindparam("of_room")).order_by(AUDIT_LOGS.c.n)
)
_ROOMLESS = (
    select(AUDIT_LOGS.c.room, func.min(AUDIT_LOGS.c.n))
    .where(AUDIT_LOGS.c.room.not_in(select(ROOMS.c.room)))
    .group_by(AUDIT_LOGS.c.room)
    .order_by(AUDIT_LOGS.c.room)
    .limit(1)
)
_REACHED = union_all(
    *(
        select(table.c.room, func.max(table.c.version)).group_by(table.c.room)
        for table in (*TABLES.values(), TOMBSTONES)
    )
)
_HEAD_AT = (
    select(AUDIT_LOGS.c.hash)
    .where(AUDIT_LOGS.c.room == bindparam("of_room"), AUDIT_LOGS.c.version <= bindparam("until"))
    .order_by(AUDIT_LOGS.c.version.desc(), AUDIT_LOGS.c.n.desc())
    .limit(1)
)
_N_AT = (
    select(AUDIT_LOGS.c.n)
    .where(AUDIT_LOGS.c.room == bindparam("of_room"), AUDIT_LOGS.c.version <= bindparam("until"))
    .order_by(AUDIT_LOGS.c.version.desc(), AUDIT_LOGS.c.n.desc())
    .limit(1)
)
_VERSION = select(ROOMS.c.version).where(ROOMS.c.room == bindparam("of_room"))
_OF_ROW = (
    select(AUDIT_LOGS.c.actor_id, AUDIT_LOGS.c.digests)
    .where(AUDIT_LOGS.c.row_type == bindparam("of_type"), AUDIT_LOGS.c.row_id == bindparam("of_id"))
    .order_by(AUDIT_LOGS.c.id.desc())
)


class Change(NamedTuple):
    """What one command made of one row, in the room that this record belongs to."""

    room: str
    version: int
    act: Act
    device_id: str | None
    action: str
    row: Record
    values: dict[str, tuple[Any, Any]]  # of the changed fields: (old, new)

    def sets(self, field: str) -> bool:
        return field in self.values


class Link(NamedTuple):
    """The end of a room's chain: how many records it has, and the hash of the last."""

    n: int
    head: str


class Step(NamedTuple):
    """One record on the way along a chain; `is_sound`: it is whole, and follows the one before."""

    link: Link
    version: int
    is_sound: bool


class Seen(NamedTuple):
    """The audit head of a room at a version, as somebody has seen it who keeps it elsewhere."""

    room: str
    version: int
    head: str


@dataclass(frozen=True)
class Verdict:
    """What a verification found; `room` and `n` name the first record that is wrong."""

    rooms: int
    records: int
    room: str | None = None
    n: int | None = None

    @property
    def ok(self) -> bool:
        return self.room is None


def changed_values(before: Record | None, after: Record | None) -> dict[str, tuple[Any, Any]]:
    """The fields that differ, as (old, new) in plain JSON values; of a new row those it fills."""
    row = after or before
    if row is None:
        return {}
    names = [name for name in row.__struct_fields__ if name not in STAMPS]
    pairs = {name: (_value(before, name), _value(after, name)) for name in names}
    return {name: (old, new) for name, (old, new) in pairs.items() if old != new}


def _value(row: Record | None, name: str) -> Any:
    """The field's value; what is empty counts as absent, so that a new row lists what it has."""
    value = getattr(row, name, None)
    return None if value is None or value in ("", []) else msgspec.to_builtins(value)


def chained(change: Change, link: Link) -> dict[str, Any]:
    """The record that follows the end of its room's chain."""
    salt = secrets.token_hex(16)
    record: dict[str, Any] = {
        "room": change.room,
        "n": link.n + 1,
        "version": change.version,
        "at": change.act.at,
        "received_at": change.act.now,
        "actor_id": change.act.actor,
        "device_id": change.device_id,
        "mutation_id": change.act.mutation,
        "action": change.action,
        "row_type": change.row.kind(),
        "row_id": change.row.id,
        "digests": _json(_digests(change.values, salt)),
        "prev_hash": link.head,
    }
    record["hash"] = _hash(record)
    is_private = room_kind(change.room) == "user"
    record["salt"] = None if is_private else salt
    record["field_values"] = None if is_private else _json(change.values)
    return record


def _digests(values: dict[str, Any], salt: str) -> dict[str, list[str | None]]:
    return {
        name: [None if one is None else _digest(salt, name, one) for one in pair]
        for name, pair in values.items()
    }


def _digest(salt: str, name: str, value: Any) -> str:
    text = msgspec.json.encode([salt, name, value], order="sorted")
    return hashlib.sha256(text).hexdigest()[:32]


def _hash(record: dict[str, Any]) -> str:
    return hashlib.sha256(msgspec.json.encode([record[name] for name in CHAINED])).hexdigest()


def _json(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def head_at(connection: Connection, room: str, version: int) -> str:
    """The hash at which the chain stood at this version of the room."""
    found = connection.execute(_HEAD_AT, {"of_room": room, "until": version}).scalar()
    return BEGINNING if found is None else str(found)


def author_of(connection: Connection, row: Record, field: str) -> str | None:
    """Who last set the field; who made the row, where no record names the field."""
    author = None
    for actor_id, digests in connection.execute(_OF_ROW, {"of_type": row.kind(), "of_id": row.id}):
        author = str(actor_id)
        if field in msgspec.json.decode(digests):
            break
    return author


def verify(connection: Connection, seen: Sequence[Seen] = ()) -> Verdict:
    """Read all chains from their beginning and compare each with the head that its room keeps.

    Every version of a room has a record, so that a log that was cut, together with the head that
    the room keeps, ends before the room does; and a room whose version was set back too ends before
    a row or tombstone in it. Whoever made the whole chain anew, or cut off what no row stands for
    any more, is found by what others have `seen` of it.
    """
    rooms = records = 0
    reached = _reached(connection)
    for room, audit_n, audit_head, version in connection.execute(_CHAINS).all():
        count, wrong = _examined(connection, room, Link(audit_n, audit_head), version)
        rooms, records = rooms + 1, records + count
        if wrong is None and reached.pop(room, 0) > version:
            wrong = audit_n + 1
        if wrong is not None:
            return Verdict(rooms, records, room, wrong)
    if roomless := connection.execute(_ROOMLESS).first():
        return Verdict(rooms, records, *roomless)
    if reached:  # rows of rooms that are not there
        return Verdict(rooms, records, min(reached), 1)
    for one in seen:
        if (n := _contradicted(connection, one)) is not None:
            return Verdict(rooms, records, one.room, n)
    return Verdict(rooms, records)


def _reached(connection: Connection) -> dict[str, int]:
    """The newest version of what lies in each room, or did."""
    reached: dict[str, int] = {}
    for room, version in connection.execute(_REACHED):
        reached[room] = max(version, reached.get(room, 0))
    return reached


def _examined(
    connection: Connection, room: str, kept: Link, version: int
) -> tuple[int, int | None]:
    """How many records of a room were read, and which is the first one that is wrong or missing.

    `kept` is the end of the chain as the room has it, at its `version`.
    """
    count, end = 0, Step(Link(0, BEGINNING), 0, is_sound=True)
    for end in _walk(connection, room):
        count += 1
        if not end.is_sound:
            return count, end.link.n
    if end.link != kept:
        return count, min(end.link.n, kept.n) + 1
    return count, None if end.version == version else end.link.n + 1


def _walk(connection: Connection, room: str) -> Iterator[Step]:
    link, version = Link(0, BEGINNING), 0
    for row in connection.execute(_RECORDS, {"of_room": room}).mappings():
        expected = Link(link.n + 1, row["hash"])
        is_next = row["n"] == expected.n and row["prev_hash"] == link.head
        is_next = is_next and row["version"] in (version or 1, version + 1)
        link, version = expected, row["version"]
        is_sound = is_next and _hash(dict(row)) == row["hash"] and _values_fit(dict(row))
        yield Step(link, version, is_sound=is_sound)


def _contradicted(connection: Connection, seen: Seen) -> int | None:
    """The last record that can have made the head that was seen, where it does not make it.

    It, or one before it, is another than it was; where it is missing, it is the first one missing.
    """
    if head_at(connection, seen.room, seen.version) == seen.head:
        return None
    found = connection.execute(_N_AT, {"of_room": seen.room, "until": seen.version}).scalar() or 0
    reached = connection.execute(_VERSION, {"of_room": seen.room}).scalar() or 0
    return int(found) if reached >= seen.version else int(found) + 1


def _values_fit(record: dict[str, Any]) -> bool:
    """Whether the values are those that were digested, or erased together with their salt."""
    if record["field_values"] is None or record["salt"] is None:
        return record["field_values"] is record["salt"]
    try:
        values = msgspec.json.decode(record["field_values"], type=dict[str, tuple[Any, Any]])
    except (msgspec.MsgspecError, RecursionError):  # whoever changes the file may write anything
        return False
    digests: str = record["digests"]
    return _json(_digests(values, record["salt"])) == digests
