"""Joins Today to the workspace, for both roles."""

from PySide6.QtCore import QCoreApplication

from desktop.store.people import is_mentored
from desktop.store.schedules import Session, next_session, session, to_confirm
from desktop.ui.links import OpenUrl, ask_to_open, in_browser
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.schedule.deeds import Deeds
from desktop.ui.schedule.listing import by_day
from desktop.ui.schedule.looks import session_row, session_text
from desktop.ui.theme import Theme
from desktop.ui.today.latest import LatestPart
from desktop.ui.today.looks import confirm_row, next_look
from desktop.ui.today.mentor_part import MentorPart
from desktop.ui.today.page import TodayPage
from desktop.ui.today.readings import WEEK, Readings
from desktop.ui.today.row_section import RowSection
from desktop.ui.today.student_part import StudentPart
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Live, Workspace
from domain.members import Role

KINDS = frozenset(
    {
        "account",
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
MOST_TO_CONFIRM, MOST_SHOWN = 100, 5


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
        self._feed_path = "/student/activity" if self._is_student else "/mentor/activity"
        self._next: Session | None = None
        part = StudentPart if self._is_student else MentorPart
        self._part: StudentPart | MentorPart = part(workspace, theme)
        self._latest = LatestPart(workspace, theme)
        self.page = page = self._built_page(theme)
        self.deeds = Deeds(workspace, theme, page)
        sections = (page.confirm, page.entries, page.week, page.latest, page.feedback)
        self.live = Live(
            page,
            workspace.news,
            self.refresh,
            KINDS,
            by_the_minute=True,
            aging=[section.model for section in sections if section is not None],
        )
        self._connect()

    def refresh(self) -> None:
        """Read everything anew, and each thing once."""
        readings = Readings(self._workspace)
        waiting = self._workspace.query(
            to_confirm, self._workspace.me, readings.now, limit=MOST_TO_CONFIRM
        )
        self._show_next(readings)
        self._show_confirm(waiting)
        self._show_week(readings, {one.id for one in waiting})
        self._latest.show(readings)
        self._part.show(self.page, readings)

    def _show_next(self, readings: Readings) -> None:
        self._next = self._workspace.query(next_session, self._workspace.me, readings.now)
        if self._next is not None:
            self.page.next.show_next(next_look(self._next, self._workspace))
        elif self._is_student:
            sentence = self._waiting_words()
            self.page.next.show_none(_tr("No upcoming sessions"), sentence, can_plan=False)
        else:
            sentence = _tr("Plan one with a student or a cohort; they see it at once.")
            self.page.next.show_none(_tr("No upcoming sessions"), sentence, can_plan=True)

    def _waiting_words(self) -> str:
        """What a student without a session waits for."""
        if self._workspace.query(is_mentored, self._workspace.me.id):
            return _tr("When your mentor plans a session, it stands here at once.")
        return _tr("Nobody mentors you yet. A mentor will claim you and then plan sessions.")

    def _show_confirm(self, waiting: list[Session]) -> None:
        self.page.confirm.show_rows(waiting[:MOST_SHOWN])
        more = len(waiting) - MOST_SHOWN
        self.page.confirm.show_link(_n("%n more", more) if more > 0 else "")

    def _show_week(self, readings: Readings, besides: set[str]) -> None:
        """What the week still holds; for a student what it held, too."""
        shown_from = readings.week if self._is_student else readings.today
        found = readings.sessions(shown_from, readings.week + WEEK)
        rows = [one for one in found if one.id not in besides]
        self.page.week.show_rows(by_day(rows, self._workspace))

    def _confirm_look(self, shown: Session) -> RowLook:
        return confirm_row(shown, self._workspace)

    def _built_page(self, theme: Theme) -> TodayPage:
        workspace, part = self._workspace, self._part

        def text(shown: Session) -> str:
            return session_text(shown, workspace)

        confirm: RecordListModel[Session] = RecordListModel(text, self._confirm_look)
        week = RecordListModel(text, lambda shown: session_row(shown, workspace))
        words = (_tr("Rest of this week"), _tr("Nothing more this week."))
        if self._is_student:
            words = (_tr("This week"), _tr("No sessions this week."))
        return TodayPage(
            theme,
            tiles=part.tiles,
            confirm=RowSection(theme, _tr("To confirm: did it take place?"), confirm),
            entries=part.entries,
            week=RowSection(theme, words[0], week, link=_tr("Schedule"), empty=words[1]),
            latest=self._latest.section,
            year=part.year if isinstance(part, StudentPart) else None,
            feedback=part.feedback if isinstance(part, StudentPart) else None,
            bars=part.bars if isinstance(part, MentorPart) else None,
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
        if page.bars is not None:
            page.bars.opened.connect(lambda _day: go(self._schedule_path))
        page.latest.link_pressed.connect(lambda: go(self._feed_path))

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


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Today", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)
