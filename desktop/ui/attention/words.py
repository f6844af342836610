"""What was tried, in plain words: titles of commands, their fields, and the sides of conflicts."""

from collections.abc import Mapping
from typing import Any

import msgspec
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.store.conflicts import OpenConflict
from desktop.store.names import names_of
from desktop.store.outbox import Attention
from desktop.store.standing import is_whole, standing
from desktop.ui.attention.values import NAMED, value_words
from desktop.ui.times import moment_words
from desktop.ui.workspace import Workspace
from domain.comments import AddComment, Comment
from domain.conflicts import Conflict
from domain.entries import Entry
from domain.records import Record
from domain.schedules import Schedule

Wire = Mapping[str, Any]

TITLES = {
    "schedule.create": QT_TRANSLATE_NOOP("Attention", "Plan %1"),
    "schedule.update": QT_TRANSLATE_NOOP("Attention", "Change %1"),
    "schedule.cancel": QT_TRANSLATE_NOOP("Attention", "Cancel %1"),
    "schedule.complete": QT_TRANSLATE_NOOP("Attention", "Mark %1 as completed"),
    "schedule.reopen": QT_TRANSLATE_NOOP("Attention", "Put %1 back on"),
    "schedule.delete": QT_TRANSLATE_NOOP("Attention", "Delete %1"),
    "schedule.cant_make_it": QT_TRANSLATE_NOOP("Attention", "Say that you can't make it to %1"),
    "schedule.mark_attendance": QT_TRANSLATE_NOOP("Attention", "Mark the attendance of %1"),
    "entry.create": QT_TRANSLATE_NOOP("Attention", "Write %1"),
    "entry.update": QT_TRANSLATE_NOOP("Attention", "Change %1"),
    "entry.submit": QT_TRANSLATE_NOOP("Attention", "Submit %1"),
    "entry.withdraw": QT_TRANSLATE_NOOP("Attention", "Withdraw %1"),
    "entry.delete": QT_TRANSLATE_NOOP("Attention", "Delete %1"),
    "entry.review": QT_TRANSLATE_NOOP("Attention", "Review %1"),
    "entry.reopen": QT_TRANSLATE_NOOP("Attention", "Ask for more work on %1"),
    "comment.add": QT_TRANSLATE_NOOP("Attention", "Comment on %1"),
    "comment.edit": QT_TRANSLATE_NOOP("Attention", "Change a comment"),
    "comment.delete": QT_TRANSLATE_NOOP("Attention", "Delete a comment"),
    "comment.resolve": QT_TRANSLATE_NOOP("Attention", "Settle a comment"),
    "student.claim": QT_TRANSLATE_NOOP("Attention", "Claim %1"),
    "student.assign": QT_TRANSLATE_NOOP("Attention", "Assign a mentor to %1"),
    "student.unassign": QT_TRANSLATE_NOOP("Attention", "Give up %1"),
    "student.move_cohort": QT_TRANSLATE_NOOP("Attention", "Move %1 to another cohort"),
    "cohort.create": QT_TRANSLATE_NOOP("Attention", "Found the cohort %1"),
    "cohort.update": QT_TRANSLATE_NOOP("Attention", "Change the cohort %1"),
    "cohort.add_mentor": QT_TRANSLATE_NOOP("Attention", "Add a mentor to %1"),
    "cohort.remove_mentor": QT_TRANSLATE_NOOP("Attention", "Take a mentor from %1"),
    "account.update": QT_TRANSLATE_NOOP("Attention", "Change your account"),
    "inbox.mark": QT_TRANSLATE_NOOP("Attention", "Mark a notification"),
    "inbox.snooze": QT_TRANSLATE_NOOP("Attention", "Snooze a notification"),
    "inbox.mark_all": QT_TRANSLATE_NOOP("Attention", "Mark all notifications as read"),
    "conflict.resolve": QT_TRANSLATE_NOOP("Attention", "Settle two changes that met"),
}
UNKNOWN_TITLE = QT_TRANSLATE_NOOP("Attention", "Something that only a newer Tandem knows")
# What stands for %1 when the thing's name is not here any more.
NAMELESS = {
    "schedule": QT_TRANSLATE_NOOP("Attention", "a session"),
    "entry": QT_TRANSLATE_NOOP("Attention", "an entry"),
    "comment": QT_TRANSLATE_NOOP("Attention", "an entry"),
    "student": QT_TRANSLATE_NOOP("Attention", "a student"),
    "cohort": QT_TRANSLATE_NOOP("Attention", "a cohort"),
}
TITLED = ("schedule", "entry", "comment")  # their names are titles, and stand in quotes
KEYS = {"student": "studentId", "cohort": "cohortId", "comment": "entryId"}
SAID_BY_TITLE = {
    "schedule.create": ("title",),
    "entry.create": ("title", "status"),
    "student.claim": ("studentId",),
    "student.assign": ("studentId",),
    "student.unassign": ("studentId", "mentorId"),
    "student.move_cohort": ("studentId",),
    "cohort.create": ("name",),
    "cohort.add_mentor": ("cohortId",),
    "cohort.remove_mentor": ("cohortId",),
}
LABELS = {
    "status": QT_TRANSLATE_NOOP("Attention", "Status"),
    "title": QT_TRANSLATE_NOOP("Attention", "Title"),
    "name": QT_TRANSLATE_NOOP("Attention", "Name"),
    "time": QT_TRANSLATE_NOOP("Attention", "When"),
    "studentId": QT_TRANSLATE_NOOP("Attention", "Student"),
    "userId": QT_TRANSLATE_NOOP("Attention", "Student"),
    "cohortId": QT_TRANSLATE_NOOP("Attention", "Cohort"),
    "mentorId": QT_TRANSLATE_NOOP("Attention", "Mentor"),
    "mark": QT_TRANSLATE_NOOP("Attention", "Attendance"),
    "reason": QT_TRANSLATE_NOOP("Attention", "Reason"),
    "focusStack": QT_TRANSLATE_NOOP("Attention", "Focus"),
    "place": QT_TRANSLATE_NOOP("Attention", "Where"),
    "meetingUrl": QT_TRANSLATE_NOOP("Attention", "Link"),
    "capacity": QT_TRANSLATE_NOOP("Attention", "Places"),
    "description": QT_TRANSLATE_NOOP("Attention", "Description"),
    "agenda": QT_TRANSLATE_NOOP("Attention", "Agenda"),
    "reminderMinutes": QT_TRANSLATE_NOOP("Attention", "Reminders"),
    "timeZone": QT_TRANSLATE_NOOP("Attention", "Time zone"),
    "locale": QT_TRANSLATE_NOOP("Attention", "Language"),
    "workingHours": QT_TRANSLATE_NOOP("Attention", "Working hours"),
    "quietHours": QT_TRANSLATE_NOOP("Attention", "Quiet hours"),
    "dndUntil": QT_TRANSLATE_NOOP("Attention", "Do not disturb until"),
    "switches": QT_TRANSLATE_NOOP("Attention", "Notifications"),
    "restDays": QT_TRANSLATE_NOOP("Attention", "Rest days"),
    "body": QT_TRANSLATE_NOOP("Attention", "Text"),
    "comment": QT_TRANSLATE_NOOP("Attention", "Feedback"),
    "tags": QT_TRANSLATE_NOOP("Attention", "Tags"),
    "resources": QT_TRANSLATE_NOOP("Attention", "Links"),
    "minutes": QT_TRANSLATE_NOOP("Attention", "Minutes"),
    "deadline": QT_TRANSLATE_NOOP("Attention", "Until when"),
    "scheduleId": QT_TRANSLATE_NOOP("Attention", "Session"),
    "days": QT_TRANSLATE_NOOP("Attention", "First and last day"),
    "startsOn": QT_TRANSLATE_NOOP("Attention", "First day"),
    "endsOn": QT_TRANSLATE_NOOP("Attention", "Last day"),
}
# What stands beside a refused command that would have changed it, where it is not its own fields.
BESIDE = {
    "entry.review": ("status", "title", "body"),
    "entry.update": (),
    "entry.submit": (),
    "comment.edit": (),
    "schedule.update": (),
}
ROWS: dict[str, type[Record]] = {
    "entry": Entry,
    "comment": Comment,
    "schedule": Schedule,
    "conflict": Conflict,
}


def ids_in(command: Wire) -> list[str]:
    """The ids that a command names, whose names one would like to read."""
    keys = ("id", "entryId", *NAMED)
    return [value for key in keys if isinstance(value := command.get(key), str)]


def title_of(command: Wire, names: Mapping[str, str]) -> str:
    """What the person tried: `Cancel “Weekly talk”`."""
    tag = str(command.get("type", ""))
    subject, _dot, verb = tag.partition(".")
    if tag not in TITLES:
        return _tr(UNKNOWN_TITLE)
    named = command.get("title" if subject in TITLED else "name")
    if not isinstance(named, str) or verb == "update":
        key = KEYS.get(subject, "id")
        named = names.get(str(command.get(key) or command.get("id")), "")
    if named and subject in TITLED:
        named = f"“{named}”"
    return _tr(TITLES[tag]).replace("%1", named or _tr(NAMELESS.get(subject, "")))


def label_words(field: str) -> str:
    """What people call a field; its own name where it has no other."""
    return _tr(LABELS.get(field, field))


def facts_of(
    command: Wire, names: Mapping[str, str], workspace: Workspace
) -> list[tuple[str, str]]:
    """What was typed or chosen, as (label, words); what the title says is left out."""
    tag = str(command.get("type", ""))
    is_change = tag.endswith((".update", ".submit"))  # which may empty a field
    said = set(SAID_BY_TITLE.get(tag, ()))
    values = dict(command)
    if "startTime" in command:
        values["time"] = [command["startTime"], command.get("endTime")]
        said.add("timeZone")
    facts = []
    for field, label in LABELS.items():
        value = values.get(field)
        is_empty = value in (None, "", [])
        if field in said or field not in values or (is_empty and not is_change):
            continue
        if words := value_words(field, value, workspace, names):
            facts.append((_tr(label), words))
    return facts


def overlap_words(data: Wire, workspace: Workspace) -> str:
    """The sessions that stand in the way, one a line; *busy* for those of others."""
    lines = []
    for other in data.get("overlaps", []):
        title = f"“{other['title']}”" if other.get("title") else _tr("busy")
        when = value_words("time", [other["startTime"], other["endTime"]], workspace)
        lines.append(f"{title}, {when}")
    return "\n".join(lines)


def now_facts(command: Wire, workspace: Workspace) -> list[tuple[str, str]]:
    """What stands where a refused command would have changed it, field by field as it names them.

    Nothing for a command that changes no row that is there.
    """
    tag = str(command.get("type", ""))
    kind = ROWS.get(tag.partition(".")[0])
    if tag not in BESIDE or kind is None:
        return []
    row = workspace.query(standing, kind, str(command.get("id", "")))
    if row is None:
        return []
    stands = msgspec.to_builtins(row)
    wanted = BESIDE[tag] or [name for name in command if name in stands and name != "id"]
    if {"startTime", "endTime"} & set(wanted):
        wanted = [*wanted, "startTime", "endTime"]
    shown = {name: stands[name] for name in wanted if name != "type"}
    names = workspace.query(names_of, ids_in(shown))
    return facts_of({**shown, "type": ".update"}, names, workspace)


def vain_words(item: Attention, workspace: Workspace) -> str:
    """Why it is in vain to try this again, in a sentence; "" where it may succeed."""
    command = item.read()
    if command is None:
        return _tr("Only a newer Tandem can try it again.")
    subject, _dot, verb = command.tag().partition(".")
    kind, row_id = ROWS.get(subject), str(item.command.get("id"))
    if isinstance(command, AddComment):
        kind, row_id = Entry, command.entry_id
    if kind is None or verb == "create" or workspace.query(standing, kind, row_id) is not None:
        return ""
    if not workspace.query(is_whole):
        return ""  # it may be still to come
    return _tr("What it is about is no longer here, so it cannot be tried again.")


def conflict_title(shown: OpenConflict) -> str:
    """Of what the two versions are: `“Weekly talk”: When`."""
    label = _tr(LABELS.get(shown.conflict.field, shown.conflict.field))
    if not shown.title:
        return _tr("%1 of something that is no longer there").replace("%1", label)
    quoted = f"“{shown.title}”" if shown.conflict.row_type in TITLED else shown.title
    return f"{quoted}: {label}"


def conflict_sentence(shown: OpenConflict, me: str) -> str:
    """How the two versions came about."""
    conflict = shown.conflict
    if conflict.kept_by == conflict.lost_by:
        return _tr("You changed it twice, on two devices, without having seen the other change.")
    if conflict.kept_by == me:
        words = _tr("You changed it without having seen what %1 had changed.")
        return words.replace("%1", shown.lost_name or _tr("the other"))
    words = _tr("%1 changed it without having seen your change.")
    return words.replace("%1", shown.kept_name or _tr("The other"))


def when_words(at: str, workspace: Workspace) -> str:
    """When it was tried."""
    return _tr("Tried: %1").replace("%1", moment_words(workspace.local(at), workspace))


def _tr(text: object) -> str:
    """The words in the person's language; `QT_TRANSLATE_NOOP` is typed as giving any object."""
    return QCoreApplication.translate("Attention", str(text)) if text else ""
