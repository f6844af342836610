"""The real relay over a real file, driven step by step, and the oracle that judges beside it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import msgspec

from domain.commands import Command
from domain.errors import Invalid, Refused
from domain.instants import instant, moment
from domain.records import Record
from domain.wire import (
    Heads,
    Mutation,
    Outcome,
    Pull,
    Pulled,
    Push,
    Pushed,
    Result,
    Welcome,
    command_of,
)
from syncserver.relay import Caller, Committed, CopyPage, Done, Relay
from syncserver.storage.ledger import FILE, Ledger, restore
from syncserver.storage.pages import AFTER_ALL, Entry, rows_before
from syncserver.storage.reading import Head, Reading
from syncserver.storage.rows import from_wire
from tests.fakes import MemoryRelay
from tests.sync.forgery import forge

T = TypeVar("T")

DEFERRED_CODES = {"not_found", "forbidden", "not_assigned"}
DEFERRED_FOR = timedelta(days=14)


class RelayDied(Exception):
    """The relay's process has ended, at this point of a commit."""

    def __init__(self, point: str) -> None:
        super().__init__(point)
        self.point = point


@dataclass
class Oracle:
    """The sequential relay, with what a restore adds: no receipt for what lacks its ground."""

    relay: MemoryRelay
    restored_at: str | None = None

    def judge(self, mutation: Mutation, actor: str, now: str) -> tuple[Outcome, str | None]:
        """The outcome of a mutation, and the code of a refusal."""
        try:
            command = command_of(mutation.command)
        except msgspec.ValidationError as error:
            self.relay.receipts.setdefault(mutation.id, Refused("invalid", str(error)))
            return Outcome.REFUSED, "invalid"
        return self.run(command, actor, mutation.id, at=mutation.at, now=now, trusted=False)

    def run(
        self, command: Command, actor: str, mutation_id: str, *, at: str, now: str, trusted: bool
    ) -> tuple[Outcome, str | None]:
        known = mutation_id in self.relay.receipts
        refused = self.relay.run(
            command, actor, at=at, now=now, mutation=mutation_id, trusted=trusted
        )
        if refused is None:
            return Outcome.APPLIED, None
        if not known and not trusted and self._is_deferred(refused.code, at, now):
            del self.relay.receipts[mutation_id]
            return Outcome.DEFERRED, refused.code
        return Outcome.REFUSED, refused.code

    def copy(self) -> Oracle:
        return Oracle(self.relay.copy(), self.restored_at)

    def _is_deferred(self, code: str, at: str, now: str) -> bool:
        return (
            self.restored_at is not None
            and code in DEFERRED_CODES
            and min(at, now) < self.restored_at
            and moment(now) < moment(self.restored_at) + DEFERRED_FOR
        )


class _Thread:
    """An event loop on a thread of its own, which others call as if it were a function."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="relay", daemon=True)
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(_with_news(work), self._loop).result(60)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _with_news(work: Coroutine[Any, Any, T]) -> T:
    """The result, after the listeners have heard of the commit."""
    try:
        return await work
    finally:
        await asyncio.sleep(0)


@dataclass
class RelayHost:
    """A relay's process: its folder, its life, and what it said to its listeners.

    Every answer of a push is compared with what the oracle says to the same command.

    Attributes:
        crash_at: the point of the next commit at which the process ends.
        committed: what the listeners heard since the last `take_news`.
    """

    directory: Path
    now: Callable[[], datetime]
    oracle: Oracle = field(default_factory=lambda: Oracle(MemoryRelay()))
    ledger_type: type[Ledger] = Ledger
    crash_at: str | None = None
    committed: list[Committed] = field(default_factory=list)
    is_up: bool = False

    def start(self) -> None:
        self._thread = _Thread()
        if (self.directory / FILE).exists():
            self._ledger = self.ledger_type(self.directory / FILE, crash_point=self._reached)
        else:
            self._ledger = self.ledger_type.open(
                self.directory, create=True, crash_point=self._reached
            )
        self._relay = self._thread.call(self._made())
        self.is_up = True

    def stop(self) -> None:
        """End the process; what it has not said remains unsaid."""
        if self.is_up:
            self.is_up = False
            self._thread.call(self._relay.close())
            self._thread.close()
            self.committed.clear()

    def take_news(self) -> list[Committed]:
        news, self.committed = self.committed, []
        return news

    # What lines ask

    def push(self, caller: Caller, push: Push) -> Pushed:
        """Raises `Refused`, and `RelayDied`."""
        stamp = instant(self.now())
        try:
            pushed = self._call(self._relay.accept(caller, push))
        except RelayDied as died:
            if died.point == "after_commit" and self._has_judged(push):
                self._judge(caller, push, stamp)
            self.stop()
            raise
        self._compare(self._judge(caller, push, stamp), pushed.results)
        return pushed

    def pull(self, user_id: str, pull: Pull) -> Pulled:
        pulled = self._call(self._relay.pull(user_id, pull))
        allowed = self.oracle.relay.rooms_of(user_id)
        assert [page.room for page in pulled.rooms if page.room not in allowed] == []
        return pulled

    def check(self, user_id: str, digest: str) -> Heads:
        return self._call(self._relay.check(user_id, digest))

    def welcome(self, caller: Caller) -> Welcome:
        return self._call(self._relay.welcome(caller))

    def copy_page(
        self, user_id: str, room: str, until: int | None, cursor: str | None, limit: int
    ) -> CopyPage:
        assert room in self.oracle.relay.rooms_of(user_id) or not self._reads(user_id, room)
        asked = self._relay.copy_page(user_id, room, until=until, cursor=cursor, limit=limit)
        return self._call(asked)

    # What the operator and the tests do

    def do_trusted(self, command: Command, actor: str, mutation_id: str) -> str:
        """Run the relay's own command; `applied`, or the code of its refusal."""
        work = self._relay.do_trusted(command, mutation_id=mutation_id, actor=actor)
        return self._done(work, command, actor, mutation_id, trusted=True)

    def do(self, actor: str, command: Command, mutation_id: str) -> str:
        """Run a person's command as REST does; `applied`, or the code of its refusal."""
        work = self._relay.do(Caller(actor), command, mutation_id=mutation_id)
        return self._done(work, command, actor, mutation_id, trusted=False)

    def rows_of(self, room: str) -> dict[tuple[str, str], Record]:
        """The live rows of a room, as the relay's file has them."""

        def look(reading: Reading) -> list[Entry]:
            place = (1 << 60, AFTER_ALL)
            return rows_before(reading.connection, room, place, rows=1 << 30, size=1 << 40).entries

        found = [from_wire(entry.wire) for entry in self.read(look) if entry.wire]
        return {(row.kind(), row.id): row for row in found}

    def backup(self, target: Path) -> Oracle:
        """Write a backup, and give the oracle of that moment."""
        target.unlink(missing_ok=True)
        self._ledger.backup(target)
        return self.oracle.copy()

    def restore(self, backup: Path, oracle: Oracle) -> None:
        """Put a backup in place of what is there; the relay stands still meanwhile."""
        stamp = instant(self.now())
        was_up = self.is_up
        self.stop()
        kept = restore(self.directory, backup, now=stamp)
        if kept:
            kept.unlink()
        self.oracle = oracle.copy()
        self.oracle.restored_at = stamp
        if was_up:
            self.start()

    def copy_to(self, directory: Path) -> None:
        """Copy the files of a relay that stands still."""
        assert not self.is_up
        shutil.copytree(self.directory, directory)

    def heads(self, user_id: str) -> dict[str, Head]:
        return self.read(lambda reading: reading.heads(user_id))

    def read(self, work: Callable[[Reading], T]) -> T:
        return self._ledger.read(work)

    def collect_tombstones(self, before: str) -> None:
        """Forget what was removed before this instant."""
        assert self._ledger.write(lambda writing: writing.collect(before=before))

    def forge(self, room: str, mark: str, *, behind: int = 0) -> None:
        """Make a room's audit log anew behind a version, so that it fits; nothing else changes."""
        forge(self.directory / FILE, room, mark, behind=behind)

    def verify_audit(self) -> bool:
        return self._ledger.verify_audit().ok

    # Inside

    def _done(
        self,
        work: Coroutine[Any, Any, Done],
        command: Command,
        actor: str,
        mutation_id: str,
        *,
        trusted: bool,
    ) -> str:
        """Do one command on both sides, and compare. Raises `RelayDied`."""
        stamp = instant(self.now())

        def expected() -> str:
            outcome, code = self.oracle.run(
                command, actor, mutation_id, at=stamp, now=stamp, trusted=trusted
            )
            return code or outcome.value

        answer = "applied"
        try:
            self._call(work)
        except Refused as refused:
            answer = refused.code
        except Invalid:
            answer = "invalid"
        except RelayDied as died:
            if died.point == "after_commit":
                expected()
            self.stop()
            raise
        assert answer == expected(), f"{command.tag()} is {answer} by the relay alone"
        return answer

    def _reads(self, user_id: str, room: str) -> bool:
        return self.read(lambda reading: reading.reads(user_id, room))

    async def _made(self) -> Relay:
        relay = Relay(self._ledger, now=self.now)
        relay.listen(lambda committed: self.committed.append(committed))
        return relay

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        return self._thread.call(work)

    def _reached(self, point: str) -> None:
        """Where a commit is by now; it ends there when it shall."""
        if self.crash_at == point:
            self.crash_at = None
            raise RelayDied(point)

    def _has_judged(self, push: Push) -> bool:
        """Whether the push was not refused as a whole, by what the file says."""
        ids = [mutation.id for mutation in push.mutations]
        return len(self.read(lambda reading: reading.receipts(ids))) == len(ids)

    def _judge(self, caller: Caller, push: Push, stamp: str) -> list[tuple[Outcome, str | None]]:
        return [self.oracle.judge(one, caller.user_id, stamp) for one in push.mutations]

    def _compare(self, expected: list[tuple[Outcome, str | None]], results: list[Result]) -> None:
        given = [(result.status, result.code) for result in results]
        assert given == expected, f"The relay says {given}, the oracle {expected}."
