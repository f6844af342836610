"""Markdown that others wrote: read as it was meant, and nothing shown that was not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Look, Theme
from desktop.ui.widgets.markdown_text import LONGEST, MOST_PARTS, MarkdownText

Show = Callable[[str], MarkdownText]
ROOT = Path(__file__).resolve().parents[4]
HANGS_S = 5  # a program that opens a pipe into which nobody writes never ends
TYPED = "This text is too long to be set. It is shown as typed."
# Shows the Markdown that it is given, in a window, and draws it.
READER = """
import sys
from PySide6.QtWidgets import QApplication
from desktop.ui.theme import Look, Theme
from desktop.ui.widgets.markdown_text import MarkdownText
app = QApplication([])
text = MarkdownText(Theme(app, Look.LIGHT), "The entry")
text.resize(500, 300)
text.show()
text.show_markdown(sys.argv[1])
app.processEvents()
text.grab()
print(text.toPlainText())
"""


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


def test_what_stands_between_two_rules_at_the_top_is_shown(shown: Show) -> None:
    text = shown("---\nI begin with a rule.\n\nTwo.\n\n---\nMore.")

    for words in ("I begin with a rule.", "Two.", "More."):
        assert words in text.toPlainText()


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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
@pytest.mark.parametrize("scheme", ["file://", ""])
def test_a_picture_opens_no_file(tmp_path: Path, scheme: str) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    markdown = f"Before ![a chart]({scheme}{pipe}) after.\n\n| |\n|-|\n| ![two]({scheme}{pipe}) |"

    shown = subprocess.run(
        [sys.executable, "-c", READER, markdown],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=HANGS_S,
        check=True,
    )

    assert shown.stdout.startswith("Before [a chart] after.")
    assert "[two]" in shown.stdout


def test_no_picture_is_even_looked_for(theme: Theme, window: QWidget) -> None:
    looked_for: list[str] = []

    class Watched(MarkdownText):
        def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: N802  Qt's name
            looked_for.append(str(name))
            return super().loadResource(type, name)

    text = Watched(theme, "The entry", window)
    text.resize(500, 100)
    text.show()

    text.show_markdown(
        "![a](file:///a.png)\n\n# ![b](b.png)\n\n- [![c](/c.png)](https://c.example)"
    )
    theme.choose(Look.DARK)

    assert looked_for == []


def test_what_asks_for_a_picture_gets_an_empty_one(shown: Show) -> None:
    text = shown("Nothing.")

    for kind in QTextDocument.ResourceType:
        found = text.loadResource(kind.value, QUrl("file:///etc/passwd"))
        is_picture = kind is QTextDocument.ResourceType.ImageResource
        assert isinstance(found, QImage) if is_picture else found == b""


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


@pytest.mark.parametrize(
    "markdown",
    [
        "**bold** " * (LONGEST // 8),
        "| a | b |\n| - | - |\n" + "| c | d |\n" * MOST_PARTS,
        "- a\n" * (MOST_PARTS + 1),
        "- " * (MOST_PARTS + 1) + "a",
    ],
    ids=["letters", "cells", "items", "items within items"],
)
def test_a_text_too_long_to_set_is_shown_as_it_was_typed(shown: Show, markdown: str) -> None:
    text = shown(markdown)

    assert text.toPlainText() == f"{TYPED}\n{markdown}"


def test_a_short_text_after_a_long_one_is_set_again(shown: Show) -> None:
    text = shown("- a\n" * (MOST_PARTS + 1))

    text.show_markdown("Two **kinds**.")

    assert text.toPlainText() == "Two kinds."


@pytest.mark.parametrize(
    "markdown",
    [
        "| a | b |\n| - | - |\n" + "| `c` | d |\n" * 200,
        "`code` " * 2_000,
        "- " * 900 + "a",
        "![a](b) " * 500,
    ],
    ids=["cells", "code", "items", "pictures"],
)
def test_a_text_is_laid_out_once_however_many_parts_it_has(
    shown: Show, theme: Theme, markdown: str
) -> None:
    text = shown("Something else.")
    layouts: list[None] = []
    text.document().contentsChanged.connect(lambda: layouts.append(None))

    text.show_markdown(markdown)
    theme.choose(Look.DARK)

    assert len(layouts) <= 2 * 3  # emptied, filled, done; and the same for the other colours


def test_code_has_the_ground_of_the_theme_and_changes_with_it(shown: Show, theme: Theme) -> None:
    text = shown("```\ncode\n```")

    def ground() -> str:
        return text.document().begin().blockFormat().background().color().name()

    light = ground()
    theme.choose(Look.DARK)

    assert light != ground() == theme.color("hover").name()


def test_a_ring_shows_that_the_keyboard_is_on_it(theme: Theme, shown: Show, qtbot: QtBot) -> None:
    text = shown("Read me.\n\nTo the end.")
    text.window().activateWindow()
    text.clearFocus()
    edge = (0, text.height() // 2)
    assert text.grab().toImage().pixelColor(*edge) != theme.color("focus")

    text.setFocus()
    qtbot.waitUntil(text.hasFocus)

    assert text.grab().toImage().pixelColor(*edge) == theme.color("focus")
    assert text.viewport().height() >= text.document().size().height()
