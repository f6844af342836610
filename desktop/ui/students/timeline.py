"""The timeline of the student that is open; it grows as one scrolls."""

from collections.abc import Sequence

from desktop.store.roster import Student
from desktop.store.schedules import Session
from desktop.store.timelines import Moment, TimelineFilter, timeline
from desktop.ui.day_headings import under_days
from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.students.student_view import ALL_MOMENTS, ENTRIES, SESSIONS
from desktop.ui.students.timeline_looks import moment_path, moment_row, moment_text
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Workspace
from domain.instants import second

STEP = 40
# Of everything, only the next sessions: the plan of months would hide what has happened.
NEXT, MOST_AHEAD = 3, 100


class Timeline:
    """Reads the moments of one student, and knows where each of them leads.

    Attributes:
        further: the sessions that are too far ahead to be shown yet, the farthest first.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._moments: dict[str, Moment] = {}
        self._student_name = ""
        self._past = STEP
        self._has_more = False
        self._is_far = False
        self.further: list[Moment] = []
        self.model: RecordListModel[Moment] = RecordListModel(self._text, self._look)

    def begin(self) -> None:
        """Show no more than the newest, as at first."""
        self._past = STEP
        self._is_far = False

    def look_far(self) -> str:
        """Show all sessions ahead from now on; gives the id of the nearest that was not shown."""
        self._is_far = True
        return self.further[-1].id if self.further else ""

    def grow(self) -> bool:
        """Show more of the past from now on; whether there is any."""
        if self._has_more:
            self._past += STEP
        return self._has_more

    def rows(self, shown: Student, chosen: str) -> Sequence[Moment | Heading]:
        """What is known of the student, under the days; of other mentors' students nothing is.

        `chosen` is one of the choices of the student's page.
        """
        found: list[Moment] = []
        self.further, self._has_more = [], False
        workspace = self._workspace
        self._student_name = shown.card.name
        if shown.is_mine:
            now, wanted = second(workspace.now()), self._wanted(chosen)
            found = workspace.query(timeline, workspace.me, shown.id, now, wanted)
            found = self._near(found, now, is_all=chosen != ALL_MOMENTS or self._is_far)
        self._moments = {one.id: one for one in found}
        return under_days(found, lambda one: workspace.local(one.at).date(), workspace)

    def open(self, moment_id: str) -> None:
        """Ask for the place where one sees all about a moment."""
        if shown := self._moments.get(moment_id):
            self._workspace.news.opened.emit(moment_path(shown, self._workspace))

    def _near(self, found: list[Moment], now: str, *, is_all: bool) -> list[Moment]:
        """Without the sessions that are further ahead than the next ones, unless all are wanted."""
        ahead = sum(_is_ahead(one, now) for one in found)  # they come first
        self._has_more = len(found) - ahead >= self._past
        hidden = 0 if is_all else max(0, ahead - NEXT)
        self.further = found[:hidden]
        return found[hidden:]

    def _wanted(self, chosen: str) -> TimelineFilter:
        return TimelineFilter(
            sessions=chosen in (ALL_MOMENTS, SESSIONS),
            entries=chosen in (ALL_MOMENTS, ENTRIES),
            deeds=chosen == ALL_MOMENTS,
            ahead=MOST_AHEAD,
            past=self._past,
        )

    def _look(self, shown: Moment) -> RowLook:
        return moment_row(shown, self._student_name, self._workspace)

    def _text(self, shown: Moment) -> str:
        return moment_text(shown, self._workspace)


def _is_ahead(moment: Moment, now: str) -> bool:
    return isinstance(moment.what, Session) and moment.what.schedule.end_time > now
