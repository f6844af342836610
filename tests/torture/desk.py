"""A desktop without a window, as a process of its own, that works until it is told to stop.

Each mutation is printed once it is saved. After a line on its stdin it does nothing new, and prints
`quiet` when all is sent; after a second line it takes in what the others have done, and ends.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec
from uuid_utils import uuid7

from desktop.account.api import Api
from desktop.store.local import LocalStore
from desktop.store.rows import rows
from desktop.store.worker import StoreWorker
from desktop.sync.client import SyncClient
from desktop.sync.first_copy import HttpRooms
from desktop.sync.socketio_link import SocketIOLink
from desktop.sync.states import Phase, SyncState
from domain.accounts import UpdateAccount
from domain.activities import Person
from domain.commands import Command
from domain.errors import DomainError
from domain.instants import second
from domain.members import Role
from domain.outcomes import CancelSchedule
from domain.planning import CreateSchedule, UpdateSchedule
from domain.schedules import Schedule, Status

DAY_S = 86_400.0
BREATH_S = 0.02  # between two acts of a person who is in a hurry


class Token(NamedTuple):
    text: str
    expires_at: float


class Orders(msgspec.Struct, frozen=True):
    """Who works here, with which files, against which relay.

    Who `only_syncs` does nothing new.
    """

    url: str
    folder: str
    token: str
    user_id: str
    role: Role
    student_id: str
    seed: int
    answer_s: float = 2.0
    breath_s: float = BREATH_S
    only_syncs: bool = False

    async def tokens(self, *, fresh: bool = False) -> Token:
        return Token(self.token, time.monotonic() + DAY_S)


class Desk:
    """One person at work."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._rng = Random(orders.seed)  # noqa: S311
        self._done = 0
        self._news = asyncio.Event()
        self._store = StoreWorker(
            Path(orders.folder),
            me=Person(orders.user_id, orders.role),
            now=_now,
            new_id=_new_id,
            on_change=lambda kinds: None,
            on_pending=lambda: self._client.wake(),
        )
        api = Api(orders.url)
        self._client = SyncClient(
            self._store,
            SocketIOLink(orders.url, answer_s=orders.answer_s),
            HttpRooms(api.http, orders.url, orders.tokens),
            orders.tokens,
            self._on_state,
            new_id=_new_id,
        )

    async def run(self) -> None:
        await self._store.start()
        await self._store.run(lambda store: store.become(self._orders.user_id, self._orders.role))
        async with asyncio.TaskGroup() as tasks:
            sync = tasks.create_task(self._client.run())
            stop = _line()
            while not (stop.done() or self._orders.only_syncs):
                await self._act()
                await asyncio.wait([stop], timeout=self._orders.breath_s)
            await stop
            await self._until_in_step()
            _say({"quiet": True})
            await _line()
            self._client.sync_now()
            await self._until_in_step()
            sync.cancel()
        await self._store.close()

    async def _until_in_step(self) -> None:
        """Wait until nothing waits, and the relay has said since now that nothing is missing."""
        began = _now()
        while True:
            state = self._client.state
            counts = await self._store.run(LocalStore.counts)
            is_new = state.last_synced is not None and state.last_synced > began
            if is_new and counts.waiting == 0 and state.phase is Phase.LIVE:
                return
            self._news.clear()
            await self._news.wait()

    async def _act(self) -> None:
        self._done += 1
        sessions = await self._store.run(_sessions)
        command = self._command(sessions)
        if command is None:
            return
        try:
            mutation_id = await self._store.do(command)
        except DomainError:
            return
        made = command.id if isinstance(command, CreateSchedule) else None
        _say({"saved": mutation_id, "made": made})

    def _command(self, sessions: list[Schedule]) -> Command | None:
        words = f"{self._orders.seed} {self._done}"
        if self._orders.role is Role.STUDENT:
            if sessions and self._rng.random() < 0.3:
                return CancelSchedule(id=self._rng.choice(sessions).id, reason=words)
            return UpdateAccount(name=f"Ana {words}")
        if sessions and self._rng.random() < 0.5:
            return UpdateSchedule(id=self._rng.choice(sessions).id, title=f"Changed {words}")
        start = _now() + timedelta(hours=2 + self._rng.randint(0, 24 * 300))
        return CreateSchedule(
            id=_new_id(),
            title=f"Session {words}",
            student_id=self._orders.student_id,
            start_time=second(start),
            end_time=second(start + timedelta(hours=1)),
            confirm_overlap=True,
        )

    def _on_state(self, state: SyncState) -> None:
        self._news.set()


def _sessions(store: LocalStore) -> list[Schedule]:
    found = rows(store.files.replica, Schedule, "SELECT * FROM schedules ORDER BY id")
    return [row for row in found if row.status is Status.SCHEDULED]


def _line() -> asyncio.Future[str]:
    """The next line that this process is told."""
    return asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return str(uuid7())


def _say(words: dict[str, object]) -> None:
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    asyncio.run(Desk(msgspec.json.decode(sys.argv[1], type=Orders)).run())
