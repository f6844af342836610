"""Connections without a network, whose queues can be looked into."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from engineio.packet import Packet

from syncserver.limits import Pace
from syncserver.relay import Caller
from syncserver.sockets.connections import Connection


class Line:
    """What python-engineio has for each connection: a queue of packets."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Packet] = asyncio.Queue()


class Engine:
    """The part of engineio.AsyncServer that the fan-out touches."""

    def __init__(self) -> None:
        self.sockets: dict[str, Any] = {}
        self.started: list[tuple[str, Packet]] = []

    async def send_packet(self, sid: str, packet: Packet) -> None:
        """What is public: the fan-out starts it as a task."""

    def start_background_task(
        self, target: Callable[..., Awaitable[None]], sid: str, packet: Packet
    ) -> None:
        assert target == self.send_packet
        self.started.append((sid, packet))


class Server:
    """The part of socketio.AsyncServer that the fan-out touches."""

    def __init__(self) -> None:
        self.eio = Engine()

    def connected(self, sid: str, user_id: str = "ana", *, replica: bool = True) -> Connection:
        self.eio.sockets[sid] = Line()
        return a_connection(sid, user_id, replica=replica)

    def packets(self, connection: Connection) -> list[Packet]:
        """All packets that wait for it."""
        queue = self.eio.sockets[connection.engine_sid].queue
        return [queue.get_nowait() for _ in range(queue.qsize())]

    def events(self, connection: Connection) -> list[Any]:
        """What waits for it, as [event, data]."""
        return [json.loads(packet.data[1:]) for packet in self.packets(connection)]


def a_connection(sid: str, user_id: str = "ana", *, replica: bool = True) -> Connection:
    return Connection(
        sid=sid,
        engine_sid=sid,
        caller=Caller(user_id),
        replica=replica,
        pace=Pace(30, lambda: 0.0),
        cut=lambda: None,
    )
