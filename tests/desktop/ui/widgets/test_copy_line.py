"""A line that is there to be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.copy_line import CopyLine


def test_the_key_copies_and_the_button_says_so(theme: Theme, window: QWidget, qtbot: QtBot) -> None:
    line = CopyLine(theme, "Code")
    QVBoxLayout(window).addWidget(line)
    line.show_text("ABCD-EFGH")

    qtbot.keyClick(line.copy, Qt.Key.Key_Return)

    assert QApplication.clipboard().text() == "ABCD-EFGH"
    assert (line.copy.text(), line.copy.accessibleName()) == ("Copied", "Copy: Code")
    line.show_text("IJKL-MNOP")
    assert line.copy.text() == "Copy"


def test_the_text_can_be_selected_and_not_changed(
    theme: Theme, window: QWidget, qtbot: QtBot
) -> None:
    line = CopyLine(theme, "Code")
    QVBoxLayout(window).addWidget(line)
    line.show_text("ABCD-EFGH")

    qtbot.keyClicks(line.text, "X")
    line.text.selectAll()

    assert line.text.selectedText() == "ABCD-EFGH"
