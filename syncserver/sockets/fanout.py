"""The one way out: each message is encoded once, and its packet put into many queues."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
import socketio
from engineio.packet import MESSAGE, Packet

from syncserver.metrics import Metrics
from syncserver.sockets.connections import Connection

SOCKETIO_EVENT = "2"  # the packet type of an event of the default namespace, in protocol 5


def packet_of(event: str, data: object) -> Packet:
    """The Engine.IO packet of a Socket.IO event; its wire text is made once for all receivers."""
    body = msgspec.json.encode([event, data]).decode()
    return Packet(MESSAGE, f"{SOCKETIO_EVENT}{body}")


class Fanout:
    """Puts packets into the send queues of connections, in order, and waits for none of them.

    python-socketio 5.18 starts one task for each receiver of an `emit`, which costs more than all
    the rest of a fan-out. So this reads what is private in python-engineio 4.15: the sockets in
    `AsyncServer.sockets`, and the `queue` of each. Acknowledgements go into the same queue, which
    keeps one order for each connection. Where those names are not there (in another version), it
    uses the public `send_packet`, in a task each.
    """

    def __init__(
        self,
        server: socketio.AsyncServer,
        metrics: Metrics,
        queue_limit: int,
        on_slow: Callable[[Connection], None],
    ) -> None:
        self._engine = server.eio
        self._metrics = metrics
        self._queue_limit = queue_limit
        self._on_slow = on_slow

    def send(self, receivers: Sequence[Connection], event: str, data: object) -> None:
        """Queue one message for all of these connections."""
        if not receivers:
            return
        packet = packet_of(event, data)
        for connection in receivers:
            self._deliver(connection, packet)
        self._metrics.frames.labels(event).inc(len(receivers))

    def hold(self, connection: Connection) -> None:
        """Keep what is for this connection back until `release`."""
        connection.held = []

    def release(self, connection: Connection) -> None:
        """Queue what was held, in its order."""
        held, connection.held = connection.held or [], None
        for packet in held:
            self._deliver(connection, packet)

    def is_full(self, connection: Connection) -> bool:
        """Whether more waits for it than a reader leaves unread; it is given up then.

        Answers go into the same queue, past this class: who asks on and never reads fills it too.
        """
        queue = self._queue_of(connection)
        if queue is None or queue.qsize() < self._queue_limit:
            return False
        self._on_slow(connection)
        return True

    def depth(self, connections: Iterable[Connection]) -> int:
        """How many messages wait in the longest queue of these."""
        queues = [self._queue_of(connection) for connection in connections]
        return max((queue.qsize() for queue in queues if queue is not None), default=0)

    def release_after(self, connection: Connection, event: str, data: object) -> None:
        """Queue this message, and then what was held."""
        held, connection.held = connection.held, None
        self.send([connection], event, data)
        connection.held = held
        self.release(connection)

    def _deliver(self, connection: Connection, packet: Packet) -> None:
        if connection.ended:
            return
        if connection.held is not None:
            connection.held.append(packet)
            if len(connection.held) > self._queue_limit:
                self._on_slow(connection)
            return
        queue = self._queue_of(connection)
        if queue is None:
            self._engine.start_background_task(
                self._engine.send_packet, connection.engine_sid, packet
            )
        elif queue.qsize() >= self._queue_limit:
            self._on_slow(connection)
        else:
            queue.put_nowait(packet)

    def _queue_of(self, connection: Connection) -> "asyncio.Queue[Packet] | None":
        sockets: dict[str, Any] = getattr(self._engine, "sockets", {})
        queue = getattr(sockets.get(connection.engine_sid), "queue", None)
        return queue if isinstance(queue, asyncio.Queue) else None
