"""The Socket.IO server, put together, and how connections are ended."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

import socketio

from domain.wire import HEARTBEAT_S, WireError
from syncserver.auth import Auth
from syncserver.logs import log
from syncserver.metrics import Metrics
from syncserver.relay import Relay
from syncserver.settings import Settings
from syncserver.sockets.broadcasts import Broadcasts
from syncserver.sockets.connections import Connection, Connections
from syncserver.sockets.fanout import Fanout
from syncserver.sockets.handshakes import Handshakes
from syncserver.sockets.namespace import RelayNamespace
from syncserver.sockets.payloads import Payloads
from syncserver.sockets.requests import Requests
from syncserver.sockets.strangers import Strangers
from syncserver.sockets.tokens import Tokens
from syncserver.storage.ledger import Busy

PING_INTERVAL_S, PING_TIMEOUT_S = 10, 5
# Up to here a message that is too large is answered with a code; beyond, the line is cut.
LARGEST_MESSAGE = 1_000_000
FAREWELL_S = 5.0  # for a client to take in why it is being left

LOG = log("sockets")
RESTARTING = WireError(code="restarting", message="The relay is restarting.")


class Sockets:
    """All live connections of this relay.

    Attributes:
        server: python-socketio's server, for the ASGI application.
    """

    def __init__(
        self,
        settings: Settings,
        relay: Relay,
        auth: Auth,
        metrics: Metrics,
        now: Callable[[], datetime],
    ) -> None:
        self.server = _server(settings)
        self._metrics = metrics
        self._connections = Connections()
        self._tasks: asyncio.TaskGroup | None = None
        self._closing: set[asyncio.Task[None]] = set()
        self._fanout = Fanout(self.server, metrics, settings.send_queue_messages, self._cut)
        self._broadcasts = Broadcasts(relay, self._connections, self._fanout, metrics, self._end)
        metrics.send_queue.set_function(lambda: self._fanout.depth(self._connections))
        tokens = Tokens(auth, now, self._end)
        self._handshakes = Handshakes(
            relay, self._connections, self._broadcasts, self._fanout, tokens, metrics, settings
        )
        requests = Requests(
            relay, self._broadcasts, self._fanout, tokens, metrics, settings, self._end
        )
        self._strangers = Strangers(self.server.eio, self._connections, metrics)
        self._namespace = RelayNamespace(self._connections, self._handshakes, requests, metrics)
        self.server.register_namespace(self._namespace)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Hand commits on for as long as the context lasts."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            delivering = tasks.create_task(self._broadcasts.run(), name="broadcasts")
            reviewing = tasks.create_task(self._review(), name="review")
            try:
                yield
            finally:
                delivering.cancel()
                reviewing.cancel()
                await self.server.shutdown()

    async def drain(self) -> None:
        """Answer what was asked, say goodbye to all, and wait until they have taken it in."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_S):
                await self._namespace.finish()
        for connection in self._connections:
            self._end(connection, RESTARTING)
        if self._closing:
            await asyncio.wait(self._closing)

    async def _review(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            try:
                await self._broadcasts.review()
            except Busy:
                LOG.warning("database busy: connections are reviewed later")
            await self._strangers.review()

    def _end(self, connection: Connection, error: WireError) -> None:
        """Close a connection, and say why."""
        if connection.ended:
            return
        self._fanout.release_after(connection, "goodbye", error)
        self._stop(connection)
        if self._tasks is not None:
            closing = self._tasks.create_task(self._close(connection))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    def _cut(self, connection: Connection) -> None:
        """Drop a connection that does not read what it is sent; it comes back and pulls."""
        self._metrics.limited.labels("send_queue_messages").inc()
        self._stop(connection)
        connection.cut()

    def _stop(self, connection: Connection) -> None:
        connection.ended = True
        self._broadcasts.leave(connection)

    async def _close(self, connection: Connection) -> None:
        try:
            async with asyncio.timeout(FAREWELL_S):
                await self.server.disconnect(connection.sid)
                await self.server.eio.disconnect(connection.engine_sid)
        except TimeoutError:
            connection.cut()


def _server(settings: Settings) -> Any:
    """The server: WebSocket only, one request of a connection at a time, in their order."""
    # At INFO the libraries log every packet, and with the first one of a connection its token.
    quiet = logging.getLogger("tandem.socketio")
    quiet.setLevel(logging.WARNING)
    return socketio.AsyncServer(
        async_mode="asgi",
        async_handlers=False,
        transports=["websocket"],
        ping_interval=PING_INTERVAL_S,
        ping_timeout=PING_TIMEOUT_S,
        max_http_buffer_size=LARGEST_MESSAGE,
        cors_allowed_origins=settings.cors_origins or None,
        cors_credentials=False,
        json=Payloads,
        logger=quiet,
        engineio_logger=quiet,
    )
