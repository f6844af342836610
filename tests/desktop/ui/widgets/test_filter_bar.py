"""One choice of several."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QFontMetrics
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.filter_bar import FilterBar


@pytest.fixture
def bar(theme: Theme, qtbot: QtBot) -> FilterBar:
    bar = FilterBar("Show", [("all", "All"), ("open", "Open"), ("done", "Done")])
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_begins_with_the_first(bar: FilterBar) -> None:
    assert bar.current == "all"
    assert bar.buttons["all"].isChecked()


def test_a_press_chooses(bar: FilterBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.mouseClick(bar.buttons["done"], Qt.MouseButton.LeftButton)

    assert chosen.args == ["done"]
    assert not bar.buttons["all"].isChecked()


def test_assistive_technology_chooses(bar: FilterBar, qtbot: QtBot) -> None:
    told = QAccessible.queryAccessibleInterface(list(bar.buttons.values())[1])

    with qtbot.waitSignal(bar.chosen) as chosen:
        told.actionInterface().doAction(QAccessibleActionInterface.toggleAction())

    assert chosen.args == [list(bar.buttons)[1]]


def test_arrow_keys_choose(bar: FilterBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.chosen) as chosen:
        qtbot.keyClick(bar.buttons["all"], Qt.Key.Key_Right)

    assert chosen.args == ["open"]


def test_the_program_chooses_in_silence(bar: FilterBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.chosen):
        bar.choose("open")

    assert bar.current == "open"


def test_counts_stand_behind_the_words(bar: FilterBar) -> None:
    bar.show_count("open", 3)
    assert bar.buttons["open"].text() == "Open  3"

    bar.show_count("open", 0)
    assert bar.buttons["open"].text() == "Open"
    bar.show_count("open", 3)
    bar.show_count("open", None)

    assert bar.buttons["open"].text() == "Open"


def test_a_choice_is_wide_enough_for_its_words_in_bold(theme: Theme, bar: FilterBar) -> None:
    bar.show_count("done", 12)
    button = bar.buttons["done"]
    bar.choose("done")
    bold = QFontMetrics(theme.font(strong=True)).horizontalAdvance(button.text())

    assert button.sizeHint().width() - bold >= 20  # the padding, on both sides


def test_tab_comes_to_the_choice_that_the_program_made(bar: FilterBar) -> None:
    bar.choose("open")

    tabbed = [
        key for key, button in bar.buttons.items() if button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]

    assert tabbed == ["open"]


def test_the_keyboard_goes_along_to_the_choice_that_the_program_made(
    bar: FilterBar, qtbot: QtBot
) -> None:
    bar.activateWindow()
    bar.buttons["all"].setFocus()
    qtbot.waitUntil(bar.buttons["all"].hasFocus)

    bar.choose("open")

    assert bar.buttons["open"].hasFocus()
