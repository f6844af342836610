"""The cable of a desktop: cut, given back, and its record."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from demo.link import PACKED, Link

PATIENCE_S = 10


@pytest.fixture
async def echo_port() -> AsyncIterator[int]:
    """A server that gives back all that it gets."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(1000):
            writer.write(chunk)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    yield int(server.sockets[0].getsockname()[1])
    server.close()


@pytest.fixture
async def link(echo_port: int) -> AsyncIterator[Link]:
    link = Link(echo_port)
    await link.open()
    yield link
    await link.close()


class Caller:
    """Somebody at the other end of the cable."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def at(cls, link: Link) -> "Caller":
        port = int(link.url.rpartition(":")[2])
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def says(self, words: bytes) -> bytes:
        """What comes back; nothing when the connection has broken."""
        try:
            self._writer.write(words)
            async with asyncio.timeout(PATIENCE_S):
                return await self._reader.read(1000)
        except ConnectionError:
            return b""

    async def hangs_up(self) -> None:
        self._writer.close()


async def test_it_carries_both_ways_and_keeps_what_came_back(link: Link) -> None:
    caller = await Caller.at(link)

    assert await caller.says(b"hello") == b"hello"

    assert bytes(link.received) == b"hello"
    await caller.hangs_up()


async def test_a_cut_breaks_the_open_connection(link: Link) -> None:
    caller = await Caller.at(link)
    await caller.says(b"hello")

    link.cut()

    assert await caller.says(b"again") == b""
    await caller.hangs_up()


async def test_nothing_comes_through_until_the_cable_is_given_back(link: Link) -> None:
    link.cut()
    during = await Caller.at(link)
    assert await during.says(b"hello") == b""

    link.give_back()

    after = await Caller.at(link)
    assert await after.says(b"hello") == b"hello"
    for caller in (during, after):
        await caller.hangs_up()


async def test_no_packed_answer_is_asked_for(link: Link) -> None:
    caller = await Caller.at(link)

    asked = await caller.says(b"accept-encoding: " + PACKED + b"\r\n")

    assert asked == b"accept-encoding: identity     \r\n"
    await caller.hangs_up()


async def test_the_newest_connection_is_remembered(link: Link) -> None:
    assert link.joined_at == 0

    caller = await Caller.at(link)
    await caller.says(b"hello")

    assert link.joined_at > 0
    await caller.hangs_up()
