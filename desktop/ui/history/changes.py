"""What a record of the audit log changed, field by field, in the names and words of people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.account.histories import AuditRecord
from desktop.ui.attention.values import value_words
from desktop.ui.attention.words import LABELS, label_words
from desktop.ui.entries.difference import difference
from desktop.ui.entries.difference_view import Part
from desktop.ui.entries.iterations import version_words
from desktop.ui.workspace import Workspace
from domain.students import State

READ, EXPORT = "audit.read", "audit.export"  # somebody looked, and changed nothing
LOOKS = (READ, EXPORT)
# Of these every new row has one, and no change gives it to a row that had none.
BORN_WITH = ("title", "name", "user_id", "body", "kind_")
ARROW = "\N{RIGHTWARDS ARROW}"
LONGEST = 280  # characters of a text that was written or deleted as a whole
LONG = ("body", "description", "agenda")  # what differs in them is shown word by word
STATES: dict[str, object] = {
    State.ACTIVE: QT_TRANSLATE_NOOP("History", "Active"),
    State.PAUSED: QT_TRANSLATE_NOOP("History", "Paused"),
    State.DEACTIVATED: QT_TRANSLATE_NOOP("History", "Account closed"),
}
# Fields that no command names, or under another name; in the order in which they are read.
MORE_LABELS = {
    "state": QT_TRANSLATE_NOOP("History", "Standing"),
    "startTime": QT_TRANSLATE_NOOP("History", "Begins"),
    "endTime": QT_TRANSLATE_NOOP("History", "Ends"),
    "statusReason": QT_TRANSLATE_NOOP("History", "Reason"),
    "mentorIds": QT_TRANSLATE_NOOP("History", "Mentors"),
    "iteration": QT_TRANSLATE_NOOP("History", "Version"),
    "resolved": QT_TRANSLATE_NOOP("History", "Settled"),
    "email": QT_TRANSLATE_NOOP("History", "E-mail"),
    "archived": QT_TRANSLATE_NOOP("History", "Archived"),
}
# What everything has from its beginning: told only when it becomes another.
GIVEN = ("iteration", "timeZone", "resolved", "archived", "state", "studentId", "mentorId", "name")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in words; `before` or `after` is "" where there was or is nothing to compare."""

    label: str
    before: str
    after: str


def field_changes(
    record: AuditRecord, workspace: Workspace, names: Mapping[str, str]
) -> list[FieldChange]:
    """The fields that changed, the most telling first, without those that nobody reads.

    `names` are those of the ids among the values, as far as they are known.
    """
    values, is_new = _named(record), _is_new(record)
    found = []
    for field in (*LABELS, *MORE_LABELS):
        if field not in values or (is_new and field in GIVEN):
            continue
        old, new = values[field]
        if field in LONG and old and new:
            continue
        words = [_words(field, value, workspace, names) for value in (old, new)]
        if any(words):
            found.append(FieldChange(_label_in(record, field), *words))
    return found


def is_birth(record: AuditRecord) -> bool:
    """Whether the row came into being with it."""
    return _is_new(record) and any(field in (record.values or {}) for field in BORN_WITH)


def before_and_after(change: FieldChange) -> str:
    """`before` and `after` with an arrow between; alone what has nothing beside it."""
    if not change.before:
        return change.after
    return f"{change.before}  {ARROW}  {change.after or _tr('nothing')}"


def text_parts(record: AuditRecord) -> list[Part]:
    """What differs in longer texts, each under its name."""
    values = _named(record)
    return [
        (_label(field), difference(str(old), str(new)))
        for field in LONG
        if field in values
        for old, new in [values[field]]
        if old and new
    ]


def hidden_words(record: AuditRecord) -> str:
    """That the values of a private thing are not kept, and which of its fields changed; or ""."""
    if record.values is not None or record.action in LOOKS:
        return ""
    changed = {_camel(one) for one in record.fields}
    labels = [_label_in(record, field) for field in (*LABELS, *MORE_LABELS) if field in changed]
    kept = _tr("What it said is not kept in the log, because only its owner sees it.")
    return f"{', '.join(labels)}. {kept}" if labels else kept


def ids_in(records: Iterable[AuditRecord]) -> list[str]:
    """The ids that the values of records name, whose names one would like to read."""
    found = set()
    for record in records:
        for field, pair in (record.values or {}).items():
            for value in pair if field.endswith(("_id", "_ids")) else ():
                found.update(value if isinstance(value, list) else [value])
    return [one for one in found if isinstance(one, str)]


def _named(record: AuditRecord) -> Mapping[str, tuple[Any, Any]]:
    """Old and new by the names of the wire; a new start with its end is the time as a whole."""
    values = {_camel(field): pair for field, pair in (record.values or {}).items()}
    if "startTime" in values and "endTime" in values:
        starts, ends = values.pop("startTime"), values.pop("endTime")
        values["time"] = _spans(starts, ends)
    return values


def _spans(starts: tuple[Any, Any], ends: tuple[Any, Any]) -> tuple[Any, Any]:
    old, new = ([start, end] if start else None for start, end in zip(starts, ends, strict=True))
    return old, new


def _words(field: str, value: Any, workspace: Workspace, names: Mapping[str, str]) -> str:
    """A value as one reads it; "" for what is empty, or has no words."""
    if value in (None, "", []):
        return ""
    match field:
        case "state":
            return _tr(STATES.get(value, value))
        case "mentorIds":
            return ", ".join(names[one] for one in value if one in names)
        case "startTime" | "endTime":
            return value_words("deadline", value, workspace)
        case "iteration":
            return version_words(int(value))
        case "resolved" | "archived":
            return _tr("yes") if value else _tr("no")
        case _ if field in LONG:
            return _excerpt(str(value))
        case _:
            return value_words(field, value, workspace, names)


def _excerpt(text: str) -> str:
    words = text.strip()
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def _is_new(record: AuditRecord) -> bool:
    return all(old is None for old, _new in (record.values or {}).values())


def _camel(field: str) -> str:
    """The name on the wire of a table's field."""
    first, *rest = field.split("_")
    return first + "".join(part.title() for part in rest)


def _label_in(record: AuditRecord, field: str) -> str:
    """Its name; a member of a room need not be a student."""
    is_member = record.row_type == "member" and field == "userId"
    return _tr("Person") if is_member else _label(field)


def _label(field: str) -> str:
    return _tr(MORE_LABELS[field]) if field in MORE_LABELS else label_words(field)


def _tr(text: object) -> str:
    """The words in the person's language; `QT_TRANSLATE_NOOP` is typed as giving any object."""
    return QCoreApplication.translate("History", str(text))
