"""Joins the mentor's schedule to the workspace."""

from dataclasses import replace
from datetime import timedelta

from desktop.store.schedules import (
    EVER_END,
    EVER_START,
    Session,
    SessionFilter,
    ahead_count,
    session,
    sessions,
)
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.schedule.calendar.screen import CalendarScreen
from desktop.ui.schedule.calendar.spans import Span
from desktop.ui.schedule.choices import cohort_choices, student_choices
from desktop.ui.schedule.deeds import Deeds, mentor_actions
from desktop.ui.schedule.drafts import draft_of, fresh_draft
from desktop.ui.schedule.editing import Editing
from desktop.ui.schedule.listing import by_day
from desktop.ui.schedule.looks import session_row, session_text
from desktop.ui.schedule.page import SchedulePage
from desktop.ui.schedule.showing import Showing
from desktop.ui.theme import Theme
from desktop.ui.workspace import Live, Workspace
from domain.instants import second
from domain.schedules import Status

KINDS = frozenset(
    {
        "schedule",
        "participant",
        "student_card",
        "cohort_card",
        "member",
        "activity",
        "command",
        "account",
    }
)
STEP = 200
MOST = 1000  # that are counted
WEEK = timedelta(days=7)


class ScheduleScreen:
    """Keeps the mentor's list of sessions in step, and carries out what is asked there."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._theme = theme
        self._limit = STEP
        self._shown = 0
        self.page = SchedulePage(theme, RecordListModel(self._text, self._look))
        self.deeds = Deeds(workspace, theme, self.page)
        self.calendar = CalendarScreen(workspace, theme, self.page, self._plan, self.refresh)
        view = self.calendar.view
        self.page.add_calendar(view, view.week, view.week.current_id)
        self.live = Live(
            self.page,
            workspace.news,
            self.refresh,
            KINDS,
            by_the_minute=True,
            aging=[self.page.model, self.calendar.sessions],
        )
        self.page.view_changed.connect(self._on_view)
        self.calendar.on_week_opened = lambda: self.page.show_view("week")
        for grid in (view.week, view.month):
            grid.opened.connect(self.open_item)
        view.week.action_asked.connect(self._on_action)
        self.page.filter_changed.connect(self._on_filter)
        self.page.more_asked.connect(self._on_more)
        self.page.new_asked.connect(self.new)
        self.page.opened.connect(self.open_item)
        self.page.action_asked.connect(self._on_action)

    def refresh(self) -> None:
        """Read the sessions anew."""
        groups = cohort_choices(self._workspace)
        self.page.show_choices(student_choices(self._workspace) + groups)
        now = second(self._workspace.now())
        ahead = self._workspace.query(ahead_count, self._workspace.me.id, now, most=MOST)
        self.page.show_ahead(ahead, MOST)
        wanted = self._filter({group.id for group in groups})
        if self.page.view == "list":
            self._show_list(wanted)
        else:
            self.calendar.refresh(wanted)

    def new(self, with_id: str = "") -> Editing:
        """Open the editor for a new session, perhaps with somebody chosen."""
        draft = fresh_draft(self._workspace, with_id=with_id)
        return Editing(
            self._workspace, self._theme, self.page.window(), draft, saved=self._on_saved
        )

    def open_item(self, schedule_id: str) -> Showing:
        """Open one session; it says so when the session is gone."""
        if self.page.view == "list" and self.page.list.select(schedule_id):
            self.page.list.setFocus()
        return Showing(
            self._workspace,
            self._theme,
            self.page.window(),
            schedule_id,
            mentor_actions,
            self._do,
            self.deeds.mark,
        )

    def _show_list(self, wanted: SessionFilter) -> None:
        wanted = self._in_time(wanted)
        found = self._workspace.query(sessions, self._workspace.me, wanted)
        self._shown = len(found)
        is_filtered = bool(self.page.status.current or self.page.people.current_id())
        self.page.show_rows(by_day(found, self._workspace), is_filtered=is_filtered)

    def _filter(self, cohort_ids: set[str]) -> SessionFilter:
        chosen = self.page.people.current_id()
        is_cohort = chosen in cohort_ids
        return SessionFilter(
            student_id=chosen if chosen and not is_cohort else None,
            cohort_id=chosen if is_cohort else None,
            status=Status(self.page.status.current) if self.page.status.current else None,
            limit=self._limit,
        )

    def _in_time(self, wanted: SessionFilter) -> SessionFilter:
        now = self._workspace.now()
        if self.page.time.current == "past":
            return replace(wanted, start=EVER_START, end=second(now), newest_first=True)
        midnight = now.astimezone(self._workspace.zone).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        return replace(wanted, start=second(midnight), end=EVER_END)

    def _text(self, shown: Session) -> str:
        return session_text(shown, self._workspace)

    def _look(self, shown: Session) -> object:
        return session_row(shown, self._workspace, mentor_actions(shown, self._workspace))

    def _plan(self, span: Span) -> Editing:
        """Open the editor for a new session at a time that was drawn in the calendar."""
        draft = replace(fresh_draft(self._workspace), start=span.start, end=span.end)
        return Editing(
            self._workspace, self._theme, self.page.window(), draft, saved=self._on_saved
        )

    def _on_view(self, key: str) -> None:
        if key == "month":
            self.calendar.view.show_month()
        elif key == "week":
            self.calendar.view.show_week()
        self.refresh()

    def _on_filter(self) -> None:
        self._limit = STEP
        self.refresh()

    def _on_more(self) -> None:
        if self._shown == self._limit:
            self._limit += STEP
            self.refresh()

    def _on_saved(self, schedule_id: str) -> None:
        self.refresh()
        if self.page.view == "list":
            self.page.list.select(schedule_id)
        else:
            self.calendar.select(schedule_id)

    def _on_action(self, key: str, schedule_id: str) -> None:
        shown = self._workspace.query(session, self._workspace.me, schedule_id)
        if shown is None:
            return
        possible = {one.key for one in mentor_actions(shown, self._workspace)}
        if key == "delete" and key not in possible:  # what has begun is canceled instead
            key = "cancel"
        if key in possible:
            self._do(key, shown)

    def _do(self, key: str, shown: Session) -> None:
        if self.deeds.do(key, shown):
            return
        draft = draft_of(shown.schedule, self._workspace)
        parent = self.page.window()
        if key == "edit":
            Editing(self._workspace, self._theme, parent, draft, shown.schedule, self._on_saved)
        elif key == "duplicate":
            later = replace(draft, start=draft.start + WEEK, end=draft.end + WEEK)
            Editing(self._workspace, self._theme, parent, later, saved=self._on_saved)
