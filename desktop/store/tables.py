"""The tables of the local rows, derived from the types of the records."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from enum import Enum
from functools import cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT

from domain.kinds import KINDS
from domain.records import Record

Values = tuple[Any, ...]
PLAIN = {str: "TEXT", int: "INTEGER", bool: "INTEGER", float: "REAL"}

# What screens ask for beyond the lookups of the records; each must be named by a query.
INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "schedules": (
        ("start_time",),
        ("mentor_id", "start_time"),
        ("student_id", "start_time"),
        ("cohort_id", "start_time"),
    ),
    "entries": (
        ("status", "submitted_at", "id"),
        ("student_id", "status", "submitted_at", "id"),
        ("student_id", "submitted_at", "id"),
        ("student_id", "local_day", "status"),
        ("submitted_at", "id"),
    ),
    "activity_feed": (
        ("recorded_at", "id"),
        ("room", "recorded_at", "id"),
        ("kind", "recorded_at", "id"),
        ("room", "kind", "recorded_at", "id"),
        ("subject_id", "recorded_at", "id"),
    ),
    "inbox_marks": (("state", "recorded_at", "activity_id"), ("snoozed_until",)),
    "members": (("room", "user_id"),),
    "conflicts": (("kept_by", "resolved_by"), ("lost_by", "resolved_by")),
}


@dataclass(frozen=True)
class Column:
    """One field of a record as a column.

    Attributes:
        read: from SQLite's value to the field's; None where they are the same.
        decode: from SQLite's value to that of the wire; likewise.
    """

    field: str
    wire: str
    sql_type: str
    is_json: bool
    is_required: bool
    default: Callable[[], Any]
    read: Callable[[Any], Any] | None
    decode: Callable[[Any], Any] | None

    @property
    def name(self) -> str:
        return self.field.rstrip("_")


class Table:
    """The table of one kind of record, and the ways between its rows, records and wire objects."""

    def __init__(self, kind: type[Record]) -> None:
        self.kind = kind
        self.name = kind.table
        self.columns = _columns(kind)
        names = [column.name for column in self.columns]
        updates = ", ".join(f"{name} = excluded.{name}" for name in [*names[1:], "pending"])
        marks = ", ".join("?" * (len(names) + 1))
        self.upsert = (
            f"INSERT INTO {self.name} ({', '.join(names)}, pending) VALUES ({marks}) "  # noqa: S608
            f"ON CONFLICT (id) DO UPDATE SET {updates}"
        )
        self._pick = itemgetter(*(column.wire for column in self.columns))
        self._json = [place for place, column in enumerate(self.columns) if column.is_json]
        self._fields = [(column.field, column.name, column.read) for column in self.columns]
        self._blank: Record | None = None

    def create(self) -> list[str]:
        """The statements that make the table and its indexes."""
        columns = [f"{column.name} {column.sql_type}" for column in self.columns]
        columns[0] += " PRIMARY KEY"
        columns.append("pending INTEGER NOT NULL DEFAULT 0")
        statements = [f"CREATE TABLE {self.name} ({', '.join(columns)}) STRICT"]
        wanted = {("room",), *self.kind.lookups, *INDEXES.get(self.name, ())}
        # An index that another one begins with finds nothing that the longer one does not.
        needed = [one for one in wanted if not any(_extends(other, one) for other in wanted)]
        for fields in sorted(needed):
            index = f"{self.name}_by_{'_'.join(fields)}"
            statements.append(f"CREATE INDEX {index} ON {self.name} ({', '.join(fields)})")
        return statements

    def values(self, wire: Mapping[str, Any], pending: int = 0) -> Values:
        """The row of a wire object; unknown fields are left out, absent ones get their default.

        Raises:
            KeyError: a required field is absent.
        """
        try:
            picked = self._pick(wire)
        except KeyError:
            picked = tuple(_value(wire, column) for column in self.columns)
        if not self._json:
            return (*picked, pending)
        row = [*picked, pending]
        for place in self._json:
            row[place] = _as_json(row[place], self.columns[place])
        return tuple(row)

    def record(self, row: Mapping[str, Any]) -> Record:
        """The record of a row of this table.

        What the relay has checked is not checked again: that took forty times as long.

        Raises:
            ValueError: a value is not one of its field's, as in a row of a newer program.
        """
        if self._blank is None:
            self._blank = msgspec.convert(self.wire(row), self.kind)
        record = copy(self._blank)
        for field, name, read in self._fields:
            value = row[name]
            msgspec.structs.force_setattr(
                record, field, value if read is None or value is None else read(value)
            )
        return record

    def wire(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The wire object of a row of this table."""
        wire: dict[str, Any] = {"type": self.kind.kind()}
        for column in self.columns:
            value, decode = row[column.name], column.decode
            wire[column.wire] = value if decode is None or value is None else decode(value)
        return wire


@cache
def table_of(kind: type[Record]) -> Table:
    return Table(kind)


def all_tables() -> list[Table]:
    return [table_of(kind) for kind in KINDS.values()]


def _columns(kind: type[Record]) -> list[Column]:
    hints = get_type_hints(kind, include_extras=True)
    fields = sorted(msgspec.structs.fields(kind), key=lambda field: field.name != "id")
    return [_column(field, hints[field.name]) for field in fields]


def _column(field: msgspec.structs.FieldInfo, hint: Any) -> Column:
    parts = _parts(hint)
    plain = {_plain(part) for part in parts if part is not NoneType}
    is_json = len(plain) != 1 or None in plain
    sql_type = "TEXT" if is_json else PLAIN[plain.pop() or str]
    required = field.default is NODEFAULT and field.default_factory is NODEFAULT
    is_nullable = NoneType in parts
    return Column(
        field=field.name,
        wire=field.encode_name,
        sql_type=sql_type if is_nullable else f"{sql_type} NOT NULL",
        is_json=is_json,
        is_required=required,
        default=_default(field),
        read=_reader(hint, parts, is_json=is_json),
        decode=msgspec.json.decode if is_json else bool if bool in parts else None,
    )


def _parts(hint: Any) -> list[Any]:
    """The types that a hint allows, without their constraints."""
    if get_origin(hint) is Annotated:
        return _parts(get_args(hint)[0])
    if get_origin(hint) in {Union, UnionType}:
        return [part for one in get_args(hint) for part in _parts(one)]
    return [hint]


def _plain(part: Any) -> type | None:
    """The SQLite-like type of a type, or None where it takes JSON."""
    if isinstance(part, type) and issubclass(part, Enum):
        return str
    return part if part in PLAIN else None


def _default(field: msgspec.structs.FieldInfo) -> Callable[[], Any]:
    if field.default_factory is not NODEFAULT:
        factory: Callable[[], Any] = field.default_factory
        return lambda: msgspec.to_builtins(factory())
    return lambda: msgspec.to_builtins(field.default)


def _reader(hint: Any, parts: list[Any], *, is_json: bool) -> Callable[[Any], Any] | None:
    if is_json:
        return msgspec.json.Decoder(hint).decode
    kind = next((part for part in parts if isinstance(part, type) and issubclass(part, Enum)), None)
    return bool if bool in parts else kind


def _as_json(value: Any, column: Column) -> str | None:
    if value is None and "NOT NULL" not in column.sql_type:
        return None
    return msgspec.json.encode(value).decode()


def _value(wire: Mapping[str, Any], column: Column) -> Any:
    if column.wire in wire or column.is_required:
        return wire[column.wire]
    return column.default()


def _extends(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    return len(longer) > len(shorter) and longer[: len(shorter)] == shorter
