"""What a record of the audit log says in a sentence: who did what to whom or to which thing."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from desktop.account.histories import AuditRecord
from desktop.ui.activity.sentences import filled
from desktop.ui.admin.audit_deeds import (
    ACCESS_CHANGED,
    CHANGED,
    DEEDS,
    DELETED,
    EXPORTED_OF,
    GOT_IN,
    LET_IN,
    MADE,
    MOVED,
    NAMED,
    OF_COHORT,
    OF_STUDENT,
    ON_WORK,
    OWN,
    READ_OF,
    ROOMS,
    SHUT_OUT,
    THINGS,
    WROTE,
)
from desktop.ui.history.changes import LOOKS, READ, ids_in, is_birth
from domain.members import Access
from domain.rooms import room_kind, room_subject

PEOPLE = ("account", "student_card", "mentor_card")

Names = Mapping[str, str]  # by id, as far as they are known


def said_words(record: AuditRecord, names: Names) -> str:
    """Who did what: `Ada Okafor assigned Mia Stone to Ana Ruiz`."""
    who = record.actor_name or _tr("The relay")
    if record.row_type == "member":
        return _membership_words(record, names, who)
    words = {
        "who": who,
        "thing": _thing_words(record, names),
        "person": _mentor_words(record, names),
    }
    return filled(_tr(_template(record)), words)


def told_ids(record: AuditRecord) -> list[str]:
    """The ids whose names the sentence needs."""
    return [record.row_id, room_subject(record.room), *ids_in([record])]


def told_names(records: Iterable[AuditRecord]) -> dict[str, str]:
    """What records themselves say that their rows are called; the first one counts."""
    found: dict[str, str] = {}
    for record in records:
        for field in ("title", "name"):
            old, new = (record.values or {}).get(field, (None, None))
            if (new or old) and record.row_type != "member":
                found.setdefault(record.row_id, str(new or old))
    return found


def person_of(record: AuditRecord, names: Names) -> str:
    """Whose membership it is; "" where that is not known."""
    old, new = (record.values or {}).get("user_id", (None, None))
    own = room_subject(record.room) if room_kind(record.room) == "user" else ""
    return names.get(str(new or old or own), "") or names.get(record.row_id, "")


def _membership_words(record: AuditRecord, names: Names, who: str) -> str:
    person = person_of(record, names)
    kind = room_kind(record.room)
    where = names.get(room_subject(record.room), "") or _tr("somebody")
    words = {
        "who": who,
        "person": person or _tr("somebody"),
        "thing": filled(_tr(ROOMS.get(kind, "")), {"name": where}),
    }
    return filled(_tr(_membership_template(record, person)), words)


def _membership_template(record: AuditRecord, person: str) -> object:
    _old, access = (record.values or {}).get("access", (None, None))
    if access == Access.NONE:
        return SHUT_OUT
    if access == Access.READ or "user_id" in record.fields:
        return GOT_IN if person == record.actor_name else LET_IN
    return ACCESS_CHANGED


def _template(record: AuditRecord) -> object:
    is_own = record.row_type == "account" and record.row_id == record.actor_id
    if is_own and record.action in OWN:
        return OWN[record.action]
    if record.action in LOOKS:
        return READ_OF if record.action == READ else EXPORTED_OF
    if record.action == "schedule.update" and "start_time" in record.fields:
        return MOVED
    if (record.action, record.row_type) in DEEDS:
        return DEEDS[record.action, record.row_type]
    return _plain_template(record)


def _plain_template(record: AuditRecord) -> object:
    """What became of the row, where there is no word of its own for that."""
    pairs = (record.values or {}).values()
    if pairs and all(new is None for _old, new in pairs) and record.action.endswith(".delete"):
        return DELETED
    if not is_birth(record):
        return CHANGED
    return WROTE if record.row_type == "comment" else MADE  # whatever it came with


def _thing_words(record: AuditRecord, names: Names) -> str:
    """What it was done to, by its name or by whose it is."""
    name = told_names([record]).get(record.row_id) or names.get(record.row_id, "")
    if name and record.row_type in PEOPLE and _is_by_name(record):
        return name
    if name and record.row_type in NAMED:
        return filled(_tr(NAMED[record.row_type]), {"name": name})
    thing = _tr(THINGS.get(record.row_type, record.row_type))
    whose, kind = names.get(room_subject(record.room), ""), room_kind(record.room)
    if not whose or record.row_type in PEOPLE:
        return thing
    template = OF_COHORT if kind == "cohort" else OF_STUDENT
    if record.row_type == "comment":  # who reads it is not its author
        template = ON_WORK
    return filled(_tr(template), {"thing": thing, "name": whose})


def _is_by_name(record: AuditRecord) -> bool:
    """Whether the sentence names the person, rather than what is kept of them."""
    return (record.action, record.row_type) in DEEDS


def _mentor_words(record: AuditRecord, names: Names) -> str:
    """Who became a mentor, or was one before."""
    old, new = (record.values or {}).get("mentor_ids", (None, None))
    before, after = set(old or ()), set(new or ())
    changed = before - after if record.action == "student.unassign" else after - before
    known = sorted(names[one] for one in changed if one in names)
    return ", ".join(known) or _tr("a mentor")


def _tr(text: object) -> str:
    """The words in the person's language; `QT_TRANSLATE_NOOP` is typed as giving any object."""
    return QCoreApplication.translate("Audit", str(text)) if text else ""
