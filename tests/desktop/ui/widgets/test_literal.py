"""Words of others, shown as they are."""

import pytest
from PySide6.QtGui import QTextDocument

from desktop.ui.widgets.literal import caption, revealed, tip


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b>\n10:00 to 11:00",
        '<img src="file:///etc/passwd">',
        "a &lt; b",
        "https://example.org/<i>x</i>",
    ],
)
def test_a_tooltip_shows_tags_as_they_were_typed(text: str) -> None:
    document = QTextDocument()

    document.setHtml(tip(text))

    assert document.toPlainText() == text


@pytest.mark.parametrize("text", ["", "Loops & lists", "1 < 2\nTwo lines"])
def test_a_tooltip_that_holds_no_tags_stays_as_a_screen_reader_says_it(text: str) -> None:
    assert tip(text) == text


def test_a_sign_stands_where_something_hides() -> None:
    assert revealed("safe\u202egpj.exe\u2066\u0007") == "safe\ufffdgpj.exe\ufffd\ufffd"


def test_lines_tabs_and_the_letters_of_all_scripts_stay() -> None:
    text = "One\n\tTwo שלום\u200f 👩\u200d👩\u200d👦"

    assert revealed(text) == text


def test_an_ampersand_in_a_caption_is_one_that_is_seen() -> None:
    assert caption("Q&A") == "Q&&A"
