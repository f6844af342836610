"""What was typed for something that is gone stands under Needs attention."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.ui.attention.screen import AttentionScreen
from desktop.ui.schedule.drafts import draft_of, kept
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from domain.assignments import UnassignStudent
from domain.comments import DeleteComment
from domain.outcomes import CancelSchedule, ReopenSchedule
from domain.planning import DeleteSchedule
from domain.schedules import Schedule
from domain.writing import SubmitEntry, WithdrawEntry
from tests.builders import World
from tests.desktop.ui.attention.refused import buttons, only_item, press
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
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        await all_done()
        return screen

    return open_attention


async def typed_place(seat: Seat, schedule_id: str) -> None:
    """Leave behind what somebody typed into the editor of a session."""
    before = seat.desk.find(Schedule, schedule_id)
    assert isinstance(before, Schedule)
    given = draft_of(before, seat.workspace)
    draft = replace(given, place="Library", focus_stack="React")
    seat.workspace.drafts.put(f"schedule.edit:{schedule_id}", kept(draft, given, before))
    await all_done()


async def test_feedback_on_an_entry_whose_room_was_lost_can_be_copied_or_let_go(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    entry = written(world)
    seat = seat_of(world.mia)
    seat.workspace.drafts.put(f"entry.review:{entry}", "Clear, and well tested.")
    screen = await open_attention(seat)
    assert "discard" not in [key for card in screen.page.cards.values() for key in card.buttons]

    world.done_by(UnassignStudent(student_id=world.ana, mentor_id=world.mia), world.admin)
    seat.sync()
    await all_done()

    item = only_item(screen)
    assert item.title == "Unsent feedback on an entry"
    assert item.facts == (("Text", "Clear, and well tested."),)
    assert item.when == "Typed: Today, 13:00"
    assert buttons(screen) == ["Copy", "Discard"]
    press(screen, "copy")
    assert "Clear, and well tested." in QGuiApplication.clipboard().text()
    press(screen, "discard")
    [asked] = screen.page.findChildren(ConfirmDialog)
    asked.accept()
    await all_done()
    assert seat.desk.store.drafts() == []
    assert item.id not in screen.page.cards


async def test_it_is_counted_and_goes_when_the_entry_is_back(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    entry = written(world)
    seat = seat_of(world.mia)
    seat.workspace.drafts.put(f"comment.new:{entry}", "Which book?")
    screen = await open_attention(seat)
    counts: list[int] = []
    screen.count.connect(counts.append)

    world.done_by(WithdrawEntry(id=entry), world.ana)
    seat.sync()
    await all_done()
    with_it = counts[-1]
    world.done_by(SubmitEntry(id=entry), world.ana)
    seat.sync()
    await all_done()

    assert counts[-1] == with_it - 1


async def test_a_changed_comment_that_is_gone_keeps_the_change(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    comment = said(world, written(world), "Which book?")
    seat = seat_of(world.mia)
    seat.workspace.drafts.put(f"comment.edit:{comment}", "Which chapter?")
    world.done_by(DeleteComment(id=comment), world.mia)
    seat.sync()

    screen = await open_attention(seat)

    assert only_item(screen).title == "Unsent changes of a comment"


async def test_changes_of_an_entry_that_is_approved_by_now_are_not_lost(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    entry = written(world, body="One.")
    seat = seat_of(world.ana)
    body = {"essay": {"title": "Loops", "body": "One and two."}, "given": {}}
    seat.workspace.drafts.put(f"entry.edit:{entry}", body)
    reviewed(world, entry, "approved")
    seat.sync()

    screen = await open_attention(seat)

    item = only_item(screen)
    assert item.title == "Unsent changes of an entry: “Entry first”"
    assert item.reason == "The entry is approved by now. What you typed was not sent."
    assert item.facts == (("Title", "Loops"), ("Text", "One and two."))
    screen.open_item(item.id)
    await all_done()
    assert screen.page.cards[item.id].buttons["copy"].hasFocus()


async def test_changes_of_a_session_that_was_deleted_are_not_lost(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    seat = seat_of(world.mia)
    await typed_place(seat, world.session)
    world.done_by(DeleteSchedule(id=world.session), world.mia)
    seat.sync()

    screen = await open_attention(seat)

    item = only_item(screen)
    assert item.title == "Unsent changes of a session"
    assert item.reason.startswith("This is no longer here")
    assert ("Where", "Library") in item.facts
    assert ("Focus", "React") in item.facts
    assert buttons(screen) == ["Copy", "Discard"]


async def test_changes_of_a_session_that_is_canceled_by_now_wait_until_it_is_back_on(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    seat = seat_of(world.mia)
    await typed_place(seat, world.session)
    world.done_by(CancelSchedule(id=world.session, reason="Ill"), world.mia)
    seat.sync()
    screen = await open_attention(seat)
    assert only_item(screen).title == "Unsent changes of a session: “Weekly talk”"
    assert only_item(screen).reason == (
        "The session is canceled by now. What you typed was not sent."
    )

    world.done_by(ReopenSchedule(id=world.session), world.mia)
    seat.sync()
    await all_done()

    assert not [key for key in screen.page.cards if key.startswith("schedule.edit")]


async def test_what_one_types_on_is_what_the_card_shows(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    entry = written(world)
    seat = seat_of(world.mia)
    seat.workspace.drafts.put(f"entry.review:{entry}", "Clear")
    world.done_by(WithdrawEntry(id=entry), world.ana)
    seat.sync()
    screen = await open_attention(seat)

    seat.workspace.drafts.put(f"entry.review:{entry}", "Clear, and well tested.")
    await all_done()

    assert only_item(screen).facts == (("Text", "Clear, and well tested."),)


@pytest.mark.parametrize("body", ["  ", 7, {"essay": 3}, {}, None])
async def test_a_draft_without_words_needs_nobody(
    world: World, seat_of: SeatOf, open_attention: Open, body: object
) -> None:
    entry = written(world)
    seat = seat_of(world.ana)
    seat.desk.store.put_draft(f"entry.edit:{entry}", body)
    reviewed(world, entry, "approved")
    seat.sync()

    screen = await open_attention(seat)

    assert screen.page.cards == {}


async def test_nothing_is_said_to_be_gone_while_rows_are_still_to_come(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    seat = seat_of(world.mia)
    seat.desk.store.put_draft("entry.review:00000000-0000-7000-8000-000000000001", "Clear.")
    seat.desk.store.begin_copy("student:new", 5)

    screen = await open_attention(seat)

    assert "discard" not in [key for card in screen.page.cards.values() for key in card.buttons]
