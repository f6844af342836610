"""One entry in full, as its reader's keyboard goes through it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.entries.comment_card import CommentLook
from desktop.ui.entries.reader import EntryLook, EntryReader
from desktop.ui.entries.thread import CommentThread
from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import ChipLook
from tests.desktop.ui.stops import stops

CHIP = ChipLook("Waiting", "clock", "pending")


def an_entry(title: str) -> EntryLook:
    return EntryLook(
        student="",
        title=title,
        facts="Today",
        chip=CHIP,
        body="I read about loops.",
        session="Weekly talk",
        links=["https://example.org"],
    )


def a_comment(comment_id: str) -> CommentLook:
    return CommentLook(id=comment_id, author="Mia", when="Today", body="Well done.")


@pytest.fixture
def reader(theme: Theme, qtbot: QtBot) -> EntryReader:
    reader = EntryReader(theme, CommentThread(theme), QPushButton("Write next version"))
    qtbot.addWidget(reader)
    reader.resize(600, 700)
    with qtbot.waitExposed(reader):
        reader.show()
    reader.activateWindow()
    reader.show_entry(an_entry("Loops"), is_other=True)
    reader.comments.show_comments([a_comment("c1"), a_comment("c2")], is_first=True)
    QCoreApplication.processEvents()
    return reader


def test_tab_goes_down_the_page(reader: EntryReader) -> None:
    thread = reader.comments
    first, second = thread.cards.values()

    stands = list(stops(reader))

    links = [
        stop for stop in stands if stop.toolTip() in {"Open the session", "https://example.org"}
    ]
    expected = [
        reader.body,
        reader.text,
        *links,
        first,
        first.resolve_button,
        second,
        second.resolve_button,
        thread.area,
        thread.send_button,
        reader.foot,
    ]
    assert len(links) == 2
    assert stands[-len(expected) :] == expected


def test_another_entry_leaves_the_keyboard_at_the_reading_and_not_in_the_field_below(
    reader: EntryReader,
) -> None:
    reader.comments.cards["c1"].setFocus()

    reader.show_entry(an_entry("Recursion"), is_other=True)
    reader.comments.show_comments([a_comment("c3")], is_first=True)

    assert reader.body.hasFocus()
