"""Changes of sessions that can be taken back, each by the command that undoes it."""

from collections.abc import Callable
from functools import partial

from msgspec import UNSET
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.store.schedules import session
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.workspace import Workspace
from domain.commands import Command
from domain.conflicts import base_of
from domain.errors import DomainError, Refused
from domain.outcomes import CancelSchedule, CompleteSchedule, ReopenSchedule
from domain.planning import CreateSchedule, DeleteSchedule, UpdateSchedule
from domain.schedules import Schedule, Status

Booking = UpdateSchedule | ReopenSchedule


class SessionChanges:
    """Carries out commands on sessions and says so, with Undo where they have an inverse.

    Whether the inverse is still possible is judged when it is asked for; a sentence says why not.
    """

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        self._workspace = workspace
        self._parent = parent

    def do(
        self,
        command: Command,
        said: str,
        before: Schedule | None = None,
        *,
        done: Callable[[], object] | None = None,
        refused: Callable[[DomainError], object] | None = None,
        failed: Callable[[str], object] | None = None,
    ) -> None:
        """Do it; `before` is the session as it was. `said` may hold its title as `%1`."""

        def tell() -> None:
            if done:
                done()
            self.tell_done(command, said, before)

        self._workspace.do(command, done=tell, refused=refused, failed=failed)

    def tell_done(self, command: Command, said: str, before: Schedule | None = None) -> None:
        """Say what was done, and offer to take it back where that can be."""
        undo: Callable[[], object] | None = None
        if has_inverse(command, before, self._workspace):
            undo = partial(self._take_back, command, before)
        self._workspace.news.said.emit(said, undo)

    def book(
        self,
        command: Booking,
        title: str,
        said: str,
        before: Schedule | None = None,
        *,
        is_undo: bool = False,
    ) -> None:
        """Do what takes up time; where another session is in the way by now, ask."""

        def refused(error: DomainError) -> None:
            if not isinstance(error, Refused) or error.code != "overlap":
                self._workspace.say(str(error))
                return
            seen = [one["id"] for one in error.data.get("overlaps", [])]
            anyway = replace(command, confirm_overlap=seen)
            ask(
                self._parent,
                title,
                str(error),
                _tr("Book anyway"),
                lambda: self.book(anyway, title, said, before, is_undo=is_undo),
            )

        if is_undo:
            self._workspace.do(
                command, done=lambda: self._workspace.say(said), refused=refused, is_undo=True
            )
        else:
            self.do(command, said, before, refused=refused)

    def _take_back(self, command: Command, before: Schedule | None) -> None:
        schedule_id: str = getattr(command, "id", "")
        shown = self._workspace.query(session, self._workspace.me, schedule_id)
        try:
            back = inverse(command, before, shown.schedule if shown else None)
        except Refused as refused:
            self._workspace.say(str(refused))
            return
        said = undone_words(shown.schedule.title if shown else "")
        if isinstance(back, Booking):
            self.book(back, _tr("Put it back?"), said, is_undo=True)
        else:
            self._workspace.do(back, done=lambda: self._workspace.say(said), is_undo=True)


def undone_words(title: str) -> str:
    """What is said when a change of this session was taken back."""
    return _tr("Undone: “%1”.").replace("%1", title)


def has_inverse(command: Command, before: Schedule | None, workspace: Workspace) -> bool:
    """Whether a command undoes this one when this person gives it."""
    is_leader = before is None or before.mentor_id == workspace.me.id
    match command:
        case CreateSchedule():
            return True
        case UpdateSchedule() | ReopenSchedule():
            return before is not None and is_leader
        case CancelSchedule():
            return is_leader  # what a student has canceled only the mentor puts back on
        case CompleteSchedule():
            return before is not None and (is_leader or not before.is_group_session)
        case _:
            return False


def inverse(command: Command, before: Schedule | None, now: Schedule | None) -> Command:
    """The command that undoes `command`; `before` and `now` are the session then and at present.

    Raises:
        Refused: it cannot be undone any more; the sentence says why.
    """
    if now is None:
        raise Refused("not_found", _tr("This session is no longer there."))
    match command:
        case CreateSchedule():
            return DeleteSchedule(id=now.id)
        case UpdateSchedule() if before is not None:
            return _former(command, before, now)
        case CancelSchedule() if now.status is Status.CANCELED:
            return ReopenSchedule(id=now.id)
        case CompleteSchedule() if now.status is Status.COMPLETED:
            return ReopenSchedule(id=now.id)
        case ReopenSchedule() if before is not None and now.status is Status.SCHEDULED:
            if before.status is Status.COMPLETED:
                return CompleteSchedule(id=now.id)
            return CancelSchedule(id=now.id, reason=before.status_reason)
        case _:
            raise _changed_since()


def _former(command: UpdateSchedule, before: Schedule, now: Schedule) -> UpdateSchedule:
    """The update that writes the former values of what this one wrote."""
    names = [
        name
        for _group, fields in Schedule.editable
        for name in fields
        if getattr(command, name) is not UNSET
    ]
    if any(getattr(now, name) != getattr(command, name) for name in names):
        raise _changed_since()
    groups = [group for group, fields in Schedule.editable if set(fields) & set(names)]
    base = {group: value for group, value in base_of(now).items() if group in groups}
    return UpdateSchedule(id=now.id, base=base, **{name: getattr(before, name) for name in names})


def _changed_since() -> Refused:
    return Refused("changed_since", _tr("It has been changed since, so it stays as it is."))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Undo", text)
