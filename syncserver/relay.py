"""What the relay does, without sockets and SQL: each call is a commit or a snapshot on a thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import TypeVar

from domain.commands import Command
from domain.instants import instant
from domain.wire import (
    COMMANDS,
    MESSAGE_LIMIT,
    Heads,
    Outcome,
    Pull,
    Pulled,
    Push,
    Pushed,
    Result,
    Welcome,
)
from syncserver import judge, pulls
from syncserver.frames import Committed, NamedEvent, committed, resource
from syncserver.judge import Also, Caller, Done, Expected, Order, error_of, relay_id
from syncserver.pulls import CopyPage
from syncserver.storage.answers import forget_answers
from syncserver.storage.ledger import READERS, Finished, Ledger, Reading, Writing
from syncserver.storage.writer import Job, Writer
from syncserver.storage.writing import Commit

__all__ = [
    "Also",
    "Caller",
    "Committed",
    "CopyPage",
    "Done",
    "Expected",
    "NamedEvent",
    "Relay",
    "resource",
]

T = TypeVar("T")

# A command's tag, its outcome, its code if refused, the seconds from arrival to durable commit.
Judged = Callable[[str, str, str, float], None]
Timed = Callable[[str, float], None]  # `read` or `write`, and the seconds; on whatever thread
TOMBSTONES_KEPT = timedelta(days=90)


class Relay:
    """Orders commands by room, judges them, and hands on what changed.

    Nothing of it holds the event loop: commits run on one thread, snapshots on a few others.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        now: Callable[[], datetime],
        message_bytes: int = MESSAGE_LIMIT,
        judged: Judged = lambda command, outcome, code, seconds: None,
        timed: Timed = lambda what, seconds: None,
    ) -> None:
        """Open it over a ledger; `judged` and `timed` hear of each command and use of the file."""
        self._ledger = ledger
        self._now = now
        self._message_bytes = message_bytes
        self._judged = judged
        self._timed = timed
        self._listeners: list[Callable[[Committed], None]] = []
        self._loop = asyncio.get_running_loop()
        self._writer = Writer(ledger, self._settle_soon, timed)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")

    def listen(self, on_commit: Callable[[Committed], None]) -> None:
        """Call this on the event loop with each commit, in their order.

        Those who waited for the commit have been given their answer by then.
        """
        self._listeners.append(on_commit)

    async def accept(self, caller: Caller, push: Push) -> Pushed:
        """Judge a push; a repeated one gets the same results again.

        Raises:
            Refused: the push as a whole, and nothing of it was judged (`judge.accept`).
            Busy: likewise; trying again helps.
        """
        began = monotonic()
        pushed = await self.write(lambda writing: judge.accept(writing, caller, push, self._now()))
        seconds = monotonic() - began
        for mutation, result in zip(push.mutations, pushed.results, strict=True):
            tag = str(mutation.command.get("type"))
            known = tag if tag in COMMANDS else "unknown"
            self._judged(known, result.status, _code(result), seconds)
        return pushed

    async def do(
        self,
        caller: Caller,
        command: Command,
        *,
        mutation_id: str,
        body_hash: str = "",
        expected: Expected | None = None,
        also: Also | None = None,
    ) -> Done:
        """Judge one command of a person; a repeated mutation gets the same answer.

        `expected` is (kind, id, versions): on another one it is refused `changed`. `also` writes
        into the same commit, and may refuse.

        Raises:
            Refused, Invalid: nothing changed, but for the receipt that says so.
        """
        order = Order(command, mutation_id, body_hash, expected, also)
        return await self._done(lambda _: caller, order)

    async def do_trusted(
        self,
        command: Command,
        *,
        mutation_id: str,
        body_hash: str = "",
        actor: str | None = None,
        device_id: str | None = None,
        expected: Expected | None = None,
        also: Also | None = None,
    ) -> Done:
        """Judge a command of the relay itself, which sees all rooms; without an actor, its own.

        Raises:
            Refused, Invalid: as for `do`.
        """
        order = Order(command, mutation_id, body_hash, expected, also, trusted=True)

        def caller(writing: Writing) -> Caller:
            return Caller(actor or relay_id(writing), device_id=device_id)

        return await self._done(caller, order)

    async def pull(self, user_id: str, asked: Pull) -> Pulled:
        """The next pages of all rooms that this person reads. Raises `Refused`."""
        return await self.read(lambda r: pulls.pull(r, user_id, asked, self._message_bytes))

    async def bind(self, caller: Caller) -> None:
        """Let the caller's clientId be their account's from now on, where it is nobody's yet.

        Raises:
            Refused: `client_taken`.
        """
        known = await self.read(lambda reading: reading.client(caller.client_id or ""))
        if known is None or known.user_id != caller.user_id:
            await self.write(lambda writing: judge.bind(writing, caller))

    async def welcome(self, caller: Caller) -> Welcome:
        """What a connection is greeted with. Raises `Refused`."""
        now = instant(self._now())
        return await self.read(lambda r: pulls.welcome(r, caller.user_id, caller.client_id, now))

    async def check(self, user_id: str, digest: str) -> Heads:
        """Whether a replica with this digest is at the heads of all its rooms."""
        return await self.read(lambda reading: pulls.check(reading, user_id, digest))

    async def copy_page(
        self, user_id: str, room: str, *, until: int | None, cursor: str | None, limit: int
    ) -> CopyPage:
        """A page of a room's first copy. Raises `Refused`."""
        return await self.read(
            partial(
                pulls.copy_page,
                user_id=user_id,
                room=room,
                until=until,
                cursor=cursor,
                limit=limit,
            )
        )

    async def collect_tombstones(self) -> int:
        """Forget what left its room more than 90 days ago; how many there were."""
        before = instant(self._now() - TOMBSTONES_KEPT)
        return await self.write(lambda writing: writing.collect(before=before))

    async def forget_answers(self) -> int:
        """Forget what requests before signing in were answered a day ago; how many there were."""
        now = instant(self._now())
        return await self.write(lambda writing: forget_answers(writing.connection, now))

    async def read(self, work: Callable[[Reading], T]) -> T:
        """What the work makes of one snapshot. Raises what it raises, and `Busy`."""
        return await self._loop.run_in_executor(self._readers, self._read, work)

    async def write(self, work: Callable[[Writing], T]) -> T:
        """The work's value, once it is durable. Raises what it raises, and `Busy`."""
        future: asyncio.Future[T] = self._loop.create_future()

        def done(finished: Finished) -> None:
            if future.done():
                return  # nobody waits any more; what was committed stays
            if finished.error is not None:
                future.set_exception(finished.error)
            else:
                future.set_result(finished.value)

        self._writer.submit(Job(work, done))
        return await future

    @property
    def waiting(self) -> int:
        """How many works wait for the writer."""
        return self._writer.waiting

    @property
    def size(self) -> int:
        """How many bytes the file and its log take."""
        return self._ledger.size

    def stop_writing(self) -> None:
        """Finish what was submitted; nothing may be written after it."""
        self._writer.close()

    async def close(self) -> None:
        """Finish what was begun, and close the file."""
        await asyncio.to_thread(self.stop_writing)
        await asyncio.sleep(0)  # let the last commit reach those who wait for it
        await asyncio.to_thread(self._readers.shutdown)
        self._ledger.close()

    def _read(self, work: Callable[[Reading], T]) -> T:
        began = monotonic()
        try:
            return self._ledger.read(work)
        finally:
            self._timed("read", monotonic() - began)

    async def _done(self, caller_of: Callable[[Writing], Caller], order: Order) -> Done:
        began = monotonic()
        done = await self.write(
            lambda writing: judge.do(writing, caller_of(writing), order, self._now())
        )
        seconds = monotonic() - began
        self._judged(order.command.tag(), done.result.status, _code(done.result), seconds)
        if done.result.status is Outcome.REFUSED:
            raise error_of(done.result)
        return done

    def _settle_soon(self, settled: list[tuple[Job, Finished]], commit: Commit | None) -> None:
        """On the writer's thread: have the loop tell what became of a commit's works."""
        news = committed(commit, self._message_bytes) if commit else None
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._settle, settled, news)

    def _settle(self, settled: list[tuple[Job, Finished]], news: Committed | None) -> None:
        for job, finished in settled:
            job.done(finished)
        if news is not None and (news.frames or news.ended):
            # Those who waited wake first: an acknowledgement goes out before its commit's frames.
            self._loop.call_soon(self._tell, news)

    def _tell(self, news: Committed) -> None:
        for on_commit in self._listeners:
            on_commit(news)


def _code(result: Result) -> str:
    return result.code or "" if result.status is Outcome.REFUSED else ""
