"""A TCP proxy between desktop and relay that cuts, delays, trickles and swallows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from enum import Enum, auto
from random import Random

CHUNK = 1 << 14
LATER_S = 0.15
TRICKLE_BYTES = 7


class Mood(Enum):
    """What a connection does to what passes."""

    FAIR = auto()
    CUTS = auto()  # breaks off in the middle of a message
    DELAYS = auto()
    TRICKLES = auto()  # a few bytes at a time
    SWALLOWS = auto()  # nothing comes out at the other end, and nobody is told


class FaultProxy:
    """Listens on a port of its own, and gives each new connection a mood.

    Attributes:
        moods: what a new connection may be given.
        met: the moods that some connection had so far.
    """

    def __init__(self, relay_port: int, rng: Random) -> None:
        self.moods: list[Mood] = list(Mood)
        self.met: set[Mood] = set()
        self.port = 0
        self._relay_port = relay_port
        self._rng = rng
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[FaultProxy]:
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.cut()

    def cut(self) -> None:
        """Break all connections."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        mood = self._rng.choice(self.moods)
        self.met.add(mood)
        try:
            with suppress(OSError):
                there, back = await asyncio.open_connection("127.0.0.1", self._relay_port)
                self._writers.add(back)
                try:
                    async with asyncio.TaskGroup() as both:
                        both.create_task(self._pump(reader, back, mood))
                        both.create_task(self._pump(there, writer, mood))
                finally:
                    self._writers.discard(back)
                    back.transport.abort()
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _pump(
        self, source: asyncio.StreamReader, drain: asyncio.StreamWriter, mood: Mood
    ) -> None:
        """Carry one direction; a bad mood begins after some bytes, so that most get a welcome."""
        left = self._rng.randint(1_000, 40_000)
        with suppress(OSError):
            while chunk := await source.read(CHUNK):
                left -= len(chunk)
                if left > 0 or mood is Mood.FAIR:
                    drain.write(chunk)
                else:
                    await self._spoil(chunk, drain, mood)
                await drain.drain()
        if mood is not Mood.SWALLOWS:
            drain.transport.abort()

    async def _spoil(self, chunk: bytes, drain: asyncio.StreamWriter, mood: Mood) -> None:
        match mood:
            case Mood.CUTS:
                drain.write(chunk[: len(chunk) // 2])
                raise ConnectionResetError
            case Mood.DELAYS:
                await asyncio.sleep(LATER_S)
                drain.write(chunk)
            case Mood.TRICKLES:
                for start in range(0, len(chunk), TRICKLE_BYTES):
                    drain.write(chunk[start : start + TRICKLE_BYTES])
                    await drain.drain()
                    await asyncio.sleep(0)
            case _:
                pass
