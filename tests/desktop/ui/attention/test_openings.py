"""Refused work is taken up again where it belongs, with all that was typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.attention.screen import AttentionScreen
from desktop.ui.entries.screen import EntriesScreen
from desktop.ui.kept_text import KeptText
from desktop.ui.theme import Theme
from desktop.ui.widgets.text_area import TextArea
from domain.entries import EntryStatus
from domain.writing import DeleteEntry, SubmitEntry, UpdateEntry, WithdrawEntry
from tests.builders import World, a_review, an_essay, id_of
from tests.desktop.ui.attention.refused import buttons, only_item, press, refuse
from tests.desktop.ui.entries.written import entry_of, reviewed, written
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


def open_entries(seat: Seat, theme: Theme, qtbot: QtBot) -> EntriesScreen:
    screen = EntriesScreen(seat.workspace, theme)
    qtbot.addWidget(screen.page)
    screen.page.resize(880, 660)
    screen.page.show()
    QApplication.processEvents()
    return screen


async def test_a_review_of_what_has_changed_is_not_tried_again_but_taken_up_at_the_entry(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    seat = seat_of(world.noah)
    review = a_review(world.waiting, "needs_work", comment="Name the cases.")
    refuse(seat, review, (UpdateEntry(id=world.waiting, body="Three."), world.ben))
    screen = await open_attention(seat)
    assert buttons(screen) == ["Open the entry", "Copy", "Discard"]

    press(screen, "open")
    await all_done()

    assert seat.opened == [f"/mentor/entries/{world.waiting}"]
    assert seat.desk.store.get_draft(f"entry.review:{world.waiting}") == "Name the cases."
    assert seat.desk.store.attention() == []
    assert all("discard" not in card.buttons for card in screen.page.cards.values())


async def test_the_words_come_beneath_those_that_stand_in_the_field_already(
    world: World, seat_of: SeatOf, open_attention: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.noah)
    review = a_review(world.waiting, "needs_work", comment="Name the cases.")
    refuse(seat, review, (UpdateEntry(id=world.waiting, body="Three."), world.ben))
    screen = await open_attention(seat)
    area = TextArea(parent=screen.page)
    field = KeptText(seat.workspace, area)
    field.show(f"entry.review:{world.waiting}")
    await all_done()
    qtbot.keyClicks(area, "And the tests.")

    press(screen, "open")
    await all_done()

    assert area.toPlainText() == "And the tests.\n\nName the cases."


async def test_an_entry_that_was_refused_is_opened_in_the_form(
    world: World, seat_of: SeatOf, open_attention: Open, theme: Theme, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    essay = an_essay(id_of("new"), tags=["C#", "loops"], minutes=30, schedule_id=world.soon)
    refuse(seat, essay, (an_essay(essay.id), world.ben))  # whose id is the same, by no good chance
    screen = await open_attention(seat)
    item = only_item(screen)
    assert buttons(screen)[0] == "Open in the editor"

    press(screen, "open")
    await all_done()
    [path] = seat.opened
    key = f"entry.new:{item.id}"
    assert path == f"/student/entries/new?draft={key}"
    entries = open_entries(seat, theme, qtbot)
    entries.write_new(draft=key)
    await all_done()

    form = entries.writing.view.essay()
    assert (form.title, form.body) == ("Loops", "Two *loops*.")
    assert (form.tags, form.minutes, form.session_id) == ("C#, loops", 30, world.soon)


async def test_a_change_that_was_refused_is_opened_in_the_form_of_the_entry(
    world: World, seat_of: SeatOf, open_attention: Open, theme: Theme, qtbot: QtBot
) -> None:
    entry = written(world, body="One.")
    seat = seat_of(world.ana)
    change = UpdateEntry(id=entry, body="One and two.", tags=["a", "b"])
    seat.desk.do(change)
    reviewed(world, entry, "needs_work", comment="More.")
    seat.sync()
    screen = await open_attention(seat)
    assert buttons(screen) == ["Open in the editor", "Retry", "Copy", "Discard"]

    press(screen, "open")
    await all_done()
    assert seat.opened == [f"/student/entries/{entry}?write=1"]
    entries = open_entries(seat, theme, qtbot)
    entries.write_on(entry)
    await all_done()
    form = entries.writing.view
    assert (form.body.toPlainText(), form.tags.text()) == ("One and two.", "a, b")
    form.submit.click()
    await all_done()
    seat.sync()

    now = entry_of(world, entry)
    assert (now.iteration, now.status, now.body) == (2, EntryStatus.PENDING, "One and two.")


async def test_other_changes_that_were_typed_are_not_overwritten(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    entry = written(world, body="One.")
    seat = seat_of(world.ana)
    seat.desk.do(UpdateEntry(id=entry, body="One and two."))
    reviewed(world, entry, "needs_work", comment="More.")
    seat.sync()
    mine = {"essay": {"title": "Loops", "body": "Half a thought"}, "given": {"title": "Loops"}}
    seat.desk.store.put_draft(f"entry.edit:{entry}", mine)
    screen = await open_attention(seat)

    press(screen, "open")
    await all_done()

    assert seat.said == ["You have typed other changes of this entry. Send or drop those first."]
    assert seat.desk.store.get_draft(f"entry.edit:{entry}") == mine
    assert len(seat.desk.store.attention()) == 1
    assert seat.opened == []


async def test_a_submission_that_changed_nothing_leads_to_the_entry(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    seat = seat_of(world.ben)
    refuse(seat, SubmitEntry(id=world.draft), (SubmitEntry(id=world.draft), world.ben))
    screen = await open_attention(seat)

    press(screen, "open")
    await all_done()

    assert seat.opened == [f"/student/entries/{world.draft}"]
    assert seat.desk.store.drafts() == []


@pytest.mark.parametrize(
    ("last", "offered"),
    [("gone", ["Copy", "Discard"]), ("approved", ["Retry", "Copy", "Discard"])],
)
async def test_what_can_be_written_nowhere_any_more_is_only_copied(
    world: World, seat_of: SeatOf, open_attention: Open, last: str, offered: list[str]
) -> None:
    entry = written(world, body="One.")
    seat = seat_of(world.ana)
    seat.desk.do(UpdateEntry(id=entry, body="One and two."))
    if last == "gone":
        world.done_by(DeleteEntry(id=entry), world.ana)
    else:
        reviewed(world, entry, "approved")
    seat.sync()

    screen = await open_attention(seat)

    assert buttons(screen) == offered


async def test_a_withdrawal_has_nothing_to_take_up(
    world: World, seat_of: SeatOf, open_attention: Open
) -> None:
    entry = written(world)
    seat = seat_of(world.ana)
    seat.desk.do(WithdrawEntry(id=entry))
    reviewed(world, entry, "approved")
    seat.sync()

    screen = await open_attention(seat)

    assert buttons(screen) == ["Retry", "Copy", "Discard"]
