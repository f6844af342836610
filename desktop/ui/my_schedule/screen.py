"""Joins the student's schedule to the workspace."""

from PySide6.QtCore import QCoreApplication

from desktop.store.people import is_mentored
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
from desktop.ui.widgets.row_list import RowList
from desktop.ui.workspace import Live, Workspace
from domain.instants import later, second
from domain.schedules import LONGEST, Status

KINDS = frozenset({"schedule", "participant", "attendance", "member", "activity", "command"})

CANCELED = "canceled"


class MyScheduleScreen:
    """Keeps the student's list of sessions in step, and carries out what is asked there."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._theme = theme
        self.page = MySchedulePage(theme, RecordListModel(self._text, self._look))
        self.deeds = Deeds(workspace, theme, self.page)
        self.live = Live(
            self.page,
            workspace.news,
            self.refresh,
            KINDS,
            by_the_minute=True,
            aging=[self.page.model],
        )
        self.page.part_chosen.connect(lambda _part: self.refresh())
        self.page.fold_changed.connect(self._on_fold)
        self.page.opened.connect(self.open_item)
        self.page.action_asked.connect(self._on_action)

    def refresh(self) -> None:
        """Read the sessions anew."""
        now = second(self._workspace.now())
        open_ones = self._workspace.query(to_confirm, self._workspace.me, now)
        ahead = self._upcoming(now)
        still_on = [one for one in ahead if one.schedule.status is Status.SCHEDULED]
        if self.page.part == "upcoming":
            rows: list[Session | Heading] = []
            if open_ones:
                rows.append(Heading("to_confirm", _tr("Did it take place?")))
                rows += open_ones
            rows += by_day(ahead, self._workspace)
        else:
            rows = by_day(self._completed(now), self._workspace)
        folded = self._canceled(now)
        if folded and self.page.shows_canceled:
            rows += [Heading(CANCELED, _tr("Canceled"))]
            rows += by_day(folded, self._workspace, prefix=CANCELED)
        self.page.show_rows(
            rows,
            upcoming=len(still_on),
            canceled=len(folded),
            is_mentored=self._workspace.query(is_mentored, self._workspace.me.id),
        )

    def open_item(self, schedule_id: str) -> Showing:
        """Open one session; it says so when the session is gone."""
        if self.page.list.select(schedule_id):
            self.page.list.setFocus()
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

    def _completed(self, now: str) -> list[Session]:
        """What took place, the latest first; a group session counts by the own mark, too."""
        me = self._workspace.me
        held = SessionFilter(status=Status.COMPLETED, newest_first=True)
        begun = SessionFilter(end=now, status=Status.SCHEDULED, newest_first=True)
        found = self._workspace.query(sessions, me, held)
        found += [one for one in self._workspace.query(sessions, me, begun) if one.mark]
        return sorted(found, key=lambda one: (one.schedule.start_time, one.id), reverse=True)

    def _canceled(self, now: str) -> list[Session]:
        """What was called off and would have begun by now, the latest first."""
        wanted = SessionFilter(end=now, status=Status.CANCELED, newest_first=True)
        return self._workspace.query(sessions, self._workspace.me, wanted)

    def _on_fold(self, is_open: bool) -> None:
        self.refresh()
        row = self.page.model.row_of(CANCELED)
        if is_open and row >= 0:
            index = self.page.model.index(row)
            self.page.list.scrollTo(index, RowList.ScrollHint.PositionAtTop)

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
    if schedule.status is Status.CANCELED:
        return schedule.start_time > now
    return schedule.end_time > now


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sessions", text)
