"""The cable between one desktop and the relay: it can be cut and given back, and keeps a record."""

import asyncio
import time
from contextlib import suppress

CHUNK = 1 << 16
# The answers are to be readable in the record: what is asked for has the same length.
PACKED, PLAIN = b"gzip, deflate", b"identity     "


class Link:
    """Carries one desktop's connections to the relay.

    Attributes:
        joined_at: when its newest connection began, by the monotonic clock; 0 before the first.
        received: every byte that the relay sent through this cable.
    """

    def __init__(self, relay_port: int) -> None:
        self._relay_port = relay_port
        self._server: asyncio.Server | None = None
        self._carrying: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._is_whole = True
        self.received = bytearray()
        self.joined_at = 0.0

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)

    @property
    def is_closed(self) -> bool:
        return self._server is None

    @property
    def url(self) -> str:
        assert self._server is not None  # noqa: S101  opened first
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def cut(self) -> None:
        """Nothing comes through any more; open connections break."""
        self._is_whole = False
        for writer in self._writers:
            writer.transport.abort()

    def give_back(self) -> int:
        """Let everything through again; the moment of it, as the monotonic clock says."""
        self._is_whole = True
        return time.monotonic_ns()

    async def close(self) -> None:
        self.cut()
        if self._server is not None:
            self._server.close()
            self._server = None
        await asyncio.gather(*self._carrying)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  the server makes one for each connection
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)
        if not self._is_whole:
            writer.transport.abort()
            return
        self._writers.add(writer)
        self.joined_at = time.monotonic()
        try:
            with suppress(OSError):
                await self._to_relay(reader, writer)
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _to_relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._relay_port)
        self._writers.add(back)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pump(reader, back, is_answer=False))
                both.create_task(self._pump(there, writer, is_answer=True))
        finally:
            self._writers.discard(back)
            back.transport.abort()

    async def _pump(
        self, source: asyncio.StreamReader, drain: asyncio.StreamWriter, *, is_answer: bool
    ) -> None:
        with suppress(OSError):  # one end is gone, or the cable is cut
            while chunk := await source.read(CHUNK):
                if is_answer:
                    self.received += chunk
                drain.write(chunk if is_answer else chunk.replace(PACKED, PLAIN))
                await drain.drain()
        if not drain.transport.is_closing():
            drain.close()
