"""The list of shortcuts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.shortcuts_dialog import ShortcutsDialog
from desktop.ui.theme import Theme


def test_escape_closes_it(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = ShortcutsDialog(window, ["Today"])
    dialog.open()

    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_only_nine_pages_have_a_number(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = ShortcutsDialog(window, [str(number) for number in range(12)])

    assert len([keys for keys, _meaning in dialog.rows if keys[-1] in "123456789"]) >= 9
    assert "Ctrl+10" not in dict(dialog.rows)
