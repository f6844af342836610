"""The form of an entry."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.ui.entries.writer import PREVIEW, EntryWriter
from desktop.ui.theme import Theme
from tests.desktop.ui.stops import stops


def test_the_time_spent_keeps_off_the_frame_of_its_field(theme: Theme, qtbot: QtBot) -> None:
    writer = EntryWriter(theme)
    qtbot.addWidget(writer)

    assert writer.minutes.lineEdit().textMargins().left() > 0


def test_tab_comes_to_the_preview_where_that_is_shown(theme: Theme, qtbot: QtBot) -> None:
    writer = EntryWriter(theme)
    qtbot.addWidget(writer)
    with qtbot.waitExposed(writer):
        writer.show()

    writer.mode.buttons[PREVIEW].click()

    assert writer.preview in list(stops(writer))
    assert writer.body not in list(stops(writer))
