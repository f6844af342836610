"""Both versions side by side, and words that can be copied as they are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.ui.attention.cards import RefusedItem, card_for
from desktop.ui.attention.screen import AttentionScreen
from desktop.ui.theme import Theme
from desktop.ui.widgets.plain_text import PlainText
from domain.comments import DeleteComment, EditComment
from domain.planning import UpdateSchedule
from domain.writing import SubmitEntry, UpdateEntry
from tests.builders import World, a_plan, a_review, id_of, second_ahead
from tests.desktop.ui.attention.refused import only_item, refuse, texts
from tests.desktop.ui.entries.written import reviewed, said, written
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], Awaitable[AttentionScreen]]
pytestmark = pytest.mark.usefixtures("british")


@pytest.fixture
def open_attention(theme: Theme, qtbot: QtBot) -> Open:
    async def open_attention(seat: Seat) -> AttentionScreen:
        screen = AttentionScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.show()
        await all_done()
        return screen

    return open_attention


async def test_a_refused_review_shows_the_decision_beside_the_entry_as_it_is_now(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    seat = seat_of(world.noah)
    review = a_review(world.waiting, "needs_work", comment="Name the cases.")
    refuse(seat, review, (UpdateEntry(id=world.waiting, body="Three."), world.ben))

    item = only_item(screen := await open_attention(seat))

    assert item.facts == (("Status", "Needs work"), ("Feedback", "Name the cases."))
    assert item.now == (("Status", "Waiting"), ("Title", "Loops"), ("Text", "Three."))
    words = texts(screen.page.cards[item.id])
    assert "What you wanted" in words
    assert "As it stands now" in words


@pytest.mark.parametrize("is_submitted", [False, True])
async def test_a_refused_change_of_an_entry_stands_beside_what_it_would_have_changed(
    world: World, seat_of: SeatOf, open_attention: Open, is_submitted: bool
) -> None:
    entry = written(world, body="One.", tags=["a"])
    if is_submitted:
        reviewed(world, entry, "needs_work", comment="More.")
    seat = seat_of(world.ana)
    kind = SubmitEntry if is_submitted else UpdateEntry
    seat.desk.do(kind(id=entry, body="One and two.", tags=[], schedule_id=world.soon))
    reviewed(world, entry, "approved")
    seat.sync()

    item = only_item(await open_attention(seat))

    dash = "\N{EN DASH}"
    assert item.facts == (("Text", "One and two."), ("Tags", dash), ("Session", "Weekly talk"))
    assert item.now == (("Text", "One."), ("Tags", "a"), ("Session", dash))


async def test_a_refused_change_of_a_comment_stands_beside_the_comment(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    comment = said(world, written(world), "Which book?")
    seat = seat_of(world.mia)
    seat.desk.do(EditComment(id=comment, body="Which chapter?"))
    world.done_by(DeleteComment(id=comment), world.mia)
    seat.sync()

    item = only_item(await open_attention(seat))

    assert item.facts == (("Text", "Which chapter?"),)
    assert item.now == ()  # there is none


async def test_a_refused_change_of_a_session_stands_beside_the_session(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    world.assign(world.mia, world.ben)
    seat = seat_of(world.noah)
    start = second_ahead(days=8)
    change = UpdateSchedule(
        id=world.bens, start_time=start, end_time=second_ahead(days=8, minutes=60), place="Library"
    )
    refuse(seat, change, (a_plan(id_of("taken"), world.ben, start=start), world.mia))

    item = only_item(await open_attention(seat))

    assert dict(item.facts)["Where"] == "Library"
    assert dict(item.now)["Where"] == "\N{EN DASH}"
    assert dict(item.now)["When"].startswith("Thursday 4 December")
    assert dict(item.facts)["When"].startswith("Tuesday 9 December")


async def test_a_refused_deed_that_changes_no_row_has_nothing_beside_it(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    world.assign(world.mia, world.ben)
    seat = seat_of(world.noah)
    start = second_ahead(days=8)
    plan = a_plan(id_of("refused"), world.ben, start=start)
    refuse(seat, plan, (a_plan(id_of("taken"), world.ben, start=start), world.mia))

    assert only_item(await open_attention(seat)).now == ()


async def test_the_session_of_two_versions_is_named(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    entry = written(world)
    world.done_by(UpdateEntry(id=entry, schedule_id=world.soon), world.ana)
    seat = seat_of(world.ana)
    late = UpdateEntry(id=entry, schedule_id=world.done, base={"scheduleId": "0" * 16})
    world.done_by(late, world.ana)
    seat.sync()

    screen = await open_attention(seat)

    [card] = screen.page.cards.values()
    assert card.item.title == "“Entry first”: Session"
    assert texts(card).count("Weekly talk") == 2


def test_long_words_are_copied_without_the_breaks_that_show_them(
    theme: Theme, qtbot: QtBot
) -> None:
    address = "https://example.org/" + "a" * 80
    item = RefusedItem(id="1", title="Write", reason="No.", when="", facts=(("Link", address),))
    card = card_for(theme, item)
    qtbot.addWidget(card)
    [text] = card.findChildren(PlainText)

    text.selectAll()
    text.copy()

    assert QGuiApplication.clipboard().text() == address
