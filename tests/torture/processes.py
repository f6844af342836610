"""A real relay and real desktops, each in a process that can be killed at any moment."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from uuid_utils import uuid7

from domain.instants import instant
from domain.members import Role
from syncserver.app import token_key
from syncserver.auth import Auth
from syncserver.relay import Relay
from syncserver.settings import Settings
from syncserver.storage.credentials import Credentials
from syncserver.storage.ledger import Ledger
from tests.builders import World
from tests.end2end.relays import fill
from tests.torture.desk import Orders

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0


@dataclass
class RelayProcess:
    """`tandem-relay serve` with the world of `tests.builders`, always on the same port."""

    folder: Path
    port: int = 0
    process: Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def found(self) -> World:
        return await fill(self.folder, instant(datetime.now(UTC)))

    async def start(self) -> None:
        command = ("-m", "syncserver", "serve", "--data", str(self.folder))
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            "--port",
            str(self.port),
            "--log-level",
            "error",
            stdin=DEVNULL,
            stdout=PIPE,
            cwd=ROOT,
        )
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            said = (await self.process.stdout.readline()).decode()
        assert "listening on" in said
        self.port = int(said.rpartition(":")[2])

    async def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()

    async def token(self, user_id: str, role: Role) -> str:
        """A token that lasts for a day. To be made while the relay stands still."""
        settings = Settings(data=self.folder, access_token_s=86_400)
        relay = Relay(Ledger.open(self.folder), now=lambda: datetime.now(UTC))
        auth = Auth(settings, await relay.write(token_key), lambda: datetime.now(UTC))
        device, now = str(uuid7()), instant(datetime.now(UTC))
        await relay.write(
            lambda writing: Credentials(writing.connection).add_device(
                device, user_id, "A test", now
            )
        )
        token = auth.issue(user_id, role, device)
        auth.close()
        await relay.close()
        return token


@dataclass
class DeskProcess:
    """A desktop that works; what it has said is kept over all its lives.

    Attributes:
        saved: every mutation that was reported as saved.
        made: the sessions that those mutations make.
    """

    orders: Orders
    process: Process | None = None
    saved: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    is_quiet: bool = False

    async def start(self, url: str | None = None) -> None:
        if url:
            self.orders = msgspec.structs.replace(self.orders, url=url)
        self.orders = msgspec.structs.replace(self.orders, seed=self.orders.seed + 1)
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.torture.desk",
            msgspec.json.encode(self.orders).decode(),
            stdin=PIPE,
            stdout=PIPE,
            cwd=ROOT,
        )

    async def listen(self, lines: int) -> None:
        """Take in what it says, so many lines."""
        async with asyncio.timeout(PATIENCE_S):
            for _ in range(lines):
                await self._hear()

    async def kill(self) -> None:
        """End it from one moment to the next, and take in what it had said."""
        assert self.process is not None
        self.process.kill()
        while await self._hear():
            pass
        await self.process.wait()

    async def rest(self) -> None:
        """Let it do nothing new, and send all that waits."""
        self._tell("rest")
        async with asyncio.timeout(PATIENCE_S):
            while not self.is_quiet:
                assert await self._hear()

    async def finish(self) -> None:
        """Let it take in what the others have done, and end."""
        assert self.process is not None
        self._tell("end")
        async with asyncio.timeout(PATIENCE_S):
            assert await self.process.wait() == 0

    async def end(self) -> None:
        """Leave nothing behind."""
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    def _tell(self, word: str) -> None:
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n".encode())

    async def _hear(self) -> bool:
        assert self.process is not None
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        if not line.endswith(b"\n"):
            return False  # it was killed in the middle of a word
        said = json.loads(line)
        self.is_quiet = "quiet" in said
        if "saved" in said:
            self.saved.append(said["saved"])
            self.made += [said["made"]] if said["made"] else []
        return True


async def desks_of(relay: RelayProcess, world: World, folder: Path) -> list[DeskProcess]:
    """Two desktops of a mentor, and one of her student; the relay stands still meanwhile."""
    people = [(world.mia, Role.MENTOR), (world.mia, Role.MENTOR), (world.ana, Role.STUDENT)]
    return [
        DeskProcess(
            Orders(
                url="",
                folder=str(folder / f"desk-{number}"),
                token=await relay.token(user_id, role),
                user_id=user_id,
                role=role,
                student_id=world.ana,
                seed=number * 10_000,
            )
        )
        for number, (user_id, role) in enumerate(people)
    ]


@asynccontextmanager
async def at_work(relay: RelayProcess, desks: list[DeskProcess], url: str) -> AsyncIterator[None]:
    """All desktops work, until they have come to rest; nothing is left running."""
    try:
        for desk in desks:
            await desk.start(url)
        yield
        await asyncio.gather(*(desk.rest() for desk in desks))
        await asyncio.gather(*(desk.finish() for desk in desks))
    finally:
        for desk in desks:
            await desk.end()
        await relay.stop()
