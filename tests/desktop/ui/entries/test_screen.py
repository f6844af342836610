"""A student's entries, used as a student uses them, over a real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.entries.screen import EntriesScreen
from desktop.ui.entries.writer import PREVIEW
from desktop.ui.theme import Theme
from domain.comments import Comment
from domain.entries import Entry, EntryStatus
from domain.rooms import user_room
from domain.writing import UpdateEntry
from tests.builders import World, id_of
from tests.desktop.ui.entries.written import entry_of, reviewed, said, written
from tests.desktop.ui.rows import confirm, ids, look, open_row, until
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[..., EntriesScreen]
pytestmark = pytest.mark.usefixtures("british")
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
WIDE, NARROW = (880, 660), (656, 464)


@pytest.fixture
def open_entries(theme: Theme, qtbot: QtBot) -> Open:
    def open_entries(seat: Seat, size: tuple[int, int] = WIDE) -> EntriesScreen:
        screen = EntriesScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.resize(*size)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        QApplication.processEvents()
        return screen

    return open_entries


async def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, LEFT)
    await all_done()


def own(seat: Seat) -> list[Entry]:
    return [entry for entry in seat.desk.relay.all_of(Entry) if entry.student_id == seat.desk.user]


def title(screen: EntriesScreen) -> str:
    return screen.reader.title.accessibleName()


async def test_who_has_written_nothing_is_asked_to_begin(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    screen = open_entries(seat_of(world.ana))
    assert screen.page.empty.title.accessibleName() == "Write your first entry"
    assert not screen.reader.isVisible()

    await click(qtbot, screen.page.empty.button)

    assert screen.page.is_writing
    assert screen.writing.view.title.hasFocus()


async def test_while_one_writes_it_says_why_no_other_is_begun(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    page = open_entries(seat_of(world.ana)).page
    before = page.new_action.toolTip()

    page.new_action.trigger()
    assert page.new_action.toolTip() == "You are writing an entry already."
    page.end_writing()

    assert page.new_action.toolTip() == before


async def test_an_entry_is_written_and_handed_in(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.page.new_action.trigger()
    form = screen.writing.view
    qtbot.keyClicks(form.title, "Loops")
    qtbot.keyClicks(form.body, "Two **kinds**.")
    qtbot.keyClicks(form.tags, "rust, loops")
    form.minutes.setValue(45)

    qtbot.keyClick(form.body, Qt.Key.Key_Return, CONTROL)
    await all_done()
    seat.sync()

    (entry,) = own(seat)
    assert (entry.title, entry.status, entry.tags) == ("Loops", "pending", ["rust", "loops"])
    assert (entry.body, entry.minutes) == ("Two **kinds**.", 45)
    assert not screen.page.is_writing
    assert title(screen) == "Loops"
    assert seat.said == ["Submitted."]


async def test_a_draft_stays_with_its_author_until_it_is_handed_in(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.page.new_action.trigger()
    form = screen.writing.view
    form.title.setText("Loops")
    form.body.setPlainText("Half a page")

    await click(qtbot, form.save)
    seat.sync()
    (draft,) = own(seat)
    assert (draft.status, draft.room) == (EntryStatus.DRAFT, user_room(world.ana))

    await click(qtbot, screen.actions.buttons["write"])
    assert form.heading.text() == "Draft"
    form.body.setPlainText("A whole page")
    await click(qtbot, form.submit)
    seat.sync()

    (entry,) = own(seat)
    assert (entry.id, entry.status, entry.body) == (draft.id, "pending", "A whole page")


async def test_what_is_missing_is_said_at_its_field(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.page.new_action.trigger()
    form = screen.writing.view
    form.title.setText("Loops")

    await click(qtbot, form.submit)

    assert form.fields["body"].error.text() == "Fill in this field."
    assert form.body.hasFocus()
    form.body.setPlainText("Two.")
    form.resources.setPlainText("http://plain.example")
    await click(qtbot, form.submit)
    assert form.fields["resources"].has_error
    assert not form.fields["body"].has_error
    assert own(seat) == []


@pytest.mark.parametrize(
    ("field", "text"), [("title", "x" * 161), ("body", "x" * 20_001), ("tags", "y" * 31)]
)
async def test_a_text_too_long_is_said_at_its_field_and_stays(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot, field: str, text: str
) -> None:
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.page.new_action.trigger()
    form = screen.writing.view
    form.title.setText("Loops")
    form.body.setPlainText("Two.")
    if field == "body":
        form.body.setPlainText(text)
    else:
        getattr(form, field).setText(text)

    await click(qtbot, form.submit)

    assert form.fields[field].has_error
    typed = form.body.toPlainText() if field == "body" else getattr(form, field).text()
    assert typed == text
    assert own(seat) == []


async def test_a_megabyte_is_not_pasted_and_what_was_typed_stays(
    seat_of: SeatOf, world: World, open_entries: Open
) -> None:
    screen = open_entries(seat_of(world.ana))
    screen.page.new_action.trigger()
    form = screen.writing.view
    form.body.setPlainText("Two.")
    QApplication.clipboard().setText("x" * 1_000_000)

    form.body.paste()

    assert form.body.toPlainText() == "Two."
    assert "too long to paste" in form.fields["body"].error.text()


async def test_what_is_typed_is_kept_when_one_leaves_or_crashes(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.page.new_action.trigger()
    qtbot.keyClicks(screen.writing.view.body, "Half a thought")

    qtbot.keyClick(screen.writing.view.body, Qt.Key.Key_Escape)
    await all_done()
    assert not screen.page.is_writing
    again = open_entries(seat)  # as after a crash: only what is kept comes back
    again.page.new_action.trigger()
    await all_done()

    form = again.writing.view
    assert form.body.toPlainText() == "Half a thought"
    assert form.restored.isVisible()
    await click(qtbot, form.restored.buttons["afresh"])
    assert form.body.toPlainText() == ""


async def test_the_preview_shows_the_markdown_and_leads_back(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    screen = open_entries(seat_of(world.ana))
    screen.page.new_action.trigger()
    form = screen.writing.view
    form.body.setPlainText("Two **kinds**.")

    await click(qtbot, form.mode.buttons[PREVIEW])

    assert form.preview.isVisible()
    assert form.preview.toPlainText() == "Two kinds."
    assert not form.body.isVisible()
    await click(qtbot, form.submit)  # the title is missing
    assert form.fields["title"].has_error
    assert form.body.isVisible()


async def test_the_next_version_is_written_beside_the_feedback(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry = written(world, body="One.")
    reviewed(world, entry, "needs_work", comment="Name the cases.")
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.open_item(entry)
    assert screen.actions.buttons["write"].text() == "Write the next version"

    await click(qtbot, screen.actions.buttons["write"])
    form = screen.writing.view
    assert form.feedback_heading.accessibleName() == "Feedback on the 1st version"
    assert form.feedback.toPlainText() == "Mia Stone: Name the cases."
    assert form.side.isVisible()
    form.body.setPlainText("One, two and three.")
    await click(qtbot, form.submit)
    seat.sync()

    now = entry_of(world, entry)
    assert (now.iteration, now.status, now.body) == (2, "pending", "One, two and three.")


async def test_in_a_small_window_the_feedback_stands_above_the_text(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    reviewed(world, entry, "needs_work", comment="Name the cases.")
    screen = open_entries(seat_of(world.ana), NARROW)
    screen.open_item(entry)

    await click(qtbot, screen.actions.buttons["write"])

    form = screen.writing.view
    assert form.feedback.isVisible()
    assert not form.side.isVisible()
    assert (
        form.feedback.mapTo(form, form.feedback.rect().topLeft()).y()
        < form.title.mapTo(form, form.title.rect().topLeft()).y()
    )


async def test_what_waits_is_changed_or_taken_back(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry = written(world, body="One.")
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.open_item(entry)

    await click(qtbot, screen.actions.buttons["write"])
    screen.writing.view.body.setPlainText("Two.")
    await click(qtbot, screen.writing.view.submit)
    seat.sync()
    assert entry_of(world, entry).body == "Two."

    await click(qtbot, screen.actions.buttons["withdraw"])
    confirm(screen.page)
    await all_done()
    seat.sync()
    assert entry_of(world, entry).status is EntryStatus.DRAFT
    assert screen.actions.can("submit")


async def test_the_key_that_took_an_entry_back_does_not_delete_it_next(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    screen = open_entries(seat_of(world.ana))
    screen.open_item(entry)
    screen.actions.buttons["withdraw"].setFocus()

    await click(qtbot, screen.actions.buttons["withdraw"])
    confirm(screen.page)
    await all_done()

    assert screen.actions.buttons["write"].hasFocus()


async def test_what_was_answered_is_not_taken_back(
    seat_of: SeatOf, world: World, open_entries: Open
) -> None:
    entry = written(world)
    said(world, entry, "Which language?")
    screen = open_entries(seat_of(world.ana))

    screen.open_item(entry)

    offered = {key for key in screen.actions.buttons if screen.actions.can(key)}
    assert offered == {"write"}


async def test_nothing_can_be_done_with_an_approved_entry(
    seat_of: SeatOf, world: World, open_entries: Open
) -> None:
    entry = written(world)
    reviewed(world, entry, "approved")
    screen = open_entries(seat_of(world.ana))

    screen.open_item(entry)

    assert screen.actions.isHidden()
    assert "reviewed by Mia Stone" in screen.reader.facts.text()


async def test_a_deleted_draft_leaves_the_reader(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ben)
    screen = open_entries(seat)
    screen.open_item(world.draft)

    await click(qtbot, screen.actions.buttons["delete"])
    assert world.draft in ids(screen.page.list)
    confirm(screen.page)
    await all_done()

    assert world.draft not in ids(screen.page.list)
    assert seat.said == ["“Loops” is deleted."]


async def test_an_entry_is_read_from_its_top_however_much_was_said(
    seat_of: SeatOf, world: World, open_entries: Open
) -> None:
    entry = written(world)
    for at in range(20):
        said(world, entry, f"Remark {at}. " * 20, hours=-3 + at * 0.01)
    screen = open_entries(seat_of(world.ana))

    screen.open_item(entry)
    QApplication.processEvents()
    QApplication.processEvents()

    bar = screen.reader.body.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0


async def test_a_student_answers_a_comment(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    said(world, entry, "Which language?")
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.open_item(entry)
    screen.commenting.view.area.setPlainText("Rust.")

    await click(qtbot, screen.commenting.view.send_button)
    seat.sync()

    bodies = {one.body for one in seat.desk.relay.all_of(Comment) if one.entry_id == entry}
    assert bodies == {"Which language?", "Rust."}


async def test_filters_count_and_leave_what_fits(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    screen = open_entries(seat_of(world.ben))
    assert ids(screen.page.list)[0] == world.draft
    assert look(screen.page.list, world.draft).chip is not None
    assert screen.page.status.buttons["pending"].text() == "Waiting  3"

    await click(qtbot, screen.page.status.buttons["approved"])
    assert ids(screen.page.list) == [world.approved]
    assert look(screen.page.list, world.approved).chip is None
    await click(qtbot, screen.page.status.buttons["reviewed"])

    assert screen.page.empty.title.accessibleName() == "No entries here"


async def test_a_tag_leaves_what_has_it_and_counts_it(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    tagged = written(world, "tagged", tags=["Git"])
    written(world, "other", tags=["rust"])
    screen = open_entries(seat_of(world.ana))
    assert len(ids(screen.page.list)) == 2

    screen.page.tags.choose("Git")

    assert ids(screen.page.list) == [tagged]
    assert screen.page.status.buttons["pending"].text() == "Waiting  1"
    await click(qtbot, screen.page.status.buttons["approved"])
    assert screen.page.empty.title.accessibleName() == "No entry fits"


async def test_without_tags_there_is_no_filter_for_them(
    seat_of: SeatOf, world: World, open_entries: Open
) -> None:
    screen = open_entries(seat_of(world.ana))
    assert not screen.page.tags.isVisible()


async def test_a_review_shows_at_once_and_what_one_writes_stays(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.open_item(entry)
    screen.commenting.view.area.setPlainText("Half an answer")

    reviewed(world, entry, "needs_work", comment="Name the cases.")
    seat.sync()

    assert screen.reader.chip.accessibleName() == "Needs work"
    assert screen.commenting.view.area.toPlainText() == "Half an answer"
    assert [card.look.body for card in screen.commenting.view.cards.values()] == ["Name the cases."]


async def test_a_change_from_another_device_is_kept_beside_what_was_typed(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry = written(world, body="One.")
    seat = seat_of(world.ana)
    screen = open_entries(seat)
    screen.open_item(entry)
    await click(qtbot, screen.actions.buttons["write"])
    screen.writing.view.body.setPlainText("From the desk.")

    world.done_by(UpdateEntry(id=entry, body="From the laptop."), world.ana)
    await click(qtbot, screen.writing.view.submit)
    seat.sync()

    assert entry_of(world, entry).body == "From the desk."
    (conflict,) = [row for row in seat.desk.shown().values() if row.kind() == "conflict"]
    assert conflict.lost == "From the laptop."  # type: ignore[attr-defined]


async def test_in_a_small_window_the_list_gives_way_to_what_is_read(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    screen = open_entries(seat_of(world.ben), NARROW)
    assert not screen.reader.isVisible()

    open_row(qtbot, screen.page.list, world.waiting)
    await all_done()
    assert title(screen) == "Loops"
    assert not screen.page.list.isVisible()
    qtbot.keyClick(screen.reader.body, Qt.Key.Key_Escape)

    assert screen.page.list.hasFocus()


async def test_an_entry_that_is_gone_is_said(
    seat_of: SeatOf, world: World, open_entries: Open
) -> None:
    seat = seat_of(world.ana)
    screen = open_entries(seat)

    screen.open_item(id_of("no entry"))

    assert seat.said == ["This entry is no longer there."]


async def test_a_session_can_be_written_about(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_entries(seat)

    screen.write_new(world.done)
    await until(lambda: screen.writing.view.session.current_id() == world.done)
    screen.writing.view.title.setText("After our talk")
    screen.writing.view.body.setPlainText("It went well.")
    await click(qtbot, screen.writing.view.submit)
    seat.sync()

    (entry,) = own(seat)
    assert entry.schedule_id == world.done
    assert screen.reader.links.count() == 1


async def test_the_history_of_what_is_read_is_one_press_away(
    seat_of: SeatOf, world: World, open_entries: Open, qtbot: QtBot
) -> None:
    entry_id = written(world)
    seat = seat_of(world.ana)
    screen = open_entries(seat)

    asked: list[tuple[object, ...]] = []
    seat.news.history_asked.connect(lambda *what: asked.append(what))

    await click(qtbot, screen.reader.history)

    assert asked == [(screen.page.window(), "entry", entry_id, "Entry first")]
