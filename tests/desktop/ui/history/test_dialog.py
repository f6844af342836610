"""The dialog that shows a history."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.entries.difference import difference
from desktop.ui.history.changes import ARROW, FieldChange
from desktop.ui.history.dialog import LARGEST, HistoryDialog
from desktop.ui.history.looks import Look
from desktop.ui.theme import Theme

MOVED = Look(
    who="Mia Stone",
    said="Mia Stone moved it",
    when="Today, 11:00",
    changes=(FieldChange("When", "Thursday", "Friday"), FieldChange("Where", "Library", "")),
)
PLANNED = Look(
    who="Mia Stone",
    said="Mia Stone planned it",
    when="Yesterday, 11:00",
    changes=(FieldChange("When", "", "Thursday"),),
)


@pytest.fixture
def dialog(theme: Theme, window: QWidget, qtbot: QtBot) -> HistoryDialog:
    dialog = HistoryDialog(theme, window, "History", "Who changed what.")
    with qtbot.waitExposed(dialog):
        dialog.open()
    return dialog


def test_before_and_after_stand_beside_each_other(dialog: HistoryDialog) -> None:
    dialog.show_looks([MOVED, PLANNED], has_more=False)

    moved, planned = dialog.entries
    assert moved.facts == [f"Thursday  {ARROW}  Friday", f"Library  {ARROW}  nothing"]
    assert planned.facts == ["Thursday"]
    assert not dialog.more.isVisible()


def test_more_is_asked_for_once_and_added_below(dialog: HistoryDialog, qtbot: QtBot) -> None:
    dialog.show_looks([MOVED], has_more=True)

    with qtbot.waitSignal(dialog.more_asked):
        qtbot.mouseClick(dialog.more, Qt.MouseButton.LeftButton)
    assert not dialog.more.isEnabled()
    dialog.add_looks([PLANNED], has_more=False)

    assert [one.look for one in dialog.entries] == [MOVED, PLANNED]
    assert dialog.more.isHidden()
    assert dialog.area.hasFocus()


def test_a_trouble_leaves_what_is_shown_and_can_be_tried_again(
    dialog: HistoryDialog, qtbot: QtBot
) -> None:
    dialog.show_looks([MOVED], has_more=True)

    dialog.show_trouble("The relay cannot be reached.")

    assert dialog.banner.text.text() == "The relay cannot be reached."
    assert len(dialog.entries) == 1
    with qtbot.waitSignal(dialog.again_asked):
        dialog.banner.buttons["again"].click()


def test_a_trouble_is_seen_wherever_one_reads(dialog: HistoryDialog, qtbot: QtBot) -> None:
    dialog.show_looks([MOVED] * 20, has_more=True)
    bar = dialog.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())  # where `more` stands

    dialog.show_trouble("The relay cannot be reached.")

    qtbot.waitUntil(lambda: not dialog.banner.visibleRegion().isEmpty())
    assert dialog.size() == LARGEST


def test_it_grows_with_the_trouble_above(dialog: HistoryDialog) -> None:
    dialog.show_looks([MOVED] * 3, has_more=False)
    before = dialog.height()

    dialog.show_trouble("The relay cannot be reached.")

    assert dialog.height() > before
    assert dialog.area.verticalScrollBar().maximum() == 0


def test_what_differs_in_a_text_is_shown_word_by_word(dialog: HistoryDialog) -> None:
    parts = [("Text", difference("Two kinds.", "Three kinds."))]
    dialog.show_looks([Look(who="A", said="A changed it", when="now", texts=parts)], has_more=False)

    [text] = dialog.entries[0].texts.texts
    assert text.accessibleName() == "Removed: Two kinds.\nAdded: Three kinds."


def test_it_stays_within_a_small_window(theme: Theme, window: QWidget) -> None:
    window.resize(720, 520)

    dialog = HistoryDialog(theme, window, "History", "Who changed what.")

    assert dialog.width() <= 720 - 48
    assert dialog.height() <= 520 - 48
    dialog.deleteLater()


def test_it_is_larger_than_a_dialog_that_it_opens_from(theme: Theme, window: QWidget) -> None:
    details = QDialog(window)
    details.resize(400, 180)

    dialog = HistoryDialog(theme, details, "History", "Who changed what.")
    dialog.show_looks([MOVED] * 20, has_more=False)

    assert dialog.size() == LARGEST


def test_it_grows_with_what_stands_in_it_and_stays_in_its_place(dialog: HistoryDialog) -> None:
    low, middle = dialog.height(), dialog.geometry().center()

    dialog.show_looks([MOVED] * 3, has_more=False)

    assert dialog.area.verticalScrollBar().maximum() == 0
    assert low < dialog.height() < LARGEST.height()
    assert (dialog.geometry().center() - middle).manhattanLength() <= 1


def test_escape_closes_it(dialog: HistoryDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
