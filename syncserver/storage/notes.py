"""Audit records of acts that change no row: a new password, a code, an invitation, a look."""

from collections.abc import Mapping

from domain.accounts import Account
from domain.commands import Act
from domain.records import Record
from domain.rooms import room_kind
from syncserver.storage.audit import Change
from syncserver.storage.writing import Writing


def note(
    writing: Writing,
    act: Act,
    action: str,
    row: Record,
    *,
    said: Mapping[str, str],
    device_id: str | None = None,
) -> None:
    """Audit an act in the chain of the room of the row that it is about; never with a secret.

    `said` stands in place of fields; "" where the name says it all. Of a person's own room no
    values are kept, so that there the names hold them.
    """
    version = writing.next_version(row.room)
    named = _named(said) if room_kind(row.room) == "user" else said
    values = {name: (None, value) for name, value in named.items()}
    writing.effects.audit.append(Change(row.room, version, act, device_id, action, row, values))
    writing.effects.sums.setdefault(row.room, 0)  # the room's audit head moves, so its version does


def _named(said: Mapping[str, str]) -> Mapping[str, str]:
    return {f"{name}={value}" if value else name: value for name, value in said.items()}


def act_of(account: Account, now: str, mutation_id: str) -> Act:
    """What this person does now, without a command."""
    return Act(actor=account.id, role=account.role, at=now, now=now, mutation=mutation_id)
