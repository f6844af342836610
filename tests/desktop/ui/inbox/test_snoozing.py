"""Until when a notification can be snoozed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtWidgets import QWidget

from desktop.ui.inbox.snoozing import SnoozeDialog, presets, snooze_menu
from tests.builders import World
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


@pytest.mark.parametrize(
    ("now", "walls"),
    [  # in Berlin, an hour ahead
        ("2025-12-01T12:20:00.000Z", ["01 16:00", "02 08:00", "08 08:00"]),  # a Monday
        ("2025-12-05T12:00:00.000Z", ["05 16:00", "06 08:00", "08 08:00"]),  # a Friday
        ("2025-12-07T21:30:00.000Z", ["08 01:00", "08 08:00", "08 08:00"]),  # Sunday, late
    ],
)
def test_presets_are_on_the_own_wall(
    world: World, seat_of: SeatOf, now: str, walls: list[str]
) -> None:
    seat = seat_of(world.ana)
    seat.set_time(now)

    found = [wall for _words, wall in presets(seat.workspace)]

    assert [f"{wall:%d %H:%M}" for wall in found] == walls
    assert all(wall > seat.workspace.now() for wall in found)


def test_the_menu_gives_the_instant_that_was_chosen(
    world: World, seat_of: SeatOf, window: QWidget
) -> None:
    chosen: list[str] = []
    menu = snooze_menu(window, seat_of(world.ana).workspace, chosen.append)

    menu.actions()[1].trigger()

    assert menu.actions()[1].text() == "Tomorrow morning\tTomorrow, 08:00"
    assert chosen == ["2025-12-02T07:00:00.000Z"]


def test_a_time_of_one_s_own_can_be_picked(world: World, seat_of: SeatOf, window: QWidget) -> None:
    chosen: list[str] = []
    dialog = SnoozeDialog(window, seat_of(world.ana).workspace, chosen.append)
    assert dialog.focusWidget() is dialog.field.day
    dialog.field.set_value(datetime(2025, 12, 24, 18, 0))  # noqa: DTZ001  a time on the wall

    dialog.confirm_button.click()

    assert chosen == ["2025-12-24T17:00:00.000Z"]
