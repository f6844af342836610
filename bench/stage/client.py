"""A desktop without a window: its store and its sync client, told on stdin what to do."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.account.credentials import Credentials
from desktop.account.sign_in import Account, SignIn
from desktop.store.ids import new_id
from desktop.store.schedules import SessionFilter, sessions
from desktop.store.worker import StoreWorker
from desktop.sync.client import SyncClient
from desktop.sync.first_copy import HttpRooms
from desktop.sync.relay_link import Offline, SignedOut
from desktop.sync.socketio_link import SocketIOLink
from desktop.sync.states import Phase, SyncState
from domain.activities import Person
from domain.instants import second
from domain.planning import UpdateSchedule
from domain.schedules import Status


class MemoryKeyring:
    """Forgets all at the end of the process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service_name: str, username: str) -> str | None:
        return self._kept.get((service_name, username))

    def set_password(self, service_name: str, username: str, password: str) -> None:
        self._kept[service_name, username] = password

    def delete_password(self, service_name: str, username: str) -> None:
        del self._kept[service_name, username]


class Client:
    """One signed-in person's store and sync client."""

    def __init__(self, sign_in: SignIn, account: Account) -> None:
        self._sign_in = sign_in
        self._me = Person(account.user_id, account.role)
        self._account = account
        self._changed = asyncio.Event()
        self._live = asyncio.Event()
        self._syncing: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sync: SyncClient | None = None
        self.worker = StoreWorker(
            sign_in.folder(account),
            me=self._me,
            now=lambda: datetime.now(UTC),
            new_id=new_id,
            on_change=lambda _kinds: self._changed.set(),
            on_pending=lambda: self._sync.wake() if self._sync else None,
        )

    async def run(self) -> None:
        """Keep in step until cancelled."""
        address = self._account.server
        tokens = self._sign_in.tokens(self._account, offline=Offline, signed_out=SignedOut)
        await tokens()
        copies = HttpRooms(self._sign_in.api(address).http, address, tokens)
        self._sync = SyncClient(self.worker, SocketIOLink(address), copies, tokens, self._on_state)
        await self._sync.run()

    def _on_state(self, state: SyncState) -> None:
        if state.phase is Phase.LIVE and not state.waiting:
            self._live.set()

    async def catch_up(self) -> dict[str, Any]:
        """Connect, wait until all is in step, and say how long that took."""
        began = time.perf_counter()
        await self.stay()
        took = time.perf_counter() - began
        self._syncing.cancel()
        await asyncio.wait([self._syncing])
        self._sync = None
        return {"took_s": took}

    async def close(self) -> dict[str, Any]:
        """Close the files."""
        await self.worker.close()
        return {"closed": True}

    async def stay(self) -> dict[str, Any]:
        """Keep in step from now on; answers once it is."""
        self._live.clear()
        self._syncing = asyncio.ensure_future(self.run())
        await self._live.wait()
        return {"live": True}

    async def change(self, session_id: str, title: str) -> dict[str, Any]:
        """Change a session here, and say when that began."""
        began = time.monotonic_ns()
        await self.worker.do(UpdateSchedule(id=session_id, title=title))
        return {"at_ns": began}

    async def see(self, session_id: str, title: str) -> dict[str, Any]:
        """Say when the session has this title here, as a screen's query reads it."""
        reader = self.worker.open_reader()
        sql = "SELECT title FROM schedules WHERE id = ?"
        while True:
            self._changed.clear()
            row = reader.execute(sql, [session_id]).fetchone()
            if row and row["title"] == title:
                reader.close()
                return {"at_ns": time.monotonic_ns()}
            await self._changed.wait()

    async def work_offline(self, count: int) -> dict[str, Any]:
        """Change the sessions ahead in turns, so many times, while nobody hears of it."""
        wanted = SessionFilter(start=second(datetime.now(UTC)), status=Status.SCHEDULED)
        with closing(self.worker.open_reader()) as reader:
            ahead = [one.id for one in sessions(reader, self._me, wanted)]
        for number in range(count):
            session_id = ahead[number % len(ahead)]
            await self.worker.do(UpdateSchedule(id=session_id, title=f"Offline {number}"))
        return {"done": count}


async def main(data: str, server: str, email: str, password: str) -> None:
    keyring = MemoryKeyring()
    sign_in = SignIn(Path(data), Credentials(lambda: keyring))
    account = await sign_in.sign_in(server, email, password)
    client = Client(sign_in, account)
    await client.worker.start()
    _tell({"ready": True})
    while line := await asyncio.to_thread(sys.stdin.readline):
        asked = json.loads(line)
        _tell(await getattr(client, asked.pop("do"))(**asked))
    await client.close()
    await sign_in.close()


def _tell(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
