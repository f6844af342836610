"""Tables: one for each kind of row, derived from its type, and those of the log itself."""

import types
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeEngine

from domain.kinds import KINDS
from domain.records import Record
from domain.schedules import Schedule

metadata = MetaData()

# Beyond the lookups that commands use: what overlaps, lists and feeds are read by.
MORE_INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "schedules": (
        ("mentor_id", "start_time"),
        ("student_id", "start_time"),
        ("cohort_id", "start_time"),
        ("room", "start_time", "id"),
    ),
    "activity_feed": (("room", "recorded_at", "id"), ("room", "kind", "recorded_at", "id")),
    "entries": (("room", "created_at", "id"),),
    "users": (("name", "id"),),
}


def column_name(field: str) -> str:
    """The column of a field: its Python name without the underscore that avoids a clash."""
    return field.rstrip("_")


def is_json(hint: Any) -> bool:
    """Whether a field of this type is kept as JSON text."""
    return _plain(hint) not in (str, int, bool)


def _plain(hint: Any) -> Any:
    """The one simple type behind `Annotated`, `X | None` and string enums; `object` for others."""
    if get_origin(hint) is Annotated:
        return _plain(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        parts = {_plain(part) for part in get_args(hint) if part is not types.NoneType}
        return parts.pop() if len(parts) == 1 else object
    if not isinstance(hint, type):
        return object
    for plain in (bool, int, str):
        if issubclass(hint, plain):
            return plain
    return object


def _column_type(hint: Any) -> TypeEngine[Any]:
    types_of: dict[Any, TypeEngine[Any]] = {bool: Boolean(), int: Integer()}
    return types_of.get(_plain(hint), Text())


def _record_table(kind: type[Record]) -> Table:
    hints = get_type_hints(kind, include_extras=True)
    columns = [
        Column(
            column_name(field.name),
            _column_type(hints[field.name]),
            primary_key=field.name == "id",
            nullable=types.NoneType in get_args(hints[field.name]),
        )
        for field in msgspec.structs.fields(kind)
    ]
    more = (("room", "version", "id"), *MORE_INDEXES.get(kind.table, ()))
    lookups = [names for names in kind.lookups if not any(_begins(one, names) for one in more)]
    indexes = [
        Index(f"ix_{kind.table}_{'_'.join(names)}", *map(column_name, names))
        for names in (*more, *lookups)
    ]
    return Table(kind.table, metadata, *columns, *indexes)


def _begins(index: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether a longer index serves these names too."""
    return index[: len(names)] == names


TABLES: dict[str, Table] = {name: _record_table(kind) for name, kind in KINDS.items()}
SCHEDULES = TABLES[Schedule.kind()]

ROOMS = Table(
    "rooms",
    metadata,
    Column("room", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("checksum", Text, nullable=False),  # 16 hex digits: 64 bits without a sign
    Column("audit_n", Integer, nullable=False),
    Column("audit_head", Text, nullable=False),
    Column("access_version", Integer, nullable=False),
    Column("horizon", Integer, nullable=False),  # tombstones up to this version are collected
)

TOMBSTONES = Table(
    "tombstones",
    metadata,
    Column("room", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("moved", Boolean, nullable=False),
    Column("at", Text, nullable=False),
    Index("ix_tombstones_room_version_id", "room", "version", "id"),
    Index("ix_tombstones_kind_id", "kind", "id"),
    Index("ix_tombstones_at", "at"),
)

RECEIPTS = Table(
    "receipts",
    metadata,
    Column("mutation_id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("client_id", Text),
    Column("n", Integer),
    Column("body_hash", Text, nullable=False),
    Column("outcome", Text, nullable=False),  # JSON of the Result
    Column("answer", Text),  # JSON of rows and activities, of REST only: a repeat gives the same
    Column("at", Text, nullable=False),
)

CLIENTS = Table(
    "clients",
    metadata,
    Column("client_id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("last_number", Integer, nullable=False),
)

AUDIT_LOGS = Table(
    "audit_logs",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("room", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("device_id", Text),
    Column("mutation_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("row_type", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("digests", Text, nullable=False),  # JSON {field: [old, new]}, salted, part of the hash
    Column("salt", Text),  # erased together with the values: alone it would let them be guessed
    Column("field_values", Text),  # JSON {field: [old, new]}; erasable
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_audit_logs_room_n", "room", "n", unique=True),
    Index("ix_audit_logs_room_version_n", "room", "version", "n"),
    Index("ix_audit_logs_row_type_row_id_id", "row_type", "row_id", "id"),
    Index("ix_audit_logs_actor_id_id", "actor_id", "id"),
    Index("ix_audit_logs_row_type_id", "row_type", "id"),
    Index("ix_audit_logs_received_at_id", "received_at", "id"),
)

META = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
