"""Between a table's row, the record that it is, and its form on the wire."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, get_type_hints

import msgspec

from domain.kinds import KINDS
from domain.records import Record
from syncserver.storage.schema import column_name, is_json

STAMPS = frozenset({"id", "room", "version", "created_at", "updated_at"})


class Shape:
    """How one kind of record lies in its table."""

    def __init__(self, kind: type[Record]) -> None:
        hints = get_type_hints(kind, include_extras=True)
        names = msgspec.structs.fields(kind)
        self.kind = kind
        self._columns = [
            (field.name, column_name(field.name), is_json(hints[field.name])) for field in names
        ]
        self._wire = [(field.encode_name, is_json(hints[field.name])) for field in names]

    def columns(self, record: Record) -> dict[str, Any]:
        """What to bind in an insert or update."""
        return {
            column: _stored(getattr(record, name), as_json=as_json)
            for name, column, as_json in self._columns
        }

    def wire(self, row: Sequence[Any]) -> dict[str, Any]:
        """A table's row in the order of its columns, as it goes on the wire."""
        wire = {"type": self.kind.kind()}
        for (name, as_json), value in zip(self._wire, row, strict=True):
            wire[name] = msgspec.json.decode(value) if as_json and value is not None else value
        return wire

    def record(self, row: Sequence[Any]) -> Record:
        return msgspec.convert(self.wire(row), self.kind)


def _stored(value: Any, *, as_json: bool) -> Any:
    if value is None:
        return None
    if as_json:
        return msgspec.json.encode(value).decode()
    return value.value if isinstance(value, Enum) else value


SHAPES: dict[str, Shape] = {name: Shape(kind) for name, kind in KINDS.items()}


def wire_row(record: Record) -> dict[str, Any]:
    """The record as it goes on the wire: camelCase, with its `type`, absent values as null."""
    wire: dict[str, Any] = msgspec.to_builtins(record)
    return wire


def from_wire(row: Mapping[str, Any]) -> Record:
    return msgspec.convert(row, KINDS[row["type"]])
