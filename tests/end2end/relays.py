"""A real relay on a free port, and Socket.IO clients that remember all they were sent."""

from __future__ import annotations

import asyncio
import shutil
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import socketio
import uvicorn
from uuid_utils import uuid7

from domain.commands import Command
from domain.errors import Refused
from domain.instants import instant, moment
from domain.members import Role
from syncserver.app import create_app, server_config, token_key
from syncserver.auth import Auth
from syncserver.relay import Caller, Relay
from syncserver.settings import Settings
from syncserver.storage.credentials import Credentials
from syncserver.storage.ledger import Ledger
from tests.builders import World, a_world

PATIENCE_S = 5.0  # for what must come; nothing here is timed


class Clock:
    """The relay's time: that of this machine."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Script:
    """Takes down the commands that a world is made of."""

    steps: list[tuple[Command, str, str, str]] = field(default_factory=list)

    def run(
        self, command: Command, actor: str, *, at: str, now: str, mutation: str
    ) -> Refused | None:
        self.steps.append((command, actor, now, mutation))
        return None


async def fill(folder: Path, now: str) -> World:
    """Make a relay in this folder with the world of `tests.builders` in it."""
    script = Script()
    world = a_world(script, now=now)
    clock = {"now": now}
    relay = Relay(Ledger.open(folder, create=True), now=lambda: moment(clock["now"]))
    for command, actor, at, mutation in script.steps:
        clock["now"] = at
        if command.relay_only:
            await relay.do_trusted(command, mutation_id=mutation, actor=actor)
        else:
            await relay.do(Caller(actor), command, mutation_id=mutation)
    await relay.close()
    return world


class Served:
    """A relay that is served on loopback."""

    def __init__(
        self, settings: Settings, relay: Relay, auth: Auth, world: World, clock: Clock
    ) -> None:
        self.settings = settings
        self.relay = relay
        self.auth = auth
        self.world = world
        self.clock = clock
        self.url = ""
        self._clients: list[Client] = []

    async def token(self, user_id: str, *, device: str = "", left_s: float | None = None) -> str:
        """An access token of this person, on a new device where none is named."""
        device = device or await self.device(user_id)
        auth = self.auth
        if left_s is not None:
            key = await self.relay.write(token_key)
            age = timedelta(seconds=self.settings.access_token_s - left_s)
            auth = Auth(self.settings, key, lambda: self.clock() - age)
        return auth.issue(user_id, Role.MENTOR, device)

    async def device(self, user_id: str) -> str:
        device, now = str(uuid7()), instant(self.clock())
        await self.relay.write(
            lambda w: Credentials(w.connection).add_device(device, user_id, "A test", now)
        )
        return device

    async def replica(self, user_id: str, **auth: Any) -> Client:
        """A live replica of this person."""
        client_id = str(uuid7())
        given = {"token": await self.token(user_id), "protocol": 1, "clientId": client_id}
        return await self.connected({**given, "replica": True, **auth})

    async def plain(self, user_id: str) -> Client:
        """A live plain client of this person."""
        return await self.connected({"token": await self.token(user_id)})

    async def connected(self, auth: object) -> Client:
        """A client that was let in and welcomed."""
        client = self.client()
        await client.connect(auth)
        await client.next("welcome")
        return client

    def client(self) -> Client:
        client = Client(self.url)
        self._clients.append(client)
        return client

    async def close(self) -> None:
        for client in self._clients:
            await client.close()


class Client:
    """A python-socketio client.

    Attributes:
        heard: each event and each answer, in the order in which they came.
        refusal: what the relay said when it did not let the client in.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self.gone = asyncio.Event()
        self._sio = socketio.AsyncClient(reconnection=False, handle_sigint=False)
        self._sio.on("*", self._on_event)
        self._sio.on("connect_error", self._on_refused)
        self._sio.on("disconnect", lambda _reason: self.gone.set())
        self._news = asyncio.Condition()
        self._taken: dict[str, int] = {}
        self._n = 0
        self.heard: list[tuple[str, Any]] = []
        self.refusal: Any = None

    async def connect(self, auth: object, transport: str = "websocket") -> None:
        await self._sio.connect(self._url, auth=auth, transports=[transport], wait_timeout=5)

    async def close(self) -> None:
        await self._sio.disconnect()
        if self._sio.eio.http is not None:
            await self._sio.eio.http.close()

    async def call(self, event: str, data: object) -> Any:
        """The relay's answer."""
        answer = asyncio.get_running_loop().create_future()

        def settle(value: object = None) -> None:
            self.heard.append((f"answer to {event}", value))
            answer.set_result(value)

        await self._sio.emit(event, data, callback=settle)
        async with asyncio.timeout(PATIENCE_S):
            return await answer

    async def emit(self, event: str, data: object = None) -> None:
        await self._sio.emit(event, data)

    async def push(self, *commands: Command) -> list[dict[str, Any]]:
        """The results of a push of these commands under new mutation ids."""
        return await self.push_again(self.mutations(*commands))

    def mutations(self, *commands: Command) -> list[dict[str, Any]]:
        made = []
        for command in commands:
            self._n += 1
            made.append(mutation(self._n, command))
        return made

    async def push_again(self, mutations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        answer = await self.call("sync:push", {"mutations": mutations})
        results: list[dict[str, Any]] = answer["results"]
        return results

    async def pull(self, room: str, version: int) -> dict[str, Any]:
        """The page of what happened in this room after this version."""
        answer = await self.call("sync:pull", {"cursors": {room: [version]}})
        return next(page for page in answer["rooms"] if page["room"] == room)

    async def next(self, event: str) -> Any:
        """The data of the next event of this name that was not taken yet."""
        taken = self._taken.get(event, 0)
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: len(self.all(event)) > taken)
        self._taken[event] = taken + 1
        return self.all(event)[taken]

    async def changes(self, room: str) -> dict[str, Any]:
        """The next frame of this room."""
        while True:
            frame: dict[str, Any] = await self.next("sync:changes")
            if frame["room"] == room:
                return frame

    def all(self, event: str) -> list[Any]:
        """The data of all events of this name so far."""
        return [data for name, data in self.heard if name == event]

    async def is_gone(self) -> None:
        """Wait until the relay has ended the connection."""
        async with asyncio.timeout(PATIENCE_S):
            await self.gone.wait()

    async def caught_up(self) -> None:
        """Wait until all that the relay sent before this moment has come."""
        await self.call("sync:check", {"digest": ""})

    async def _on_event(self, event: str, data: object = None) -> None:
        async with self._news:
            self.heard.append((event, data))
            self._news.notify_all()

    def _on_refused(self, refusal: object) -> None:
        self.refusal = refusal


def mutation(n: int, command: Command) -> dict[str, Any]:
    now = instant(datetime.now(UTC))
    return {"n": n, "id": str(uuid7()), "at": now, "command": msgspec.to_builtins(command)}


class _Server(uvicorn.Server):
    """uvicorn that says when it accepts."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@asynccontextmanager
async def served(
    folder: Path, world: World, *, send_buffer: int | None = None, **options: Any
) -> AsyncIterator[Served]:
    """Serve the relay in this folder with these settings, by the real web server."""
    clock = Clock()
    settings = Settings(data=folder, password_memory_kib=8, password_rounds=1, **options)
    relay = Relay(Ledger.open(folder), now=clock, message_bytes=settings.message_bytes)
    auth = Auth(settings, await relay.write(token_key), clock)
    application = create_app(settings, relay, auth, now=clock)
    server = _Server(server_config(settings, application))
    found = Served(settings, relay, auth, world, clock)
    try:
        async with asyncio.TaskGroup() as tasks, _listening(server, tasks, send_buffer) as url:
            found.url = url
            yield found
            await found.close()
    finally:
        auth.close()
        await relay.close()


@asynccontextmanager
async def _listening(
    server: _Server, tasks: asyncio.TaskGroup, send_buffer: int | None
) -> AsyncIterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setblocking(False)
    if send_buffer is not None:  # its connections inherit it
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
    port = listening.getsockname()[1]
    tasks.create_task(server._serve([listening]))  # `serve` would take over the signals
    await server.ready.wait()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True


def copied(template: Path, folder: Path) -> Path:
    """A copy of a relay's folder, for one test."""
    shutil.copytree(template, folder)
    return folder


class Deaf:
    """A raw connection that says hello and then never reads."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, url: str, auth: dict[str, Any]) -> Deaf:
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.setblocking(False)
        host, port = url.removeprefix("http://").split(":")
        await asyncio.get_running_loop().sock_connect(line, (host, int(port)))
        reader, writer = await asyncio.open_connection(sock=line, limit=2048)
        writer.write(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}:{port}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        await reader.readuntil(b"\r\n\r\n")
        writer.write(_frame(b"40" + msgspec.json.encode(auth)))
        await reader.readuntil(b"welcome")
        return cls(reader, writer)

    def say(self, packet: str) -> None:
        """Send an Engine.IO packet, unless the relay has dropped the line."""
        if self._writer.is_closing():
            return
        self._writer.write(_frame(packet.ljust(126).encode()))  # its header is for no shorter one

    async def ends(self) -> None:
        """Read on, until the relay's end of the line."""
        async with asyncio.timeout(PATIENCE_S):
            with suppress(ConnectionError):
                while await self._reader.read(65536):
                    pass
        self._writer.close()


def _frame(payload: bytes) -> bytes:
    """A WebSocket text frame as clients send it, with a mask of zeros."""
    length = struct.pack("!BBH", 0x81, 0x80 | 126, len(payload))
    return length + bytes(4) + payload


async def elsewhere(relay: Served, command: Command) -> None:
    """Have another process's relay on the same folder do this, as the command line does."""
    other = Relay(Ledger.open(relay.settings.data), now=relay.clock)
    try:
        await other.do_trusted(command, mutation_id=str(uuid7()), actor=relay.world.admin)
    finally:
        await other.close()
