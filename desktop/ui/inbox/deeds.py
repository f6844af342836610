"""What a person does with notifications, on the inbox page and in the panel of the bell."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.store.activity import Notification, State, newest_by_room
from desktop.ui.activity.paths import path_of
from desktop.ui.inbox.notification_list import NotificationList
from desktop.ui.inbox.snoozing import show_menu, snooze_menu
from desktop.ui.record_list_model import RecordListModel, Role
from desktop.ui.times import moment_words
from desktop.ui.workspace import Workspace
from domain.inbox import MarkAllInbox, MarkInbox, SnoozeInbox
from domain.instants import instant


class InboxDeeds:
    """Carries out what is asked for in one list of notifications."""

    def __init__(
        self,
        workspace: Workspace,
        view: NotificationList,
        window: QWidget,
        *,
        before_leaving: Callable[[], object] = lambda: None,
    ) -> None:
        """`window` is what dialogs stand on; `before_leaving` is called when the list is left."""
        self._workspace = workspace
        self._view = view
        self._window = window
        self._before_leaving = before_leaving
        view.opened.connect(self.open)
        view.mark_asked.connect(self.mark)
        view.mark_all_asked.connect(self.mark_all)

    def open(self, activity_id: str) -> None:
        """Go to what a notification is about; it is read then."""
        notification = self._shown(activity_id)
        if notification is None:
            return
        if notification.is_unread:
            self.mark(activity_id, "read")
        self._before_leaving()
        self._workspace.news.opened.emit(path_of(notification.activity, self._workspace.me))

    def mark(self, activity_id: str, state: str) -> None:
        """Mark one as "read", "unread" or "archived", or ask until when to "snooze" it."""
        if state == "snooze":
            self._ask_until(activity_id)
            return
        words = {"archived": _tr("Archived."), "read": "", "unread": ""}[state]
        self._do(_mark(activity_id, state), words, self._shown(activity_id))

    def snooze(self, activity_id: str, until: str) -> None:
        """Put one out of sight until then."""
        when = moment_words(self._workspace.local(until), self._workspace)
        said = _tr("Snoozed until %1.").replace("%1", when)
        command = SnoozeInbox(activity_id=activity_id, until=until)
        self._do(command, said, self._shown(activity_id))

    def mark_all(self) -> None:
        """Read everything that is unread now, also what is back from a snooze."""
        now = instant(self._workspace.now())
        through = self._workspace.query(newest_by_room, self._workspace.me, now=now)
        if through:
            self._workspace.do_later(MarkAllInbox(through=through), _tr("All are marked as read."))
        else:
            self._workspace.say(_tr("Nothing is unread."))

    def _shown(self, activity_id: str) -> Notification | None:
        model = self._view.model()
        if not isinstance(model, RecordListModel):
            return None
        found = model.index(model.row_of(activity_id), 0).data(Role.RECORD)
        return found if isinstance(found, Notification) else None

    def _ask_until(self, activity_id: str) -> None:
        """Open the menu of times beside the row."""
        view = self._view
        menu = snooze_menu(
            self._window,
            self._workspace,
            lambda until: self.snooze(activity_id, until),
            before_asking=self._before_leaving,
        )
        view.select(activity_id)
        place = view.visualRect(view.currentIndex()).center()
        show_menu(menu, view.viewport().mapToGlobal(place))

    def _do(self, command: MarkInbox | SnoozeInbox, said: str, before: Notification | None) -> None:
        """Do it and, where there are words for it, offer to take it back."""
        undo = partial(self._workspace.do, _inverse(before)) if before else None
        done = partial(self._workspace.news.said.emit, said, undo) if said else None
        self._workspace.do(command, done=done)


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


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inbox", text)
