"""Reminds a person of sessions from the local rows: offline too, after sleep too, each once."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from desktop.reminders.due import can_join, due, time_name
from desktop.store.people import account as account_row
from desktop.store.schedules import Session, SessionFilter, session, sessions
from desktop.tasks import spawn
from desktop.ui.notifications.gate import preferences, should_remind
from desktop.ui.notifications.toasts import OPEN, Delivery, Pressed, Toast, ToastAction
from desktop.ui.times import range_words
from desktop.ui.workspace import Workspace
from domain.instants import instant, moment, second
from domain.members import Role
from domain.schedules import LONGEST, Status

STATE = "reminders"  # the setting: until when was reminded, and what was snoozed
KEY = "reminder "
JOIN, SNOOZE = "join", "snooze"
SNOOZE_FOR = timedelta(minutes=5)
AHEAD = timedelta(days=15)  # nobody is reminded earlier than two weeks before
JoinAsked = Callable[[str, str], object]


@dataclass(frozen=True, slots=True)
class Standing:
    """A reminder on the screen, and the name of the time that it speaks of."""

    name: str
    toast: Toast


class Reminders(QObject):
    """Looks every minute; what is said is kept, so that no restart says it again."""

    def __init__(
        self,
        workspace: Workspace,
        delivery: Delivery,
        pressed: Pressed,
        join: JoinAsked,
    ) -> None:
        """`join` is called with the session's title and its link."""
        super().__init__()
        self._workspace = workspace
        self._delivery = delivery
        self._join = join
        self._told: set[str] | None = None  # None until it is read
        self._snoozed: dict[str, datetime] = {}
        self._standing: dict[str, Standing] = {}  # by session
        workspace.news.minute.connect(self.look)
        workspace.news.changed.connect(self._on_changed)
        pressed.action.connect(self._on_action)
        pressed.closed.connect(self._on_closed)
        spawn(self._load(), name="what was reminded")

    def close(self) -> None:
        """Remind no more, and take away what stands on the screen."""
        news = self._workspace.news
        news.minute.disconnect(self.look)
        news.changed.disconnect(self._on_changed)
        for session_id in list(self._standing):
            self._withdraw(session_id)
        self.deleteLater()

    def look(self) -> None:
        """Remind of what is due by now."""
        workspace, now = self._workspace, self._workspace.now()
        account = workspace.query(account_row, workspace.me.id)
        if self._told is None or account is None:
            return
        ahead = self._ahead(now)
        found = due(
            [one.schedule for one in ahead.values()],
            account.reminder_minutes,
            now=now,
            told=self._told,
            snoozed=self._snoozed,
        )
        self._bring_up_to_date(ahead, besides={one.schedule.id for one in found})
        if not found:
            return
        for one in found:
            self._snoozed.pop(time_name(one.schedule), None)
            self._told |= one.names
        self._keep(ahead)
        if should_remind(now, preferences(account, workspace.zone)):
            for one in found:
                self._show(ahead[one.schedule.id])

    def _ahead(self, now: datetime) -> dict[str, Session]:
        start, end = second(now - LONGEST), second(now + AHEAD)
        wanted = SessionFilter(start=start, end=end, status=Status.SCHEDULED, limit=500)
        me = self._workspace.me
        return {one.id: one for one in self._workspace.query(sessions, me, wanted)}

    def _show(self, shown: Session) -> None:
        toast = self._toast(shown)
        self._standing[shown.id] = Standing(time_name(shown.schedule), toast)
        spawn(self._deliver(replace(toast, has_sound=True)), name="reminder")

    def _toast(self, shown: Session) -> Toast:
        schedule, now = shown.schedule, self._workspace.now()
        start, end = (
            self._workspace.local(text) for text in (schedule.start_time, schedule.end_time)
        )
        parts = [range_words(start, end), shown.with_name, schedule.place]
        actions = [ToastAction(JOIN, _tr("Join"))] if can_join(schedule, now) else []
        actions.append(ToastAction(SNOOZE, _tr("In 5 minutes again")))
        return Toast(
            key=f"{KEY}{schedule.id}",
            title=_title(schedule.title, moment(schedule.start_time), now),
            body=" · ".join(part for part in parts if part),
            path=self._path(schedule.id),
            actions=tuple(actions),
            stays=True,
        )

    async def _deliver(self, toast: Toast) -> None:
        if not await self._delivery.show(toast):
            self._workspace.say(toast.title)  # where nothing else can show it

    def _bring_up_to_date(
        self, ahead: dict[str, Session], *, besides: Collection[str] = frozenset()
    ) -> None:
        """Have what stands there say how things are now.

        What reminds of a session that was canceled, moved, or is over is taken away.
        """
        now = second(self._workspace.now())
        for session_id, standing in list(self._standing.items()):
            shown = ahead.get(session_id)
            is_same = shown is not None and time_name(shown.schedule) == standing.name
            if shown is None or not is_same or shown.schedule.end_time <= now:
                self._withdraw(session_id)
            elif session_id not in besides:
                self._update(standing, self._toast(shown))

    def _update(self, standing: Standing, toast: Toast) -> None:
        if toast != standing.toast:
            self._standing[toast.key.removeprefix(KEY)] = replace(standing, toast=toast)
            spawn(self._delivery.update(toast), name="update reminder")

    def _withdraw(self, session_id: str) -> None:
        self._standing.pop(session_id, None)
        spawn(self._delivery.withdraw(f"{KEY}{session_id}"), name="withdraw reminder")

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if "schedule" in kinds and self._standing:
            self._bring_up_to_date(self._ahead(self._workspace.now()))

    def _on_closed(self, key: str) -> None:
        """Leave one that the person put away where it is."""
        self._standing.pop(key.removeprefix(KEY), None)

    def _on_action(self, key: str, action: str) -> None:
        if not key.startswith(KEY):
            return  # of what others did
        session_id = key.removeprefix(KEY)
        standing = self._standing.get(session_id)
        self._withdraw(session_id)
        if action == SNOOZE and standing is not None:
            now = self._workspace.now()
            self._snoozed[standing.name] = now + SNOOZE_FOR
            self._keep(self._ahead(now))
            return
        if action in (OPEN, JOIN):
            self._workspace.news.raised.emit(self._path(session_id))
        shown = self._workspace.query(session, self._workspace.me, session_id)
        if action == JOIN and shown is not None:
            self._join(shown.schedule.title, shown.schedule.meeting_url)

    def _path(self, session_id: str) -> str:
        is_student = self._workspace.me.role is Role.STUDENT
        page = "student/schedule" if is_student else "mentor/schedules"
        return f"/{page}/{session_id}"

    async def _load(self) -> None:
        found = await self._workspace.door.run(lambda store: store.get_setting(STATE))
        self._told = set()
        try:
            self._told = {str(name) for name in found["told"]}
            self._snoozed = {str(name): moment(at) for name, at in found["snoozed"].items()}
        except (TypeError, KeyError, ValueError, AttributeError):  # nothing yet, or damaged
            self._snoozed = {}
        self.look()

    def _keep(self, ahead: dict[str, Session]) -> None:
        """Keep what was told of sessions that are not long over."""
        told, ids = self._told or set(), ahead.keys()
        state = {
            "told": sorted(name for name in told if name.partition(" ")[0] in ids),
            "snoozed": {
                name: instant(at)
                for name, at in self._snoozed.items()
                if name.partition(" ")[0] in ids
            },
        }
        spawn(self._kept(state), name="keep what was reminded")

    async def _kept(self, state: dict[str, Any]) -> None:
        await self._workspace.door.run(lambda store: store.put_setting(STATE, state))


def _title(title: str, start: datetime, now: datetime) -> str:
    minutes = round((start - now).total_seconds() / 60)
    if minutes > 90:
        words = _tr("“%1” starts in %2 h").replace("%2", str(round(minutes / 60)))
    elif minutes > 0:
        words = _tr("“%1” starts in %2 min").replace("%2", str(minutes))
    elif minutes == 0:
        words = _tr("“%1” starts now")
    else:
        words = _tr("“%1” started %2 min ago").replace("%2", str(-minutes))
    return words.replace("%1", title)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reminders", text)
