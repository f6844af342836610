"""How the audit log reads: who did what to which thing, when, and each field before and after."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop.account.histories import AuditRecord
from desktop.store.names import names_of
from desktop.ui.admin.audit_words import person_of, said_words, told_ids
from desktop.ui.history.changes import (
    FieldChange,
    before_and_after,
    field_changes,
    hidden_words,
    text_parts,
)
from desktop.ui.history.looks import Look
from desktop.ui.times import moment_words
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Workspace
from domain.rooms import room_kind, room_subject

MOST_IN_ROW = 3  # fields that a row of the list tells


def record_look(
    record: AuditRecord, workspace: Workspace, told: Mapping[str, str] | None = None
) -> Look:
    """All that a record tells; `told` are names that other records tell, by id."""
    names = {**(told or {}), **workspace.query(names_of, told_ids(record))}
    changes = field_changes(record, workspace, names)
    if record.row_type == "member":
        changes = _membership_changes(record, names)
    return Look(
        who=record.actor_name or _tr("Relay"),
        said=said_words(record, names),
        when=moment_words(workspace.local(record.at), workspace),
        changes=tuple(changes),
        texts=tuple(text_parts(record)),
        note=hidden_words(record),
    )


def full_look(
    record: AuditRecord, workspace: Workspace, told: Mapping[str, str] | None = None
) -> Look:
    """The same with the name that the record has in the exported file."""
    look = record_look(record, workspace, told)
    recorded = FieldChange(_tr("Recorded as"), "", f"{record.action} · {record.row_type}")
    return replace(look, changes=(*look.changes, recorded))


def record_row(
    record: AuditRecord, workspace: Workspace, told: Mapping[str, str] | None = None
) -> RowLook:
    """The same as a row, with its first changes."""
    look = record_look(record, workspace, told)
    first = [change_words(change) for change in look.changes[:MOST_IN_ROW]]
    more = len(look.changes) - len(first)
    return RowLook(
        title=look.said,
        subtitle=" · ".join([look.when, *first, *([f"+{more}"] if more else [])]),
        avatar=look.who,
    )


def _membership_changes(record: AuditRecord, names: Mapping[str, str]) -> list[FieldChange]:
    """Who is in the room, and whose room it is."""
    subject = names.get(room_subject(record.room), "")
    labels = {"student": _tr("Student"), "cohort": _tr("Cohort")}
    label = labels.get(room_kind(record.room), "")
    facts = [(_tr("Person"), person_of(record, names)), (label, subject)]
    return [FieldChange(name, "", words) for name, words in facts if name and words]


def change_words(change: FieldChange) -> str:
    """`Title: Loops → Recursion`, in one line."""
    return f"{change.label}: {' '.join(before_and_after(change).split())}"


def kind_choices() -> list[tuple[str, str]]:
    """Kinds of rows by their words; "" is all of them."""
    words = {
        "account": _tr("Accounts"),
        "student_card": _tr("Students and their mentors"),
        "mentor_card": _tr("Mentors"),
        "cohort": _tr("Cohorts"),
        "schedule": _tr("Sessions"),
        "entry": _tr("Entries"),
        "comment": _tr("Comments"),
        "member": _tr("Who has access to what"),
        "activity": _tr("Lines of the activity feed"),
    }
    return [("", _tr("Everything")), *words.items()]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Audit", text)
