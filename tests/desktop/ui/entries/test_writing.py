"""What was typed into the form and not sent is lost by nothing that happens afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.trouble import FULL, StoreTrouble
from desktop.ui.entries.screen import EntriesScreen
from desktop.ui.theme import Theme
from domain.entries import EntryStatus
from domain.writing import SubmitEntry, UpdateEntry, WithdrawEntry
from tests.builders import World
from tests.desktop.ui.entries.written import entry_of, resubmitted, reviewed, written
from tests.desktop.ui.rows import confirm, look
from tests.desktop.ui.seats import Seat, all_done
from tests.desktop.ui.wheels import turn_wheel

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat], EntriesScreen]
pytestmark = pytest.mark.usefixtures("british")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_entries(theme: Theme, qtbot: QtBot) -> Open:
    def open_entries(seat: Seat) -> EntriesScreen:
        screen = EntriesScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.resize(880, 660)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        QApplication.processEvents()
        return screen

    return open_entries


async def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, LEFT)
    await all_done()


async def typed_and_left(screen: EntriesScreen, qtbot: QtBot, entry: str, text: str) -> None:
    """Go on writing, type, and leave with Escape."""
    screen.open_item(entry)
    await click(qtbot, screen.actions.buttons["write"])
    screen.writing.view.body.setPlainText(text)
    qtbot.keyClick(screen.writing.view.body, Qt.Key.Key_Escape)
    await all_done()
    assert not screen.page.is_writing


def body(screen: EntriesScreen) -> str:
    assert screen.page.is_writing
    return screen.writing.view.body.toPlainText()


async def test_row_and_reader_say_that_something_was_typed_and_not_sent(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    screen = open_entries(seat_of(world.ben))

    await typed_and_left(screen, qtbot, world.draft, "Half a thought")

    assert look(screen.page.list, world.draft).subtitle.startswith("Unsent changes · ")
    assert screen.reader.banner.text.text() == "You have typed changes here that are not sent."
    await click(qtbot, screen.reader.banner.buttons["new"])
    assert body(screen) == "Half a thought"


async def test_the_mark_is_there_after_a_start_and_goes_with_the_text(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ben)
    await typed_and_left(open_entries(seat), qtbot, world.draft, "Half a thought")
    again = open_entries(seat)
    await all_done()
    again.open_item(world.draft)
    assert again.reader.banner.isVisible()

    await click(qtbot, again.actions.buttons["write"])
    await click(qtbot, again.writing.view.save)

    assert not again.reader.banner.isVisible()
    assert "Unsent" not in look(again.page.list, world.draft).subtitle


async def test_submitting_with_unsent_text_shows_that_text_first(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ben)
    screen = open_entries(seat)
    await typed_and_left(screen, qtbot, world.draft, "A whole page")

    await click(qtbot, screen.actions.buttons["submit"])
    assert body(screen) == "A whole page"
    await click(qtbot, screen.writing.view.submit)
    seat.sync()

    entry = entry_of(world, world.draft)
    assert (entry.status, entry.body) == (EntryStatus.PENDING, "A whole page")


async def test_what_was_typed_outlives_a_withdrawal(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry = written(world, body="One.")
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    await typed_and_left(screen, qtbot, entry, "One and two.")

    await click(qtbot, screen.actions.buttons["withdraw"])
    confirm(screen.page)
    await all_done()
    seat.sync()
    assert entry_of(world, entry).status is EntryStatus.DRAFT
    await click(qtbot, screen.actions.buttons["write"])

    assert body(screen) == "One and two."
    assert screen.writing.view.restored.isVisible()


async def test_what_was_typed_outlives_what_another_device_did_and_stands_beside_it(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry = written(world, body="One.")
    reviewed(world, entry, "needs_work", comment="Name the cases.")
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    await typed_and_left(screen, qtbot, entry, "From the desk.")

    resubmitted(world, entry, body="From the laptop.", title="Loops, again")
    seat.sync()
    await click(qtbot, screen.actions.buttons["write"])

    form = screen.writing.view
    assert body(screen) == "From the desk."
    assert form.title.text() == "Loops, again"
    assert form.now.isVisible()
    assert form.now.toPlainText() == "From the laptop."
    assert "takes the place of what it says now" in form.restored.text.text()
    await click(qtbot, form.submit)
    seat.sync()
    assert entry_of(world, entry).body == "From the desk."


async def test_what_was_typed_outlives_a_submission_from_another_device(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ben)
    screen = open_entries(seat)
    await typed_and_left(screen, qtbot, world.draft, "From the desk.")

    world.done_by(SubmitEntry(id=world.draft), world.ben)
    seat.sync()
    await click(qtbot, screen.actions.buttons["write"])

    assert body(screen) == "From the desk."
    assert not screen.writing.view.now.isVisible()


async def test_a_form_that_opens_on_the_entry_itself_shows_nothing_beside_it(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    screen = open_entries(seat_of(world.ben))
    screen.open_item(world.draft)

    await click(qtbot, screen.actions.buttons["write"])

    assert not screen.writing.view.now.isVisible()
    assert not screen.writing.view.restored.isVisible()


async def test_an_approved_entry_leads_to_what_was_typed_for_it(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry = written(world, body="One.")
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    await typed_and_left(screen, qtbot, entry, "One and two.")

    reviewed(world, entry, "approved")
    seat.sync()
    await click(qtbot, screen.reader.banner.buttons["new"])

    assert "can no longer be sent" in screen.reader.banner.text.text()
    assert seat.opened == [f"/attention/entry.edit:{entry}"]


async def test_the_last_letters_are_kept_when_the_program_ends(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.page.new_action.trigger()
    await all_done()
    qtbot.keyClicks(screen.writing.view.body, "Half a thought")

    await seat.workspace.drafts.close()

    [draft] = seat.desk.store.drafts()
    assert draft.body["essay"]["body"] == "Half a thought"


async def test_kept_is_said_once_it_is_true(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    screen = open_entries(seat_of(world.ana))
    screen.page.new_action.trigger()
    await all_done()
    form = screen.writing.view
    qtbot.keyClicks(form.body, "Half a thought")

    screen.writing.keep()
    assert form.kept.text() == ""
    await all_done()

    assert form.kept.text() == "Kept on this computer"


@pytest.mark.logs("A draft cannot be kept")
async def test_a_full_disk_is_said_beside_the_buttons(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.page.new_action.trigger()
    await all_done()
    form = screen.writing.view
    qtbot.keyClicks(form.body, "Half a thought")
    seat.trouble = StoreTrouble(FULL)

    screen.writing.keep()
    await all_done()
    assert form.kept.text() == FULL
    screen.writing.leave()
    screen.page.new_action.trigger()
    seat.trouble = None
    await all_done()

    assert body(screen) == "Half a thought"


async def test_an_entry_about_a_session_is_not_mixed_up_with_another_that_was_begun(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    screen = open_entries(seat_of(world.ana))
    screen.page.new_action.trigger()
    await all_done()
    qtbot.keyClicks(screen.writing.view.body, "About something else")

    screen.write_new(world.done)
    await all_done()
    form = screen.writing.view
    assert (body(screen), form.session.current_id()) == ("", world.done)
    qtbot.keyClicks(form.body, "About our talk")
    screen.write_new()
    await all_done()
    assert (body(screen), form.session.current_id()) == ("About something else", "")
    screen.write_new(world.done)
    await all_done()

    assert (body(screen), form.session.current_id()) == ("About our talk", world.done)


async def test_starting_afresh_keeps_the_session_that_was_asked_for(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    screen = open_entries(seat_of(world.ana))
    screen.write_new(world.done)
    await all_done()
    form = screen.writing.view
    qtbot.keyClicks(form.body, "About our talk")
    screen.writing.leave()
    screen.write_new(world.done)
    await all_done()

    await click(qtbot, form.restored.buttons["afresh"])

    assert (body(screen), form.session.current_id()) == ("", world.done)


async def test_an_entry_that_was_begun_about_a_session_is_found_by_new_entry_too(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.write_new(world.done)
    await all_done()
    qtbot.keyClicks(screen.writing.view.body, "About our talk")
    screen.writing.leave()
    await all_done()

    screen.page.new_action.trigger()
    await all_done()
    form = screen.writing.view
    assert (body(screen), form.session.current_id()) == ("About our talk", world.done)
    await click(qtbot, form.restored.buttons["afresh"])

    assert (body(screen), form.session.current_id()) == ("", "")
    assert seat.desk.store.drafts() == []


async def test_an_entry_that_was_taken_back_elsewhere_meanwhile_keeps_what_is_typed(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry = written(world, body="One.")
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.open_item(entry)
    await click(qtbot, screen.actions.buttons["write"])
    screen.writing.view.body.setPlainText("One and two.")

    world.done_by(WithdrawEntry(id=entry), world.ana)
    world.done_by(UpdateEntry(id=entry, body="Three."), world.ana)
    seat.sync()
    screen.writing.leave()
    await all_done()
    await click(qtbot, screen.actions.buttons["write"])

    assert body(screen) == "One and two."
    assert screen.writing.view.now.toPlainText() == "Three."


async def test_scrolling_the_form_notes_no_other_time_spent(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    screen = open_entries(seat_of(world.ben))
    screen.open_item(world.draft)
    await click(qtbot, screen.actions.buttons["write"])
    minutes = screen.writing.view.minutes
    minutes.setValue(45)
    minutes.setFocus()

    is_taken = turn_wheel(minutes)

    assert not is_taken
    assert minutes.value() == 45
