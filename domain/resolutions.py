"""Settling conflicts: the one command that says which of two values stands."""

from typing import Literal

import msgspec
from msgspec.structs import replace

from domain.commands import Act, Command, changed
from domain.conflicts import Conflict
from domain.errors import Refused, forbidden, not_found
from domain.ids import Id
from domain.kinds import KINDS
from domain.records import Record, Transaction
from domain.schedules import Schedule


class ResolveConflict(Command, frozen=True, kw_only=True, tag="conflict.resolve"):
    """Say which of the two values stands; the first to say it wins."""

    id: Id
    keep: Literal["kept", "lost"]

    def apply(self, tx: Transaction, act: Act) -> None:
        conflict = tx.find(Conflict, self.id)
        if conflict is None:
            raise not_found("conflict")
        if conflict.resolved_by is not None:
            raise Refused("already_resolved", "Someone has settled this already.")
        if act.actor not in (conflict.kept_by, conflict.lost_by):
            raise forbidden("Only the two who made these changes can settle this.")
        row = tx.find(KINDS[conflict.row_type], conflict.row_id)
        if self.keep == "lost" and row is not None:
            tx.put(_restored(row, conflict, act))
        tx.put(changed(conflict, act, resolved_by=act.actor))


def _restored(row: Record, conflict: Conflict, act: Act) -> Record:
    """The row with the lost value back in its field."""
    group = dict(row.editable)[conflict.field]
    values = conflict.lost if len(group) > 1 else [conflict.lost]
    types = {field.name: field.type for field in msgspec.structs.fields(row)}
    fields = {
        field: msgspec.convert(value, types[field])
        for field, value in zip(group, values, strict=True)
    }
    if isinstance(row, Schedule) and conflict.field == "time":
        fields["sequence"] = row.sequence + 1
    return replace(row, updated_at=act.at, **fields)
