"""One desktop of one person: real files, the real store, the real sync client."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from desktop.store.database import Files, open_files
from desktop.store.folder import OUTBOX, REPLICA
from desktop.store.local import LocalStore
from desktop.store.rows import rows
from desktop.store.worker import StoreWorker
from desktop.sync.arrivals import Clock
from desktop.sync.client import SyncClient
from desktop.sync.states import Phase, SyncState
from domain.commands import Command
from domain.errors import DomainError
from domain.kinds import KINDS
from domain.members import Role
from domain.records import Record
from syncserver.storage.rows import from_wire
from tests.builders import id_of
from tests.sync.network import MemoryCopies, MemoryLink, Network

T = TypeVar("T")
R = TypeVar("R", bound=Record)

TOKEN_S = 900.0
BESIDE_THE_ROWS = ("touched", "confirmed", "moving", "copied", "unreadable")


class Crash(BaseException):
    """The desktop's process ends here; nothing may catch it."""


class Store:
    """A StoreWorker without a thread: what is asked of it happens at once."""

    def __init__(self, local: LocalStore) -> None:
        self.local = local
        self.is_dead = False

    async def run(self, work: Callable[[LocalStore], T]) -> T:
        if not self.is_dead:
            try:
                result = work(self.local)
            except Crash:
                self.is_dead = True
            else:
                return result
        never: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        return await never  # a dead process does no more


@dataclass(frozen=True)
class Token:
    text: str
    expires_at: float


@dataclass(frozen=True)
class Person:
    name: str
    id: str
    role: Role


@dataclass
class Device:
    """A desktop that can be started, killed, copied and unplugged.

    Attributes:
        skew: how wrong its clock is.
        crash_at: the checkpoint at which it dies, and how often it may pass it before.
        broken: makes the store or the client wrong, to see that the tests notice.
        watch: is called after each commit of the rows.
        did: every command that was done here, by mutation id.
        undone: those that were taken back before they were sent.
        deceived: the rooms whose audit log was forged after it was seen here.
    states, notices: what the sync client said.
    """

    name: str
    person: Person
    folder: Path
    network: Network
    seed: int = 0
    skew: timedelta = timedelta(0)
    broken: Callable[[LocalStore | SyncClient], None] = lambda part: None
    watch: Callable[[], None] = lambda: None
    crash_at: tuple[str, int] | None = None
    did: dict[str, Command] = field(default_factory=dict)
    undone: set[str] = field(default_factory=set)
    deceived: set[str] = field(default_factory=set)
    states: list[SyncState] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    is_running: bool = False
    crashes: int = 0
    bug: BaseException | None = None
    _ids: int = 0
    _last: str | None = None

    @property
    def local(self) -> LocalStore:
        return self._store.local

    @property
    def phase(self) -> Phase:
        return self.client.state.phase

    def now(self) -> datetime:
        return self.network.loop.now() + self.skew

    def start(self) -> None:
        """Open the files and begin to sync."""
        self._link = MemoryLink(self.network, self.person.id)
        self._store = Store(self._opened() or self._opened_at_last())
        self.client = self._client()
        self.broken(self.client)
        self._task = self.network.loop.create_task(self.client.run(), name=self.name)
        self._task.add_done_callback(self._ended)
        self.is_running = True

    def stop(self, *, gently: bool = True) -> None:
        """End the process; without care its files stay as they are in this moment."""
        if not self.is_running:
            return
        self.is_running = False
        if not gently and not self._store.is_dead:
            self._keep_files()
        self._task.cancel()
        self.network.loop.run_until_complete(asyncio.gather(self._task, return_exceptions=True))
        if gently and not self._store.is_dead:
            self.local.close()
        else:
            self.local.files.close()

    def restart(self, *, gently: bool = True) -> None:
        plugged_in = self._link.is_plugged_in
        self.stop(gently=gently)
        self.start()
        self.plug_in(plugged_in)

    def lose_rows(self) -> None:
        """Start again with a program that makes the rows anew, as one with another schema does."""
        self.stop()
        (self.folder / REPLICA).unlink()
        self.start()

    def spoil(self, room: str) -> None:
        """Let the sum of a room's rows be wrong, which the next heartbeat finds."""
        self.local.files.replica.execute(
            "UPDATE rooms SET checksum = ? WHERE room = ?", ("0" * 16, room)
        )

    def revive(self) -> bool:
        """Start again after a crash; whether there was one."""
        if not self._store.is_dead:
            return False
        self.restart()
        return True

    def plug_in(self, plugged_in: bool) -> None:
        """Connect the desktop to the network, or pull the plug."""
        if self._link.is_plugged_in != plugged_in:
            self._link.is_plugged_in = plugged_in
            if plugged_in:
                self.client.network_back()
            else:
                self._link.cut()

    def cut(self) -> None:
        self._link.cut()

    def act(self, command: Command, *, wait_s: float = 0.0) -> str | None:
        """Do a command; None when it is refused here, or the process died before it was kept."""
        with suppress(DomainError):
            self._do(lambda: self.local.act(command, wait_s=wait_s), new=command)
            if wait_s:
                self.network.loop.call_later(wait_s, self.client.wake)
            return self._last
        return None

    def undo(self, mutation_id: str) -> None:
        self._do(lambda: self.local.undo(mutation_id), old=mutation_id)
        if mutation_id not in self.did:
            self.undone.add(mutation_id)

    def retry(self, mutation_id: str) -> None:
        """Do again what needs attention, if it fits by now."""
        with suppress(DomainError):
            again = self.did[mutation_id]
            self._do(lambda: self.local.retry(mutation_id), new=again, old=mutation_id)

    def discard(self, mutation_id: str) -> None:
        self._do(lambda: self.local.discard(mutation_id), old=mutation_id)

    def _do(
        self, work: Callable[[], object], *, new: Command | None = None, old: str | None = None
    ) -> None:
        """Do what adds one command, or takes one away; it is wholly done, or not at all."""
        self.revive()
        before = self.mutations()
        try:
            work()
        except Crash:
            self._store.is_dead = True
            self.revive()
        after = self.mutations()
        added, gone = after - before, before - after
        assert len(added) <= (new is not None), "more was kept than was done"
        assert gone <= {old}, "something was lost"
        self._last = next(iter(added), None)
        if new is not None:
            self.did.update(dict.fromkeys(added, new))
        for mutation_id in gone:
            self.did.pop(mutation_id, None)

    # What stands in the files

    def shown(self, kind: type[R]) -> list[R]:
        """The rows as the person sees them, by id."""
        db = self.local.files.replica
        return rows(db, kind, f"SELECT * FROM {kind.table} ORDER BY id")  # noqa: S608

    def all_shown(self) -> dict[tuple[str, str], Record]:
        return {(row.kind(), row.id): row for kind in KINDS.values() for row in self.shown(kind)}

    def base(self) -> dict[tuple[str, str], Record]:
        """The rows as the relay gave them, under all that is predicted."""
        found = self.all_shown()
        for row in self.local.files.replica.execute("SELECT kind, id, body FROM confirmed"):
            found.pop((row["kind"], row["id"]), None)
            if row["body"] is not None:
                record = from_wire(msgspec.json.decode(row["body"]))
                found[record.kind(), record.id] = record
        return found

    def mutations(self) -> set[str]:
        """The ids of all commands in the outbox, whatever became of them."""
        return {row["id"] for row in self._outbox("SELECT id FROM commands")}

    def states_of_mutations(self) -> dict[str, tuple[str, str | None]]:
        """By mutation: pending, acknowledged or attention, and the code of a refusal."""
        found = self._outbox("SELECT id, state, code FROM commands")
        return {row["id"]: (row["state"], row["code"]) for row in found}

    def held(self) -> set[str]:
        """Commands that the relay has deferred."""
        found = self._outbox("SELECT id FROM commands WHERE state = 'pending' AND held = 1")
        return {row["id"] for row in found}

    def unsettled(self) -> dict[str, int]:
        """How many rows each table holds that is empty when nothing is pending."""
        db = self.local.files.replica
        counts = {
            name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in BESIDE_THE_ROWS
        }
        for kind in KINDS.values():
            sql = f"SELECT count(*) FROM {kind.table} WHERE pending <> 0"  # noqa: S608
            counts[kind.table] = db.execute(sql).fetchone()[0]
        return {name: count for name, count in counts.items() if count}

    def rooms_with_rows(self) -> set[str]:
        found: set[str] = set()
        for kind in KINDS.values():
            sql = f"SELECT DISTINCT room FROM {kind.table}"  # noqa: S608
            found |= {row["room"] for row in self.local.files.replica.execute(sql)}
        return found

    # Inside

    def _opened(self) -> LocalStore | None:
        """The store; None when the process died while it opened."""
        files = open_files(self.folder)
        try:
            local = self._made(files)
        except Crash:
            files.close()
            return None
        self.broken(local)
        return local

    def _opened_at_last(self) -> LocalStore:
        self.crash_at = None
        local = self._opened()
        assert local is not None
        return local

    def _made(self, files: Files) -> LocalStore:
        local = LocalStore(
            files,
            me=None,
            now=self.now,
            new_id=self._new_id,
            on_change=lambda kinds: None,
            on_pending=lambda: self.client.wake() if self.is_running else None,
            checkpoint=self._reached,
        )
        if local.identity().user_id is None:
            local.become(self.person.id, self.person.role)
        local.catch_up()
        return local

    def _client(self) -> SyncClient:
        loop = self.network.loop
        return SyncClient(
            cast(StoreWorker, self._store),
            self._link,
            MemoryCopies(self.network, self._link, self.person.id),
            self._token,
            self.states.append,
            on_notice=self.notices.append,
            clock=Clock(monotonic=loop.time, now=self.now, later=loop.call_later),
            rng=random.Random(f"{self.name} {self.seed} {self._ids}"),  # noqa: S311
            new_id=self._new_id,
        )

    async def _token(self, *, fresh: bool = False) -> Token:
        return Token("a token", self.network.loop.time() + TOKEN_S)

    def _new_id(self) -> str:
        self._ids += 1
        return id_of(f"{self.name} {self.seed} {self._ids}")

    def _reached(self, point: str) -> None:
        if point == "after replica commit" and self.is_running:
            self.watch()
        if self.crash_at is None or self.crash_at[0] != point:
            return
        left = self.crash_at[1]
        self.crash_at = (point, left - 1) if left else None
        if not left:
            self.crashes += 1
            self._keep_files()
            raise Crash

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled():
            self.bug = task.exception()

    def _keep_files(self) -> None:
        """Copy the files as they are now: what follows in this process did not happen."""
        abandoned = self.folder
        self.folder = abandoned.with_name(f"{abandoned.name}+")
        copy_files(abandoned, self.folder)

    def _outbox(self, sql: str) -> Iterator[Any]:
        return iter(self.local.files.outbox.execute(sql).fetchall())


def copy_files(source: Path, target: Path) -> None:
    """Copy both files of a desktop, with their WAL."""
    target.mkdir(mode=0o700)
    for name in (OUTBOX, REPLICA):
        for ending in ("", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(source / f"{name}{ending}", target / f"{name}{ending}")
