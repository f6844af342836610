"""Lines that were opened and never became a connection: they are cut."""

import asyncio
from contextlib import suppress
from typing import Any

from syncserver.metrics import Metrics
from syncserver.sockets.connections import Connections

LEAVE_S = 5.0  # for a line to end properly; one that does not read ends with its next ping


class Strangers:
    """Knows the lines on which no connection stands, from one review to the next.

    The library pings such a line for ever: whoever never says who they are, or was refused and
    stays, would hold a socket and its buffers for nothing.
    """

    def __init__(self, engine: Any, connections: Connections, metrics: Metrics) -> None:
        self._engine = engine  # engineio.AsyncServer
        self._connections = connections
        self._metrics = metrics
        self._seen: frozenset[str] = frozenset()

    async def review(self) -> None:
        """End the lines that were strangers at the last review already, and remember the others."""
        known = {connection.engine_sid for connection in self._connections}
        strangers = frozenset(self._engine.sockets) - known
        over = strangers & self._seen
        self._seen = strangers - over
        self._metrics.limited.labels("unidentified_lines").inc(len(over))
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_S):
                await asyncio.gather(*map(self._engine.disconnect, over))
