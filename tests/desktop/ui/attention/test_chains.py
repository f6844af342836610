"""An audit log that was changed or cut stands under Needs attention until it was seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.ui.attention.cards import ChainCard
from desktop.ui.attention.chains import check_words, room_words
from desktop.ui.attention.screen import AttentionScreen
from desktop.ui.theme import Theme
from domain.chains import Finding, Known
from domain.rooms import MENTORS, cohort_room, student_room, user_room
from tests.builders import World
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], Awaitable[AttentionScreen]]
pytestmark = pytest.mark.usefixtures("british")
SEEN = Known(7, "0f0f")


@pytest.fixture
def open_attention(theme: Theme, qtbot: QtBot) -> Open:
    async def open_attention(seat: Seat) -> AttentionScreen:
        screen = AttentionScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        await all_done()
        return screen

    return open_attention


def chain_cards(screen: AttentionScreen) -> list[ChainCard]:
    return [card for card in screen.page.cards.values() if isinstance(card, ChainCard)]


async def found(seat: Seat, room: str, finding: Finding = Finding.CHANGED) -> None:
    kept = Path("replica-2025.sqlite")
    await seat.run(lambda store: store.witness.report(room, SEEN, "abab", finding, kept))
    await all_done()


async def test_it_says_of_which_room_and_what_the_relay_is_to_be_asked(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    seat = seat_of(world.mia)
    screen = await open_attention(seat)

    await found(seat, student_room(world.ana))

    [card] = chain_cards(screen)
    assert card.title.accessibleName() == (
        "The history of the sessions and entries of Ana Ruiz was altered"
    )
    assert "was changed or taken out" in card.sentence.accessibleName()
    card.buttons["copy"].click()
    copied = QGuiApplication.clipboard().text()
    check = f"verify-audit --data DIR --seen {student_room(world.ana)} 7 0f0f"
    assert check in copied
    assert "Kept here: replica-2025.sqlite" in copied


async def test_a_log_that_was_cut_is_said_to_be(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    seat = seat_of(world.mia)
    screen = await open_attention(seat)

    await found(seat, MENTORS, Finding.CUT)

    [card] = chain_cards(screen)
    assert "its end is missing" in card.sentence.accessibleName()


async def test_who_has_seen_it_is_not_told_again(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    seat = seat_of(world.mia)
    screen = await open_attention(seat)
    await found(seat, MENTORS)

    [card] = chain_cards(screen)
    card.buttons["seen"].click()
    await all_done()

    assert not chain_cards(screen)
    await found(seat, MENTORS)
    assert not chain_cards(screen)


def test_rooms_have_the_names_that_people_use(world: World, seat_of: SeatOf) -> None:
    mia, ana = seat_of(world.mia).workspace, seat_of(world.ana).workspace

    assert room_words(user_room(world.ana), ana) == "your account, drafts and inbox"
    assert room_words(student_room(world.ana), ana) == "your sessions and entries"
    assert room_words(student_room("gone"), mia) == "the sessions and entries of a student"
    assert room_words(cohort_room(world.spring), mia) == "the cohort Spring"
    assert room_words(cohort_room("gone"), mia) == "a cohort"
    assert room_words(MENTORS, mia) == "the list of students and mentors"


async def test_the_check_is_a_command_of_the_relay(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    await found(seat, MENTORS)
    [one] = await seat.run(lambda store: store.witness.breaks())

    assert check_words(one).startswith("tandem-relay verify-audit --data DIR --seen mentors 7 0f0f")
