"""How Students words what it shows: rows of the roster, facts of one student, their sessions."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desktop.store.roster import Student
from desktop.ui.times import ago_words, clock_words, moment_words
from desktop.ui.widgets.chip import ChipLook
from desktop.ui.widgets.row_look import RowAction, RowLook
from desktop.ui.workspace import Workspace
from domain.instants import moment
from domain.students import State


def student_row(student: Student, workspace: Workspace) -> RowLook:
    """A student as a row of the roster."""
    waiting = waiting_words(student) if state_chip(student) else ""
    parts = (
        student.cohort_name,
        mentors_words(student),
        active_words(student, workspace),
        waiting,
    )
    next_ = next_words(student, workspace)
    claim = RowAction("claim", _tr("Claim"), "user-plus", in_words=True)
    return RowLook(
        title=student.card.name,
        subtitle=" · ".join(part for part in parts if part),
        avatar=student.card.name,
        trailing=_tr("Next: %1").replace("%1", next_) if next_ else "",
        chip=state_chip(student) or waiting_chip(student),
        pending=_tr("waiting to send") if student.is_pending else "",
        actions=(claim,) if student.is_unassigned else (),
        is_dimmed=student.card.state is not State.ACTIVE,
    )


def student_text(student: Student, workspace: Workspace) -> str:
    """The same in one line, for a screen reader."""
    look = student_row(student, workspace)
    parts = (
        look.title,
        look.chip.text if look.chip else "",
        look.subtitle,
        look.trailing,
        look.pending,
    )
    return ", ".join(part for part in parts if part)


def state_chip(student: Student) -> ChipLook | None:
    """What is out of the ordinary: no mentor, paused, deactivated."""
    if student.card.state is State.DEACTIVATED:
        return ChipLook(_tr("Deactivated"), "x-circle")
    if student.is_unassigned:
        return ChipLook(_tr("No mentor"), "help", "pending")
    if student.card.state is State.PAUSED:
        return ChipLook(_tr("Paused"), "pause")
    return None


def waiting_chip(student: Student) -> ChipLook | None:
    """How many entries wait for a review."""
    words = waiting_words(student)
    return ChipLook(words, "entries", "pending") if words else None


def waiting_words(student: Student) -> str:
    """`2 entries wait`."""
    if not student.waiting:
        return ""
    return _n("%n entries wait", student.waiting)


def mentors_words(student: Student) -> str:
    """Who mentors them besides the one who reads it."""
    names = ", ".join(student.other_mentors)
    template = _tr("also with %1") if student.is_mine else _tr("with %1")
    return template.replace("%1", names) if names else ""


def all_mentors_words(student: Student) -> str:
    """Who mentors them."""
    names = (_tr("You"), *student.other_mentors) if student.is_mine else student.other_mentors
    return ", ".join(names) or _tr("No mentor yet")


def active_words(student: Student, workspace: Workspace) -> str:
    """When they were last active; for the students of others, when they registered."""
    if student.last_active:
        when = ago_words(workspace.local(student.last_active), workspace)
        return _tr("active %1").replace("%1", when)
    when = ago_words(workspace.local(student.card.registered_at), workspace)
    return _tr("registered %1").replace("%1", when)


def summary_words(student: Student, workspace: Workspace) -> str:
    """When they were last active, what waits, and when one meets them next."""
    next_ = next_words(student, workspace)
    parts = (
        active_words(student, workspace),
        waiting_words(student),
        _tr("Next: %1").replace("%1", next_) if next_ else "",
    )
    return " · ".join(part for part in parts if part)


def sessions_words(ahead: int, held: int) -> str:
    """`3 sessions ahead · 12 held`; what is none is left out."""
    parts = (
        _n("%n sessions ahead", ahead) if ahead else "",
        _n("%n held", held) if held else "",
    )
    return " · ".join(part for part in parts if part)


def next_words(student: Student, workspace: Workspace) -> str:
    """When their next session is."""
    if not student.next_start:
        return ""
    if moment(student.next_start) <= workspace.now():
        return _tr("now")
    return moment_words(workspace.local(student.next_start), workspace)


def clock_of(student: Student, workspace: Workspace) -> str:
    """What time it is for them: `14:05 for Ana (Europe/Berlin)`; "" where it is not known."""
    if not student.zone:
        return ""
    there = workspace.now().astimezone(ZoneInfo(student.zone))
    first = student.card.name.split(" ")[0]
    zone = student.zone.replace("_", " ")
    words = _tr("%1 for %2 (%3)").replace("%1", clock_words(there)).replace("%3", zone)
    return words.replace("%2", first)


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Students", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Students", text)
