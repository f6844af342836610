"""What tests of the window share."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.language import Language
from desktop.ui.theme import Look, Theme
from tests.builders import World, a_world
from tests.desktop.ui.seats import Seat
from tests.fakes import MemoryRelay

_WORLD = a_world(MemoryRelay())


@pytest.fixture(scope="session", autouse=True)
def english(qapp: QApplication) -> None:
    """The plural forms of English, as in the program."""
    Language(qapp).speak()


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


@pytest.fixture
def british() -> Iterator[None]:
    """Days and times as Britain writes them."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> QWidget:
    """A window for dialogs to stand on, as large as it is at the first start."""
    window = QWidget()
    window.resize(1100, 720)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window
