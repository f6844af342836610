"""The place of a list."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.row_list import RowList


def test_it_shows_the_list_or_why_it_is_empty_and_never_both(qtbot: QtBot, theme: Theme) -> None:
    rows = RowList(theme, RecordListModel(str), "Sessions")
    empty = EmptyState(theme, "calendar", "No sessions")
    place = ListOrEmpty(rows, empty)
    qtbot.addWidget(place)
    place.show()

    place.show_list(has_rows=False)
    assert (rows.isVisible(), empty.isVisible()) == (False, True)

    place.show_list(has_rows=True)
    assert (rows.isVisible(), empty.isVisible()) == (True, False)
