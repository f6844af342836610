"""An aiohttp connector that can close every connection it has given out, whoever forgot it."""

import ssl

import aiohttp
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from typing_extensions import override


class Connector(aiohttp.TCPConnector):
    """Remembers its connections until `close_all`.

    python-engineio drops its WebSocket without closing it where a line has fallen silent (seen in
    4.15). Closing the session does not release such a connection: aiohttp complains of it in the
    log, whenever Python collects it.
    """

    def __init__(self, tls: ssl.SSLContext) -> None:
        super().__init__(ssl=tls)
        self._given: list[Connection] = []

    @override
    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        connection = await super().connect(req, traces, timeout)
        self._given.append(connection)
        return connection

    def close_all(self) -> None:
        """Close what is still open; what was closed or released stays as it is."""
        while self._given:
            self._given.pop().close()
