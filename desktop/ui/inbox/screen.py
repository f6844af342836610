"""Joins the inbox to the workspace."""

from PySide6.QtCore import QCoreApplication

from desktop.store.activity import Notification, newest_by_room, notifications, unread_count
from desktop.ui.activity.paths import path_of
from desktop.ui.activity.sentences import detail, sentence
from desktop.ui.day_headings import under_days
from desktop.ui.inbox.page import InboxPage
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.times import clock_words, moment_words
from desktop.ui.widgets.row_look import RowAction, RowLook
from desktop.ui.workspace import Live, Workspace
from domain.inbox import MarkAllInbox, MarkInbox

KINDS = frozenset({"activity", "inbox_mark", "read_through", "member"})


class InboxScreen:
    """Keeps the inbox in step, and carries out what the person does with it."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._shown: dict[str, Notification] = {}
        self.page = InboxPage(theme, RecordListModel(self._text, self._look))
        self.live = Live(
            self.page,
            workspace.news,
            self.refresh,
            KINDS,
            by_the_minute=True,
            aging=[self.page.model],
        )
        self.page.filter_chosen.connect(lambda _key: self.refresh())
        self.page.opened.connect(self._on_opened)
        self.page.mark_asked.connect(self._on_mark)
        self.page.mark_all_asked.connect(self._on_mark_all)

    def refresh(self) -> None:
        """Read the notifications anew."""
        workspace = self._workspace
        unread_only = self.page.filter.current == "unread"
        found = workspace.query(notifications, workspace.me, unread_only=unread_only)
        self._shown = {notification.id: notification for notification in found}
        rows = under_days(
            found, lambda one: workspace.local(one.activity.recorded_at).date(), workspace
        )
        self.page.show_rows(rows, workspace.query(unread_count, workspace.me))

    def _text(self, notification: Notification) -> str:
        look = self._look(notification)
        state = _tr("Unread") if notification.is_unread else ""
        return ", ".join(part for part in (state, look.title, look.subtitle, look.trailing) if part)

    def _look(self, notification: Notification) -> RowLook:
        workspace, activity = self._workspace, notification.activity
        start = activity.params.get("startTime")
        when = moment_words(workspace.local(start), workspace) if isinstance(start, str) else ""
        more = detail(activity)
        key, words, icon = (
            ("read", _tr("Mark as read"), "check")
            if notification.is_unread
            else ("unread", _tr("Mark as unread"), "bell")
        )
        return RowLook(
            title=sentence(activity, notification.actor_name, workspace.me),
            subtitle=" · ".join(part for part in (when, more) if part),
            avatar=notification.actor_name or str(activity.params.get("studentName", "")),
            trailing=clock_words(workspace.local(activity.recorded_at)),
            actions=(RowAction(key, words, icon),),
            is_unread=notification.is_unread,
        )

    def _on_opened(self, activity_id: str) -> None:
        notification = self._shown.get(activity_id)
        if notification is None:
            return
        if notification.is_unread:
            self._on_mark(activity_id, "read")
        self._workspace.news.opened.emit(path_of(notification.activity, self._workspace.me))

    def _on_mark(self, activity_id: str, state: str) -> None:
        self._workspace.do(
            MarkInbox(activity_id=activity_id, state="unread" if state == "unread" else "read")
        )

    def _on_mark_all(self) -> None:
        through = self._workspace.query(newest_by_room, self._workspace.me)
        if through:
            self._workspace.do(MarkAllInbox(through=through))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inbox", text)
