"""One whole sentence for each kind of activity, ready for translation."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.ui.activity.templates import (
    ACCOUNT,
    CHANGED_COHORT,
    COHORT,
    ENTRY,
    MY_COHORT,
    NEWER,
    NEWER_ACCOUNT,
    NEWER_ENTRY,
    NEWER_OWN,
    NEWER_SESSION,
    OWN_COHORT,
    SESSION,
)
from desktop.ui.entries.iterations import version_words
from domain.activities import Activity, Kind, Person
from domain.members import Role
from domain.rooms import room_kind, room_subject
from domain.students import State

PAIRINGS = (Kind.STUDENT_ASSIGNED, Kind.STUDENT_UNASSIGNED)
ENTRY_KINDS = {kind for kind in Kind if kind.startswith(("entry:", "comment:"))}


def sentence(activity: Activity, actor_name: str, me: Person, *, student_name: str = "") -> str:
    """Who did what to which thing, as the signed-in person reads it; never empty.

    `student_name` is whose room it happened in, where that is known.
    """
    template = _template(activity, actor_name, me, student_name)
    return filled(template, names_in(activity, actor_name, student_name))


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
        return _n("%n sessions overlap", int(overlaps))
    if params.get("sessions"):  # of a mentor who left a student or a cohort
        count = int(params["sessions"])
        if params.get("sessionsAre") == "handedOver":
            return _n("%n sessions handed over", count)
        return _n("%n sessions canceled", count)
    return ""


def face(activity: Activity, actor_name: str, me: Person) -> str:
    """Whose picture stands beside the sentence: who did it, or whom it tells of."""
    params = activity.params
    student, mentor = str(params.get("studentName", "")), str(params.get("mentorName", ""))
    if activity.actor_id != me.id and activity.kind_ in PAIRINGS:
        mine = params.get("mentorId", me.id), params.get("successorId")
        return (student if me.role is not Role.STUDENT and me.id in mine else mentor) or actor_name
    return actor_name or student


def names_in(activity: Activity, actor_name: str, student_name: str = "") -> dict[str, str]:
    """What can stand in a template."""
    params = activity.params
    return {
        "actor": actor_name or _tr("Someone"),
        "title": str(params.get("title", "")),
        "student": str(params.get("studentName") or student_name or _tr("A student")),
        "mentor": str(params.get("mentorName") or _tr("A mentor")),
        "cohort": str(params.get("cohortName") or _tr("The cohort")),
        "name": str(params.get("name") or _tr("Someone")),
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


def is_with_another(activity: Activity, me: Person) -> bool:
    """Whether it is of a session with a student who is neither the reader nor the actor."""
    student = room_subject(activity.room)
    is_session = activity.subject_type == "schedule" and room_kind(activity.room) == "student"
    return is_session and student not in (me.id, activity.actor_id)


def filled(template: str, names: Mapping[str, str]) -> str:
    """The template with its names; a brace in somebody's title stays a brace."""
    parts = template.split("{")
    found = [parts[0]]
    for part in parts[1:]:
        key, _brace, rest = part.partition("}")
        found.append(names.get(key, "") + rest)
    return "".join(found)


def _template(activity: Activity, actor_name: str, me: Person, student_name: str) -> str:
    match activity.kind_:
        case kind if kind.startswith(("student:", "mentor:")):
            return _person_template(activity, me)
        case Kind.COHORT_UPDATED:
            return _cohort_template(activity, actor_name, me)
        case Kind.CONFLICT_RAISED:
            return _tr("Two changes of “{title}” met; look which one should stand")
        case kind if kind in ENTRY_KINDS:
            return _entry_template(activity, me)
        case kind if kind.startswith("schedule:"):
            return _session_template(activity, me, student_name)
        case _:
            return _tr(NEWER_OWN if activity.actor_id == me.id else NEWER)


def _person_template(activity: Activity, me: Person) -> str:
    match activity.kind_:
        case Kind.STUDENT_REGISTERED:
            return _tr("{student} has registered")
        case Kind.MENTOR_REGISTERED:
            return _tr("{mentor} has joined")
        case Kind.STUDENT_ASSIGNED:
            return _assigned_template(activity, me)
        case Kind.STUDENT_UNASSIGNED:
            return _parting_template(activity, me)
        case kind:
            forms = ACCOUNT.get(kind, NEWER_ACCOUNT)
            is_own = activity.actor_id == me.id
            if activity.params.get("state") == State.DEACTIVATED:
                return _tr(forms.own_closed if is_own else forms.closed)
            return _tr(forms.own_opened if is_own else forms.opened)


def _assigned_template(activity: Activity, me: Person) -> str:
    if me.id == room_subject(activity.room):
        return _tr("{mentor} is now your mentor")
    if activity.params.get("mentorId", me.id) == me.id:
        return _tr("You now mentor {student}")
    return _tr("{mentor} now mentors {student}")


def _parting_template(activity: Activity, me: Person) -> str:
    if me.role is Role.STUDENT:
        return _tr("{mentor} is no longer your mentor")
    if me.id == activity.params.get("successorId"):
        return _tr("You now mentor {student}")
    if activity.params.get("mentorId", me.id) == me.id:
        return _tr("You no longer mentor {student}")
    return _tr("{mentor} no longer mentors {student}")


def _session_template(activity: Activity, me: Person, student_name: str) -> str:
    forms = SESSION.get(case_of(activity), NEWER_SESSION)
    names_student = bool(student_name) and is_with_another(activity, me)
    if activity.actor_id == me.id:
        return _tr(forms.own_with_student if names_student else forms.own)
    return _tr(forms.with_student if names_student else forms.plain)


def _entry_template(activity: Activity, me: Person) -> str:
    author = room_subject(activity.room)
    forms = ENTRY.get(case_of(activity), NEWER_ENTRY)
    if activity.actor_id == me.id:
        return _tr(forms.own if me.id == author else forms.own_as_mentor)
    if activity.actor_id == author:
        return _tr(forms.by_author)
    return _tr(forms.to_author if me.id == author else forms.to_others)


def _cohort_template(activity: Activity, actor_name: str, me: Person) -> str:
    change = str(activity.params.get("change", ""))
    if me.id == activity.params.get("successorId"):
        return _tr(MY_COHORT["mentorAdded"])
    if me.id == activity.params.get("mentorId") and change in MY_COHORT:
        return _tr(MY_COHORT[change])
    if activity.actor_id == me.id and change in OWN_COHORT:
        return _tr(OWN_COHORT[change])
    if change == "created" and not actor_name:  # made on the relay's command line
        return _tr("The cohort {cohort} was founded")
    return _tr(COHORT.get(change, CHANGED_COHORT))


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Activities", text, "", count)


def _tr(text: object) -> str:
    """The words in the person's language; `QT_TRANSLATE_NOOP` is typed as giving any object."""
    return QCoreApplication.translate("Activities", str(text))
