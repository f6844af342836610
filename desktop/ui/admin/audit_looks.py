"""How the audit log reads: who did what to which thing, when, and each field before and after."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.account.histories import AuditRecord
from desktop.store.names import names_of
from desktop.ui.history.changes import (
    READ,
    FieldChange,
    field_changes,
    hidden_words,
    ids_in,
    text_parts,
)
from desktop.ui.history.looks import Look
from desktop.ui.times import moment_words
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Workspace

THINGS = {
    "account": QT_TRANSLATE_NOOP("Audit", "an account"),
    "student_card": QT_TRANSLATE_NOOP("Audit", "a student's card"),
    "mentor_card": QT_TRANSLATE_NOOP("Audit", "a mentor's card"),
    "member": QT_TRANSLATE_NOOP("Audit", "a membership"),
    "cohort": QT_TRANSLATE_NOOP("Audit", "a cohort"),
    "cohort_card": QT_TRANSLATE_NOOP("Audit", "a cohort's card"),
    "schedule": QT_TRANSLATE_NOOP("Audit", "a session"),
    "participant": QT_TRANSLATE_NOOP("Audit", "a place in a group session"),
    "attendance": QT_TRANSLATE_NOOP("Audit", "an attendance"),
    "entry": QT_TRANSLATE_NOOP("Audit", "an entry"),
    "entry_revision": QT_TRANSLATE_NOOP("Audit", "a version of an entry"),
    "comment": QT_TRANSLATE_NOOP("Audit", "a comment"),
    "conflict": QT_TRANSLATE_NOOP("Audit", "two changes that met"),
    "activity": QT_TRANSLATE_NOOP("Audit", "an activity"),
    "inbox_mark": QT_TRANSLATE_NOOP("Audit", "a mark in an inbox"),
    "read_through": QT_TRANSLATE_NOOP("Audit", "a mark in an inbox"),
}
MOST_IN_ROW = 3  # fields that a row of the list tells


def said_words(record: AuditRecord) -> str:
    """Who did what: `Mia Stone changed a session`."""
    thing = _tr(str(THINGS.get(record.row_type, record.row_type)))
    who = record.actor_name or _tr("The relay")
    return _deed(record).replace("%2", thing).replace("%1", who)


def record_look(record: AuditRecord, workspace: Workspace) -> Look:
    """All that a record tells."""
    names = dict(workspace.query(names_of, [record.row_id, *ids_in([record])]))
    when = moment_words(workspace.local(record.at), workspace)
    parts = (_name(record, names), record.action, when)
    return Look(
        who=record.actor_name or "",
        said=said_words(record),
        when=" · ".join(part for part in parts if part),
        changes=tuple(field_changes(record, workspace, names)),
        texts=tuple(text_parts(record)),
        note=hidden_words(record),
    )


def record_row(record: AuditRecord, workspace: Workspace) -> RowLook:
    """The same as a row, with its first changes."""
    look = record_look(record, workspace)
    told = [change_words(change) for change in look.changes[:MOST_IN_ROW]]
    more = len(look.changes) - len(told)
    return RowLook(
        title=look.said,
        subtitle=" · ".join([look.when, *told, *([f"+{more}"] if more else [])]),
        avatar=look.who or "?",
    )


def change_words(change: FieldChange) -> str:
    """`Title: Loops → Recursion`."""
    if not change.before or not change.after:
        return f"{change.label}: {change.after or change.before}"
    return f"{change.label}: {change.before} → {change.after}"


def kind_choices() -> list[tuple[str, str]]:
    """Kinds of rows by their words; "" is all of them."""
    shown = ("account", "student_card", "mentor_card", "cohort", "schedule", "entry", "comment")
    words = {
        "account": _tr("Accounts"),
        "student_card": _tr("Students and their mentors"),
        "mentor_card": _tr("Mentors"),
        "cohort": _tr("Cohorts"),
        "schedule": _tr("Sessions"),
        "entry": _tr("Entries"),
        "comment": _tr("Comments"),
    }
    return [("", _tr("Everything")), *((kind, words[kind]) for kind in shown)]


def _name(record: AuditRecord, names: dict[str, str]) -> str:
    """What the thing is called, as it is here or as the record itself tells."""
    for field in ("title", "name"):
        old, new = (record.values or {}).get(field, (None, None))
        if new or old:
            return str(new or old)
    return names.get(record.row_id, "")


def _deed(record: AuditRecord) -> str:
    if record.action == READ:
        return _tr("%1 looked at the history of %2")
    pairs = list((record.values or {}).values())
    if pairs and all(old is None for old, _new in pairs):
        return _tr("%1 made %2")
    if pairs and all(new is None for _old, new in pairs):
        return _tr("%1 deleted %2")
    return _tr("%1 changed %2")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Audit", text)
