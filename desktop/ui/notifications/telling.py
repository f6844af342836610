"""What others did becomes toasts: each once, one digest after a time away, gone when read."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from desktop.store.activity import Notification, newest_of_rooms
from desktop.store.people import account as account_row
from desktop.sync.states import Phase, SyncState
from desktop.tasks import spawn
from desktop.ui.activity.about import about
from desktop.ui.activity.paths import path_of
from desktop.ui.activity.sentences import sentence
from desktop.ui.notifications.gate import preferences, should_toast
from desktop.ui.notifications.toasts import OPEN, Delivery, Pressed, Toast, ToastAction
from desktop.ui.workspace import Workspace
from domain.inbox import MarkInbox
from domain.instants import instant

TOLD = "told"  # the setting: the newest `recorded_at` of each room that was told or passed over
DIGEST = "digest"
READ = "read"
TOGETHER_MS = 150  # what comes within it came at once
MOST_ALONE = 3  # more at once are told as one
KINDS = frozenset({"activity", "inbox_mark", "read_through"})


class Telling(QObject):
    """Tells one person, as long as the person is signed in."""

    def __init__(self, workspace: Workspace, delivery: Delivery, pressed: Pressed) -> None:
        super().__init__()
        self._workspace = workspace
        self._delivery = delivery
        self._told: dict[str, str] | None = None  # None until it is read
        self._phase = Phase.OFFLINE
        self._was_away = True
        self._standing: dict[str, set[str]] = {}  # the activities behind each toast
        self._paths: dict[str, str] = {}
        self._soon = QTimer(self, singleShot=True, interval=TOGETHER_MS)
        self._soon.timeout.connect(self._tell)
        workspace.news.changed.connect(self._on_changed)
        workspace.news.sync.connect(self._on_sync)
        pressed.action.connect(self._on_action)
        pressed.closed.connect(self._forget)
        spawn(self._load(), name="what was told")

    def close(self) -> None:
        """Tell nothing more; what stands on the screen leads nowhere any more."""
        self._soon.stop()
        for key in list(self._standing):
            self._withdraw(key)
        self.deleteLater()

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & KINDS:
            self._soon.start()

    def _on_sync(self, state: SyncState) -> None:
        if state.phase is self._phase:
            return
        self._phase = state.phase
        if state.phase is Phase.LIVE:
            self._soon.start()
        else:
            self._was_away = True

    async def _load(self) -> None:
        found = await self._workspace.door.run(lambda store: store.get_setting(TOLD))
        self._told = dict(found) if isinstance(found, dict) else {}
        self._soon.start()

    def _tell(self) -> None:
        unread = self._workspace.recent.unread(now=self._now)
        self._withdraw_read({one.id for one in unread})
        if self._told is None or self._phase is not Phase.LIVE:
            return
        workspace = self._workspace
        news = self._news(unread)
        was_away, self._was_away = self._was_away, False
        self._note_told()
        row = workspace.query(account_row, workspace.me.id)
        if row is None:
            return
        prefs, now = preferences(row, workspace.zone), workspace.now()
        news = [one for one in news if should_toast(one.activity, now, prefs)]
        if len(news) > MOST_ALONE or (was_away and len(news) > 1):
            behind = self._standing.get(DIGEST, set()) | {one.id for one in news}
            self._show(_digest(len(behind), was_away=was_away), behind)
            return
        for one in news:
            sound = (switch := prefs.switches.get(one.activity.kind_)) and switch.sound
            self._show(_toast(one, workspace, has_sound=bool(sound)), [one.id])

    def _news(self, unread: list[Notification]) -> list[Notification]:
        """What of it was not told yet, the oldest first.

        Of a room that is new here only what happened since anything was told last: its history
        is no news.
        """
        told = self._told or {}
        latest = max(told.values(), default="")
        new = [
            one for one in unread if one.activity.recorded_at > told.get(one.activity.room, latest)
        ]
        return new[::-1]

    def _note_told(self) -> None:
        """Keep it before it is shown: rather told once too little than twice."""
        newest = self._workspace.query(newest_of_rooms)
        told = {room: max(at, (self._told or {}).get(room, "")) for room, at in newest.items()}
        if told != self._told:
            self._told = told
            spawn(self._keep(told), name="keep what was told")

    async def _keep(self, told: dict[str, str]) -> None:
        await self._workspace.door.run(lambda store: store.put_setting(TOLD, told))

    @property
    def _now(self) -> str:
        return instant(self._workspace.now())

    def _show(self, toast: Toast, behind: Iterable[str]) -> None:
        """Show it; what it takes the place of stays behind it until that was read, too."""
        self._standing.setdefault(toast.key, set()).update(behind)
        self._paths[toast.key] = toast.path
        spawn(self._deliver(toast), name="toast")

    async def _deliver(self, toast: Toast) -> None:
        if not await self._delivery.show(toast):
            self._forget(toast.key)  # it stands in the inbox all the same

    def _withdraw_read(self, unread: set[str]) -> None:
        """Take away what was read meanwhile, here or on another device."""
        for key, behind in list(self._standing.items()):
            behind &= unread
            if not behind:
                self._withdraw(key)

    def _withdraw(self, key: str) -> None:
        self._forget(key)
        spawn(self._delivery.withdraw(key), name="withdraw toast")

    def _forget(self, key: str) -> None:
        self._standing.pop(key, None)
        self._paths.pop(key, None)

    def _on_action(self, key: str, action: str) -> None:
        if key not in self._standing:
            return  # somebody else's: a reminder
        behind, path = self._standing[key], self._paths[key]
        if key != DIGEST:
            for activity_id in behind:
                self._workspace.do(MarkInbox(activity_id=activity_id, state="read"))
        if action == OPEN:
            self._workspace.news.raised.emit(path)
        self._withdraw(key)


def _toast(notification: Notification, workspace: Workspace, *, has_sound: bool) -> Toast:
    activity = notification.activity
    return Toast(
        key=f"{activity.subject_type} {activity.subject_id}",
        title=sentence(activity, notification.actor_name, workspace.me),
        body=about(activity, workspace),
        path=path_of(activity, workspace.me),
        actions=(ToastAction(READ, _tr("Mark as read")),),
        has_sound=has_sound,
    )


def _digest(count: int, *, was_away: bool) -> Toast:
    words = QCoreApplication.translate("Telling", "%n updates", "", count)
    if was_away:
        words = QCoreApplication.translate("Telling", "%n updates while you were away", "", count)
    return Toast(key=DIGEST, title=words, path="/inbox")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Telling", text)
