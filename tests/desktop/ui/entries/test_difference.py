"""What differs between two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.entries.difference import (
    ADDED,
    CONTEXT,
    MOST_LINES,
    REMOVED,
    SAME,
    Fold,
    difference,
    folded,
)

TEXTS = st.text(alphabet="ab \n", max_size=40)


def told(before: str, after: str) -> list[str]:
    return [f"{line.sign}{line.text}" for line in difference(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("One.", "One.", [" One."]),
        ("One.", "One.\nTwo.", [" One.", "+Two."]),
        ("One.\nTwo.", "Two.", ["-One.", " Two."]),
        ("a\nb\nc", "a\nx\nc", [" a", "-b", "+x", " c"]),
        ("", "New.", ["-", "+New."]),
    ],
)
def test_lines_are_kept_added_or_removed(before: str, after: str, lines: list[str]) -> None:
    assert told(before, after) == lines


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_difference(before: str, after: str) -> None:
    lines = difference(before, after)

    assert "\n".join(line.text for line in lines if line.sign != ADDED) == before
    assert "\n".join(line.text for line in lines if line.sign != REMOVED) == after


def test_within_a_rewritten_line_only_the_words_that_differ_are_marked() -> None:
    gone, come = difference("Two words here.", "Two words there.")

    assert [piece.text for piece in gone.pieces if piece.is_marked] == [" here"]
    assert [piece.text for piece in come.pieces if piece.is_marked] == [" there"]


def test_lines_with_little_in_common_are_not_compared_word_by_word() -> None:
    assert [len(line.pieces) for line in difference("A queue.", "Something other now!")] == [1, 1]


def test_a_text_too_long_to_compare_counts_as_rewritten_between_its_equal_ends() -> None:
    old = "\n".join(["same", *(f"old {n}" for n in range(MOST_LINES + 1)), "end"])
    new = "\n".join(["same", "new", "end"])

    signs = [line.sign for line in difference(old, new)]

    assert (signs[0], signs[-1]) == (SAME, SAME)
    assert (signs.count(REMOVED), signs.count(ADDED)) == (MOST_LINES + 1, 1)


def test_unchanged_lines_far_from_a_change_are_folded() -> None:
    old = "\n".join(str(n) for n in range(20))

    shown = folded(difference(old, old.replace("10\n", "ten\n")))

    folds = [one for one in shown if isinstance(one, Fold)]
    assert [len(fold.lines) for fold in folds] == [10 - CONTEXT, 9 - CONTEXT]
    assert len(shown) == 2 + 2 * CONTEXT + 2
