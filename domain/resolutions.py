"""Settling conflicts: the one command that says which of two values stands."""

from typing import Any, Literal

import msgspec

from domain.accounts import UpdateAccount
from domain.cohorts import UpdateCohort
from domain.commands import Act, Command, changed
from domain.comments import EditComment
from domain.conflicts import Conflict, base_hash
from domain.errors import Refused, forbidden, not_found
from domain.ids import Id
from domain.kinds import KINDS
from domain.planning import UpdateSchedule
from domain.records import Record, Transaction
from domain.schedules import ConfirmOverlap
from domain.writing import UpdateEntry

UPDATES: dict[str, type[Command]] = {
    "account": UpdateAccount,
    "cohort": UpdateCohort,
    "comment": EditComment,
    "entry": UpdateEntry,
    "schedule": UpdateSchedule,
}


class ResolveConflict(Command, frozen=True, kw_only=True, tag="conflict.resolve"):
    """Say which of the two values stands; the first to say it wins.

    Putting the lost value back is an update like any other: by who may edit the row, free of
    overlaps or confirmed, told to the others; and what stands there by now is not lost either.
    """

    id: Id
    keep: Literal["kept", "lost"]
    confirm_overlap: ConfirmOverlap = False

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
            self._restoration(row, conflict).apply(tx, act)
        tx.put(changed(conflict, act, resolved_by=act.actor))

    def _restoration(self, row: Record, conflict: Conflict) -> Command:
        """The update that puts the lost value back where the kept one was seen."""
        group = dict(row.editable)[conflict.field]
        names = dict(zip(row.__struct_fields__, row.__struct_encode_fields__, strict=True))
        values = conflict.lost if len(group) > 1 else [conflict.lost]
        fields: dict[str, Any] = {
            names[field]: value for field, value in zip(group, values, strict=True)
        }
        kind = UPDATES[conflict.row_type]
        fields |= {
            "type": kind.tag(),
            "id": row.id,
            "base": {conflict.field: base_hash(conflict.kept)},
            "confirmOverlap": self.confirm_overlap,
        }
        return msgspec.convert(fields, kind)
