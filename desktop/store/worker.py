"""The store's own thread: the only writer of both files, behind an asyncio door."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from desktop.store.database import connect_reader, open_files, open_memory
from desktop.store.local import LocalStore
from desktop.store.slow import SLOW_WRITE_S, timed
from domain.activities import Person
from domain.commands import Command

log = logging.getLogger(__name__)

T = TypeVar("T")


def _nowhere(point: str) -> None:
    """The checkpoint of every day: go on."""


class StoreWorker:
    """Owns the thread on which outbox and replica live; every write of the desktop passes here.

    `on_change` gets the kinds of rows that changed, plus `command` when the outbox did; what
    sync receives never calls `on_pending`, which says that there is something to send. Both are
    called on the event loop's thread, after the commit. `on_damage` says, there too, that the files
    are to be opened anew: what is damaged is mended then. `checkpoint` is called before and after
    each commit, for tests that crash there. Without a folder all is kept in memory.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        me: Person | None,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        on_change: Callable[[frozenset[str]], None],
        on_pending: Callable[[], None],
        on_damage: Callable[[], None] = lambda: None,
        checkpoint: Callable[[str], None] = _nowhere,
    ) -> None:
        self._folder = folder
        self._me = me
        self._now = now
        self._new_id = new_id
        self._on_change = on_change
        self._on_pending = on_pending
        self._on_damage = on_damage
        self._checkpoint = checkpoint
        self._thread: ThreadPoolExecutor | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._store: LocalStore | None = None
        self._alarm: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Open the files; all that is pending is predicted again behind this.

        The rows can be read at once: they are as they were left.

        Raises:
            StoreTrouble: nothing was opened; `InUse` when another instance has the folder.
        """
        self._loop = asyncio.get_running_loop()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        try:
            self._store = await self._on_thread(self._open)
        except BaseException:
            self._thread.shutdown(wait=False)
            self._thread = None
            raise
        self._set_alarm(await self.run(LocalStore.next_due_s))
        self._thread.submit(self._store.catch_up).add_done_callback(_report)

    async def close(self) -> None:
        """Finish what is queued and close the files; a second time is nothing."""
        if self._alarm:
            self._alarm.cancel()
        if self._thread is None:
            return
        thread, self._thread = self._thread, None
        try:
            if store := self._store:
                await asyncio.wrap_future(thread.submit(store.close))
        finally:
            thread.shutdown(wait=True)

    @property
    def salvaged(self) -> int | None:
        """How many commands were saved from a damaged outbox at the start; None without damage."""
        return self._opened().files.salvaged

    @property
    def was_damaged(self) -> bool:
        """Whether the rows are copied anew because what was here was damaged."""
        return self._opened().files.was_damaged

    @property
    def was_restored(self) -> bool:
        """Whether a backup was taken in at the start."""
        return self._opened().files.was_restored

    def open_reader(self) -> sqlite3.Connection:
        """A read-only connection for the queries of screens; the caller closes it."""
        return connect_reader(self._opened().files.replica_uri)

    async def do(self, command: Command) -> str:
        """Keep the command for the relay, show its effect, and give its mutation id.

        Raises:
            Refused, Invalid: nothing was changed or kept.
            StoreTrouble: likewise.
        """
        return await self.run(lambda store: store.act(command))

    async def do_later(self, command: Command, delay_s: float) -> str:
        """Like `do`, but it is not sent before `delay_s` are over, and `undo` can take it back."""
        mutation_id = await self.run(lambda store: store.act(command, wait_s=delay_s))
        self._set_alarm(await self.run(LocalStore.next_due_s))
        return mutation_id

    async def undo(self, mutation_id: str) -> bool:
        """Take a command back with all it shows; False when it may have been sent already."""
        return await self.run(lambda store: store.undo(mutation_id))

    async def run(self, work: Callable[[LocalStore], T]) -> T:
        """The result of `work` on the store's thread; long work is best cut into pieces."""
        store = self._opened()

        def at_work() -> T:
            with timed(work, SLOW_WRITE_S):
                return work(store)

        return await self._on_thread(at_work)

    def _open(self) -> LocalStore:
        files = open_files(self._folder) if self._folder else open_memory()
        try:
            return LocalStore(
                files,
                me=self._me,
                now=self._now,
                new_id=self._new_id,
                on_change=lambda kinds: self._tell(self._on_change, kinds),
                on_pending=lambda: self._tell(self._on_pending),
                on_damage=lambda: self._tell(self._on_damage),
                checkpoint=self._checkpoint,
            )
        except BaseException:
            files.close()
            raise

    def _opened(self) -> LocalStore:
        if self._store is None or self._thread is None:
            raise RuntimeError("The store is not open.")
        return self._store

    async def _on_thread(self, work: Callable[[], T]) -> T:
        if self._thread is None:
            raise RuntimeError("The store is not open.")
        return await asyncio.wrap_future(self._thread.submit(work))

    def _tell(self, callback: Callable[..., None], *values: object) -> None:
        """Call back on the loop's thread, unless the loop has ended meanwhile."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(callback, *values)

    def _set_alarm(self, delay_s: float | None) -> None:
        """Have the sync client woken when the next waiting command may go."""
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if delay_s is not None and self._loop:
            self._alarm = self._loop.call_later(delay_s, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._on_pending()


def _report(done: Future[None]) -> None:
    """Nobody waits for this: a bug in it is told in the log."""
    if error := done.exception():
        log.error("What is pending cannot be predicted", exc_info=error)
