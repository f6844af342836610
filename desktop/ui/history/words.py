"""What a record of the audit log says, in a sentence: who did what, as the reader reads it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.account.histories import AuditRecord
from desktop.store.names import names_of
from desktop.ui.history.changes import EXPORT, LOOKS, READ, is_birth
from desktop.ui.workspace import Workspace

# What somebody did with an item, and what the reader did; the item stands in the heading.
DEEDS: dict[str, tuple[object, object]] = {
    "schedule.create": (
        QT_TRANSLATE_NOOP("History", "%1 planned it"),
        QT_TRANSLATE_NOOP("History", "You planned it"),
    ),
    "schedule.update": (
        QT_TRANSLATE_NOOP("History", "%1 changed it"),
        QT_TRANSLATE_NOOP("History", "You changed it"),
    ),
    "moved": (
        QT_TRANSLATE_NOOP("History", "%1 moved it"),
        QT_TRANSLATE_NOOP("History", "You moved it"),
    ),
    "schedule.cancel": (
        QT_TRANSLATE_NOOP("History", "%1 canceled it"),
        QT_TRANSLATE_NOOP("History", "You canceled it"),
    ),
    "schedule.complete": (
        QT_TRANSLATE_NOOP("History", "%1 marked it as completed"),
        QT_TRANSLATE_NOOP("History", "You marked it as completed"),
    ),
    "schedule.reopen": (
        QT_TRANSLATE_NOOP("History", "%1 put it back on"),
        QT_TRANSLATE_NOOP("History", "You put it back on"),
    ),
    "schedule.mark_attendance": (
        QT_TRANSLATE_NOOP("History", "%1 marked the attendance"),
        QT_TRANSLATE_NOOP("History", "You marked the attendance"),
    ),
    "entry.create": (
        QT_TRANSLATE_NOOP("History", "%1 wrote it"),
        QT_TRANSLATE_NOOP("History", "You wrote it"),
    ),
    "entry.submit": (
        QT_TRANSLATE_NOOP("History", "%1 submitted it"),
        QT_TRANSLATE_NOOP("History", "You submitted it"),
    ),
    "entry.withdraw": (
        QT_TRANSLATE_NOOP("History", "%1 took it back as a draft"),
        QT_TRANSLATE_NOOP("History", "You took it back as a draft"),
    ),
    "entry.review": (
        QT_TRANSLATE_NOOP("History", "%1 reviewed it"),
        QT_TRANSLATE_NOOP("History", "You reviewed it"),
    ),
    "entry.reopen": (
        QT_TRANSLATE_NOOP("History", "%1 asked for more work"),
        QT_TRANSLATE_NOOP("History", "You asked for more work"),
    ),
    "comment.add": (
        QT_TRANSLATE_NOOP("History", "%1 wrote a comment"),
        QT_TRANSLATE_NOOP("History", "You wrote a comment"),
    ),
    "comment.resolve": (
        QT_TRANSLATE_NOOP("History", "%1 settled a comment"),
        QT_TRANSLATE_NOOP("History", "You settled a comment"),
    ),
    "conflict.resolve": (
        QT_TRANSLATE_NOOP("History", "%1 settled two changes that met"),
        QT_TRANSLATE_NOOP("History", "You settled two changes that met"),
    ),
    "student.claim": (
        QT_TRANSLATE_NOOP("History", "%1 became the mentor"),
        QT_TRANSLATE_NOOP("History", "You became the mentor"),
    ),
    "student.assign": (
        QT_TRANSLATE_NOOP("History", "%1 assigned a mentor"),
        QT_TRANSLATE_NOOP("History", "You assigned a mentor"),
    ),
    "student.unassign": (
        QT_TRANSLATE_NOOP("History", "%1 ended the work with a mentor"),
        QT_TRANSLATE_NOOP("History", "You ended the work with a mentor"),
    ),
    "student.move_cohort": (
        QT_TRANSLATE_NOOP("History", "%1 changed the cohort"),
        QT_TRANSLATE_NOOP("History", "You changed the cohort"),
    ),
    READ: (
        QT_TRANSLATE_NOOP("History", "%1 looked at this history"),
        QT_TRANSLATE_NOOP("History", "You looked at this history"),
    ),
    EXPORT: (
        QT_TRANSLATE_NOOP("History", "%1 saved this history as a file"),
        QT_TRANSLATE_NOOP("History", "You saved this history as a file"),
    ),
    "made": (
        QT_TRANSLATE_NOOP("History", "%1 made it"),
        QT_TRANSLATE_NOOP("History", "You made it"),
    ),
    "deleted": (
        QT_TRANSLATE_NOOP("History", "%1 deleted it"),
        QT_TRANSLATE_NOOP("History", "You deleted it"),
    ),
    "changed": (
        QT_TRANSLATE_NOOP("History", "%1 changed it"),
        QT_TRANSLATE_NOOP("History", "You changed it"),
    ),
}
THINGS = {
    "schedule": QT_TRANSLATE_NOOP("History", "Session “%1”"),
    "entry": QT_TRANSLATE_NOOP("History", "Entry “%1”"),
}
NAMELESS = {
    "schedule": QT_TRANSLATE_NOOP("History", "A session"),
    "entry": QT_TRANSLATE_NOOP("History", "An entry"),
    "entry_revision": QT_TRANSLATE_NOOP("History", "An earlier version of an entry"),
    "comment": QT_TRANSLATE_NOOP("History", "A comment"),
    "attendance": QT_TRANSLATE_NOOP("History", "Your attendance of a session"),
    "participant": QT_TRANSLATE_NOOP("History", "Your place in a group session"),
    "conflict": QT_TRANSLATE_NOOP("History", "Two changes that met"),
    "account": QT_TRANSLATE_NOOP("History", "Your account"),
    "student_card": QT_TRANSLATE_NOOP("History", "Your card in the list of students"),
    "mentor_card": QT_TRANSLATE_NOOP("History", "Your card in the list of mentors"),
}


def deed_words(record: AuditRecord, me_id: str) -> str:
    """Who did what: `Mia moved it`; the relay's own acts have no person."""
    somebody, own = DEEDS[_case(record)]
    if record.actor_id == me_id:
        return _tr(own)
    return _tr(somebody).replace("%1", record.actor_name or _tr("The relay"))


def thing_words(record: AuditRecord, workspace: Workspace) -> str:
    """What was changed, by its title where that is known: `Session “Weekly talk”`."""
    title = workspace.query(names_of, [record.row_id]).get(record.row_id) or _told_title(record)
    if title and record.row_type in THINGS:
        return _tr(THINGS[record.row_type]).replace("%1", title)
    return _tr(NAMELESS.get(record.row_type, ""))


def _told_title(record: AuditRecord) -> str:
    """The title that the record itself names, of what is not here any more."""
    old, new = (record.values or {}).get("title", (None, None))
    return str(new or old or "")


def _case(record: AuditRecord) -> str:
    """The deed that it tells of, by its command or by what became of the row."""
    if record.action == "schedule.update" and "start_time" in record.fields:
        return "moved"
    if record.action in DEEDS and record.row_type == _subject(record.action):
        return record.action
    if record.action in LOOKS:
        return record.action
    if is_birth(record):
        return "made"
    if record.action.endswith(".delete"):
        return "deleted"
    return "changed"


def _subject(action: str) -> str:
    """The kind of row that a command is about in the first place."""
    subject = action.partition(".")[0]
    return "student_card" if subject == "student" else subject


def _tr(text: object) -> str:
    """The words in the person's language; `QT_TRANSLATE_NOOP` is typed as giving any object."""
    return QCoreApplication.translate("History", str(text)) if text else ""
