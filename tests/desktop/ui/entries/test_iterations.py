"""Iterations in words."""

import pytest

from desktop.ui.entries.iterations import ordinal_words, version_words


@pytest.mark.parametrize(
    ("iteration", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (21, "21st"),
        (102, "102nd"),
        (113, "113th"),
    ],
)
def test_each_has_its_ending(iteration: int, words: str) -> None:
    assert ordinal_words(iteration) == words
    assert version_words(iteration) == f"{words} version"
