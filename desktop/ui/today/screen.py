"""Joins Today to the workspace, for both roles."""

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.store.activity import Notification
from desktop.store.dashboard import session_figures, sessions_ahead, student_figures
from desktop.store.entries import own_counts, own_entries
from desktop.store.reviews import ReviewFilter, ReviewItem, review_counts, review_queue
from desktop.store.schedules import (
    Session,
    SessionFilter,
    next_session,
    session,
    sessions,
    to_confirm,
)
from desktop.ui.activity.paths import path_of
from desktop.ui.entries.own_rows import own_row, own_text
from desktop.ui.links import OpenUrl, ask_to_open, in_browser
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.reviews.looks import review_row, review_text
from desktop.ui.schedule.deeds import Deeds
from desktop.ui.schedule.listing import by_day
from desktop.ui.schedule.looks import session_row, session_text
from desktop.ui.theme import Theme
from desktop.ui.times import midnight, month_start, today, week_start
from desktop.ui.today.looks import (
    confirm_row,
    entries_words,
    news_row,
    news_text,
    next_look,
    sessions_words,
    students_words,
    waiting_words,
)
from desktop.ui.today.page import TodayPage
from desktop.ui.today.row_section import RowSection
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Live, Workspace
from domain.entries import EntryStatus
from domain.inbox import MarkInbox
from domain.instants import instant, second
from domain.members import Role

KINDS = frozenset(
    {
        "entry",
        "schedule",
        "participant",
        "attendance",
        "activity",
        "inbox_mark",
        "read_through",
        "student_card",
        "mentor_card",
        "cohort_card",
        "member",
        "command",
    }
)
WEEK = timedelta(days=7)
SUBMITTED = tuple(status for status in EntryStatus if status is not EntryStatus.DRAFT)
MOST_TO_CONFIRM, MOST_SHOWN, MOST_NEWS = 100, 5, 6


class TodayScreen:
    """Keeps Today in step, and carries out what is asked there."""

    def __init__(
        self, workspace: Workspace, theme: Theme, *, open_url: OpenUrl = in_browser
    ) -> None:
        self._workspace = workspace
        self._open_url = open_url
        self._is_student = workspace.me.role is Role.STUDENT
        self._schedule_path = "/student/schedule" if self._is_student else "/mentor/schedules"
        self._entries_path = "/student/entries" if self._is_student else "/mentor/entries"
        self._next: Session | None = None
        self._news: dict[str, Notification] = {}
        self.page = self._built_page(theme)
        self.deeds = Deeds(workspace, theme, self.page)
        self.live = Live(self.page, workspace.news, self.refresh, KINDS, by_the_minute=True)
        self._connect()

    def refresh(self) -> None:
        """Read everything anew."""
        waiting = self._workspace.query(
            to_confirm, self._workspace.me, self._now, limit=MOST_TO_CONFIRM
        )
        self._show_next()
        self._show_confirm(waiting)
        self._show_entries()
        self._show_week({one.id for one in waiting})
        self._show_latest()
        if self._is_student:
            self._show_student_tiles()
        else:
            self._show_mentor_tiles()

    @property
    def _now(self) -> str:
        return second(self._workspace.now())

    def _show_next(self) -> None:
        self._next = self._workspace.query(next_session, self._workspace.me, self._now)
        if self._next is not None:
            self.page.next.show_next(next_look(self._next, self._workspace))
        elif self._is_student:
            sentence = _tr("When your mentor plans a session, it stands here at once.")
            self.page.next.show_none(_tr("No upcoming sessions"), sentence, can_plan=False)
        else:
            sentence = _tr("Plan one with a student or a cohort; they see it at once.")
            self.page.next.show_none(_tr("No upcoming sessions"), sentence, can_plan=True)

    def _show_confirm(self, waiting: list[Session]) -> None:
        self.page.confirm.show_rows(waiting[:MOST_SHOWN])
        more = len(waiting) - MOST_SHOWN
        self.page.confirm.show_link(_n("%n more", more) if more > 0 else "")

    def _show_entries(self) -> None:
        """What waits for a review, or what came back with one; and how many entries there are."""
        if self._is_student:
            counts = self._workspace.query(own_counts, self._workspace.me.id)
            rows = self._own_entries(EntryStatus.NEEDS_WORK)
            rows += self._own_entries(EntryStatus.DRAFT)
        else:
            counts = self._workspace.query(review_counts, SUBMITTED)
            wanted = ReviewFilter(status=EntryStatus.PENDING, limit=MOST_SHOWN)
            rows = self._workspace.query(review_queue, wanted)
            waiting = counts[EntryStatus.PENDING]
            self.page.tiles["waiting"].show_value(waiting, waiting_words(rows, self._workspace))
        total = sum(counts[status] for status in SUBMITTED)
        self.page.tiles["entries"].show_value(total, entries_words(counts))
        self.page.entries.show_rows(rows[:MOST_SHOWN])
        self.page.entries.show_link(_tr("All"))

    def _own_entries(self, status: EntryStatus) -> list[ReviewItem]:
        me = self._workspace.me.id
        return self._workspace.query(own_entries, me, status=status, limit=MOST_SHOWN)

    def _show_week(self, besides: set[str]) -> None:
        """What the week still holds; for a student what it held, too."""
        first = week_start(self._workspace)
        shown_from = first if self._is_student else today(self._workspace)
        found = self._sessions(shown_from, first + WEEK)
        rows = [one for one in found if one.id not in besides]
        self.page.week.show_rows(by_day(rows, self._workspace))

    def _show_latest(self) -> None:
        now = instant(self._workspace.now())
        found = self._workspace.recent.notifications(now=now, limit=MOST_NEWS)
        self._news = {one.id: one for one in found}
        self.page.latest.show_rows(found)
        self.page.latest.show_link(_tr("All") if found else "")

    def _show_mentor_tiles(self) -> None:
        figures = self._workspace.query(
            student_figures,
            self._workspace.me.id,
            since=second(self._workspace.now() - WEEK),
            now=self._now,
        )
        self.page.tiles["students"].show_value(figures.enrolled, students_words(figures))
        self._show_week_tile()
        self._show_unassigned(figures.unassigned)

    def _show_student_tiles(self) -> None:
        ahead = self._workspace.query(sessions_ahead, self._workspace.me.id, self._now)
        words = _tr("planned with you") if ahead else _tr("nothing planned")
        self.page.tiles["ahead"].show_value(ahead, words)
        this_month = month_start(self._workspace)
        last_month = (this_month - timedelta(days=1)).replace(day=1)
        now = today(self._workspace) + timedelta(days=1)
        held = session_figures(self._sessions(this_month, now), self._now).completed
        before = session_figures(self._sessions(last_month, this_month), self._now).completed
        self.page.tiles["month"].show_value(held, _n("%n last month", before))
        self._show_week_tile()

    def _show_week_tile(self) -> None:
        first = week_start(self._workspace)
        figures = session_figures(self._sessions(first, first + WEEK), self._now)
        self.page.tiles["week"].show_value(figures.total, sessions_words(figures))

    def _show_unassigned(self, count: int) -> None:
        one = _tr("One student has no mentor yet.")
        many = _n("%n students have no mentor yet.", count)
        self.page.hint.show_words("" if not count else one if count == 1 else many)

    def _sessions(self, first: date, end: date) -> list[Session]:
        """All sessions whose start lies in these days of the person."""
        start, until = midnight(first, self._workspace), midnight(end, self._workspace)
        wanted = SessionFilter(start=start, end=until, limit=1000)
        return self._workspace.query(sessions, self._workspace.me, wanted)

    def _confirm_look(self, shown: Session) -> RowLook:
        return confirm_row(shown, self._workspace)

    def _entry_look(self, item: ReviewItem) -> RowLook:
        if self._is_student:
            return own_row(item, self._workspace, with_status=True)
        return review_row(item, self._workspace, with_status=False)

    def _entry_text(self, item: ReviewItem) -> str:
        text = own_text if self._is_student else review_text
        return text(item, self._workspace)

    def _built_page(self, theme: Theme) -> TodayPage:
        workspace = self._workspace

        def text(shown: Session) -> str:
            return session_text(shown, workspace)

        confirm: RecordListModel[Session] = RecordListModel(text, self._confirm_look)
        week = RecordListModel(text, lambda shown: session_row(shown, workspace))
        latest: RecordListModel[Notification] = RecordListModel(
            lambda shown: news_text(shown, workspace), lambda shown: news_row(shown, workspace)
        )
        entry_words = (_tr("Waiting for review"), _tr("Nothing waits for you."))
        if self._is_student:
            entry_words = (_tr("To go on with"), _tr("No draft, and nothing came back to you."))
        entries: RecordListModel[ReviewItem] = RecordListModel(self._entry_text, self._entry_look)
        week_words = (_tr("Rest of this week"), _tr("Nothing more this week."))
        if self._is_student:
            week_words = (_tr("This week"), _tr("No sessions this week."))
        return TodayPage(
            theme,
            tiles=_student_tiles() if self._is_student else _mentor_tiles(),
            confirm=RowSection(theme, _tr("To confirm: did it take place?"), confirm),
            entries=RowSection(theme, entry_words[0], entries, empty=entry_words[1]),
            week=RowSection(theme, week_words[0], week, link=_tr("Schedule"), empty=week_words[1]),
            latest=RowSection(
                theme,
                _tr("Latest"),
                latest,
                empty=_tr("What the others do with your sessions shows up here."),
            ),
        )

    def _connect(self) -> None:
        page, go = self.page, self._workspace.news.opened.emit
        page.next.join_asked.connect(self._on_join)
        page.next.opened.connect(self._on_next_opened)
        page.next.new_asked.connect(lambda: go(f"{self._schedule_path}/new"))
        page.hint.pressed.connect(lambda: go("/mentor/students/unassigned"))
        page.tile_pressed.connect(self._on_tile)
        page.confirm.opened.connect(self._open_session)
        page.confirm.action_asked.connect(self._on_action)
        page.confirm.link_pressed.connect(lambda: go(self._schedule_path))
        page.entries.opened.connect(lambda entry_id: go(f"{self._entries_path}/{entry_id}"))
        page.entries.link_pressed.connect(lambda: go(self._entries_path))
        page.week.opened.connect(self._open_session)
        page.week.link_pressed.connect(lambda: go(self._schedule_path))
        page.latest.opened.connect(self._on_news_opened)
        page.latest.link_pressed.connect(lambda: go("/inbox"))

    def _open_session(self, schedule_id: str) -> None:
        self._workspace.news.opened.emit(f"{self._schedule_path}/{schedule_id}")

    def _on_next_opened(self) -> None:
        if self._next is not None:
            self._open_session(self._next.id)

    def _on_join(self) -> None:
        if self._next is not None:
            schedule = self._next.schedule
            title = _tr("Join “%1”?").replace("%1", schedule.title)
            ask_to_open(self.page, title, schedule.meeting_url, self._open_url)

    def _on_tile(self, key: str) -> None:
        paths = {
            "students": "/mentor/students",
            "waiting": self._entries_path,
            "entries": self._entries_path,
        }
        self._workspace.news.opened.emit(paths.get(key, self._schedule_path))

    def _on_action(self, key: str, schedule_id: str) -> None:
        shown = self._workspace.query(session, self._workspace.me, schedule_id)
        if shown is not None:
            self.deeds.do(key, shown)

    def _on_news_opened(self, activity_id: str) -> None:
        notification = self._news.get(activity_id)
        if notification is None:
            return
        if notification.is_unread:
            self._workspace.do(MarkInbox(activity_id=activity_id, state="read"))
        self._workspace.news.opened.emit(path_of(notification.activity, self._workspace.me))


def _mentor_tiles() -> list[tuple[str, str, str]]:
    return [
        ("students", _tr("Active students"), "users"),
        ("waiting", _tr("Waiting for review"), "clock"),
        ("week", _tr("Sessions this week"), "calendar"),
        ("entries", _tr("Entries"), "entries"),
    ]


def _student_tiles() -> list[tuple[str, str, str]]:
    return [
        ("ahead", _tr("Upcoming"), "calendar"),
        ("week", _tr("Sessions this week"), "today"),
        ("month", _tr("Held this month"), "check-circle"),
        ("entries", _tr("Entries"), "entries"),
    ]


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Today", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)
