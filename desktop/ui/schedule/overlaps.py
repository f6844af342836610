"""What a session at some time would overlap, and the words for it."""

from PySide6.QtCore import QCoreApplication

from desktop.store.people import roster
from desktop.store.schedules import attendees, overlapping
from desktop.ui.times import range_words
from desktop.ui.workspace import Workspace
from domain.rooms import cohort_room
from domain.schedules import Schedule


def people_with(workspace: Workspace, with_id: str, *, is_group: bool) -> set[str]:
    """The signed-in mentor and whom a new session is with, as far as somebody is chosen."""
    people = {workspace.me.id}
    if is_group and with_id:
        people |= set(workspace.query(roster, cohort_room(with_id), "student").people)
    elif with_id:
        people.add(with_id)
    return people


def people_in(workspace: Workspace, schedule: Schedule) -> set[str]:
    """Everybody who is busy while this session lasts."""
    with_id = schedule.cohort_id or schedule.student_id or ""
    people = people_with(workspace, with_id, is_group=schedule.is_group_session)
    if schedule.is_group_session:
        people |= {one.user_id for one in workspace.query(attendees, schedule.id)}
    return people


def overlaps(
    workspace: Workspace, people: set[str], start: str, end: str, *, besides: str = ""
) -> list[Schedule]:
    """Sessions of these people that are on between the two instants, earliest first."""
    return workspace.query(overlapping, people, start, end, besides=besides)


def overlap_words(others: list[Schedule], workspace: Workspace) -> str:
    """A sentence with the first of them, and how many more; "" for none."""
    if not others:
        return ""
    first = others[0]
    start, end = (workspace.local(text) for text in (first.start_time, first.end_time))
    words = QCoreApplication.translate("Editing", "Overlaps “%1”, %2.")
    words = words.replace("%2", range_words(start, end))
    more = len(others) - 1
    if more:
        words += " " + QCoreApplication.translate("Editing", "And %n more.", "", more)
    return words.replace("%1", first.title)
