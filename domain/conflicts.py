"""Conflicts: the value that an edit overwrote unseen, kept until somebody decides."""

import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET

from domain.activities import Kind, announce
from domain.commands import Act, Command, changed
from domain.ids import Id, derived_id
from domain.records import Record, Transaction

T = TypeVar("T", bound=Record)

Base = dict[str, str]


class Conflict(Record, frozen=True, kw_only=True, tag="conflict"):
    """Two people changed one field; the later value stands, the earlier is kept here.

    `kept` and `lost` are JSON values of the field, or of the group's fields in a list. It lies in
    the row's room and moves with it; the first resolve wins.
    """

    table = "conflicts"
    lookups = (("row_id",),)

    row_type: str
    row_id: Id
    field: str
    kept: Any
    kept_by: Id
    lost: Any
    lost_by: Id
    resolved_by: Id | None = None


def base_hash(value: Any) -> str:
    """The hash of a value that an edit saw: 16 hex digits of SHA-256 over its compact JSON."""
    text = msgspec.json.encode(value, order="sorted")
    return hashlib.sha256(text).hexdigest()[:16]


def base_of(row: Record) -> Base:
    """The hashes of all editable fields of a row, for an edit that begins now."""
    return {name: base_hash(_value(row, fields)) for name, fields in row.editable}


def edited(tx: Transaction, act: Act, row: T, command: Command) -> tuple[T, list[str]]:
    """The row with the command's fields, and which groups truly changed.

    A field that meanwhile has another value than `base` says leaves a Conflict row. A field
    without a base is written as it is.
    """
    base: Base = getattr(command, "base", {})
    fields: dict[str, Any] = {}
    names: list[str] = []
    for name, group in row.editable:
        new = {field: value for field in group if (value := getattr(command, field)) is not UNSET}
        if not new:
            continue
        wanted = [new.get(field, getattr(row, field)) for field in group]
        current = [getattr(row, field) for field in group]
        if wanted == current:
            continue
        if name in base and base[name] != base_hash(_value(row, group)):
            _raise_conflict(tx, act, row, name, group, wanted)
        fields.update(new)
        names.append(name)
    return changed(row, act, **fields) if fields else row, names


def _raise_conflict(
    tx: Transaction, act: Act, row: Record, name: str, group: tuple[str, ...], wanted: list[Any]
) -> None:
    authors = {author for field in group if (author := tx.author_of(row, field))}
    conflict = Conflict(
        id=derived_id("conflict", act.mutation, name),
        room=row.room,
        created_at=act.at,
        updated_at=act.at,
        row_type=row.kind(),
        row_id=row.id,
        field=name,
        kept=msgspec.to_builtins(wanted if len(group) > 1 else wanted[0]),
        kept_by=act.actor,
        lost=msgspec.to_builtins(_value(row, group)),
        lost_by=min(authors - {act.actor}, default=act.actor),
    )
    tx.put(conflict)


def announce_conflicts(
    tx: Transaction, act: Act, row: Record, names: Sequence[str], title: str
) -> None:
    """Tell both authors of the conflicts that this command raised."""
    raised = [
        conflict
        for name in names
        if (conflict := tx.find(Conflict, derived_id("conflict", act.mutation, name)))
    ]
    for ordinal, conflict in enumerate(raised, start=100):
        if conflict.lost_by == conflict.kept_by:
            continue
        announce(
            tx,
            act,
            Kind.CONFLICT_RAISED,
            (row.kind(), row.id),
            row.room,
            ordinal=ordinal,
            conflictId=conflict.id,
            field=conflict.field,
            title=title,
            keptBy=conflict.kept_by,
            lostBy=conflict.lost_by,
        )


def _value(row: Record, group: tuple[str, ...]) -> Any:
    values = [getattr(row, field) for field in group]
    return values if len(group) > 1 else values[0]
