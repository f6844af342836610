"""What tests of the window share."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.theme import Look, Theme
from tests.builders import World, a_world
from tests.desktop.ui.seats import Seat
from tests.fakes import MemoryRelay

_WORLD = a_world(MemoryRelay())


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme, taken off again at the end."""
    theme = Theme(qapp, Look.LIGHT)
    yield theme
    theme.choose(Look.LIGHT)
    theme.deleteLater()


@pytest.fixture
def world() -> World:
    return _WORLD.relay_copy()


@pytest.fixture
def seat_of(world: World, qapp: QApplication) -> Iterator[Callable[[str], Seat]]:
    """Seats of people of the world, closed in the end: `seat_of(world.mia)`."""
    seats: list[Seat] = []

    def take(user: str) -> Seat:
        seats.append(Seat(world, user))
        return seats[-1]

    yield take
    for seat in seats:
        seat.close()
