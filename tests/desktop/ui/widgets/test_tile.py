"""Numbers on the dashboard."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.tile import Tile


def test_says_what_the_number_counts(theme: Theme, qtbot: QtBot) -> None:
    tile = Tile(theme, "Active students", "users")
    qtbot.addWidget(tile)

    tile.show_value(14, "9 active this week")

    assert tile.value.text() == "14"
    assert tile.accessibleName() == "Active students, 14, 9 active this week"


def test_is_pressed_by_pointer_and_by_key(theme: Theme, qtbot: QtBot) -> None:
    tile = Tile(theme, "Sessions", is_clickable=True)
    qtbot.addWidget(tile)

    with qtbot.waitSignal(tile.pressed):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(tile.pressed):
        qtbot.keyClick(tile, Qt.Key.Key_Space)


def test_a_tile_that_leads_nowhere_takes_no_focus(theme: Theme, qtbot: QtBot) -> None:
    tile = Tile(theme, "Sessions")
    qtbot.addWidget(tile)

    with qtbot.assertNotEmitted(tile.pressed):
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)

    assert tile.focusPolicy() == Qt.FocusPolicy.NoFocus
