"""One person's desktop without a window or a wire: its local store beside the relay of tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from desktop.store.database import Files, open_files, open_memory
from desktop.store.local import LocalStore
from desktop.store.replica import Step
from desktop.store.rows import rows
from domain.accounts import Account
from domain.activities import Person
from domain.commands import Command
from domain.instants import instant, moment
from domain.kinds import KINDS
from domain.records import Record
from domain.wire import Changes, Outcome, Result, command_of
from tests.builders import NOW, World
from tests.fakes import Frame, MemoryRelay

Checkpoint = Callable[[str], None]


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self, at: str = NOW) -> None:
        self.time = moment(at)

    def __call__(self) -> datetime:
        return self.time.astimezone(UTC)

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)


class Counter:
    """Ids that can be foretold."""

    def __init__(self, start: int = 0) -> None:
        self.last = start

    def __call__(self) -> str:
        self.last += 1
        return f"0199aaaa-0000-7000-8000-{self.last:012d}"


class Desk:
    """A local store and what reaches it; frames come only when they are asked for."""

    def __init__(
        self,
        world: World,
        user: str,
        *,
        folder: Path | None = None,
        checkpoint: Checkpoint = lambda _: None,
        new_id: Counter | None = None,
    ) -> None:
        assert isinstance(world.relay, MemoryRelay)
        self.world = world
        self.relay: MemoryRelay = world.relay
        self.user = user
        self.clock = Clock(world.now)
        self.new_id = new_id or Counter()
        self.folder = folder
        self.checkpoint = checkpoint
        self.changes: list[frozenset[str]] = []
        self.wakes = 0
        self.seen = len(self.relay.commits)
        self.store = self._open(open_files(folder) if folder else open_memory())

    def _open(self, files: Files) -> LocalStore:
        account = self.relay.get(Account, self.user)
        store = LocalStore(
            files,
            me=Person(self.user, account.role),
            now=self.clock,
            new_id=self.new_id,
            on_change=self.changes.append,
            on_pending=self._wake,
            checkpoint=lambda point: self.checkpoint(point),
        )
        store.catch_up()
        return store

    def _wake(self) -> None:
        self.wakes += 1

    def reopen(self) -> None:
        """Close the files without a word, as a crash does, and start again."""
        assert self.folder is not None
        self.checkpoint = lambda _: None
        self.store.files.close()
        self.store = self._open(open_files(self.folder))

    @property
    def replica(self) -> sqlite3.Connection:
        return self.store.files.replica

    def copy(self, room: str) -> None:
        """Copy a room as it stands on the relay."""
        self.store.begin_copy(room, self.relay.heads[room])
        wire = [wire_of(row) for row in self.relay.rows_of(room)]
        for start in range(0, len(wire), 2):
            self.store.copy_rows(room, wire[start : start + 2], f"after {start}")
        self.store.end_copy(room)

    def settle_in(self) -> Desk:
        """Copy all rooms that this person reads."""
        for room in self.relay.rooms_of(self.user):
            self.copy(room)
        self.seen = len(self.relay.commits)
        return self

    def do(self, command: Command, **options: Any) -> str:
        return self.store.act(command, **options)

    def judge(self) -> list[Result]:
        """Have the relay judge what is to be sent; the answer is on its way."""
        return [
            self._judged(mutation.n, mutation.id, mutation.at, mutation.command)
            for mutation in self.store.unsent()
        ]

    def _judged(self, n: int, mutation_id: str, at: str, command: dict[str, Any]) -> Result:
        refused = self.relay.run(
            command_of(command), self.user, at=at, now=instant(self.clock()), mutation=mutation_id
        )
        if refused:
            return Result(
                n=n,
                status=Outcome.REFUSED,
                code=refused.code,
                message=str(refused),
                data=refused.data,
            )
        frames = next(one.frames for one in self.relay.commits if one.mutation == mutation_id)
        readable = self.relay.rooms_of(self.user)
        versions = {room: frame.version for room, frame in frames.items() if room in readable}
        return Result(n=n, status=Outcome.APPLIED, versions=versions)

    def push(self) -> list[Result]:
        """Send what is to be sent, and hear what became of it."""
        results = self.judge()
        self.store.settle(results)
        return results

    def frames(self) -> list[Changes]:
        """What the relay has told this person's rooms since the last time."""
        readable = self.relay.rooms_of(self.user)
        commits, self.seen = self.relay.commits[self.seen :], len(self.relay.commits)
        return [
            self.frame(room, frame)
            for commit in commits
            for room, frame in commit.frames.items()
            if room in readable
        ]

    def frame(self, room: str, frame: Frame) -> Changes:
        is_head = self.relay.heads[room] == frame.version
        return Changes(
            room=room,
            from_=frame.version - 1,
            to=frame.version,
            rows=[wire_of(row) for row in frame.rows],
            removed=frame.removed,
            checksum=self.relay.checksum_of(room) if is_head else None,
        )

    def receive(self) -> list[Step]:
        """Take in all frames, in order; rooms that are lost go and new ones are copied."""
        readable = set(self.relay.rooms_of(self.user))
        lost = self.store.heads().keys() - readable
        if lost:
            self.store.drop_rooms(sorted(lost))
        steps = [self.store.receive(frame) for frame in self.frames()]
        for room in sorted(readable - self.store.heads().keys()):
            self.copy(room)
        if Step.MOVED in steps:  # a pull follows; all that it would bring is here
            self.store.end_pull()
        return steps

    def shown(self) -> dict[tuple[str, str], Record]:
        """All rows that the tables show, pending marks aside."""
        return {
            (row.kind(), row.id): row
            for kind in KINDS.values()
            for row in rows(self.replica, kind, f"SELECT * FROM {kind.table}")  # noqa: S608
        }

    def pending(self, kind: type[Record], row_id: str) -> int | None:
        """How many unsettled commands wrote this row; None where it is not shown."""
        row = self.replica.execute(
            f"SELECT pending FROM {kind.table} WHERE id = ?",  # noqa: S608
            [row_id],
        ).fetchone()
        return row[0] if row else None

    def find(self, kind: type[Any], row_id: str) -> Any:
        return self.shown().get((kind.kind(), row_id))

    def truth(self) -> dict[tuple[str, str], Record]:
        """All rows that the relay would show this person."""
        view = self.relay.view_of(self.user)
        return {(row.kind(), row.id): row for room in view.values() for row in room}

    def is_quiet(self) -> bool:
        """Whether nothing is left of any prediction."""
        counts = [
            self.replica.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("touched", "confirmed", "moving", "copied", "unreadable")
        ]
        return counts == [0] * 5

    def assert_same(self) -> None:
        """The tables are as the relay has them, and the checksums prove it."""
        assert self.shown() == self.truth()
        assert self.store.heads() == {
            room: (self.relay.heads[room], self.relay.checksum_of(room))
            for room in self.relay.rooms_of(self.user)
        }
        assert self.is_quiet()


def wire_of(row: Record) -> dict[str, Any]:
    wire: dict[str, Any] = msgspec.to_builtins(row)
    return wire
