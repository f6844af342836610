"""What the rows say when Today is drawn: each question is asked once, whoever needs the answer."""

from datetime import date, timedelta
from functools import cached_property

from desktop.store.activity import Notification
from desktop.store.schedules import Session, SessionFilter, sessions
from desktop.ui.times import midnight, month_start, today, week_start
from desktop.ui.workspace import Workspace
from domain.instants import instant, second
from domain.members import Role

DAY, WEEK = timedelta(days=1), timedelta(days=7)
MOST_SESSIONS = 1000


class Readings:
    """Answers about one moment, for one drawing of the page.

    `now` is in whole seconds, as times of sessions are.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.now = second(workspace.now())
        self.today = today(workspace)
        self.week = week_start(workspace)
        self.month = month_start(workspace)
        self.last_month = (self.month - DAY).replace(day=1)

    def sessions(self, first: date, end: date) -> list[Session]:
        """The person's sessions whose start lies in these days, `end` left out; earliest first.

        The days are of this week, and for a student of this month and the last one.
        """
        start, until = midnight(first, self._workspace), midnight(end, self._workspace)
        return [one for one in self._sessions if start <= one.schedule.start_time < until]

    @cached_property
    def unread(self) -> list[Notification]:
        """The notifications to read, the newest first; also those kept out of the inbox."""
        return self._workspace.recent.unread(now=instant(self._workspace.now()))

    @cached_property
    def unread_ids(self) -> frozenset[str]:
        return frozenset(one.id for one in self.unread)

    @cached_property
    def _sessions(self) -> list[Session]:
        workspace = self._workspace
        is_student = workspace.me.role is Role.STUDENT
        first = min(self.week, self.last_month) if is_student else self.week
        wanted = SessionFilter(
            start=midnight(first, workspace),
            end=midnight(self.week + WEEK, workspace),
            limit=MOST_SESSIONS,
        )
        return workspace.query(sessions, workspace.me, wanted)
