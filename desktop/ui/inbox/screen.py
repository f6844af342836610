"""Joins the inbox to the workspace."""

from functools import partial

from PySide6.QtCore import QCoreApplication

from desktop.store.activity import (
    IN_SIGHT,
    UNREAD,
    Notification,
    State,
    newest_by_room,
)
from desktop.ui.activity.paths import path_of
from desktop.ui.activity.sentences import detail, sentence
from desktop.ui.day_headings import under_days
from desktop.ui.inbox.page import InboxPage
from desktop.ui.inbox.snoozing import show_menu, snooze_menu
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.times import clock_words, moment_words
from desktop.ui.widgets.row_look import RowAction, RowLook
from desktop.ui.workspace import Live, Workspace
from domain.inbox import MarkAllInbox, MarkInbox, SnoozeInbox
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
        now = instant(workspace.now())
        states = STATES[self.page.filter.current]
        found = workspace.recent.notifications(states=states, now=now)
        self._shown = {notification.id: notification for notification in found}
        rows = under_days(
            found, lambda one: workspace.local(one.activity.recorded_at).date(), workspace
        )
        self.page.show_rows(rows, workspace.recent.unread_count(now=now))

    def _text(self, notification: Notification) -> str:
        look = self._look(notification)
        state = _tr("Unread") if notification.is_unread else ""
        return ", ".join(part for part in (state, look.title, look.subtitle, look.trailing) if part)

    def _look(self, notification: Notification) -> RowLook:
        workspace, activity = self._workspace, notification.activity
        start = activity.params.get("startTime")
        when = moment_words(workspace.local(start), workspace) if isinstance(start, str) else ""
        more = detail(activity)
        back = notification.snoozed_until if notification.state is State.SNOOZED else None
        until = ""
        if back:
            until = _tr("Back %1").replace("%1", moment_words(workspace.local(back), workspace))
        return RowLook(
            title=sentence(activity, notification.actor_name, workspace.me),
            subtitle=" · ".join(part for part in (until, when, more) if part),
            avatar=notification.actor_name or str(activity.params.get("studentName", "")),
            trailing=clock_words(workspace.local(activity.recorded_at)),
            actions=_actions(notification.state),
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
        if state == "snooze":
            self._ask_until(activity_id)
            return
        before = self._shown.get(activity_id)
        command = _mark(activity_id, state)
        words = {"archived": _tr("Archived."), "read": "", "unread": ""}[state]
        self._do(command, words, before)

    def _ask_until(self, activity_id: str) -> None:
        """Open the menu of times beside the row."""
        view, row = self.page.list, self.page.model.row_of(activity_id)
        menu = snooze_menu(
            self.page, self._workspace, lambda until: self._snooze(activity_id, until)
        )
        place = view.visualRect(self.page.model.index(row, 0)).center()
        show_menu(menu, view.viewport().mapToGlobal(place))

    def _snooze(self, activity_id: str, until: str) -> None:
        when = moment_words(self._workspace.local(until), self._workspace)
        said = _tr("Snoozed until %1.").replace("%1", when)
        command = SnoozeInbox(activity_id=activity_id, until=until)
        self._do(command, said, self._shown.get(activity_id))

    def _do(self, command: MarkInbox | SnoozeInbox, said: str, before: Notification | None) -> None:
        """Do it and, where there are words for it, offer to take it back."""
        undo = partial(self._workspace.do, _inverse(before)) if before else None
        done = partial(self._workspace.news.said.emit, said, undo) if said else None
        self._workspace.do(command, done=done)

    def _on_mark_all(self) -> None:
        through = self._workspace.query(newest_by_room, self._workspace.me)
        if through:
            self._workspace.do_later(MarkAllInbox(through=through), _tr("All are marked as read."))


def _mark(activity_id: str, state: str) -> MarkInbox:
    match state:
        case "archived":
            return MarkInbox(activity_id=activity_id, state="archived")
        case "unread":
            return MarkInbox(activity_id=activity_id, state="unread")
        case _:
            return MarkInbox(activity_id=activity_id, state="read")


def _inverse(before: Notification) -> MarkInbox | SnoozeInbox:
    """The command that puts a notification back into the state that it was in."""
    if before.state is State.SNOOZED and before.snoozed_until:
        return SnoozeInbox(activity_id=before.id, until=before.snoozed_until)
    return _mark(before.id, before.state.value)


def _actions(state: State) -> tuple[RowAction, ...]:
    read = RowAction("read", _tr("Mark as read"), "check")
    unread = RowAction("unread", _tr("Mark as unread"), "bell")
    snooze = RowAction("snooze", _tr("Snooze…"), "clock")
    archive = RowAction("archived", _tr("Archive"), "archive")
    match state:
        case State.UNREAD:
            return (read, snooze, archive)
        case State.READ:
            return (unread, snooze, archive)
        case State.SNOOZED:
            return (unread, archive)
        case _:
            return (unread,)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inbox", text)
