"""What only mentors see on Today: their students, what waits for a review, the week in bars."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from desktop.store.dashboard import session_figures, student_figures
from desktop.store.reviews import ReviewFilter, ReviewItem, review_counts, review_queue
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.reviews.looks import review_row, review_text
from desktop.ui.theme import Theme
from desktop.ui.today.bars_section import BarsSection
from desktop.ui.today.looks import (
    bar_looks,
    entries_words,
    sessions_words,
    students_words,
    waiting_words,
)
from desktop.ui.today.page import TodayPage
from desktop.ui.today.readings import WEEK, Readings
from desktop.ui.today.row_section import RowSection
from desktop.ui.workspace import Workspace
from domain.entries import EntryStatus
from domain.instants import second

SUBMITTED = tuple(status for status in EntryStatus if status is not EntryStatus.DRAFT)
MOST_SHOWN = 5


class MentorPart:
    """Builds its share of the page, and fills it."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self.tiles = [
            ("students", _tr("Active students"), "users"),
            ("waiting", _tr("Waiting for review"), "clock"),
            ("week", _tr("Sessions this week"), "calendar"),
            ("entries", _tr("Entries"), "entries"),
        ]
        self.model: RecordListModel[ReviewItem] = RecordListModel(
            lambda item: review_text(item, workspace),
            lambda item: review_row(item, workspace, with_status=False),
        )
        self.entries = RowSection(
            theme, _tr("Waiting for review"), self.model, empty=_tr("Nothing waits for you.")
        )
        self.bars = BarsSection(theme)

    def show(self, page: TodayPage, readings: Readings) -> None:
        self._show_students(page, readings)
        self._show_entries(page)
        self._show_week(page, readings)

    def _show_students(self, page: TodayPage, readings: Readings) -> None:
        since = second(self._workspace.now() - timedelta(days=7))
        me = self._workspace.me.id
        figures = self._workspace.query(student_figures, me, since=since, now=readings.now)
        page.tiles["students"].show_value(figures.enrolled, students_words(figures))
        count = figures.unassigned
        one = _tr("One student has no mentor yet.")
        many = _n("%n students have no mentor yet.", count)
        page.hint.show_words("" if not count else one if count == 1 else many)

    def _show_entries(self, page: TodayPage) -> None:
        """What waits for a review, and how many entries there are."""
        counts = self._workspace.query(review_counts, SUBMITTED)
        wanted = ReviewFilter(status=EntryStatus.PENDING, limit=MOST_SHOWN)
        rows = self._workspace.query(review_queue, wanted)
        waiting = counts[EntryStatus.PENDING]
        page.tiles["waiting"].show_value(waiting, waiting_words(rows, self._workspace))
        page.tiles["entries"].show_value(sum(counts.values()), entries_words(counts))
        self.entries.show_rows(rows)
        self.entries.show_link(_tr("All"))

    def _show_week(self, page: TodayPage, readings: Readings) -> None:
        found = readings.sessions(readings.week, readings.week + WEEK)
        figures = session_figures(found, readings.now)
        page.tiles["week"].show_value(figures.total, sessions_words(figures))
        self.bars.show_days(bar_looks(found, readings.week, self._workspace))


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Today", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)
