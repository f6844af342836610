"""What closing the window means, with a tray and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui import resting
from desktop.ui.main_window import MainWindow, Rest
from desktop.ui.resting import Resting
from desktop.ui.theme import Theme
from desktop.ui.tray import Tray


class Memory:
    """What the window keeps from one start to the next."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def load(self) -> dict[str, Any]:
        return dict(self.values)

    def save(self, values: dict[str, Any]) -> None:
        self.values = values


class House:
    """A window, a tray and what closing comes to; as if on a desktop."""

    def __init__(self, theme: Theme, memory: Memory) -> None:
        self.has_tray = True
        self.window = MainWindow(theme, memory)
        self.tray = Tray(theme, self.window, is_available=lambda: self.has_tray)
        self.resting = Resting(self.window, self.tray)
        self.ended = False
        self.hints: list[str] = []
        self.window.closing.connect(self._on_closing)
        self.tray.hinted.connect(self.hints.append)

    def _on_closing(self) -> None:
        self.ended = True


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def told(memory: Memory) -> None:
    """Whoever sits here knows already what closing means without a tray."""
    memory.values[resting.TOLD_WITHOUT_TRAY] = True


@pytest.fixture
def house_of(
    theme: Theme, memory: Memory, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], House]]:
    monkeypatch.setattr(resting, "WITHOUT_DESKTOP", frozenset())
    houses: list[House] = []

    def make() -> House:
        house = House(theme, memory)
        qtbot.addWidget(house.window)
        house.window.show()
        houses.append(house)
        return house

    yield make
    for house in houses:
        house.window.rests_in = lambda: Rest.NOWHERE
        house.tray.close()


def test_closing_keeps_it_in_the_tray_and_says_so_once(house_of: Callable[[], House]) -> None:
    house = house_of()

    house.window.close()
    assert house.window.isHidden()
    assert not house.ended
    house.window.come_forward()
    house.window.close()

    assert house.hints == ["Tandem goes on in the tray"]
    assert house_of().window.recall(resting.HINTED)


def test_without_a_tray_closing_minimises(house_of: Callable[[], House], told: None) -> None:
    house = house_of()
    house.has_tray = False
    house.tray.look_for_tray()

    house.window.close()

    assert house.resting.telling is None
    assert house.window.isMinimized()
    assert not house.window.isHidden()
    assert not house.ended


def test_without_a_tray_it_says_once_how_to_find_the_window(house_of: Callable[[], House]) -> None:
    house = house_of()
    house.has_tray = False

    house.window.close()
    house.window.close()  # as one does who has not read it
    telling = house.resting.telling

    assert telling is not None
    assert telling.isVisible()
    assert "start Tandem once more" in telling.sentence.accessibleName()
    assert not house.window.isMinimized()
    telling.confirm_button.click()
    assert house.window.isMinimized()
    assert not house.ended
    house.window.come_forward()
    house.window.close()
    assert house.resting.telling is None
    assert house.window.isMinimized()


def test_who_goes_back_is_told_again(house_of: Callable[[], House]) -> None:
    house = house_of()
    house.has_tray = False
    house.window.close()
    assert house.resting.telling is not None

    house.resting.telling.reject()
    assert not house.window.isMinimized()
    house.window.close()

    assert house.resting.telling is not None


def test_a_window_whose_tray_goes_away_can_be_found_again(
    house_of: Callable[[], House],
) -> None:
    house = house_of()
    house.window.close()

    house.has_tray = False
    house.tray.look_for_tray()

    assert not house.window.isHidden()
    assert house.window.isMinimized()


def test_who_does_not_want_that_ends_it_by_closing(
    house_of: Callable[[], House], memory: Memory
) -> None:
    house = house_of()

    house.window.sidebar.person.rest_action.trigger()
    house.window.close()

    assert house.ended
    again = house_of()
    assert not again.window.stays
    assert not again.window.sidebar.person.rest_action.isChecked()


def test_quitting_ends_it_wherever_closing_would_lead(house_of: Callable[[], House]) -> None:
    house = house_of()

    house.window.sidebar.person.quit_action.trigger()

    assert house.ended


def test_where_there_is_no_desktop_at_all_closing_ends_it(
    house_of: Callable[[], House], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resting, "WITHOUT_DESKTOP", frozenset({"offscreen"}))
    house = house_of()

    assert house.resting.place() is Rest.NOWHERE


def test_a_tray_that_has_just_gone_does_not_take_the_window(
    house_of: Callable[[], House], told: None
) -> None:
    house = house_of()
    house.has_tray = False  # and nobody has looked since

    house.window.close()

    assert house.window.isMinimized()
    assert not house.window.isHidden()
