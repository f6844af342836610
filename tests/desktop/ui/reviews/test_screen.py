"""The mentor's queue of entries, used as a mentor uses it, over a real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.entries.reader import CHANGES, EARLIER, TEXT
from desktop.ui.reviews.screen import ReviewsScreen
from desktop.ui.theme import Theme
from domain.assignments import UnassignStudent
from domain.comments import Comment
from domain.entries import EntryStatus
from domain.writing import UpdateEntry, WithdrawEntry
from tests.builders import World, id_of
from tests.desktop.ui.entries.written import entry_of, resubmitted, reviewed, written
from tests.desktop.ui.rows import dialogs, go_to, ids, look, open_row, until
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[..., ReviewsScreen]
pytestmark = pytest.mark.usefixtures("british")
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
WIDE, NARROW = (880, 660), (656, 464)
TABLE = "Loops and tables"


@pytest.fixture
def open_queue(theme: Theme, qtbot: QtBot) -> Open:
    def open_queue(seat: Seat, size: tuple[int, int] = WIDE) -> ReviewsScreen:
        screen = ReviewsScreen(seat.workspace, theme)
        qtbot.addWidget(screen.page)
        screen.page.resize(*size)
        with qtbot.waitExposed(screen.page):
            screen.page.show()
        screen.page.activateWindow()
        QApplication.processEvents()
        return screen

    return open_queue


@pytest.fixture
def three(world: World) -> list[str]:
    """Three of Ana's entries that wait, the one that waits longest first."""
    return [written(world, name, day=day) for name, day in (("a", -5), ("b", -3), ("c", -1))]


def title(screen: ReviewsScreen) -> str:
    return screen.reader.title.accessibleName()


async def press(qtbot: QtBot, screen: ReviewsScreen, key: Qt.Key) -> None:
    """Press a letter on the text that is read, once it has been in sight for a moment."""
    await until(lambda: not screen.unread.isActive())
    screen.reader.body.setFocus()
    qtbot.keyClick(screen.reader.body, key)
    await all_done()


async def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, LEFT)
    await all_done()


async def test_what_waits_longest_comes_first_and_is_open(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str]
) -> None:
    screen = open_queue(seat_of(world.mia))

    assert ids(screen.page.list) == three
    assert look(screen.page.list, three[0]).subtitle == "Ana Ruiz · 5 days ago"
    assert title(screen) == "Entry a"
    assert screen.reader.place.text() == "1 of 3"
    assert screen.page.status.buttons["pending"].text() == "Waiting  3"


async def test_filters_leave_what_fits_and_say_when_nothing_does(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    tagged = written(world, "tagged", tags=["Git"])
    approved = written(world, "approved", day=-9)
    reviewed(world, approved, "approved")
    screen = open_queue(seat_of(world.mia))

    await click(qtbot, screen.page.status.buttons["approved"])
    assert ids(screen.page.list) == [approved]
    await click(qtbot, screen.page.status.buttons[""])
    assert ids(screen.page.list)[-1] == approved
    assert look(screen.page.list, approved).chip is not None
    screen.page.tags.choose("Git")
    assert ids(screen.page.list) == [tagged]
    counts = [screen.page.status.buttons[key].text() for key in ("pending", "approved", "")]
    assert counts == ["Waiting  1", "Approved", "All  1"]
    await click(qtbot, screen.page.status.buttons["approved"])

    assert ids(screen.page.list) == []
    assert screen.page.empty.title.accessibleName() == "No entry fits"


async def test_j_and_k_go_on_and_back_without_leaving(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    screen = open_queue(seat_of(world.mia))

    await press(qtbot, screen, Qt.Key.Key_J)
    await press(qtbot, screen, Qt.Key.Key_J)
    assert title(screen) == "Entry c"
    assert not screen.reader.next.isEnabled()
    assert screen.reader.next.toolTip() == "This is the last one in the list."
    await press(qtbot, screen, Qt.Key.Key_K)

    assert title(screen) == "Entry b"
    assert screen.page.list.current_id() == three[1]


async def test_a_decision_sends_the_feedback_and_opens_the_next_that_waits(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    screen.reader.feedback.area.setPlainText("Clear, and well tested.")

    await press(qtbot, screen, Qt.Key.Key_A)
    seat.sync()

    assert entry_of(world, three[0]).status is EntryStatus.APPROVED
    [comment] = [one for one in seat.desk.relay.all_of(Comment) if one.entry_id == three[0]]
    assert comment.body == "Clear, and well tested."
    assert title(screen) == "Entry b"
    assert screen.reader.feedback.area.toPlainText() == ""
    assert ids(screen.page.list) == three[1:]
    assert seat.said == ["“Entry a” is approved."]


@pytest.mark.parametrize(
    ("key", "status"),
    [
        (Qt.Key.Key_A, EntryStatus.APPROVED),
        (Qt.Key.Key_W, EntryStatus.NEEDS_WORK),
        (Qt.Key.Key_R, EntryStatus.REVIEWED),
    ],
)
async def test_each_decision_has_its_key(
    seat_of: SeatOf,
    world: World,
    open_queue: Open,
    qtbot: QtBot,
    key: Qt.Key,
    status: EntryStatus,
) -> None:
    entry = written(world)
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    screen.reader.feedback.area.setPlainText("Say more.")

    await press(qtbot, screen, key)
    seat.sync()

    assert entry_of(world, entry).status is status
    assert not screen.reader.is_reading


async def test_an_entry_that_opened_by_itself_takes_no_second_press(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)

    await press(qtbot, screen, Qt.Key.Key_A)
    assert screen.unread.isActive()
    qtbot.keyClick(screen.reader.body, Qt.Key.Key_A)
    await all_done()
    seat.sync()

    assert entry_of(world, three[1]).status is EntryStatus.PENDING


async def test_a_button_decides_about_the_next_entry_at_once(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)

    await click(qtbot, screen.reader.feedback.buttons["approved"])
    assert screen.unread.isActive()
    await click(qtbot, screen.reader.feedback.buttons["approved"])
    seat.sync()

    assert entry_of(world, three[1]).status is EntryStatus.APPROVED


async def test_a_double_click_is_one_decision(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    approve = screen.reader.feedback.buttons["approved"]

    await click(qtbot, approve)  # what comes second on the screen is the next entry's button
    qtbot.mouseDClick(approve, LEFT)
    qtbot.mouseRelease(approve, LEFT)
    await all_done()
    seat.sync()

    assert entry_of(world, three[1]).status is EntryStatus.PENDING


async def test_an_entry_that_was_chosen_takes_a_decision_at_once(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    await press(qtbot, screen, Qt.Key.Key_A)
    assert screen.unread.isActive()

    screen.page.opened.emit(three[2])
    await click(qtbot, screen.reader.feedback.buttons["approved"])
    seat.sync()

    assert entry_of(world, three[2]).status is EntryStatus.APPROVED


async def test_letters_decide_nothing_while_one_types(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    area = screen.reader.feedback.area
    area.setFocus()

    qtbot.keyClicks(area, "awrjk")
    await all_done()

    assert area.toPlainText() == "awrjk"
    assert title(screen) == "Entry a"
    assert len(ids(screen.page.list)) == 3


async def test_more_work_needs_words(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)

    await press(qtbot, screen, Qt.Key.Key_W)

    feedback = screen.reader.feedback
    assert feedback.field.error.text() == "Tell Ana Ruiz what needs work first."
    assert feedback.area.hasFocus()
    feedback.area.setPlainText("Show the reducer.")
    assert not feedback.field.has_error


async def test_ctrl_enter_sends_the_feedback_alone(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    area = screen.reader.feedback.area
    area.setPlainText("Which book?")

    qtbot.keyClick(area, Qt.Key.Key_Return, CONTROL)
    await all_done()
    seat.sync()

    assert entry_of(world, three[0]).status is EntryStatus.PENDING
    assert [card.look.body for card in screen.commenting.view.cards.values()] == ["Which book?"]
    assert title(screen) == "Entry a"
    assert area.toPlainText() == ""


async def test_feedback_is_kept_for_each_entry_until_it_is_sent(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    screen.reader.feedback.area.setPlainText("Half a thought")

    await press(qtbot, screen, Qt.Key.Key_J)
    assert screen.reader.feedback.area.toPlainText() == ""
    again = open_queue(seat)  # as after a crash: only what is kept comes back
    await all_done()

    assert title(again) == "Entry a"
    assert again.reader.feedback.area.toPlainText() == "Half a thought"


async def test_what_is_read_stays_when_entries_come_and_go(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    await press(qtbot, screen, Qt.Key.Key_J)
    screen.reader.feedback.area.setPlainText("Well")

    written(world, "older", day=-30)
    world.done_by(WithdrawEntry(id=three[0]), world.ana)
    seat.sync()

    assert title(screen) == "Entry b"
    assert screen.page.list.current_id() == three[1]
    assert screen.reader.banner.isHidden()
    assert screen.reader.feedback.area.toPlainText() == "Well"


async def test_a_change_under_the_reader_is_told_and_shown_when_asked(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    screen.reader.feedback.area.setPlainText("Well")

    world.done_by(UpdateEntry(id=three[0], title="A better title", body="New."), world.ana)
    seat.sync()
    assert title(screen) == "Entry a"
    assert screen.reader.banner.text.accessibleName() == "This entry has changed."
    await press(qtbot, screen, Qt.Key.Key_A)
    assert screen.reader.feedback.field.error.text() == "The entry has changed since you read it."
    await click(qtbot, screen.reader.banner.buttons["new"])

    assert title(screen) == "A better title"
    assert screen.reader.banner.isHidden()
    assert screen.reader.feedback.area.toPlainText() == "Well"
    await press(qtbot, screen, Qt.Key.Key_A)
    seat.sync()
    assert entry_of(world, three[0]).status is EntryStatus.APPROVED


async def test_a_colleague_who_was_faster_is_named(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    world.assign(world.noah, world.ana)
    seat = seat_of(world.mia)
    screen = open_queue(seat)

    reviewed(world, three[0], "approved", by=world.noah)
    seat.sync()

    assert title(screen) == "Entry a"
    words = "Noah Park has reviewed this entry meanwhile: Approved."
    assert screen.reader.banner.text.accessibleName() == words
    await press(qtbot, screen, Qt.Key.Key_J)
    assert title(screen) == "Entry b"


async def test_an_entry_that_was_taken_back_can_be_read_but_not_decided(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    screen.reader.feedback.area.setPlainText("Well")

    world.done_by(WithdrawEntry(id=three[0]), world.ana)
    seat.sync()
    await press(qtbot, screen, Qt.Key.Key_A)

    assert title(screen) == "Entry a"
    assert not screen.reader.feedback.buttons["approved"].isEnabled()
    told = screen.reader.feedback.buttons["approved"].accessibleDescription()
    assert told == "Open an entry first."
    assert screen.reader.feedback.area.toPlainText() == "Well"


async def test_a_mentor_who_lost_the_student_is_told_so(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str]
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)

    world.done_by(UnassignStudent(student_id=world.ana, mentor_id=world.mia), world.admin)
    seat.sync()

    assert screen.reader.banner.text.text() == "Ana Ruiz is no longer your student."
    assert not screen.reader.feedback.can("approved")


async def test_words_that_the_relay_refuses_are_in_the_refused_command(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    screen.reader.feedback.area.setPlainText("Everything that I wrote.")
    world.done_by(UpdateEntry(id=three[0], body="Unseen."), world.ana)

    await press(qtbot, screen, Qt.Key.Key_A)
    seat.sync()

    [refused] = seat.desk.store.attention()
    assert refused.code == "entry_changed"
    assert refused.command["comment"] == "Everything that I wrote."


async def test_an_approved_entry_is_opened_again_with_a_reason(
    seat_of: SeatOf, world: World, open_queue: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    reviewed(world, entry, "approved")
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    screen.open_item(entry)
    feedback = screen.reader.feedback

    assert feedback.buttons["needs_work"].text() == "Ask for more work"
    assert feedback.buttons["approved"].isHidden()
    await click(qtbot, feedback.buttons["needs_work"])
    assert feedback.field.has_error
    feedback.area.setPlainText("One test is missing.")
    await click(qtbot, feedback.buttons["needs_work"])
    seat.sync()

    assert entry_of(world, entry).status is EntryStatus.NEEDS_WORK


async def test_a_second_version_begins_with_what_changed(
    seat_of: SeatOf, world: World, open_queue: Open, qtbot: QtBot
) -> None:
    entry = written(world, title="Loops", body="One.\nTwo words here.\nThree.", tags=["Git"])
    reviewed(world, entry, "needs_work", comment="Say more.")
    resubmitted(world, entry, title=TABLE, body="One.\nTwo words there.\nThree.", tags=[])
    screen = open_queue(seat_of(world.mia))
    reader = screen.reader

    told = [text.accessibleName() for text in reader.changes.texts]
    assert told == [
        f"Removed: Loops\nAdded: {TABLE}",
        "One.\nRemoved: Two words here.\nAdded: Two words there.\nThree.",
        "Removed: Git\nAdded: ",
    ]
    await click(qtbot, reader.versions.buttons[TEXT])
    assert reader.text.toPlainText().startswith("One.")
    await click(qtbot, reader.versions.buttons[EARLIER])
    assert title(screen) == "Loops"
    assert reader.which.itemText(0) == "1st version"
    await click(qtbot, reader.versions.buttons[CHANGES])
    assert title(screen) == TABLE


async def test_in_a_small_window_the_list_gives_way_to_the_reader(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    screen = open_queue(seat_of(world.mia), NARROW)
    assert not screen.reader.isVisible()

    open_row(qtbot, screen.page.list, three[1])
    await all_done()
    assert title(screen) == "Entry b"
    assert not screen.page.list.isVisible()
    qtbot.keyClick(screen.reader.feedback.area, Qt.Key.Key_Escape)
    assert screen.reader.body.hasFocus()
    qtbot.keyClick(screen.reader.body, Qt.Key.Key_Escape)

    assert screen.page.list.hasFocus()
    assert screen.page.list.current_id() == three[1]


async def test_after_the_last_decision_a_small_window_shows_that_nothing_waits(
    seat_of: SeatOf, world: World, open_queue: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    screen = open_queue(seat_of(world.mia), NARROW)
    screen.open_item(entry)

    await press(qtbot, screen, Qt.Key.Key_R)

    assert screen.page.empty.isVisible()
    assert screen.page.empty.title.accessibleName() == "Nothing waits for you"


async def test_the_row_that_the_arrows_reach_is_read(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    screen = open_queue(seat_of(world.mia))
    go_to(screen.page.list, three[0])

    qtbot.keyClick(screen.page.list, Qt.Key.Key_Down)
    await all_done()

    assert title(screen) == "Entry b"
    assert screen.page.list.hasFocus()


async def test_links_show_their_host_first_and_others_are_not_opened(
    seat_of: SeatOf,
    world: World,
    open_queue: Open,
    qtbot: QtBot,
) -> None:
    written(world, body="[x](http://example.org/x)", resources=["https://react.dev/learn"])
    seat = seat_of(world.mia)
    screen = open_queue(seat)

    screen.reader.link_asked.emit("http://example.org/x")
    assert seat.said == ["Only links that begin with https can be opened."]
    screen.reader.link_asked.emit("https://react.dev/learn")

    [question] = dialogs(screen.page)
    assert "react.dev" in question.accessibleDescription()
    question.reject()


async def test_pictures_and_files_of_a_text_are_never_fetched(
    seat_of: SeatOf, world: World, open_queue: Open
) -> None:
    written(world, body="![a cat](https://example.org/cat.png) <script>x</script> end")
    screen = open_queue(seat_of(world.mia))

    assert screen.reader.text.toPlainText() == "[a cat] <script>x</script> end"


async def test_the_linked_session_is_one_press_away(
    seat_of: SeatOf, world: World, open_queue: Open, qtbot: QtBot
) -> None:
    written(world, schedule_id=world.session)
    seat = seat_of(world.mia)
    screen = open_queue(seat)

    item = screen.reader.links.itemAt(0)
    assert item is not None
    button = item.widget()
    assert button is not None
    await click(qtbot, button)

    assert seat.opened == [f"/mentor/schedules/{world.session}"]


async def test_the_history_of_what_is_read_is_one_press_away(
    seat_of: SeatOf, world: World, open_queue: Open, qtbot: QtBot
) -> None:
    entry_id = written(world)
    seat = seat_of(world.mia)
    screen = open_queue(seat)

    asked: list[tuple[object, ...]] = []
    seat.news.history_asked.connect(lambda *what: asked.append(what))

    await click(qtbot, screen.reader.history)

    assert asked == [(screen.page.window(), "entry", entry_id, "Entry first")]


async def test_an_entry_that_is_gone_says_so(
    seat_of: SeatOf, world: World, open_queue: Open
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)

    screen.open_item(id_of("no entry"))

    assert seat.said == ["This entry is no longer there."]
    assert not screen.reader.is_reading


async def test_the_row_that_the_keyboard_comes_to_is_read(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str], qtbot: QtBot
) -> None:
    approved = written(world, "approved", day=-9)
    reviewed(world, approved, "approved")
    screen = open_queue(seat_of(world.mia))
    await click(qtbot, screen.page.status.buttons["approved"])
    assert title(screen) == "Entry a"

    screen.page.list.setFocus(Qt.FocusReason.TabFocusReason)

    assert title(screen) == "Entry approved"
    assert screen.page.list.current_id() == approved


async def test_an_entry_that_was_taken_back_gives_way_to_the_row_that_the_keyboard_comes_to(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str]
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    world.done_by(WithdrawEntry(id=three[0]), world.ana)
    seat.sync()

    screen.page.list.setFocus(Qt.FocusReason.TabFocusReason)

    assert title(screen) == "Entry b"
    assert screen.page.list.current_id() == three[1]


async def test_a_button_that_is_no_longer_offered_gives_the_keyboard_to_the_text(
    seat_of: SeatOf, world: World, open_queue: Open, three: list[str]
) -> None:
    seat = seat_of(world.mia)
    screen = open_queue(seat)
    screen.reader.feedback.buttons["approved"].setFocus()

    world.done_by(WithdrawEntry(id=three[0]), world.ana)
    seat.sync()

    assert screen.reader.body.hasFocus()
