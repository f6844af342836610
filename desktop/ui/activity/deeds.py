"""The sentence of an activity in a feed of all that happens: one's own deeds, and those of all."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.ui.activity.sentences import case_of, filled, names_in, sentence
from domain.activities import Activity, Kind, Person
from domain.members import Role
from domain.rooms import room_subject

OWN: dict[str, object] = {
    Kind.SCHEDULE_CREATED: QT_TRANSLATE_NOOP("Activities", "You planned “{title}”"),
    Kind.SCHEDULE_UPDATED: QT_TRANSLATE_NOOP("Activities", "You changed “{title}”"),
    "moved": QT_TRANSLATE_NOOP("Activities", "You moved “{title}”"),
    Kind.SCHEDULE_CANCELED: QT_TRANSLATE_NOOP("Activities", "You canceled “{title}”"),
    Kind.SCHEDULE_CANT_MAKE_IT: QT_TRANSLATE_NOOP(
        "Activities", "You said that you can't make it to “{title}”"
    ),
    Kind.SCHEDULE_DELETED: QT_TRANSLATE_NOOP("Activities", "You deleted “{title}”"),
    Kind.SCHEDULE_ATTENDANCE_MARKED: QT_TRANSLATE_NOOP(
        "Activities", "You marked the attendance of “{title}”"
    ),
    "completed": QT_TRANSLATE_NOOP("Activities", "You marked “{title}” as completed"),
    "scheduled": QT_TRANSLATE_NOOP("Activities", "You put “{title}” back on"),
    Kind.ENTRY_CREATED: QT_TRANSLATE_NOOP("Activities", "You submitted “{title}”"),
    Kind.ENTRY_UPDATED: QT_TRANSLATE_NOOP("Activities", "You changed “{title}”"),
    Kind.ENTRY_RESUBMITTED: QT_TRANSLATE_NOOP("Activities", "You submitted “{title}” again"),
    Kind.ENTRY_WITHDRAWN: QT_TRANSLATE_NOOP("Activities", "You took “{title}” back"),
    "deleted": QT_TRANSLATE_NOOP("Activities", "You deleted “{title}”"),
    "reviewed": QT_TRANSLATE_NOOP("Activities", "You reviewed “{title}” of {student}"),
    "approved": QT_TRANSLATE_NOOP("Activities", "You approved “{title}” of {student}"),
    "needs_work": QT_TRANSLATE_NOOP("Activities", "You asked {student} for more work on “{title}”"),
    "reopened": QT_TRANSLATE_NOOP(
        "Activities", "You opened the approved “{title}” of {student} again"
    ),
    "created": QT_TRANSLATE_NOOP("Activities", "You founded the cohort {cohort}"),
    "edited": QT_TRANSLATE_NOOP("Activities", "You changed the cohort {cohort}"),
}


def told(activity: Activity, actor_name: str, me: Person) -> str:
    """What happened in a room that I read, whether it concerns me or not."""
    template = _template(activity, me)
    if not template:
        return sentence(activity, actor_name, me)
    words = QCoreApplication.translate("Activities", template)
    return filled(words, names_in(activity, actor_name))


def _template(activity: Activity, me: Person) -> str:
    """A template that fits better than the one that tells of what concerns me, or ""."""
    params = activity.params
    if activity.kind_ in (Kind.STUDENT_ASSIGNED, Kind.STUDENT_UNASSIGNED):
        is_mine = me.id in (params.get("mentorId"), params.get("successorId"))
        return "" if is_mine or me.role is Role.STUDENT else _of_others(activity.kind_)
    if activity.actor_id != me.id:
        return ""
    if activity.kind_ == Kind.COMMENT_ADDED:
        return _comment_template(activity, me)
    is_cohort = activity.kind_ == Kind.COHORT_UPDATED
    return str(OWN.get(str(params.get("change")) if is_cohort else case_of(activity), ""))


def _comment_template(activity: Activity, me: Person) -> str:
    if me.id == room_subject(activity.room):
        return str(QT_TRANSLATE_NOOP("Activities", "You commented on “{title}”"))
    return str(QT_TRANSLATE_NOOP("Activities", "You commented on “{title}” of {student}"))


def _of_others(kind: str) -> str:
    if kind == Kind.STUDENT_ASSIGNED:
        return str(QT_TRANSLATE_NOOP("Activities", "{mentor} now mentors {student}"))
    return str(QT_TRANSLATE_NOOP("Activities", "{mentor} no longer mentors {student}"))
