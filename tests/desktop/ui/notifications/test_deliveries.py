"""The first of several ways of showing a toast that works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.notifications.balloons import Balloons
from desktop.ui.notifications.deliveries import Deliveries, ways_on
from desktop.ui.notifications.freedesktop import NotificationService
from desktop.ui.notifications.toasts import Pressed, Toast
from desktop.ui.theme import Theme
from desktop.ui.tray import Tray
from tests.desktop.ui.notifications.test_telling import Screen

TOAST = Toast(key="entry 1", title="Ana submitted “Loops”")


@pytest.fixture
def tray(qapp: QApplication, theme: Theme) -> Iterator[Tray]:
    tray = Tray(theme, is_available=lambda: False)
    yield tray
    tray.close()
    tray.deleteLater()


async def test_the_first_that_works_shows_it_alone() -> None:
    broken, first, second = Screen(works=False), Screen(), Screen()

    assert await Deliveries([broken, first, second]).show(TOAST)

    assert [broken.shown, first.shown, second.shown] == [[], [TOAST], []]


async def test_where_none_works_it_says_so() -> None:
    assert not await Deliveries([Screen(works=False), Screen(works=False)]).show(TOAST)
    assert not await Deliveries([]).show(TOAST)


async def test_a_change_reaches_the_one_on_which_it_stands() -> None:
    broken, shown = Screen(works=False), Screen()
    deliveries = Deliveries([broken, shown])
    assert not await deliveries.update(TOAST)
    await deliveries.show(TOAST)

    assert await deliveries.update(TOAST)

    assert [broken.updated, shown.updated] == [[], [TOAST]]


async def test_it_is_taken_away_wherever_it_stands() -> None:
    first, second = Screen(), Screen()
    await first.show(TOAST)
    await second.show(TOAST)

    await Deliveries([first, second]).withdraw(TOAST.key)

    assert [first.standing, second.standing] == [{}, {}]


async def test_after_the_end_nothing_is_shown_any_more() -> None:
    screen = Screen()
    deliveries = Deliveries([screen])
    await deliveries.show(TOAST)

    await deliveries.close()

    assert not await deliveries.show(TOAST)
    assert not await deliveries.update(TOAST)
    assert screen.standing == {}


@pytest.mark.parametrize(
    ("platform", "kinds"),
    [
        ("linux", [NotificationService, Balloons]),
        ("win32", [Balloons]),
        ("darwin", [Balloons]),
    ],
)
def test_a_notification_service_is_looked_for_on_linux_only(
    tray: Tray, platform: str, kinds: list[type]
) -> None:
    assert [type(way) for way in ways_on(platform, tray, Pressed())] == kinds
