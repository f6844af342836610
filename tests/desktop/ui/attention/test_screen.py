"""Needs attention, driven as a person drives it, over a real store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.store.outbox import Attention
from desktop.ui.attention.cards import ConflictItem
from desktop.ui.attention.screen import AttentionScreen, booking_anyway
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.plain_text import PlainText
from domain.assignments import UnassignStudent
from domain.cohorts import Cohort, RemoveCohortMentor
from domain.commands import Command
from domain.comments import AddComment
from domain.outcomes import CancelSchedule
from domain.planning import UpdateSchedule
from domain.resolutions import ResolveConflict
from domain.schedules import Schedule
from tests.builders import NOW, World, a_plan, id_of, second_ahead
from tests.desktop.ui.attention.refused import buttons, only_item
from tests.desktop.ui.entries.written import written
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], Awaitable[AttentionScreen]]
TALK = "Reading together"


@pytest.fixture
def open_attention(theme: Theme, qtbot: QtBot) -> Open:
    async def open_attention(seat: Seat) -> AttentionScreen:
        screen = AttentionScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.resize(800, 600)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        await all_done()
        return screen

    return open_attention


@pytest.fixture
def noah(world: World, seat_of: SeatOf) -> Seat:
    """Noah, whose plan with Ben was refused: Mia has booked Ben for that hour meanwhile."""
    world.assign(world.mia, world.ben)
    seat = seat_of(world.noah)
    start = second_ahead(days=8)
    seat.desk.do(a_plan(id_of("refused"), world.ben, start=start, title=TALK, place="Library"))
    taken = a_plan(id_of("taken"), world.ben, start=second_ahead(days=8, minutes=30))
    world.done_by(taken, world.mia)
    seat.desk.push()
    seat.desk.receive()
    return seat


def card_texts(screen: AttentionScreen, item_id: str) -> str:
    card = screen.page.cards[item_id]
    labels = card.findChildren(WrapLabel) + card.findChildren(PlainText)
    return "\n".join(label.accessibleName() for label in labels)


def refused_id(screen: AttentionScreen) -> str:
    [item_id] = [one for one, card in screen.page.cards.items() if "retry" in card.buttons]
    return item_id


def agree(screen: AttentionScreen) -> None:
    [asked] = screen.page.findChildren(ConfirmDialog)
    asked.accept()


async def test_refused_work_says_what_was_tried_and_why_not(
    noah: Seat, open_attention: Open
) -> None:
    screen = await open_attention(noah)

    words = card_texts(screen, refused_id(screen))

    assert f"Plan “{TALK}”" in words
    assert "It overlaps “Weekly talk”." in words
    assert "Tuesday 9 December" in words
    assert "Ben Hall" in words
    assert "Library" in words


async def test_counts_what_waits_also_while_it_is_hidden(
    world: World, noah: Seat, open_attention: Open
) -> None:
    screen = await open_attention(noah)
    screen.page.hide()
    counts: list[int] = []
    screen.count.connect(counts.append)
    assert len(screen.page.cards) == 2  # and the conflict about Autumn

    world.done_by(ResolveConflict(id=world.conflict, keep="kept"), world.mia)
    noah.sync()
    await all_done()

    assert counts[-1] == 1


async def test_book_anyway_plans_over_the_other_session(noah: Seat, open_attention: Open) -> None:
    screen = await open_attention(noah)

    screen.page.cards[refused_id(screen)].buttons["book"].click()
    await all_done()
    noah.sync()
    await all_done()

    assert noah.desk.relay.get(Schedule, id_of("refused")).title == TALK
    assert noah.desk.store.attention() == []


async def test_retry_sends_it_again_once_the_way_is_free(
    world: World, noah: Seat, open_attention: Open
) -> None:
    screen = await open_attention(noah)
    world.done_by(CancelSchedule(id=id_of("taken")), world.mia)
    noah.sync()

    screen.page.cards[refused_id(screen)].buttons["retry"].click()
    await all_done()
    noah.sync()

    assert noah.desk.relay.get(Schedule, id_of("refused")).title == TALK


async def test_a_retry_that_fails_at_once_is_said_and_the_card_stays(
    noah: Seat, open_attention: Open
) -> None:
    screen = await open_attention(noah)
    item_id = refused_id(screen)

    screen.page.cards[item_id].buttons["retry"].click()
    await all_done()

    assert noah.said == ["It overlaps “Weekly talk”."]
    assert item_id in screen.page.cards


async def test_copy_puts_all_that_was_typed_on_the_clipboard(
    noah: Seat, open_attention: Open
) -> None:
    screen = await open_attention(noah)

    screen.page.cards[refused_id(screen)].buttons["copy"].click()

    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(f"Plan “{TALK}”")
    assert "Where: Library" in copied


async def test_discard_asks_first(noah: Seat, open_attention: Open) -> None:
    screen = await open_attention(noah)

    screen.page.cards[refused_id(screen)].buttons["discard"].click()
    assert len(noah.desk.store.attention()) == 1
    agree(screen)
    await all_done()

    assert noah.desk.store.attention() == []
    assert list(screen.page.cards) == [next(iter(screen.page.cards))]


async def test_the_focus_goes_to_the_next_card(noah: Seat, open_attention: Open) -> None:
    screen = await open_attention(noah)
    item_id = refused_id(screen)
    screen.page.cards[item_id].buttons["discard"].setFocus()

    noah.desk.store.discard(item_id)
    noah.sync()
    await all_done()

    [left] = screen.page.cards.values()
    assert any(button.hasFocus() for button in left.buttons.values())


async def test_a_card_that_has_not_changed_stays_the_same(noah: Seat, open_attention: Open) -> None:
    screen = await open_attention(noah)
    before = dict(screen.page.cards)

    screen.refresh()
    await all_done()

    assert screen.page.cards == before


async def test_a_conflict_shows_both_versions_and_which_one_stands(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    screen = await open_attention(seat_of(world.mia))

    item = screen.page.item(world.conflict)

    assert isinstance(item, ConflictItem)
    assert item.title == "Autumn: Description"
    assert item.sentence == "Noah Park changed it without having seen your change."
    mine, theirs = item.sides
    assert (mine.who, mine.words, mine.is_standing) == ("Your version", "Evenings.", False)
    assert (theirs.who, theirs.words, theirs.is_standing) == ("Noah Park", "Mornings.", True)


@pytest.mark.parametrize(
    ("words", "stands"), [("Keep mine", "Evenings."), ("Keep theirs", "Mornings.")]
)
async def test_keeps_either_version(
    world: World, seat_of: SeatOf, open_attention: Open, words: str, stands: str
) -> None:
    seat = seat_of(world.mia)
    screen = await open_attention(seat)
    buttons = screen.page.cards[world.conflict].buttons.values()

    next(button for button in buttons if button.text() == words).click()
    await all_done()
    seat.sync()
    await all_done()

    assert screen.page.cards == {}
    assert seat.desk.relay.get(Cohort, world.autumn).description == stands


async def test_nothing_left_says_so(world: World, seat_of: SeatOf, open_attention: Open) -> None:
    screen = await open_attention(seat_of(world.otto))

    assert screen.page.empty.isVisible()


async def test_after_the_last_card_the_keyboard_stays_on_the_page(
    world: World, seat_of: SeatOf, open_attention: Open, qtbot: QtBot
) -> None:
    screen = await open_attention(seat_of(world.mia))
    button = screen.page.cards[world.conflict].buttons["lost"]
    button.setFocus()

    qtbot.keyClick(button, Qt.Key.Key_Space)
    await all_done()

    assert screen.page.empty.isVisible()
    assert screen.page.empty.hasFocus()


async def test_what_only_a_newer_program_knows_can_be_copied_and_discarded(
    noah: Seat, open_attention: Open
) -> None:
    noah.desk.store.files.outbox.execute(
        "UPDATE commands SET command = ? WHERE state = 'attention'",
        ['{"type":"entry.create","title":"My week"}'],
    )

    screen = await open_attention(noah)

    [card] = [one for one in screen.page.cards.values() if "discard" in one.buttons]
    assert list(card.buttons) == ["copy", "discard"]
    assert "My week" in card_texts(screen, card.item.id)
    assert "Only a newer Tandem can try it again." in card_texts(screen, card.item.id)


def late_edit(world: World) -> Command:
    return UpdateSchedule(id=world.session, place="Library")


def late_comment(world: World) -> Command:
    return AddComment(id=id_of("remark"), entry_id=written(world), body="Which book?")


@pytest.mark.parametrize("late", [late_edit, late_comment])
async def test_what_is_about_something_gone_is_not_to_be_tried_again(
    world: World, seat_of: SeatOf, open_attention: Open, late: Callable[[World], Command]
) -> None:
    command = late(world)
    seat = seat_of(world.mia)
    seat.desk.do(command)
    world.done_by(UnassignStudent(student_id=world.ana, mentor_id=world.mia), world.admin)
    seat.sync()

    screen = await open_attention(seat)

    item = only_item(screen)
    assert item.reason.endswith("What it is about is no longer here, so it cannot be tried again.")
    assert buttons(screen) == ["Copy", "Discard"]


async def test_it_may_be_tried_again_while_its_room_is_still_to_come(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    seat = seat_of(world.mia)
    seat.desk.do(late_edit(world))
    world.done_by(UnassignStudent(student_id=world.ana, mentor_id=world.mia), world.admin)
    seat.sync()
    seat.desk.store.begin_copy("student:new", 5)

    screen = await open_attention(seat)

    assert "Retry" in buttons(screen)


async def test_every_button_says_what_it_is_about(noah: Seat, open_attention: Open) -> None:
    screen = await open_attention(noah)

    for card in screen.page.cards.values():
        for button in card.buttons.values():
            assert button.accessibleName() == f"{button.text()}: {card.item.title}"


async def test_one_card_is_brought_into_view_with_the_keyboard_on_it(
    noah: Seat, world: World, open_attention: Open, qtbot: QtBot
) -> None:
    screen = await open_attention(noah)
    screen.page.resize(800, 200)
    card = screen.page.cards[world.conflict]
    assert not screen.page.rect().contains(card.mapTo(screen.page, card.rect().center()))

    screen.open_item(world.conflict)
    await all_done()

    assert card.isAncestorOf(screen.page.window().focusWidget())
    qtbot.waitUntil(
        lambda: screen.page.rect().contains(card.mapTo(screen.page, card.rect().center()))
    )


async def test_one_that_was_decided_meanwhile_is_said(
    noah: Seat, world: World, open_attention: Open
) -> None:
    screen = await open_attention(noah)
    world.done_by(ResolveConflict(id=world.conflict, keep="kept"), world.mia)
    noah.sync()

    screen.open_item(world.conflict)
    await all_done()

    assert noah.said == ["This was decided already."]


@pytest.mark.parametrize(
    "command",
    [
        UnassignStudent(student_id=id_of("s"), mentor_id=id_of("m")),
        RemoveCohortMentor(cohort_id=id_of("c"), mentor_id=id_of("m")),
        ResolveConflict(id=id_of("x"), keep="lost"),
    ],
)
def test_whatever_was_refused_for_an_overlap_can_be_done_anyway(command: Command) -> None:
    wire = msgspec.to_builtins(command)
    refused = Attention("1", NOW, wire, "overlap", "It overlaps.", {"overlaps": [{"id": "a"}]})

    anyway = booking_anyway(refused)

    assert anyway == msgspec.structs.replace(command, confirm_overlap=["a"])
    assert booking_anyway(replace(refused, code="forbidden")) is None
