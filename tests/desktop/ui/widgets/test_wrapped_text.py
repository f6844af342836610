"""Text laid out in lines for painting."""

from __future__ import annotations

from desktop.ui.theme import Theme
from desktop.ui.widgets.wrapped_text import wrapped


def test_more_words_than_fit_take_more_lines(theme: Theme) -> None:
    font = theme.font()

    short, long = wrapped("Two words", font, 400), wrapped("Two words " * 20, font, 400)

    assert short.layout.lineCount() == 1
    assert long.layout.lineCount() > 1
    assert long.height > short.height


def test_a_word_without_end_is_broken_rather_than_cut_off(theme: Theme) -> None:
    found = wrapped("A" * 200, theme.font(), 120)

    assert found.width <= 120
    assert found.layout.lineCount() > 1


def test_a_line_break_of_the_writer_stays(theme: Theme) -> None:
    assert wrapped("One\nTwo", theme.font(), 400).layout.lineCount() == 2
