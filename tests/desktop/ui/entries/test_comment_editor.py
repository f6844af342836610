"""The field in which a comment is changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.entries.comment_editor import CommentEditor
from desktop.ui.theme import Theme

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def editor(theme: Theme, window: QWidget) -> CommentEditor:
    editor = CommentEditor(theme, window)
    editor.resize(400, 200)
    editor.show()
    editor.begin("Which book?")
    QApplication.processEvents()
    return editor


def test_it_begins_behind_what_the_comment_says(editor: CommentEditor, qtbot: QtBot) -> None:
    qtbot.keyClicks(editor.area, " And page?")

    assert editor.area.toPlainText() == "Which book? And page?"


def test_it_asks_to_save_what_stands_there(editor: CommentEditor, qtbot: QtBot) -> None:
    editor.area.setPlainText("  Which page?  ")

    with qtbot.waitSignal(editor.save_asked) as asked:
        qtbot.keyClick(editor.area, Qt.Key.Key_Return, CONTROL)

    assert asked.args == ["Which page?"]


def test_it_saves_no_empty_comment(editor: CommentEditor, qtbot: QtBot) -> None:
    editor.area.setPlainText("   ")

    with qtbot.assertNotEmitted(editor.save_asked):
        qtbot.mouseClick(editor.save_button, Qt.MouseButton.LeftButton)

    assert editor.field.error.text() == "Write something, or delete the comment."
    assert editor.area.hasFocus()


def test_escape_drops_only_what_nobody_has_typed(editor: CommentEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.drop_asked):
        qtbot.keyClick(editor.area, Qt.Key.Key_Escape)
    editor.area.setPlainText("Which page?")

    with qtbot.assertNotEmitted(editor.drop_asked):
        qtbot.keyClick(editor.area, Qt.Key.Key_Escape)

    assert editor.cancel_button.hasFocus()


def test_what_is_too_long_is_not_pasted(editor: CommentEditor) -> None:
    QApplication.clipboard().setText("x" * 1_000_000)

    editor.area.paste()

    assert editor.area.toPlainText() == "Which book?"
    assert "too long to paste" in editor.field.error.text()
