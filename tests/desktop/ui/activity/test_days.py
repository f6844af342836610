"""Days to choose, in words and as instants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.activity.days import ANY, Days, DaysButton, days_words, presets
from desktop.ui.theme import Theme
from tests.builders import World
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")
TUESDAY = date(2025, 11, 25)


@pytest.fixture
def seat(world: World, seat_of: SeatOf) -> Seat:
    return seat_of(world.ana)


@pytest.fixture
def button(theme: Theme, seat: Seat, window: QWidget, qtbot: QtBot) -> DaysButton:
    button = DaysButton(theme, seat.workspace, window)
    button.show()
    return button


def test_both_days_are_in_it_on_the_own_wall(seat: Seat) -> None:
    days = Days(TUESDAY, TUESDAY)

    bounds = days.bounds(seat.workspace)  # in Berlin, an hour ahead

    assert bounds == ("2025-11-24T23:00:00.000Z", "2025-11-25T23:00:00.000Z")
    assert ANY.bounds(seat.workspace) == ("", "")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (ANY, "Any time"),
        (Days(date(2025, 12, 1), date(2025, 12, 1)), "Today"),
        (Days(date(2025, 11, 25), date(2025, 12, 1)), "Last 7 days"),
        (Days(TUESDAY, TUESDAY), "Tue 25 Nov"),
        (Days(date(2025, 11, 17), TUESDAY), "Mon 17 Nov \N{EN DASH} Tue 25 Nov"),
    ],
)
def test_days_read_as_one_says_them(seat: Seat, days: Days, words: str) -> None:
    assert days_words(days, seat.workspace) == words


def test_every_preset_ends_by_today(seat: Seat) -> None:
    found = dict(presets(seat.workspace))

    assert all(
        days.last in (None, date(2025, 12, 1), date(2025, 11, 30)) for days in found.values()
    )
    assert found["This month"] == Days(date(2025, 12, 1), date(2025, 12, 1))


def test_the_menu_chooses_and_says_so_once(button: DaysButton, qtbot: QtBot) -> None:
    button.menu().aboutToShow.emit()
    yesterday = button.menu().actions()[2]

    with qtbot.waitSignal(button.chosen):
        yesterday.trigger()

    assert button.text() == "Yesterday"
    assert button.accessibleName() == "Days: Yesterday"
    with qtbot.assertNotEmitted(button.chosen):
        yesterday.trigger()


def test_days_of_one_s_own_are_put_in_order(button: DaysButton, qtbot: QtBot) -> None:
    dialog = button.ask()
    assert dialog.focusWidget() is dialog.first
    dialog.first.setDate(QDate(2025, 11, 25))
    dialog.last.setDate(QDate(2025, 11, 17))

    with qtbot.waitSignal(button.chosen):
        dialog.confirm_button.click()

    assert button.days == Days(date(2025, 11, 17), TUESDAY)
