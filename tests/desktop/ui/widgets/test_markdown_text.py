"""Markdown that others wrote: read as it was meant, and nothing shown that was not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Look, Theme
from desktop.ui.widgets.markdown_text import LONGEST, MarkdownText

Show = Callable[[str], MarkdownText]


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot, window: QWidget) -> Show:
    def show(markdown: str) -> MarkdownText:
        text = MarkdownText(theme, "The entry", window)
        text.resize(500, 100)
        text.show()
        text.show_markdown(markdown)
        return text

    window.show()
    return show


def test_markdown_is_set_as_it_was_meant(shown: Show) -> None:
    text = shown("# Loops\n\nTwo **kinds**:\n\n- `for`\n- *while*\n")

    assert text.toPlainText().split("\n") == ["Loops", "Two kinds:", "for", "while"]
    assert "font-weight" in text.toHtml()


def test_html_is_shown_as_it_was_typed(shown: Show) -> None:
    text = shown('<b>bold</b> <script>alert(1)</script> <img src="file:///etc/passwd">')

    assert "<script>alert(1)</script>" in text.toPlainText()
    assert "<b>bold</b>" in text.toPlainText()


@pytest.mark.parametrize(
    "address", ["https://evil.example/x.png", "file:///etc/passwd", "data:image/png;base64,AAAA"]
)
def test_a_picture_is_named_and_never_fetched(shown: Show, address: str) -> None:
    text = shown(f"Before ![a chart]({address}) after.")

    assert text.toPlainText() == "Before [a chart] after."
    kind = QTextDocument.ResourceType.ImageResource.value
    assert text.loadResource(kind, QUrl(address)) is None


@pytest.mark.parametrize("address", ["https://example.org/", "file:///etc", "javascript:alert(1)"])
def test_a_link_that_is_pressed_is_only_asked_for(shown: Show, qtbot: QtBot, address: str) -> None:
    text = shown(f"[here]({address})")

    with qtbot.waitSignal(text.link_asked) as asked:
        text.anchorClicked.emit(QUrl(address))

    assert asked.args == [address]
    assert text.source().isEmpty()
    assert not text.openLinks()


def test_letters_that_turn_the_text_around_are_taken_out(shown: Show) -> None:
    text = shown("safe\u202egpj.exe\u2066 and \u0007bell")

    assert (
        text.toPlainText()
        == "safe\N{REPLACEMENT CHARACTER}gpj.exe\N{REPLACEMENT CHARACTER} "
        + ("and \N{REPLACEMENT CHARACTER}bell")
    )


def test_long_lines_of_code_wrap(shown: Show) -> None:
    text = shown("```\n" + "word " * 100 + "\n```\n\nEnd.")

    assert text.document().idealWidth() <= text.viewport().width()
    assert text.height() > 3 * text.fontMetrics().lineSpacing()


def test_it_is_as_high_as_its_text(shown: Show) -> None:
    text = shown("One.")
    low = text.height()

    text.show_markdown("One.\n\nTwo.\n\nThree.")

    assert text.height() > 2 * low


def test_a_text_too_long_to_set_is_shown_as_it_was_typed(shown: Show) -> None:
    text = shown("**bold** " * (LONGEST // 8))

    assert text.toPlainText().startswith("**bold** **bold**")


def test_code_has_the_ground_of_the_theme_and_changes_with_it(shown: Show, theme: Theme) -> None:
    text = shown("```\ncode\n```")

    def ground() -> str:
        return text.document().begin().blockFormat().background().color().name()

    light = ground()
    theme.choose(Look.DARK)

    assert light != ground() == theme.color("hover").name()
