"""Socket.IO clients as an outsider writes them: they note down all that they hear."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import socketio

from tests.contract.people import Someone

PATIENCE_S = 15.0  # for what must come; nothing here is timed
Json = dict[str, Any]


class Live:
    """A client of one person.

    Attributes:
        heard: the name and the data of each event, in the order in which they came.
        refusal: what `connect_error` was given.
        gone: set when the connection has ended.
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
        self.heard: list[tuple[str, Any]] = []
        self.refusal: Any = None

    async def connect(self, auth: object, *, transports: tuple[str, ...] = ("websocket",)) -> None:
        await self._sio.connect(
            self._url, auth=auth, transports=list(transports), wait_timeout=PATIENCE_S
        )

    async def close(self) -> None:
        await self._sio.disconnect()
        if self._sio.eio.http is not None:
            await self._sio.eio.http.close()

    @property
    def pings(self) -> tuple[float, float]:
        """How often the relay pings and for how long it waits, in seconds, as it said itself."""
        return self._sio.eio.ping_interval, self._sio.eio.ping_timeout

    async def call(self, event: str, data: object = None) -> Any:
        """The relay's acknowledgement."""
        return await self._sio.call(event, data, timeout=PATIENCE_S)

    async def push(self, *mutations: Json) -> list[Json]:
        """The results of a push."""
        answer = await self.call("sync:push", {"mutations": list(mutations)})
        results: list[Json] = answer["results"]
        return results

    async def next(self, event: str) -> Any:
        """The data of the next event of this name that was not taken yet."""
        taken = self._taken.get(event, 0)
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: len(self.all(event)) > taken)
        self._taken[event] = taken + 1
        return self.all(event)[taken]

    async def frame(self, room: str) -> Json:
        """The next `sync:changes` of this room."""
        while True:
            frame: Json = await self.next("sync:changes")
            if frame["room"] == room:
                return frame

    def all(self, event: str) -> list[Any]:
        return [data for name, data in self.heard if name == event]

    def events(self) -> list[str]:
        """The names of all events after the welcome."""
        return [name for name, _ in self.heard if name != "welcome"]

    async def caught_up(self) -> None:
        """Wait until all that the relay had sent has come: an answer follows what was before it."""
        await self.call("sync:check", {"digest": ""})

    async def _on_event(self, event: str, data: object = None) -> None:
        async with self._news:
            self.heard.append((event, data))
            self._news.notify_all()

    def _on_refused(self, refusal: object) -> None:
        self.refusal = refusal


def as_replica(someone: Someone, **fields: object) -> Json:
    """The auth object of a replica."""
    about = {"token": someone.token, "protocol": 1, "clientId": str(uuid4()), "replica": True}
    return {**about, **fields}
