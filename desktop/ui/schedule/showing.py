"""Joins the details of one session to the workspace, and keeps them in step."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from desktop.store.people import account
from desktop.store.schedules import Attendee, Session, attendees, session
from desktop.ui.links import ask_to_open, host_of
from desktop.ui.reminder_boxes import reminder_words
from desktop.ui.schedule.details import HISTORY, SessionDetails
from desktop.ui.schedule.looks import other_time, status_chip
from desktop.ui.schedule.regret_words import group_words, regret_facts
from desktop.ui.theme import Theme
from desktop.ui.times import day_words, range_words
from desktop.ui.widgets.row_look import RowAction
from desktop.ui.workspace import Live, Workspace
from domain.members import Role
from domain.schedules import Mark, Schedule, Status

KINDS = frozenset({"schedule", "attendance", "participant", "member", "activity", "account"})


class Showing(QObject):
    """One open dialog on a session; it closes by itself when the session is gone, or called off."""

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        parent: QWidget,
        schedule_id: str,
        actions: Callable[[Session, Workspace], tuple[RowAction, ...]],
        do: Callable[[str, Session], object],
        mark: Callable[[Session, str, Mark], object],
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._theme = theme
        self._id = schedule_id
        self._actions = actions
        self._do = do
        self._mark = mark
        self._cancels = False
        self.dialog = SessionDetails(theme, parent)
        self.live = Live(self.dialog, workspace.news, self.refresh, KINDS, by_the_minute=True)
        self.dialog.action_asked.connect(self._on_action)
        self.dialog.mark_asked.connect(self._on_mark)
        self.dialog.finished.connect(self.deleteLater)
        self.refresh()  # before it is seen: the dialog is as high as its words need
        if self._session() is not None:
            self.dialog.open()

    def _session(self) -> Session | None:
        return self._workspace.query(session, self._workspace.me, self._id)

    def refresh(self) -> None:
        """Read the session anew."""
        shown = self._session()
        if shown is None:
            self._workspace.say(_tr("This session is no longer there."))
            self.dialog.reject()
            return
        if self._cancels and self._is_canceled_by_me(shown):
            self.dialog.accept()  # the page says so, with the way back
            return
        actions = [one for one in self._actions(shown, self._workspace) if one.key != "duplicate"]
        if host_of(shown.schedule.meeting_url):
            actions.append(RowAction("link", _tr("Open link"), "video"))
        actions.append(RowAction(HISTORY, _tr("History"), "activity"))
        chip = status_chip(shown, self._workspace.now())
        self.dialog.show_facts(shown.schedule.title, chip, self._facts(shown), actions)
        self.dialog.show_attendance(self._attendees(shown))

    def _facts(self, shown: Session) -> list[tuple[str, str]]:
        schedule = shown.schedule
        start = self._workspace.local(schedule.start_time)
        end = self._workspace.local(schedule.end_time)
        when = f"{day_words(start.date(), self._workspace)}, {range_words(start, end)}"
        if there := other_time(shown, self._workspace):
            when = f"{when}\n{there}"
        with_label = _tr("Cohort") if schedule.is_group_session else _tr("With")
        if self._workspace.me.role is Role.STUDENT:
            with_label = _tr("Mentor")
        return [
            (_tr("Reason"), schedule.status_reason),
            (_tr("Can't make it"), regret_facts(shown, self._workspace)),
            (_tr("When"), when),
            (with_label, shown.with_name),
            (_tr("Students"), self._group_words(shown)),
            (_tr("Where"), schedule.place),
            (_tr("Link"), schedule.meeting_url),
            (_tr("Focus"), schedule.focus_stack),
            (_tr("Description"), schedule.description),
            (_tr("Agenda"), schedule.agenda),
            (_tr("Reminders"), self._reminder_words(schedule)),
            (_tr("Sync"), _tr("Waiting to send") if shown.is_pending else ""),
        ]

    def _reminder_words(self, schedule: Schedule) -> str:
        """When it reminds this person; nothing once it is over."""
        if schedule.status is not Status.SCHEDULED:
            return ""
        if schedule.reminder_minutes is not None:
            return reminder_words(schedule.reminder_minutes)
        mine = self._workspace.query(account, self._workspace.me.id)
        words = reminder_words(mine.reminder_minutes) if mine else ""
        return _tr("%1, as in your settings").replace("%1", words) if words else ""

    def _group_words(self, shown: Session) -> str:
        """How many come to a group session; nothing of any other."""
        if not shown.schedule.is_group_session:
            return ""
        found = self._workspace.query(attendees, shown.id)
        return group_words(found, shown, is_led=self._is_led(shown))

    def _attendees(self, shown: Session) -> Sequence[Attendee]:
        """The students, for the mentor of a group session that is not canceled."""
        schedule = shown.schedule
        is_on = schedule.is_group_session and schedule.status is not Status.CANCELED
        return self._workspace.query(attendees, shown.id) if is_on and self._is_led(shown) else []

    def _is_led(self, shown: Session) -> bool:
        return shown.schedule.mentor_id == self._workspace.me.id

    def _is_canceled_by_me(self, shown: Session) -> bool:
        schedule = shown.schedule
        return schedule.status is Status.CANCELED and schedule.canceled_by == self._workspace.me.id

    def _on_mark(self, user_id: str, mark: Mark) -> None:
        shown = self._session()
        if shown is not None:
            self._mark(shown, user_id, mark)

    def _on_action(self, key: str) -> None:
        shown = self._session()
        if shown is not None and key == "link":
            ask_to_open(self.dialog, _tr("Open the meeting?"), shown.schedule.meeting_url)
        elif shown is not None and key == HISTORY:
            title = shown.schedule.title
            asked = self._workspace.news.history_asked
            asked.emit(self.dialog, Schedule.kind(), self._id, title)
        elif shown is not None:
            if key in {"edit", "delete"}:
                self.dialog.accept()
            self._cancels |= key == "cancel"
            self._do(key, shown)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sessions", text)
