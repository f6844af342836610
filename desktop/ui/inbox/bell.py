"""Joins the panel of the bell to the workspace."""

from functools import partial

from PySide6.QtWidgets import QAbstractButton

from desktop.store.activity import UNREAD, Notification
from desktop.ui.inbox.deeds import InboxDeeds
from desktop.ui.inbox.looks import notification_text, panel_row
from desktop.ui.inbox.panel import InboxPanel
from desktop.ui.inbox.screen import KINDS
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.workspace import Live, Workspace
from domain.instants import instant

MOST_SHOWN = 8


class BellPanel:
    """Keeps the panel in step while it is open, and carries out what is done there."""

    def __init__(self, workspace: Workspace, theme: Theme, bell: QAbstractButton) -> None:
        self._workspace = workspace
        model: RecordListModel[Notification] = RecordListModel(
            partial(notification_text, workspace=workspace),
            partial(panel_row, workspace=workspace),
        )
        self.panel = InboxPanel(theme, model, bell)
        self.deeds = InboxDeeds(
            workspace, self.panel.list, bell.window(), before_leaving=self.panel.hide
        )
        self.live = Live(
            self.panel,
            workspace.news,
            self.refresh,
            KINDS,
            by_the_minute=True,
            aging=[self.panel.model],
        )
        self.panel.inbox_asked.connect(lambda: workspace.news.opened.emit("/inbox"))

    def open(self) -> None:
        """Show what is unread now."""
        self.refresh()
        self.panel.open()

    def close(self) -> None:
        """Take the panel away, for somebody else."""
        self.panel.hide()
        self.panel.deleteLater()

    def refresh(self) -> None:
        """Read the newest unread notifications anew."""
        recent, now = self._workspace.recent, instant(self._workspace.now())
        found = recent.notifications(states=UNREAD, now=now, limit=MOST_SHOWN)
        self.panel.show_rows(found, recent.unread_count(now=now))
