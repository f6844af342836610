"""Plain text to read: every word, and no markup."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.plain_text import PlainText


@pytest.fixture
def text(window: QWidget) -> PlainText:
    text = PlainText("", window)
    text.resize(200, 10)
    window.show()
    text.show()
    return text


def test_markup_is_shown_as_it_was_typed(text: PlainText) -> None:
    text.show_text("<b>bold</b> & **more**")

    assert text.toPlainText() == "<b>bold</b> & **more**" == text.accessibleName()


def test_it_is_as_high_as_its_words(text: PlainText) -> None:
    text.show_text("One.")
    low = text.height()

    text.show_text("One.\nTwo.\nThree. " + "word " * 40)

    assert text.height() >= 3 * low


def test_a_long_word_breaks_within_the_width(text: PlainText) -> None:
    text.show_text("x" * 400)

    assert text.document().idealWidth() <= text.viewport().width()


def test_a_selection_stays_when_the_text_does(text: PlainText) -> None:
    text.show_text("One. Two.")
    text.selectAll()

    text.show_text("One. Two.")

    assert text.textCursor().hasSelection()
