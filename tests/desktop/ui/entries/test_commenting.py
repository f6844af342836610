"""The comment thread of an entry, used as either side uses it, over a real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.entries.commenting import Commenting
from desktop.ui.theme import Theme
from desktop.ui.widgets.scrolled_page import ScrolledPage
from domain.comments import Comment, EditComment, ResolveComment
from tests.builders import World, id_of
from tests.desktop.ui.entries.written import resubmitted, reviewed, said, written
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
Open = Callable[[Seat, str], Commenting]
pytestmark = pytest.mark.usefixtures("british")
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_thread(theme: Theme, qtbot: QtBot) -> Open:
    pages: list[ScrolledPage] = []

    def open_thread(seat: Seat, entry_id: str) -> Commenting:
        page = ScrolledPage()
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(500, 400)
        commenting = Commenting(seat.workspace, theme, page)
        page.column.addWidget(commenting.view)
        page.column.addStretch(1)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        commenting.show_entry(entry_id)
        settle()
        return commenting

    return open_thread


def settle() -> None:
    """Let layouts come to rest."""
    for _ in range(4):
        QApplication.processEvents()


def bodies(commenting: Commenting) -> list[str]:
    return [card.look.body for card in commenting.view.cards.values()]


async def test_both_sides_read_what_the_other_said(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    ana, mia = seat_of(world.ana), seat_of(world.mia)
    hers, his = open_thread(ana, entry), open_thread(mia, entry)

    his.view.area.setPlainText("Which book?")
    qtbot.keyClick(his.view.area, Qt.Key.Key_Return, CONTROL)
    await all_done()
    mia.sync()
    ana.sync()

    [card] = hers.view.cards.values()
    assert (card.look.author, card.look.body) == ("Mia Stone", "Which book?")
    assert not card.look.is_mine
    assert card.edit_button.isHidden()
    assert his.view.area.toPlainText() == ""


async def test_a_comment_says_who_when_and_to_which_version(
    world: World, seat_of: SeatOf, open_thread: Open
) -> None:
    entry = written(world)
    said(world, entry, "Well begun.", hours=-6)
    reviewed(world, entry)
    resubmitted(world, entry, body="More.")
    commenting = open_thread(seat_of(world.ana), entry)
    commenting.show_entry(entry, 2)

    [card] = commenting.view.cards.values()

    assert card.look.meta == "Today, 07:00 · 1st version"
    assert card.accessibleName() == "Mia Stone, Today, 07:00, 1st version: Well begun."


async def test_what_is_typed_survives_until_it_is_sent(
    world: World, seat_of: SeatOf, open_thread: Open
) -> None:
    first, second = written(world, "first"), written(world, "second")
    seat = seat_of(world.mia)
    commenting = open_thread(seat, first)
    area = commenting.view.area
    area.setPlainText("Half a thought")

    commenting.show_entry(second)
    await all_done()
    assert area.toPlainText() == ""
    again = open_thread(seat, first)
    await all_done()

    assert again.view.area.toPlainText() == "Half a thought"


async def test_nothing_is_sent_without_words(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot
) -> None:
    commenting = open_thread(seat_of(world.mia), written(world))

    qtbot.mouseClick(commenting.view.send_button, LEFT)
    await all_done()

    assert commenting.view.field.error.text() == "Write something first."
    assert commenting.view.area.hasFocus()


async def test_the_limit_is_told_at_the_field_and_the_words_stay(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot
) -> None:
    commenting = open_thread(seat_of(world.mia), written(world))
    commenting.view.area.setPlainText("long " * 2000)

    qtbot.mouseClick(commenting.view.send_button, LEFT)
    await all_done()

    assert commenting.view.field.has_error
    assert commenting.view.area.typed() == ("long " * 2000).strip()


async def test_the_author_changes_a_comment_in_its_place(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    comment = said(world, entry, "Wich book?")
    seat = seat_of(world.mia)
    commenting = open_thread(seat, entry)
    card = commenting.view.cards[comment]

    qtbot.mouseClick(card.edit_button, LEFT)
    await all_done()
    assert card.editor is not None
    card.editor.area.setPlainText("Which book?")
    qtbot.keyClick(card.editor.area, Qt.Key.Key_Return, CONTROL)
    await all_done()
    seat.sync()

    assert not card.is_edited
    assert bodies(commenting) == ["Which book?"]
    assert seat.desk.relay.get(Comment, comment).body == "Which book?"


async def test_news_of_a_comment_leave_the_field_that_it_is_changed_in_alone(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    comment = said(world, entry, "Which book?")
    seat = seat_of(world.mia)
    commenting = open_thread(seat, entry)
    card = commenting.view.cards[comment]
    qtbot.mouseClick(card.edit_button, LEFT)
    await all_done()
    assert card.editor is not None
    card.editor.area.setPlainText("Which chapter?")

    world.done_by(EditComment(id=comment, body="Which page?"), world.mia)
    seat.sync()

    assert card.editor.area.toPlainText() == "Which chapter?"
    assert card.is_edited


async def test_escape_loses_nothing_and_cancel_drops_it(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    comment = said(world, entry, "Which book?")
    commenting = open_thread(seat_of(world.mia), entry)
    card = commenting.view.cards[comment]
    qtbot.mouseClick(card.edit_button, LEFT)
    await all_done()
    assert card.editor is not None
    card.editor.area.setPlainText("Which chapter?")

    qtbot.keyClick(card.editor.area, Qt.Key.Key_Escape)
    assert card.is_edited
    assert card.editor.cancel_button.hasFocus()
    qtbot.keyClick(card.editor.cancel_button, Qt.Key.Key_Return)
    qtbot.mouseClick(card.edit_button, LEFT)
    await all_done()

    assert card.editor.area.toPlainText() == "Which book?"


async def test_a_deleted_comment_comes_back_with_undo(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    comment = said(world, entry, "Which book?")
    seat = seat_of(world.mia)
    undos: list[Callable[[], object]] = []
    seat.news.said.connect(lambda _text, undo: undos.append(undo))
    commenting = open_thread(seat, entry)

    qtbot.mouseClick(commenting.view.cards[comment].delete_button, LEFT)
    await all_done()
    assert bodies(commenting) == []
    assert commenting.view.nothing.isVisible()
    undos[0]()
    await all_done()

    assert bodies(commenting) == ["Which book?"]


@pytest.mark.parametrize("who", ["ana", "mia"])
async def test_either_side_settles_a_comment_and_opens_it_again(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot, who: str
) -> None:
    entry = written(world)
    comment = said(world, entry, "Which book?")
    commenting = open_thread(seat_of(world.people[who]), entry)
    card = commenting.view.cards[comment]

    qtbot.mouseClick(card.resolve_button, LEFT)
    await all_done()
    assert card.look.is_resolved
    assert card.chip.isVisible()
    assert "Resolved" in card.accessibleName()
    qtbot.mouseClick(card.resolve_button, LEFT)
    await all_done()

    assert not card.look.is_resolved


async def test_what_one_reads_stays_where_it_is_when_more_is_said(
    world: World, seat_of: SeatOf, open_thread: Open
) -> None:
    entry = written(world)
    comments = [
        said(world, entry, f"{at}: " + "Long words. " * 60, hours=-9 + at) for at in range(6)
    ]
    seat = seat_of(world.mia)
    commenting = open_thread(seat, entry)
    thread = commenting.view
    page = thread.window()
    assert isinstance(page, ScrolledPage)
    page.ensureWidgetVisible(thread.cards[comments[3]])
    settle()
    read = thread.cards[comments[3]]
    before = read.mapTo(page, read.rect().topLeft()).y()

    world.done_by(EditComment(id=comments[0], body="Short."), world.mia)
    said(world, entry, "And another thing.", by=world.ana)
    seat.sync()
    settle()

    assert len(thread.cards) == 7
    assert read.mapTo(page, read.rect().topLeft()).y() == before


async def test_a_resolve_of_the_other_side_shows_at_once(
    world: World, seat_of: SeatOf, open_thread: Open
) -> None:
    entry = written(world)
    comment = said(world, entry, "Which book?")
    seat = seat_of(world.mia)
    commenting = open_thread(seat, entry)

    world.done_by(ResolveComment(id=comment), world.ana)
    seat.sync()

    assert commenting.view.cards[comment].look.is_resolved


async def test_a_comment_is_sent_once_however_often_one_asks_for_it(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    seat = seat_of(world.mia)
    commenting = open_thread(seat, entry)
    commenting.view.area.setPlainText("Which book?")

    for _ in range(3):
        qtbot.mouseClick(commenting.view.send_button, LEFT)
    qtbot.keyClick(commenting.view.area, Qt.Key.Key_Return, CONTROL)
    await all_done()
    seat.sync()

    assert bodies(commenting) == ["Which book?"]


async def test_another_comment_can_follow(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    commenting = open_thread(seat_of(world.mia), entry)

    for words in ("x" * 8001, "Which book?", "And which page?"):
        commenting.view.area.setPlainText(words)
        commenting.view.send_button.click()
        await all_done()

    assert bodies(commenting) == ["Which book?", "And which page?"]


async def test_a_change_of_a_comment_is_saved_once(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot
) -> None:
    entry = written(world)
    comment = said(world, entry, "Wich book?")
    seat = seat_of(world.mia)
    commenting = open_thread(seat, entry)
    card = commenting.view.cards[comment]
    qtbot.mouseClick(card.edit_button, LEFT)
    await all_done()
    assert card.editor is not None
    card.editor.area.setPlainText("Which book?")

    for _ in range(3):
        qtbot.mouseClick(card.editor.save_button, LEFT)
    await all_done()

    assert seat.desk.store.counts().waiting == 1


async def test_the_last_letters_of_a_change_are_kept_when_another_entry_is_opened(
    world: World, seat_of: SeatOf, open_thread: Open, qtbot: QtBot
) -> None:
    first, second = written(world, "first"), written(world, "second")
    comment = said(world, first, "Which book?")
    commenting = open_thread(seat_of(world.mia), first)
    qtbot.mouseClick(commenting.view.cards[comment].edit_button, LEFT)
    await all_done()
    editor = commenting.view.cards[comment].editor
    assert editor is not None
    editor.area.setPlainText("Which chapter?")

    commenting.show_entry(second)
    commenting.show_entry(first)
    settle()
    qtbot.mouseClick(commenting.view.cards[comment].edit_button, LEFT)
    await all_done()

    again = commenting.view.cards[comment].editor
    assert again is not None
    assert again.area.toPlainText() == "Which chapter?"


async def test_a_comment_that_is_gone_is_said(
    world: World, seat_of: SeatOf, open_thread: Open
) -> None:
    entry = written(world)
    comment = said(world, entry, "Which book?")
    seat = seat_of(world.mia)
    commenting = open_thread(seat, entry)

    commenting.open_comment(comment)
    commenting.open_comment(id_of("no comment"))

    assert commenting.view.cards[comment].hasFocus()
    assert seat.said == ["This comment is no longer there."]
