"""Where in the window stands what an activity is about."""

from domain.activities import Activity, Kind, Person
from domain.members import Role


def path_of(activity: Activity, me: Person) -> str:
    """The place of its subject, such as "/mentor/schedules/ID", on the side of this person."""
    if activity.kind_ == Kind.CONFLICT_RAISED:  # its subject is what both have changed
        return f"/attention/{activity.params.get('conflictId', '')}"
    is_student = me.role is Role.STUDENT
    side = "student" if is_student else "mentor"
    match activity.subject_type:
        case "schedule":
            page = "schedule" if is_student else "schedules"
            return f"/{side}/{page}/{activity.subject_id}"
        case "entry":
            return f"/{side}/entries/{activity.subject_id}"
        case "comment":
            entry_id = activity.params.get("entryId", "")
            return f"/{side}/entries/{entry_id}?comment={activity.subject_id}"
        case "cohort":
            return _cohort_path(activity.subject_id, is_student=is_student)
        case "student" if not is_student:
            return f"/{side}/students/{activity.subject_id}"
        case _:
            return "/today"


def _cohort_path(cohort_id: str, *, is_student: bool) -> str:
    """A student has no page of cohorts: what it brings are sessions."""
    return "/student/schedule" if is_student else f"/mentor/students/cohort/{cohort_id}"
