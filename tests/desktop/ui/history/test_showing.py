"""The history, asked of a relay that may be away."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QWidget

from desktop.account.api import ApiRefused
from desktop.sync.relay_link import Offline
from desktop.ui.history.showing import History, show_history, show_own_history
from desktop.ui.theme import Theme
from tests.builders import World
from tests.desktop.ui.seats import Seat, a_record, all_done

pytestmark = pytest.mark.usefixtures("british")
SeatOf = Callable[[str], Seat]
AWAY = "The relay cannot be reached."


@pytest.fixture
def seat(world: World, seat_of: SeatOf) -> Seat:
    seat = seat_of(world.ana)
    seat.histories.told = [
        a_record(2, action="schedule.cancel", values={"status": ("scheduled", "canceled")}),
        a_record(1, action="schedule.create", values={"title": (None, "Weekly talk")}),
    ]
    return seat


@pytest.fixture
def show(world: World, seat: Seat, theme: Theme, window: QWidget) -> Callable[[], History]:
    return lambda: show_history(
        seat.workspace, theme, window, "schedule", world.canceled, "Weekly talk"
    )


def said(history: History) -> list[str]:
    return [one.look.said for one in history.dialog.entries]


async def test_the_relay_tells_who_did_what(
    world: World, seat: Seat, show: Callable[[], History]
) -> None:
    history = show()
    assert history.dialog.state.text() == "Asking the relay…"
    await all_done()

    assert said(history) == ["Mia Stone canceled it", "Mia Stone planned it"]
    assert seat.histories.asked == [("schedule", world.canceled)]
    assert history.dialog.state.isHidden()
    assert history.dialog.banner.isHidden()


async def test_pages_follow_one_another(seat: Seat, show: Callable[[], History]) -> None:
    seat.histories.per_page = 1
    history = show()
    await all_done()
    assert said(history) == ["Mia Stone canceled it"]

    history.dialog.more.click()
    await all_done()

    assert said(history) == ["Mia Stone canceled it", "Mia Stone planned it"]
    assert history.dialog.more.isHidden()


async def test_without_the_relay_it_says_so_and_shows_what_is_known_here(
    seat: Seat, show: Callable[[], History]
) -> None:
    seat.histories.trouble = Offline(AWAY)

    history = show()
    await all_done()

    assert history.dialog.banner.text.text() == (
        f"The history is kept by the relay, and needs it. {AWAY}"
    )
    assert history.dialog.state.text() == "What this computer knows of it:"
    assert said(history) == [
        "Mia Stone canceled “Weekly talk”",
        "Mia Stone planned “Weekly talk”",
    ]


async def test_when_the_relay_is_back_its_history_takes_the_place(
    seat: Seat, show: Callable[[], History]
) -> None:
    seat.histories.trouble = Offline(AWAY)
    history = show()
    await all_done()

    seat.histories.trouble = None
    history.dialog.banner.buttons["again"].click()
    await all_done()

    assert said(history) == ["Mia Stone canceled it", "Mia Stone planned it"]
    assert history.dialog.banner.isHidden()


async def test_what_was_not_sent_yet_has_no_history(
    seat: Seat, show: Callable[[], History]
) -> None:
    seat.histories.trouble = ApiRefused("not_found", "There is no such item.")

    history = show()
    await all_done()

    assert history.dialog.banner.text.text() == (
        "The relay has no history of this: it may not have been sent yet."
    )


async def test_a_page_that_fails_leaves_those_before_it(
    seat: Seat, show: Callable[[], History]
) -> None:
    seat.histories.per_page = 1
    history = show()
    await all_done()

    seat.histories.trouble = Offline(AWAY)
    history.dialog.more.click()
    await all_done()

    assert history.dialog.banner.text.text() == AWAY
    assert said(history) == ["Mia Stone canceled it"]
    assert history.dialog.more.isEnabled()


async def test_an_answer_after_it_was_closed_is_let_go(
    seat: Seat, show: Callable[[], History]
) -> None:
    seat.histories.answering.clear()
    history = show()
    history.dialog.close()

    seat.histories.answering.set()
    await all_done()  # without an error in the log


async def test_times_follow_the_persons_zone(seat: Seat, show: Callable[[], History]) -> None:
    history = show()
    await all_done()

    seat.workspace.live_in(ZoneInfo("Asia/Tokyo"))

    assert history.dialog.entries[0].look.when == "Today, 19:00"


async def test_nothing_that_happened_is_said(seat: Seat, show: Callable[[], History]) -> None:
    seat.histories.told = []

    history = show()
    await all_done()

    assert history.dialog.state.text() == "Nothing was changed so far."


async def test_own_data_is_asked_for_what_others_did_and_then_for_all(
    world: World, seat: Seat, theme: Theme, window: QWidget
) -> None:
    history = show_own_history(seat.workspace, theme, window)
    await all_done()
    assert said(history) == ["Mia Stone canceled it", "Mia Stone planned it"]
    assert history.dialog.entries[1].look.when == "Session “Weekly talk” · Today, 11:00"

    seat.histories.told = [a_record(3, actor_id=world.ana, row_type="entry", values=None)]
    assert history.dialog.filter is not None
    history.dialog.filter.buttons["anybody"].click()
    await all_done()

    assert seat.histories.asked == [True, False]
    assert said(history) == ["You changed it"]


async def test_an_answer_to_the_question_before_is_let_go(
    seat: Seat, theme: Theme, window: QWidget
) -> None:
    seat.histories.answering.clear()
    history = show_own_history(seat.workspace, theme, window)
    assert history.dialog.filter is not None

    history.dialog.filter.buttons["anybody"].click()
    history.dialog.filter.buttons["others"].click()
    seat.histories.answering.set()
    await all_done()

    assert said(history) == ["Mia Stone canceled it", "Mia Stone planned it"]


async def test_own_data_needs_the_relay(seat: Seat, theme: Theme, window: QWidget) -> None:
    seat.histories.trouble = Offline(AWAY)

    history = show_own_history(seat.workspace, theme, window)
    await all_done()

    assert AWAY in history.dialog.banner.text.text()
    assert said(history) == []
