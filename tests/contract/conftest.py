"""Fixtures: one served relay for the whole suite; each test brings its own people into it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.contract.live import Live, as_replica
from tests.contract.people import House, Someone
from tests.contract.programs import init, serving


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the relay that is served."""
    folder = tmp_path_factory.mktemp("contract") / "relay"
    made = init(folder)
    assert made.code == 0, made.err
    return folder


@pytest.fixture(scope="session")
def house(folder: Path) -> Iterator[House]:
    with serving(folder) as served, httpx.Client(base_url=served.url, timeout=30) as http:
        nobody = Someone(http)
        yield House(http, nobody.sign_in("ada@example.org"), nobody)


Connect = Callable[..., Awaitable[Live]]


@pytest.fixture
async def live(house: House) -> AsyncIterator[Connect]:
    """Connects a person as a plain client, or as a replica, and takes the welcome."""
    clients: list[Live] = []

    async def connect(someone: Someone, *, replica: bool = False, **fields: object) -> Live:
        client = Live(house.url)
        clients.append(client)
        own = as_replica(someone, **fields) if replica else {"token": someone.token, **fields}
        await client.connect(own)
        await client.next("welcome")
        return client

    yield connect
    for client in clients:
        await client.close()
