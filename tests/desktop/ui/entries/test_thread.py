"""A long thread of comments: the last ones first, the others when somebody wants them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.entries.comment_card import CommentLook
from desktop.ui.entries.comment_editor import CommentEditor
from desktop.ui.entries.thread import SHOWN, CommentThread
from desktop.ui.theme import Theme
from desktop.ui.widgets.scrolled_page import ScrolledPage
from tests.desktop.ui.stops import stops


@pytest.fixture
def thread(theme: Theme, qtbot: QtBot) -> Iterator[CommentThread]:
    page = ScrolledPage()
    qtbot.addWidget(page)
    page.resize(500, 400)
    thread = CommentThread(theme)
    page.column.addWidget(thread)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    QApplication.processEvents()
    yield thread
    page.hide()


def said(count: int, first: int = 0) -> list[CommentLook]:
    return [
        CommentLook(id=f"c{at}", author="Mia", when="Today", body=f"Remark {at}", is_mine=True)
        for at in range(first, first + count)
    ]


def shown(thread: CommentThread) -> Sequence[str]:
    return list(thread.cards)


def fields(thread: QWidget) -> int:
    return len(thread.findChildren(QPlainTextEdit))


def test_a_thread_of_hundreds_begins_with_the_last_and_has_no_field_in_each(
    thread: CommentThread,
) -> None:
    thread.show_comments(said(300), is_first=True)

    assert shown(thread) == [f"c{at}" for at in range(300 - SHOWN, 300)]
    assert thread.earlier.text() == f"Show earlier comments ({300 - SHOWN})"
    assert thread.findChildren(CommentEditor) == []
    assert fields(thread) == 1  # for the next comment


def test_earlier_ones_come_when_they_are_asked_for(thread: CommentThread, qtbot: QtBot) -> None:
    thread.show_comments(said(SHOWN + 3), is_first=True)

    qtbot.mouseClick(thread.earlier, Qt.MouseButton.LeftButton)

    assert len(thread.cards) == SHOWN + 3
    assert not thread.earlier.isVisible()
    assert thread.cards["c0"].hasFocus()


def test_tab_goes_down_the_comments_and_then_to_the_field(thread: CommentThread) -> None:
    thread.show_comments(said(SHOWN + 3), is_first=True)
    thread.earlier.click()
    thread.show_comments(said(SHOWN + 4))
    QApplication.processEvents()

    stands = list(stops(thread))

    cards = [each for each in stands if each in thread.cards.values()]
    assert cards == [thread.cards[f"c{at}"] for at in range(SHOWN + 4)]
    assert stands[-2:] == [thread.area, thread.send_button]
    at = stands.index(cards[0])
    assert stands[at + 1] is thread.cards["c0"].resolve_button


def test_tab_goes_on_from_a_comments_buttons_to_the_field_that_they_open(
    thread: CommentThread,
) -> None:
    thread.show_comments(said(2), is_first=True)
    first, second = thread.cards.values()
    first.edit()
    editor = first.editor
    assert editor is not None

    stands = list(stops(thread))

    assert stands.index(first) < stands.index(editor.area) < stands.index(second)


def test_a_short_thread_is_shown_whole_also_where_an_early_word_comes_late(
    thread: CommentThread,
) -> None:
    thread.show_comments(said(3, first=1), is_first=True)

    thread.show_comments(said(4))

    assert len(thread.cards) == 4
    assert not thread.earlier.isVisible()


def test_what_is_shown_stays_while_more_is_said(thread: CommentThread) -> None:
    thread.show_comments(said(SHOWN + 5), is_first=True)

    thread.show_comments(said(SHOWN + 9))

    assert "c5" in thread.cards
    assert "c4" not in thread.cards
    assert len(thread.cards) == SHOWN + 4


def test_another_entry_begins_with_its_own_last_ones(thread: CommentThread) -> None:
    thread.show_comments(said(SHOWN + 5), is_first=True)

    thread.show_comments(said(2, first=500), is_first=True)

    assert set(thread.cards) == {"c500", "c501"}
    assert not thread.earlier.isVisible()


def test_a_comment_among_the_earlier_ones_can_be_opened(thread: CommentThread) -> None:
    thread.show_comments(said(SHOWN + 50), is_first=True)

    assert thread.show_card("c10")
    assert not thread.show_card("none")

    assert thread.cards["c10"].hasFocus()
    assert "c9" not in thread.cards


@pytest.mark.parametrize("wanted", ["c10", "c60", "c79"])
def test_a_comment_that_is_opened_is_in_sight_and_marked(
    thread: CommentThread, wanted: str
) -> None:
    thread.show_comments(said(SHOWN + 50), is_first=True)

    thread.show_card(wanted)
    QApplication.processEvents()

    card = thread.cards[wanted]
    assert card.visibleRegion().boundingRect() == card.rect()
    assert [key for key, each in thread.cards.items() if each.property("marked")] == [wanted]


def test_the_mark_goes_with_the_keyboard_but_not_with_the_window(
    thread: CommentThread, qtbot: QtBot
) -> None:
    thread.show_comments(said(2), is_first=True)
    thread.show_card("c0")
    card = thread.cards["c0"]

    away = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(card, away)
    assert card.property("marked")
    thread.cards["c1"].setFocus()

    assert not card.property("marked")


def test_a_card_gets_its_field_when_it_is_changed(thread: CommentThread) -> None:
    thread.show_comments(said(2), is_first=True)
    card = thread.cards["c1"]

    card.edit()

    assert card.editor is not None
    assert card.editor.area.toPlainText() == "Remark 1"
    assert card.editor.area.hasFocus()
    assert card.body.isHidden()
