"""What only students see on Today: the year, feedback to read, what to go on with."""

from PySide6.QtCore import QCoreApplication

from desktop.store.dashboard import (
    Feedback,
    days_written,
    session_figures,
    sessions_ahead,
    unread_feedback,
)
from desktop.store.entries import own_counts, own_entries
from desktop.store.people import account
from desktop.store.reviews import ReviewItem
from desktop.store.streaks import streak
from desktop.ui.activity.about import about, when_words
from desktop.ui.activity.sentences import sentence
from desktop.ui.entries.looks import status_look
from desktop.ui.entries.own_rows import own_row, own_text
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.today.looks import sessions_words, status_words
from desktop.ui.today.page import TodayPage
from desktop.ui.today.readings import DAY, WEEK, Readings
from desktop.ui.today.row_section import RowSection
from desktop.ui.today.year_looks import going_on_words, rest_words, streak_words, year_days
from desktop.ui.today.year_section import YearSection
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Workspace
from domain.entries import EntryStatus

MOST_SHOWN = 5


class StudentPart:
    """Builds its share of the page, and fills it."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self.tiles = [
            ("ahead", _tr("Upcoming"), "calendar"),
            ("week", _tr("Sessions this week"), "today"),
            ("month", _tr("Held this month"), "check-circle"),
            ("entries", _tr("Entries"), "entries"),
        ]
        self.year = YearSection(theme)
        self.feedback = RowSection(
            theme,
            _tr("Feedback to read"),
            RecordListModel(self._feedback_text, self._feedback_look),
            empty=_tr("You have read all that your mentors said."),
        )
        self.model: RecordListModel[ReviewItem] = RecordListModel(
            lambda item: own_text(item, workspace),
            lambda item: own_row(item, workspace, with_status=True),
        )
        self.entries = RowSection(
            theme,
            _tr("To go on with"),
            self.model,
            empty=_tr("No draft, and nothing came back to you."),
        )
        self.year.rest_pressed.connect(lambda: workspace.news.opened.emit("/settings"))
        # Whoever reads an entry there has read what was said about it.
        self.feedback.opened.connect(
            lambda entry_id: workspace.news.opened.emit(f"/student/entries/{entry_id}")
        )
        self.feedback.link_pressed.connect(lambda: workspace.news.opened.emit("/inbox"))

    def show(self, page: TodayPage, readings: Readings) -> None:
        self._show_sessions(page, readings)
        self._show_entries(page)
        self._show_feedback(readings)
        self._show_year(readings)

    def _show_sessions(self, page: TodayPage, readings: Readings) -> None:
        ahead = self._workspace.query(sessions_ahead, self._workspace.me.id, readings.now)
        words = _tr("planned with you") if ahead else _tr("nothing planned")
        page.tiles["ahead"].show_value(ahead, words)
        week = readings.sessions(readings.week, readings.week + WEEK)
        figures = session_figures(week, readings.now)
        page.tiles["week"].show_value(figures.total, sessions_words(figures))
        this_month = readings.sessions(readings.month, readings.today + DAY)
        held = session_figures(this_month, readings.now).completed
        last_month = readings.sessions(readings.last_month, readings.month)
        before = session_figures(last_month, readings.now).completed
        page.tiles["month"].show_value(held, _n("%n last month", before) if before else "")

    def _show_entries(self, page: TodayPage) -> None:
        """What came back or was begun, and how many entries there are of each status."""
        counts = self._workspace.query(own_counts, self._workspace.me.id)
        submitted = sum(counts.values()) - counts[EntryStatus.DRAFT]
        page.tiles["entries"].show_value(submitted, status_words(counts))
        rows = self._own(EntryStatus.NEEDS_WORK) + self._own(EntryStatus.DRAFT)
        self.entries.show_rows(rows[:MOST_SHOWN])
        self.entries.show_link(_tr("All"))

    def _own(self, status: EntryStatus) -> list[ReviewItem]:
        me = self._workspace.me.id
        return self._workspace.query(own_entries, me, status=status, limit=MOST_SHOWN)

    def _show_feedback(self, readings: Readings) -> None:
        found = self._workspace.query(unread_feedback, readings.unread)
        self.feedback.show_rows(found[:MOST_SHOWN])
        more = len(found) - MOST_SHOWN
        self.feedback.show_link(_n("%n more", more) if more > 0 else "")

    def _show_year(self, readings: Readings) -> None:
        workspace = self._workspace
        written = workspace.query(days_written, workspace.me.id)
        row = workspace.query(account, workspace.me.id)
        rest = row.rest_days if row else []
        found = streak(written, rest, readings.today)
        going_on = going_on_words(found, rest, workspace)
        self.year.show_streak(streak_words(found), going_on, rest_words(rest))
        self.year.show_days(year_days(written, rest, workspace), readings.today)

    def _feedback_look(self, shown: Feedback) -> RowLook:
        newest, workspace = shown.news[0], self._workspace
        more = len(shown.news) - 1
        parts = (about(newest.activity, workspace), _n("and %n more", more) if more else "")
        return RowLook(
            title=sentence(newest.activity, newest.actor_name, workspace.me),
            subtitle=" · ".join(part for part in parts if part),
            avatar=newest.actor_name,
            chip=status_look(shown.entry.entry.status),
            trailing=when_words(newest.activity, workspace),
            is_unread=True,
        )

    def _feedback_text(self, shown: Feedback) -> str:
        look = self._feedback_look(shown)
        status = look.chip.text if look.chip else ""
        parts = (_tr("Unread"), look.title, look.subtitle, status, look.trailing)
        return ", ".join(part for part in parts if part)


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Today", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)
