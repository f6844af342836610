"""One whole sentence for each kind of activity, ready for translation."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.ui.entries.iterations import version_words
from domain.activities import Activity, Kind, Person
from domain.members import Role
from domain.rooms import room_subject
from domain.students import State


def sentence(activity: Activity, actor_name: str, me: Person) -> str:
    """Who did what to which thing, as the signed-in person reads it; never empty."""
    return filled(_template(activity, actor_name, me), names_in(activity, actor_name))


def names_in(activity: Activity, actor_name: str) -> dict[str, str]:
    """What the braces of a template stand for."""
    return {
        "actor": actor_name or _tr("Someone"),
        "title": str(activity.params.get("title", "")),
        "student": str(activity.params.get("studentName") or _tr("A student")),
        "mentor": str(activity.params.get("mentorName") or _tr("A mentor")),
        "cohort": str(activity.params.get("cohortName") or _tr("The cohort")),
        "name": str(activity.params.get("name") or _tr("Someone")),
    }


def case_of(activity: Activity) -> str:
    """The kind, or which of the several things it is that this kind can tell."""
    params = activity.params
    match activity.kind_:
        case Kind.SCHEDULE_UPDATED if params.get("movedFrom"):
            return "moved"
        case Kind.SCHEDULE_STATUS_CHANGED:
            return str(params.get("status"))
        case Kind.ENTRY_STATUS_CHANGED:
            return "reopened" if params.get("before") == "approved" else str(params.get("status"))
        case Kind.ENTRY_WITHDRAWN if params.get("deleted"):
            return "deleted"
        case kind:
            return kind


def detail(activity: Activity) -> str:
    """The reason or the like that belongs to it, or nothing."""
    params = activity.params
    if reason := params.get("reason"):
        return str(reason)
    if activity.kind_ == Kind.STUDENT_REGISTERED and params.get("cohortName"):
        return filled(_tr("Cohort {cohort}"), {"cohort": str(params["cohortName"])})
    if activity.kind_ == Kind.ENTRY_RESUBMITTED:
        return version_words(int(params.get("iteration", 1)))
    if excerpt := params.get("excerpt"):  # of a comment, on one line
        return " ".join(str(excerpt).split())
    if overlaps := params.get("overlaps"):  # of a student who moved into a cohort
        one, many = "%n session overlaps", "%n sessions overlap"
        return QCoreApplication.translate(
            "Activities", one if overlaps == 1 else many, "", int(overlaps)
        )
    if params.get("sessions"):  # of a mentor who left a student or a cohort
        return _released(params)
    return ""


NEWER = QT_TRANSLATE_NOOP("Activities", "{actor} did something that a newer Tandem can show")
SESSION = {
    Kind.SCHEDULE_CREATED: QT_TRANSLATE_NOOP("Activities", "{actor} planned “{title}”"),
    Kind.SCHEDULE_UPDATED: QT_TRANSLATE_NOOP("Activities", "{actor} changed “{title}”"),
    "moved": QT_TRANSLATE_NOOP("Activities", "{actor} moved “{title}”"),
    Kind.SCHEDULE_CANCELED: QT_TRANSLATE_NOOP("Activities", "{actor} canceled “{title}”"),
    Kind.SCHEDULE_CANT_MAKE_IT: QT_TRANSLATE_NOOP(
        "Activities", "{actor} can't make it to “{title}”"
    ),
    Kind.SCHEDULE_DELETED: QT_TRANSLATE_NOOP("Activities", "{actor} deleted “{title}”"),
    Kind.SCHEDULE_ATTENDANCE_MARKED: QT_TRANSLATE_NOOP(
        "Activities", "{actor} marked the attendance of “{title}”"
    ),
    "completed": QT_TRANSLATE_NOOP("Activities", "{actor} marked “{title}” as completed"),
    "scheduled": QT_TRANSLATE_NOOP("Activities", "{actor} put “{title}” back on"),
}
# Of an entry, as (to its author, to mentors about the author's own deed, to mentors otherwise).
ENTRY: dict[str, tuple[object, object, object]] = {
    Kind.ENTRY_CREATED: (
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}” of {student}"),
    ),
    Kind.ENTRY_UPDATED: (
        QT_TRANSLATE_NOOP("Activities", "{actor} changed “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} changed “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} changed “{title}” of {student}"),
    ),
    Kind.ENTRY_RESUBMITTED: (
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}” again"),
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}” again"),
        QT_TRANSLATE_NOOP("Activities", "{actor} submitted “{title}” of {student} again"),
    ),
    Kind.ENTRY_WITHDRAWN: (
        QT_TRANSLATE_NOOP("Activities", "{actor} took “{title}” back"),
        QT_TRANSLATE_NOOP("Activities", "{actor} took “{title}” back"),
        QT_TRANSLATE_NOOP("Activities", "{actor} took “{title}” of {student} back"),
    ),
    "deleted": (
        QT_TRANSLATE_NOOP("Activities", "{actor} deleted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} deleted “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} deleted “{title}” of {student}"),
    ),
    "reviewed": (
        QT_TRANSLATE_NOOP("Activities", "{actor} reviewed your entry “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} reviewed “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} reviewed “{title}” of {student}"),
    ),
    "approved": (
        QT_TRANSLATE_NOOP("Activities", "{actor} approved your entry “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} approved “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} approved “{title}” of {student}"),
    ),
    "needs_work": (
        QT_TRANSLATE_NOOP("Activities", "{actor} asks for more work on your entry “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} asks for more work on “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} asks {student} for more work on “{title}”"),
    ),
    "reopened": (
        QT_TRANSLATE_NOOP(
            "Activities", "{actor} opened your approved entry “{title}” again: it needs more work"
        ),
        QT_TRANSLATE_NOOP("Activities", "{actor} opened the approved “{title}” again"),
        QT_TRANSLATE_NOOP("Activities", "{actor} opened the approved “{title}” of {student} again"),
    ),
    Kind.COMMENT_ADDED: (
        QT_TRANSLATE_NOOP("Activities", "{actor} commented on your entry “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} commented on “{title}”"),
        QT_TRANSLATE_NOOP("Activities", "{actor} commented on “{title}” of {student}"),
    ),
}
# Of a cohort, by what changed; the last is for what only the cohort itself shows.
COHORT = {
    "created": QT_TRANSLATE_NOOP("Activities", "{actor} founded the cohort {cohort}"),
    "studentJoined": QT_TRANSLATE_NOOP("Activities", "{name} joined {cohort}"),
    "studentLeft": QT_TRANSLATE_NOOP("Activities", "{name} left {cohort}"),
    "mentorAdded": QT_TRANSLATE_NOOP("Activities", "{name} now mentors {cohort}"),
    "mentorRemoved": QT_TRANSLATE_NOOP("Activities", "{name} no longer mentors {cohort}"),
    "joinCode": QT_TRANSLATE_NOOP("Activities", "{actor} made a new join code for {cohort}"),
    "overlaps": QT_TRANSLATE_NOOP(
        "Activities", "Sessions of {cohort} overlap other sessions of {name}"
    ),
}
CHANGED_COHORT = QT_TRANSLATE_NOOP("Activities", "{actor} changed the cohort {cohort}")
# Of an account, as (closed, opened again).
ACCOUNT: dict[str, tuple[object, object]] = {
    Kind.STUDENT_STATE_CHANGED: (
        QT_TRANSLATE_NOOP("Activities", "{actor} closed the account of {student}"),
        QT_TRANSLATE_NOOP("Activities", "{actor} opened the account of {student} again"),
    ),
    Kind.MENTOR_STATE_CHANGED: (
        QT_TRANSLATE_NOOP("Activities", "{actor} closed the account of the mentor {mentor}"),
        QT_TRANSLATE_NOOP("Activities", "{actor} opened the account of the mentor {mentor} again"),
    ),
}
ENTRY_KINDS = {kind for kind in Kind if kind.startswith(("entry:", "comment:"))}


def _template(activity: Activity, actor_name: str, me: Person) -> str:
    match activity.kind_:
        case kind if kind.startswith(("student:", "mentor:")):
            return _person_template(activity, me)
        case Kind.COHORT_UPDATED:
            return _cohort_template(str(activity.params.get("change", "")), actor_name)
        case Kind.CONFLICT_RAISED:
            return _tr("Two changes of “{title}” met; look which one should stand")
        case kind if kind in ENTRY_KINDS:
            return _entry_template(activity, me)
        case _:
            return _session_template(activity)


def _person_template(activity: Activity, me: Person) -> str:
    match activity.kind_:
        case Kind.STUDENT_REGISTERED:
            return _tr("{student} has registered")
        case Kind.MENTOR_REGISTERED:
            return _tr("{mentor} has joined as a mentor")
        case Kind.STUDENT_ASSIGNED:
            if me.id == room_subject(activity.room):
                return _tr("{mentor} is now your mentor")
            return _tr("{student} is now your student")
        case Kind.STUDENT_UNASSIGNED:
            return _parting_template(activity, me)
        case kind:
            closed, opened = ACCOUNT.get(kind, (NEWER, NEWER))
            return _tr(str(closed if activity.params.get("state") == State.DEACTIVATED else opened))


def _parting_template(activity: Activity, me: Person) -> str:
    if me.role is Role.STUDENT:
        return _tr("{mentor} is no longer your mentor")
    if me.id == activity.params.get("successorId"):
        return _tr("{student} is now your student")
    return _tr("{student} is no longer your student")


def _session_template(activity: Activity) -> str:
    return _tr(str(SESSION.get(case_of(activity), NEWER)))


def _entry_template(activity: Activity, me: Person) -> str:
    author = room_subject(activity.room)
    to_author, of_author, of_other = ENTRY.get(case_of(activity), (NEWER, NEWER, NEWER))
    if activity.actor_id == author:
        return _tr(str(of_author))
    return _tr(str(to_author if me.id == author else of_other))


def _cohort_template(change: str, actor_name: str) -> str:
    if change == "created" and not actor_name:  # made on the relay's command line
        return _tr("The cohort {cohort} was founded")
    return _tr(str(COHORT.get(change, CHANGED_COHORT)))


def _released(params: Mapping[str, Any]) -> str:
    count = int(params["sessions"])
    one, many = "%n session canceled", "%n sessions canceled"
    if params.get("sessionsAre") == "handedOver":
        one, many = "%n session handed over", "%n sessions handed over"
    return QCoreApplication.translate("Activities", one if count == 1 else many, "", count)


def filled(template: str, names: Mapping[str, str]) -> str:
    """The template with its names; a brace in somebody's title stays a brace."""
    parts = template.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        key, _brace, rest = part.partition("}")
        filled.append(names.get(key, "") + rest)
    return "".join(filled)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Activities", text)
