"""Joins the activity page to the workspace."""

from typing import Any

from desktop.store.feed import FeedFilter, Happening, Place, feed, newest_recorded
from desktop.store.people import students_of
from desktop.tasks import spawn
from desktop.ui.activity.looks import Row, feed_row, feed_text
from desktop.ui.activity.page import ALL, ActivityPage
from desktop.ui.activity.paths import path_of
from desktop.ui.activity.rows import feed_rows
from desktop.ui.activity.runs import Part, Run
from desktop.ui.endless import Endless
from desktop.ui.record_list_model import RecordListModel, Role
from desktop.ui.theme import Theme
from desktop.ui.widgets.person_picker import Choice
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Live, Workspace
from domain.activities import Kind
from domain.members import Role as PersonRole

KINDS = frozenset({"activity", "member", "student_card", "mentor_card", "command"})
SEEN = "activity.seen"  # the setting: the newest `recorded_at` that was on the screen


def _kinds(*beginnings: str) -> frozenset[str]:
    return frozenset(kind for kind in Kind if kind.startswith(beginnings))


GROUPS = {
    ALL: frozenset[str](),
    "sessions": _kinds("schedule:"),
    "entries": _kinds("entry:", "comment:"),
    "people": _kinds("student:", "mentor:", "cohort:"),
}


class ActivityScreen:
    """Keeps the feed in step, and opens what the person asks for."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._unfolded: set[str] = set()
        self._seen: str | None = None  # None until the setting is read
        self._seen_before = ""  # this visit
        self._is_here = False
        self._endless: Endless[Happening] = Endless(self._read)
        self.page = ActivityPage(
            theme,
            RecordListModel(self._text, self._look),
            workspace,
            has_students=workspace.me.role is not PersonRole.STUDENT,
        )
        self.live = Live(
            self.page,
            workspace.news,
            self.refresh,
            KINDS,
            by_the_minute=True,
            aging=[self.page.model],
        )
        self.page.filter_changed.connect(self._on_filter)
        self.page.opened.connect(self._on_opened)
        self.page.fold_asked.connect(self._on_fold)
        self.page.more_wanted.connect(self._on_more)
        self.page.visited.connect(self._on_visited)
        self.page.left.connect(self._on_left)
        spawn(self._load(), name="what was seen of the feed")

    def close(self) -> None:
        """Note no visits any more: pages that are taken away come up for a moment."""
        self._seen = None

    def refresh(self) -> None:
        """Read anew what is shown."""
        workspace = self._workspace
        if self.page.has_students:
            mine = workspace.query(students_of, workspace.me.id)
            self.page.show_students([Choice(card.id, card.name) for card in mine])
        self._endless.refresh()
        self._show()
        self._note_seen()

    def _read(self, before: Place | None, down_to: Place | None, limit: int) -> list[Happening]:
        return self._workspace.query(
            feed, self._wanted(), before=before, down_to=down_to, limit=limit
        )

    def _wanted(self) -> FeedFilter:
        start, end = self.page.days.days.bounds(self._workspace)
        return FeedFilter(
            kinds=GROUPS[self.page.kinds.current],
            student_id=self.page.students.current_id(),
            start=start,
            end=end,
        )

    def _show(self) -> None:
        rows = feed_rows(self._endless.rows, self._workspace, self._unfolded, self._seen_before)
        self.page.show_rows(rows)

    def _text(self, row: Row) -> str:
        return feed_text(row, self._workspace)

    def _look(self, row: Row) -> RowLook:
        return feed_row(row, self._workspace)

    def _on_filter(self) -> None:
        self._endless.begin()
        self._show()

    def _on_more(self) -> None:
        if self._endless.has_more:
            self._endless.more()
            self._show()

    def _on_opened(self, row_id: str) -> None:
        match self._row(row_id):
            case Run():
                self._on_fold(row_id)
            case Part(happening=happening) | (Happening() as happening):
                path = path_of(happening.activity, self._workspace.me)
                self._workspace.news.opened.emit(path)

    def _on_fold(self, row_id: str) -> None:
        run = self._row(row_id)
        if isinstance(run, Run):
            ids = {one.id for one in run.parts}
            self._unfolded = self._unfolded - ids if run.is_unfolded else self._unfolded | ids
            self._show()

    def _row(self, row_id: str) -> Any:
        model = self.page.model
        return model.index(model.row_of(row_id), 0).data(Role.RECORD)

    def _on_visited(self) -> None:
        """Part what is new from what was on the screen at the last visit."""
        self._is_here = True
        if self._seen is not None:
            self._seen_before = self._seen
            self._show()
            self._note_seen()

    def _on_left(self) -> None:
        self._is_here = False

    def _note_seen(self) -> None:
        """Keep how far the person has seen, as the relay's time says, which no clock here sets."""
        if self._seen is None or not self._is_here:
            return
        newest = self._workspace.query(newest_recorded)
        if newest > self._seen:
            self._seen = newest
            spawn(self._keep(newest), name="keep what was seen of the feed")

    async def _load(self) -> None:
        found = await self._workspace.door.run(lambda store: store.get_setting(SEEN))
        self._seen = found if isinstance(found, str) else ""
        if self._is_here:
            self._on_visited()

    async def _keep(self, newest: str) -> None:
        await self._workspace.door.run(lambda store: store.put_setting(SEEN, newest))
