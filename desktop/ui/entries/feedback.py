"""Whoever has an entry before their eyes has read the news of it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.store.dashboard import entry_told_of
from desktop.ui.workspace import Workspace
from domain.inbox import MarkInbox
from domain.instants import instant

SEEN_MS = 1_500  # so long an entry has to stand there
KINDS = frozenset({"activity", "entry", "comment"})


class SeenNews(QObject):
    """Marks as read what is unread of the entry that stands in the window in front."""

    def __init__(self, workspace: Workspace, page: QWidget, entry_id: Callable[[], str]) -> None:
        """`page` shows the entry whose id `entry_id` gives, or none."""
        super().__init__(page)
        self._workspace = workspace
        self._page = page
        self._entry_id = entry_id
        self.clock = QTimer(self, singleShot=True, interval=SEEN_MS)
        self.clock.timeout.connect(self._read)
        page.installEventFilter(self)
        workspace.news.changed.connect(self._on_changed)

    def look(self) -> None:
        """Another entry stands there now."""
        if self._is_seen:
            self.clock.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.WindowActivate):
            self.look()
        return super().eventFilter(watched, event)

    @property
    def _is_seen(self) -> bool:
        return self._page.isVisible() and self._page.isActiveWindow() and bool(self._entry_id())

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & KINDS and not self.clock.isActive():
            self.look()

    def _read(self) -> None:
        if self._is_seen:
            read_news(self._workspace, self._entry_id())


def read_news(workspace: Workspace, entry_id: str) -> None:
    """Mark what tells of this entry, of reviews of it and comments on it, as read."""
    for one in workspace.recent.unread(now=instant(workspace.now())):
        if entry_told_of(one.activity) == entry_id:
            workspace.do(MarkInbox(activity_id=one.id, state="read"))
