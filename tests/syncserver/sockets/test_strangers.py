"""Lines without a connection, reviewed on a fake engine."""

from __future__ import annotations

import asyncio

import pytest

from syncserver.metrics import Metrics
from syncserver.sockets.connections import Connections
from syncserver.sockets.strangers import Strangers
from tests.syncserver.sockets.connected import Engine, Line, a_connection


class Lines(Engine):
    """An engine whose lines can be ended."""

    async def disconnect(self, sid: str) -> None:
        del self.sockets[sid]


@pytest.fixture
def engine() -> Lines:
    return Lines()


def test_a_line_that_never_connects_is_ended_at_the_second_review(engine: Lines) -> None:
    strangers = Strangers(engine, Connections(), Metrics())
    engine.sockets["a"] = Line()

    asyncio.run(strangers.review())
    assert list(engine.sockets) == ["a"]

    engine.sockets["b"] = Line()
    asyncio.run(strangers.review())
    assert list(engine.sockets) == ["b"]

    asyncio.run(strangers.review())
    assert not engine.sockets


def test_a_line_that_connects_meanwhile_stays(engine: Lines) -> None:
    connections = Connections()
    strangers = Strangers(engine, connections, Metrics())
    engine.sockets["a"] = Line()

    asyncio.run(strangers.review())
    connections.add(a_connection("a"))
    asyncio.run(strangers.review())

    assert list(engine.sockets) == ["a"]


def test_a_line_whose_connection_was_closed_is_ended_like_any_other(engine: Lines) -> None:
    connections = Connections()
    strangers = Strangers(engine, connections, Metrics())
    engine.sockets["a"] = Line()
    connection = a_connection("a")
    connections.add(connection)

    asyncio.run(strangers.review())
    connections.remove(connection)
    asyncio.run(strangers.review())
    assert list(engine.sockets) == ["a"]

    asyncio.run(strangers.review())
    assert not engine.sockets
