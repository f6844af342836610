"""Words of others on one line of a toast."""

import pytest

from desktop.ui.notifications.toasts import one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Two\nlines\tand  more", "Two lines and more"),
        ("safe\u202egpj.exe", "safe gpj.exe"),
        ("bell\u0007 and \u2028 break", "bell and break"),
        ("مرحبا", "مرحبا"),
        ("<b>bold</b> & more", "<b>bold</b> & more"),
        ("", ""),
    ],
)
def test_it_has_no_letters_that_hide_or_turn_the_others(text: str, line: str) -> None:
    assert one_line(text, 100) == line


def test_it_is_cut_at_its_end() -> None:
    assert one_line("x" * 50, 10) == "x" * 9 + "…"
    assert one_line("x" * 10, 10) == "x" * 10
