"""What another audit head than the known one means."""

import pytest

from domain.chains import Finding, Known, judged

KNOWN = Known(7, "mine")


@pytest.mark.parametrize(
    ("head", "reaches", "is_restored", "finding"),
    [
        ("mine", 7, False, Finding.SAME),
        ("mine", 9, True, Finding.SAME),
        (None, 9, False, Finding.SAME),
        ("other", 9, False, Finding.CHANGED),
        ("other", 7, False, Finding.CHANGED),
        ("other", 6, False, Finding.CUT),
        ("", 0, False, Finding.CUT),
        ("other", 9, True, Finding.RESTORED),
        ("other", 6, True, Finding.RESTORED),
    ],
)
def test_a_head_says_whether_the_past_is_the_same(
    head: str | None, reaches: int, is_restored: bool, finding: Finding
) -> None:
    assert judged(KNOWN, head, reaches, is_restored=is_restored) is finding
