"""Handshakes over the real relay: nothing falls between a welcome and the first frame."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import cast

import pytest

from domain.instants import moment
from domain.members import Role
from domain.rooms import student_room
from domain.wire import Welcome
from syncserver.auth import Identity
from syncserver.judge import Caller
from syncserver.metrics import Metrics
from syncserver.relay import Relay
from syncserver.settings import Settings
from syncserver.sockets.broadcasts import Broadcasts
from syncserver.sockets.connections import Connection, Connections
from syncserver.sockets.fanout import Fanout
from syncserver.sockets.handshakes import Handshakes
from syncserver.sockets.tokens import Tokens
from syncserver.storage.credentials import Credentials
from syncserver.storage.ledger import Ledger, Writing
from tests.builders import NOW, World, a_plan, a_world, id_of, second_ahead
from tests.relays import LedgerRelay
from tests.syncserver.sockets.connected import Line, Server

REPLICA = {"clientId": id_of("client"), "replica": True}


class InterruptedRelay(Relay):
    """Does something else between the snapshot of a welcome and its sending."""

    meanwhile: Callable[[], Awaitable[object]]

    async def welcome(self, caller: Caller) -> Welcome:
        welcome = await super().welcome(caller)
        await self.meanwhile()
        return welcome


class OneSignIn:
    """Takes everybody for one person."""

    def __init__(self, user_id: str) -> None:
        self._user_id = user_id

    def identity(self, token: str | None) -> Identity:
        return Identity(self._user_id, Role.MENTOR, id_of("device"), moment(NOW))

    def watch(self, connection: Connection, identity: Identity) -> None:
        """Its token has no end."""


@pytest.fixture
def world(ledger: Ledger) -> World:
    world = a_world(LedgerRelay(ledger, []))

    def sign_in(writing: Writing) -> None:
        Credentials(writing.connection).add_device(id_of("device"), world.mia, "Desk", NOW)

    ledger.write(sign_in)
    return world


@pytest.fixture
async def relay(ledger: Ledger, world: World) -> AsyncIterator[InterruptedRelay]:
    relay = InterruptedRelay(ledger, now=lambda: moment(NOW))
    yield relay
    await relay.close()


async def test_a_write_between_snapshot_and_join_follows_the_welcome(
    relay: InterruptedRelay, world: World
) -> None:
    server = Server()
    server.eio.sockets["1"] = Line()
    metrics, connections = Metrics(), Connections()
    fanout = Fanout(server, metrics, 100, lambda _: None)
    broadcasts = Broadcasts(relay, connections, fanout, metrics, lambda *_: None)
    handshakes = Handshakes(
        relay,
        connections,
        broadcasts,
        fanout,
        cast(Tokens, OneSignIn(world.mia)),
        metrics,
        Settings(data=Path()),
    )
    plan = a_plan(id_of("new"), world.ana, start=second_ahead(days=10))
    relay.meanwhile = lambda: relay.do(Caller(world.mia), plan, mutation_id=id_of("m"))

    delivering = asyncio.ensure_future(broadcasts.run())
    await handshakes.open("1", "1", {"token": "t", "protocol": 1, **REPLICA}, lambda: None)
    for _ in range(20):
        await asyncio.sleep(0)
    delivering.cancel()

    connection = connections.find("1")
    assert connection is not None
    (greeting, welcome), *frames = server.events(connection)
    [frame] = [data for _, data in frames if data["room"] == student_room(world.ana)]
    assert greeting == "welcome"
    assert frame["from"] == welcome["heads"][frame["room"]][0]
    assert plan.id in {row["id"] for row in frame["rows"]}
    handshakes.close(connection)
