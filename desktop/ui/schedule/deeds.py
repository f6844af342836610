"""What one can do with a session, by role and status, and the asking before it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.store.schedules import Session, attendees
from desktop.ui.schedule.looks import mark_chip
from desktop.ui.schedule.undo import SessionChanges, undone_words
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ask, ask_reason
from desktop.ui.widgets.row_look import RowAction
from desktop.ui.workspace import Workspace
from domain.instants import later, moment
from domain.outcomes import (
    MENTOR_REOPENS_WITHIN,
    STUDENT_CANCELS_BEFORE,
    STUDENT_REOPENS_WITHIN,
    CancelSchedule,
    CannotMakeIt,
    CompleteSchedule,
    MarkAttendance,
    ReopenSchedule,
)
from domain.planning import DeleteSchedule
from domain.schedules import Mark, Schedule, Status


def mentor_actions(session: Session, workspace: Workspace) -> tuple[RowAction, ...]:
    """What its mentor can do with a session now, the likeliest first."""
    schedule, now = session.schedule, workspace.now()
    edit = RowAction("edit", _tr("Edit"), "edit")
    duplicate = RowAction("duplicate", _tr("Duplicate"), "copy", only_in_menu=True)
    if schedule.status is Status.SCHEDULED:
        is_ahead = moment(schedule.start_time) > now
        deeds = [
            RowAction("complete", _tr("Mark complete"), "check-circle"),
            edit,
            RowAction("cancel", _tr("Cancel session"), "x-circle"),
        ]
        if is_ahead:
            deeds = [edit, deeds[0], deeds[2], RowAction("delete", _tr("Delete"), "trash")]
        return (*deeds, duplicate)
    if schedule.status is Status.COMPLETED:
        if not _is_within(MENTOR_REOPENS_WITHIN, schedule, now):
            return (edit, duplicate)
        return (RowAction("reopen", _tr("Reopen"), "undo"), edit, duplicate)
    if moment(schedule.start_time) > now:
        return (RowAction("reopen", _tr("Put back on"), "undo"), duplicate)
    return (duplicate,)


def student_actions(session: Session, workspace: Workspace) -> tuple[RowAction, ...]:
    """What its student can do with a session now, the likeliest first."""
    schedule, now = session.schedule, workspace.now()
    if schedule.status is Status.COMPLETED:
        is_mine = schedule.completed_by == workspace.me.id
        if is_mine and _is_within(STUDENT_REOPENS_WITHIN, schedule, now):
            return (RowAction("reopen", _tr("Take back"), "undo"),)
        return ()
    if schedule.status is not Status.SCHEDULED or session.mark is not None:
        return ()
    has_begun = moment(schedule.start_time) <= now
    complete = RowAction("complete", _tr("Mark complete"), "check-circle", in_words=has_begun)
    if moment(schedule.end_time) <= now:
        did_not = RowAction("did_not", _tr("Did not take place"), "x-circle")
        return (complete, did_not) if not schedule.is_group_session else (complete,)
    miss = RowAction("cant_make_it", _tr("Can't make it"), "x-circle")
    if _may_cancel(session, workspace):
        miss = RowAction("cancel", _tr("Cancel session"), "x-circle")
    return (complete,) if session.cannot else (complete, miss)


def _is_within(span: timedelta, schedule: Schedule, now: datetime) -> bool:
    """Whether so little time has passed since the session was marked complete."""
    return now <= moment(schedule.completed_at or schedule.updated_at) + span


def _may_cancel(session: Session, workspace: Workspace) -> bool:
    """Whether the student is still early enough to cancel a 1:1 session."""
    schedule = session.schedule
    deadline = moment(later(schedule.start_time, -STUDENT_CANCELS_BEFORE))
    return not schedule.is_group_session and workspace.now() <= deadline


class Deeds:
    """Asks where it matters, then does it; `parent` is the page that the questions belong to."""

    def __init__(self, workspace: Workspace, theme: Theme, parent: QWidget) -> None:
        self._workspace = workspace
        self._theme = theme
        self._parent = parent
        self._changes = SessionChanges(workspace, parent)

    def do(self, key: str, session: Session) -> bool:
        """Begin what the key says; false for a key that is not a deed."""
        deeds: dict[str, Callable[[Session], None]] = {
            "complete": self.complete,
            "cancel": self.cancel,
            "did_not": self.report_missed,
            "cant_make_it": self.cannot_make_it,
            "reopen": self.reopen,
            "delete": self.delete,
        }
        if key not in deeds:
            return False
        deeds[key](session)
        return True

    def complete(self, session: Session) -> None:
        schedule = session.schedule
        command = CompleteSchedule(id=schedule.id)
        said = _tr("“%1” is completed").replace("%1", schedule.title)
        if moment(schedule.start_time) <= self._workspace.now():
            self._changes.do(command, said, schedule)
            return
        ask(
            self._parent,
            _tr("Mark complete before it starts?"),
            _tr("“%1” has not started yet.").replace("%1", schedule.title),
            _tr("Mark complete"),
            lambda: self._changes.do(command, said, schedule),
        )

    def cancel(self, session: Session) -> None:
        self._ask_reason(
            session,
            _tr("Cancel this session?"),
            _tr("“%1” stays visible as canceled, with your reason."),
            _tr("Cancel session"),
            lambda reason: CancelSchedule(id=session.id, reason=reason),
            said=_tr("“%1” is canceled"),
            danger=True,
        )

    def report_missed(self, session: Session) -> None:
        """A past session that did not take place: the mentor is told and decides."""
        self._ask_reason(
            session,
            _tr("It did not take place?"),
            _tr("Your mentor is told about “%1” and settles it."),
            _tr("Tell my mentor"),
            lambda reason: CannotMakeIt(id=session.id, reason=reason),
            said=_tr("Your mentor is told about “%1”"),
        )

    def cannot_make_it(self, session: Session) -> None:
        self._ask_reason(
            session,
            _tr("You can't make it?"),
            _tr("“%1” stays on; your mentor is told and decides."),
            _tr("Tell my mentor"),
            lambda reason: CannotMakeIt(id=session.id, reason=reason),
            said=_tr("Your mentor is told about “%1”"),
        )

    def reopen(self, session: Session) -> None:
        """Take it back; where another session is in the way by now, ask."""
        said = _tr("“%1” is on again").replace("%1", session.schedule.title)
        command = ReopenSchedule(id=session.id)
        self._changes.book(command, _tr("Put it back on?"), said, session.schedule)

    def delete(self, session: Session) -> None:
        title = session.schedule.title
        said = _tr("“%1” deleted").replace("%1", title)
        ask(
            self._parent,
            _tr("Delete this session?"),
            _tr("“%1” disappears for everybody, as if it had never been planned.").replace(
                "%1", title
            ),
            _tr("Delete"),
            lambda: self._workspace.do_later(DeleteSchedule(id=session.id), said),
            danger=True,
        )

    def mark(self, session: Session, user_id: str, mark: Mark) -> None:
        """Write the attendance of one student; a mark that is replaced can be put back."""
        known = {one.user_id: one for one in self._workspace.query(attendees, session.id)}
        was = known[user_id].mark if user_id in known else None
        name = known[user_id].name if user_id in known else ""
        words = _tr("%1: %2").replace("%2", mark_chip(mark).text).replace("%1", name)
        command = MarkAttendance(id=session.id, user_id=user_id, mark=mark)

        def put_back() -> None:
            now = {one.user_id: one.mark for one in self._workspace.query(attendees, session.id)}
            if was is None or now.get(user_id) is not mark:
                self._workspace.say(_tr("It has been changed since, so it stays as it is."))
                return
            back = MarkAttendance(id=session.id, user_id=user_id, mark=was)
            said = undone_words(session.schedule.title)
            self._workspace.do(back, done=lambda: self._workspace.say(said), is_undo=True)

        undo = put_back if was is not None else None
        self._workspace.do(command, done=lambda: self._workspace.news.said.emit(words, undo))

    def _ask_reason(
        self,
        session: Session,
        title: str,
        sentence: str,
        label: str,
        command: Callable[[str], CancelSchedule | CannotMakeIt],
        *,
        said: str,
        danger: bool = False,
    ) -> None:
        schedule = session.schedule
        words = said.replace("%1", schedule.title)
        ask_reason(
            self._theme,
            self._parent,
            title,
            sentence.replace("%1", schedule.title),
            label,
            lambda reason: self._changes.do(command(reason), words, schedule),
            reason_label=_tr("Reason"),
            danger=danger,
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sessions", text)
