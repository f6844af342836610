"""A connector that closes what others forget."""

from __future__ import annotations

import gc
import ssl
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from desktop.sync.connector import Connector
from tests.desktop.sync.test_socketio_link import serving


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """A server that takes WebSockets and never says a word."""

    async def listen(request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.receive()
        return line

    app = web.Application()
    app.router.add_get("/", listen)
    async with serving(app) as found:
        yield found


async def test_a_line_that_was_forgotten_is_closed_and_nobody_complains(url: str) -> None:
    connector = Connector(ssl.create_default_context())
    http = aiohttp.ClientSession(connector=connector)
    line = await http.ws_connect(url)

    connector.close_all()
    await http.close()

    assert (await line.receive()).type is aiohttp.WSMsgType.CLOSED
    del line
    gc.collect()  # a complaint would fail the test


async def test_a_line_that_was_closed_stays_so(url: str) -> None:
    connector = Connector(ssl.create_default_context())
    async with aiohttp.ClientSession(connector=connector) as http:
        line = await http.ws_connect(url)
        await line.close()

        connector.close_all()
        connector.close_all()

        again = await http.ws_connect(url)
        assert not again.closed
        await again.close()
