"""What every screen is given: who asks, the local rows, and the way to change them."""

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from desktop.account.administration import Administration
from desktop.account.histories import Page
from desktop.account.own_account import Device
from desktop.store.recent import Recent
from desktop.store.slow import SLOW_READ_S, timed
from desktop.store.trouble import CopyDamaged, StoreTrouble, plainly
from desktop.tasks import spawn
from desktop.ui.drafts import Drafts
from desktop.ui.record_list_model import RecordListModel
from domain.activities import Person
from domain.commands import Command
from domain.errors import DomainError
from domain.inbox import MarkAllInbox, MarkInbox, SnoozeInbox
from domain.instants import moment

T = TypeVar("T")
LATE_S = 0.5  # so long before it is sent, nobody is offered to take it back
INBOX = (MarkAllInbox, MarkInbox, SnoozeInbox)


class News(QObject):
    """Turns the callbacks of the Qt-free core into signals.

    Signals:
        changed: the kinds of rows that changed, as a frozenset of their wire names.
        sync: the SyncState that the sync client is in.
        minute: the clock on the wall has moved on.
        woken: the computer has slept, and the clock went on without it.
        zone: the person's zone is another one, so that every time reads differently.
        opened: somebody asks for a place, as a path like "/mentor/schedules/ID".
        raised: the same from outside the window, which is to come to the front.
        history_asked: somebody wants to know who changed what, as (the widget that asks, the kind
            of the row, its id, its title).
        said: a sentence for the person, and a callable that takes it back, or None.
        settled: such a callable can do nothing any more.
        acted: the person changed something; what was done before is not taken back past it.
    """

    changed = Signal(object)
    sync = Signal(object)
    minute = Signal()
    woken = Signal()
    zone = Signal()
    opened = Signal(str)
    raised = Signal(str)
    history_asked = Signal(object, str, str, str)
    said = Signal(str, object)
    settled = Signal(object)
    acted = Signal()


class Door(Protocol):
    """The one door through which local data changes: the store's worker."""

    async def do(self, command: Command) -> str: ...

    async def do_later(self, command: Command, delay_s: float) -> str: ...

    async def undo(self, mutation_id: str) -> bool: ...

    async def run(self, work: Callable[[Any], T]) -> T: ...

    def open_reader(self) -> sqlite3.Connection: ...


class Online(Protocol):
    """What only the relay can do, and only while it can be reached: see `OwnAccount`."""

    async def devices(self) -> list[Device]: ...

    async def end_device(self, device_id: str) -> None: ...

    async def change_password(self, current: str, new: str) -> None: ...

    async def change_email(self, current: str, new: str) -> None: ...

    async def current_desktop(self) -> str: ...


class AuditLog(Protocol):
    """Who changed what, which only the relay knows: see `Histories`."""

    async def of_item(self, kind: str, item_id: str, older: str = "") -> Page: ...

    async def of_mine(self, older: str = "", *, by_others: bool = False) -> Page: ...


@dataclass(eq=False)
class Workspace:
    """Who is signed in here, the rows they may read, and what they can do with them.

    `zone` is the person's own, in which all times are shown. `reader` is a read-only connection
    for the queries of `desktop.store`. `administration` is of use to admins only.
    """

    me: Person
    zone: ZoneInfo
    reader: sqlite3.Connection
    door: Door
    news: News
    new_id: Callable[[], str]
    online: Online
    administration: Administration
    histories: AuditLog
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    undo_s: float = field(default=8.0)
    _knows_damage: bool = field(default=False, init=False)

    @cached_property
    def recent(self) -> Recent:
        """What concerns the person, for all that show some of it."""
        return Recent(self.reader, self.me)

    @cached_property
    def drafts(self) -> Drafts:
        """What is typed and not sent."""
        return Drafts(self.door.run)

    def query(self, rows: Callable[..., T], *args: Any, **named: Any) -> T:
        """The answer of a query function of `desktop.store`, which takes the connection first.

        Raises:
            StoreTrouble: the rows cannot be read; a damaged copy is made anew.
        """
        try:
            with timed(rows, SLOW_READ_S), plainly():
                return rows(self.reader, *args, **named)
        except CopyDamaged:
            if not self._knows_damage:
                self._knows_damage = True
                spawn(self.door.run(lambda store: store.report_damage()), name="report damage")
            raise

    def local(self, text: str) -> datetime:
        """The wall-clock time, in the person's own zone, of an instant in a row."""
        return moment(text).astimezone(self.zone)

    def live_in(self, zone: ZoneInfo) -> None:
        """Show all times in this zone from now on."""
        if zone.key != self.zone.key:
            self.zone = zone
            self.news.zone.emit()

    def do(
        self,
        command: Command,
        *,
        done: Callable[[], object] | None = None,
        refused: Callable[[DomainError], object] | None = None,
        failed: Callable[[str], object] | None = None,
        is_undo: bool = False,
    ) -> None:
        """Carry out what the person asked for, without waiting for it.

        `done` is called once it is saved on this computer. A refusal goes to `refused`, and the
        sentence of a computer that cannot save to `failed`, or they are said to the person. With
        `is_undo`, what was done before it can still be taken back.
        """
        is_act = not is_undo and not isinstance(command, INBOX)  # what is read marks itself so

        def tell() -> None:
            if is_act:
                self.news.acted.emit()
            if done:
                done()

        doing = self._do(self.door.do(command), tell, refused, failed)
        spawn(doing, name=command.tag())

    def do_later(
        self, command: Command, said: str, *, refused: Callable[[DomainError], object] | None = None
    ) -> None:
        """Carry it out with a time in which it can be taken back, and say so."""
        spawn(self._do_later(command, said, refused), name=f"{command.tag()} later")

    def say(self, text: str) -> None:
        """Tell the person something, at the foot of the window."""
        self.news.said.emit(text, None)

    async def _do(
        self,
        doing: Coroutine[Any, Any, str],
        done: Callable[[], object] | None,
        refused: Callable[[DomainError], object] | None,
        failed: Callable[[str], object] | None = None,
    ) -> str | None:
        try:
            mutation_id = await doing
        except DomainError as error:
            (refused or self._complain)(error)
            return None
        except StoreTrouble as trouble:
            (failed or self.say)(str(trouble))
            return None
        if done:
            done()
        return mutation_id

    async def _do_later(
        self, command: Command, said: str, refused: Callable[[DomainError], object] | None
    ) -> None:
        doing = self.door.do_later(command, self.undo_s)
        mutation_id = await self._do(doing, None, refused)
        if mutation_id is None:
            return

        def undo() -> None:
            spawn(self._undone(mutation_id), name="undo")

        self.news.said.emit(said, undo)
        loop = asyncio.get_running_loop()
        loop.call_later(self.undo_s - LATE_S, self.news.settled.emit, undo)

    async def _undone(self, mutation_id: str) -> None:
        if not await self.door.undo(mutation_id):
            self.say(
                QCoreApplication.translate(
                    "Workspace", "It was sent already and cannot be taken back."
                )
            )

    def _complain(self, error: DomainError) -> None:
        self.say(str(error))


class Live(QObject):
    """Keeps one widget in step with the rows it shows.

    It refreshes at once while the widget is on the screen, and otherwise when it is shown again.
    """

    def __init__(
        self,
        widget: QWidget,
        news: News,
        refresh: Callable[[], object],
        kinds: frozenset[str],
        *,
        by_the_minute: bool = False,
        aging: Sequence[RecordListModel[Any]] = (),
    ) -> None:
        """Call `refresh` when rows of these `kinds` change, or the person's zone does.

        With `by_the_minute` also when the clock moves on; rows of the `aging` models, which look
        another way then without having changed, are drawn anew.
        """
        super().__init__(widget)
        self._widget = widget
        self._refresh = refresh
        self._kinds = kinds
        self._aging = aging
        self._is_stale = True
        self._is_aged = False
        widget.installEventFilter(self)
        self._has_moved = False
        news.changed.connect(self._on_changed)
        news.zone.connect(self._on_zone)
        if by_the_minute:
            news.minute.connect(self._on_minute)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and self._is_stale:
            self._run()
        return super().eventFilter(watched, event)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & self._kinds:
            self._on_due()

    def _on_minute(self) -> None:
        self._is_aged = True
        self._on_due()

    def _on_zone(self) -> None:
        self._has_moved = True
        self._on_due()

    def _on_due(self) -> None:
        if self._widget.isVisible():
            self._run()
        else:
            self._is_stale = True

    def _run(self) -> None:
        self._is_stale = False
        self._refresh()
        models = self._models() if self._has_moved else self._aging if self._is_aged else ()
        self._is_aged = self._has_moved = False
        for model in models:
            model.refresh()

    def _models(self) -> list[RecordListModel[Any]]:
        """All lists of the widget: their times read differently in another zone."""
        models = [view.model() for view in self._widget.findChildren(QAbstractItemView)]
        return [model for model in models if isinstance(model, RecordListModel)]
