"""A small world on the relay of tests, and desks of its people."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.builders import World, a_world
from tests.desktop.store.desks import Desk
from tests.fakes import MemoryRelay

_WORLD = a_world(MemoryRelay())


@pytest.fixture
def world() -> World:
    return _WORLD.relay_copy()


@pytest.fixture
def desk_of(world: World) -> Iterator[Callable[..., Desk]]:
    """Desks of people of the world, copied and ready, and closed in the end."""
    desks: list[Desk] = []

    def make(user: str, **options: Any) -> Desk:
        desks.append(Desk(world, user, **options))
        return desks[-1].settle_in()

    yield make
    for desk in desks:
        desk.store.close()


@pytest.fixture
def mia(world: World, desk_of: Callable[..., Desk]) -> Desk:
    """The desk of Mia, who leads Ana's sessions and both cohorts."""
    return desk_of(world.mia)
