"""A relay in memory, and the small world on it."""

import pytest

from tests.builders import World, a_world
from tests.fakes import MemoryRelay


@pytest.fixture
def relay() -> MemoryRelay:
    return MemoryRelay()


@pytest.fixture
def world(relay: MemoryRelay) -> World:
    """The small world, on `relay`."""
    return a_world(relay)
