"""Joins the student's schedule to the workspace."""

from PySide6.QtCore import QCoreApplication

from desktop.store.schedules import (
    Session,
    SessionFilter,
    session,
    sessions,
    to_confirm,
)
from desktop.ui.my_schedule.page import MySchedulePage
from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.schedule.deeds import Deeds, student_actions
from desktop.ui.schedule.listing import by_day
from desktop.ui.schedule.looks import session_row, session_text
from desktop.ui.schedule.showing import Showing
from desktop.ui.theme import Theme
from desktop.ui.workspace import Live, Workspace
from domain.instants import later, second
from domain.schedules import LONGEST, Status

KINDS = frozenset({"schedule", "participant", "attendance", "member", "activity", "command"})


class MyScheduleScreen:
    """Keeps the student's list of sessions in step, and carries out what is asked there."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._theme = theme
        self.page = MySchedulePage(theme, RecordListModel(self._text, self._look))
        self.deeds = Deeds(workspace, theme, self.page)
        self.live = Live(self.page, workspace.news, self.refresh, KINDS, by_the_minute=True)
        self.page.part_chosen.connect(lambda _part: self.refresh())
        self.page.opened.connect(self.open_item)
        self.page.action_asked.connect(self._on_action)

    def refresh(self) -> None:
        """Read the sessions anew."""
        now = second(self._workspace.now())
        open_ones = self._workspace.query(to_confirm, self._workspace.me, now)
        if self.page.part == "upcoming":
            rows: list[Session | Heading] = []
            if open_ones:
                rows.append(Heading("to_confirm", _tr("Did it take place?")))
                rows += open_ones
            rows += by_day(self._upcoming(now), self._workspace)
        else:
            rows = by_day(self._past(Status(self.page.part)), self._workspace)
        self.page.show_rows(rows, len(open_ones))

    def open_item(self, schedule_id: str) -> Showing:
        """Open one session; it says so when the session is gone."""
        return Showing(
            self._workspace,
            self._theme,
            self.page.window(),
            schedule_id,
            student_actions,
            self.deeds.do,
            self.deeds.mark,
        )

    def _upcoming(self, now: str) -> list[Session]:
        """What is still ahead or running; a canceled one stays until its start."""
        wanted = SessionFilter(start=later(now, -LONGEST))
        found = self._workspace.query(sessions, self._workspace.me, wanted)
        return [one for one in found if _is_ahead(one, now)]

    def _past(self, status: Status) -> list[Session]:
        wanted = SessionFilter(status=status, newest_first=True)
        if status is Status.COMPLETED:  # a group session counts by the own attendance too
            wanted = SessionFilter(newest_first=True)
        found = self._workspace.query(sessions, self._workspace.me, wanted)
        return [one for one in found if one.schedule.status is status or one.mark is not None]

    def _text(self, shown: Session) -> str:
        return session_text(shown, self._workspace)

    def _look(self, shown: Session) -> object:
        return session_row(shown, self._workspace, student_actions(shown, self._workspace))

    def _on_action(self, key: str, schedule_id: str) -> None:
        shown = self._workspace.query(session, self._workspace.me, schedule_id)
        if shown and key in {one.key for one in student_actions(shown, self._workspace)}:
            self.deeds.do(key, shown)


def _is_ahead(shown: Session, now: str) -> bool:
    schedule = shown.schedule
    match schedule.status:
        case Status.SCHEDULED:
            return schedule.end_time > now
        case Status.CANCELED:
            return schedule.start_time > now
        case _:
            return schedule.end_time > now


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sessions", text)
