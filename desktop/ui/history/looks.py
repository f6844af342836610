"""What the history shows of one record: who did what and when, and each field before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.account.histories import AuditRecord
from desktop.store.feed import Happening
from desktop.store.names import names_of
from desktop.ui.activity.sentences import detail, sentence
from desktop.ui.entries.difference_view import Part
from desktop.ui.history.changes import (
    FieldChange,
    field_changes,
    hidden_words,
    ids_in,
    text_parts,
)
from desktop.ui.history.words import deed_words, thing_words
from desktop.ui.times import moment_words
from desktop.ui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One thing that happened; `note` stands below it, "" for none."""

    who: str
    said: str
    when: str
    changes: Sequence[FieldChange] = ()
    texts: Sequence[Part] = ()
    note: str = ""


def record_looks(
    records: Sequence[AuditRecord], workspace: Workspace, *, with_things: bool
) -> list[Look]:
    """Records in their order; `with_things` says of each what it is about."""
    names = dict(workspace.query(names_of, ids_in(records)))
    names.update((one.actor_id, one.actor_name) for one in records if one.actor_name)
    return [_record_look(one, workspace, names, with_things=with_things) for one in records]


def _record_look(
    record: AuditRecord, workspace: Workspace, names: dict[str, str], *, with_things: bool
) -> Look:
    when = moment_words(workspace.local(record.at), workspace)
    thing = thing_words(record, workspace) if with_things else ""
    return Look(
        who=record.actor_name or "",
        said=deed_words(record, workspace.me.id),
        when=f"{thing} · {when}" if thing else when,
        changes=tuple(field_changes(record, workspace, names)),
        texts=tuple(text_parts(record)),
        note=hidden_words(record),
    )


def local_looks(happened: Iterable[Happening], workspace: Workspace) -> list[Look]:
    """What this computer knows by itself: that something happened, and not what it was before."""
    return [
        Look(
            who=one.actor_name,
            said=sentence(one.activity, one.actor_name, workspace.me),
            when=moment_words(workspace.local(one.activity.at), workspace),
            note=detail(one.activity),
        )
        for one in happened
    ]
