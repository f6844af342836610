"""Joins the inbox to the workspace."""

from functools import partial

from desktop.store.activity import IN_SIGHT, UNREAD, Notification, State, notifications
from desktop.store.feed import Place
from desktop.ui.day_headings import under_days
from desktop.ui.endless import Endless
from desktop.ui.inbox.deeds import InboxDeeds
from desktop.ui.inbox.looks import notification_row, notification_text
from desktop.ui.inbox.page import InboxPage
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.workspace import Live, Workspace
from domain.instants import instant

KINDS = frozenset({"account", "activity", "inbox_mark", "read_through", "member"})
STATES = {
    "unread": UNREAD,
    "all": IN_SIGHT,
    "snoozed": frozenset({State.SNOOZED}),
    "archived": frozenset({State.ARCHIVED}),
}


class InboxScreen:
    """Keeps the inbox in step, and carries out what the person does with it."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._endless: Endless[Notification] = Endless(self._read)
        model: RecordListModel[Notification] = RecordListModel(
            partial(notification_text, workspace=workspace),
            partial(notification_row, workspace=workspace),
        )
        self.page = InboxPage(theme, model)
        self.deeds = InboxDeeds(workspace, self.page.list, self.page)
        self.live = Live(
            self.page,
            workspace.news,
            self.refresh,
            KINDS,
            by_the_minute=True,
            aging=[self.page.model],
        )
        self.page.filter_chosen.connect(self._on_filter)
        self.page.more_wanted.connect(self._on_more)
        self.page.mark_all.clicked.connect(self.deeds.mark_all)

    def refresh(self) -> None:
        """Read anew what is shown."""
        self._endless.refresh()
        self._show()

    def _read(self, before: Place | None, down_to: Place | None, limit: int) -> list[Notification]:
        return self._workspace.query(
            notifications,
            self._workspace.me,
            states=STATES[self.page.filter.current],
            now=self._now,
            before=before,
            down_to=down_to,
            limit=limit,
        )

    def _show(self) -> None:
        workspace = self._workspace
        rows = under_days(
            self._endless.rows,
            lambda one: workspace.local(one.activity.recorded_at).date(),
            workspace,
        )
        self.page.show_rows(rows, workspace.recent.unread_count(now=self._now))

    @property
    def _now(self) -> str:
        return instant(self._workspace.now())

    def _on_filter(self) -> None:
        self._endless.begin()
        self._show()
        self.page.list.scrollToTop()

    def _on_more(self) -> None:
        if self._endless.has_more:
            self._endless.more()
            self._show()
