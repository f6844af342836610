"""Noticing a loop."""

from desktop.sync.repeats import Repeats


def test_the_fifth_same_request_in_a_row_is_a_loop() -> None:
    repeats = Repeats()

    assert [repeats.is_loop("pull", {"mentors": [3]}) for _ in range(6)] == [
        *[False] * 4,
        *[True] * 2,
    ]


def test_another_content_is_progress() -> None:
    repeats = Repeats()

    assert not any(repeats.is_loop("pull", {"mentors": [n]}) for n in range(20))


def test_other_requests_between_do_not_hide_a_loop() -> None:
    repeats = Repeats()
    found = [(repeats.is_loop("push", 1), repeats.is_loop("pull", n)) for n in range(5)]

    assert found[-1] == (True, False)


def test_forgetting_begins_anew() -> None:
    repeats = Repeats()
    for _ in range(4):
        repeats.is_loop("push", 1)

    repeats.forget("push")

    assert not repeats.is_loop("push", 1)
