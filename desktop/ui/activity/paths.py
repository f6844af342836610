"""Where in the window stands what an activity is about."""

from domain.activities import Activity, Person
from domain.members import Role


def path_of(activity: Activity, me: Person) -> str:
    """The place of its subject, such as "/mentor/schedules/ID", on the side of this person."""
    is_student = me.role is Role.STUDENT
    side = "student" if is_student else "mentor"
    if activity.subject_type == "schedule":
        page = "schedule" if is_student else "schedules"
        return f"/{side}/{page}/{activity.subject_id}"
    if activity.subject_type in ("entry", "comment"):
        entry_id = activity.params.get("entryId", activity.subject_id)
        return f"/{side}/entries/{entry_id}"
    return "/today" if is_student else f"/mentor/students/{activity.subject_id}"
