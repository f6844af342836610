"""Audit records of acts that change no row: a new password, a code, an invitation, a look."""

from domain.accounts import Account
from domain.commands import Act
from domain.records import Record
from syncserver.storage.audit import Change
from syncserver.storage.writing import Writing


def note(
    writing: Writing,
    act: Act,
    action: str,
    row: Record,
    *,
    what: tuple[str, str],
    device_id: str | None = None,
) -> None:
    """Audit an act in the chain of the room of the row that it is about; never with a secret.

    `what` is what stands in place of a field, and what is said of it.
    """
    version = writing.next_version(row.room)
    name, value = what
    values = {name: (None, value)}
    writing.effects.audit.append(Change(row.room, version, act, device_id, action, row, values))
    writing.effects.sums.setdefault(row.room, 0)  # the room's audit head moves, so its version does


def act_of(account: Account, now: str, mutation_id: str) -> Act:
    """What this person does now, without a command."""
    return Act(actor=account.id, role=account.role, at=now, now=now, mutation=mutation_id)
