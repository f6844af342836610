"""How long is waited before the next try."""

import random

from desktop.sync.backoff import backoff_s
from tests.desktop.sync.fakes import Upper


def test_the_limit_doubles_from_half_a_second_to_half_a_minute() -> None:
    limits = [backoff_s(attempt, Upper()) for attempt in range(8)]

    assert limits == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


def test_many_tries_later_it_is_still_half_a_minute() -> None:
    assert backoff_s(100_000, Upper()) == 30.0


def test_jitter_spreads_over_the_whole_span() -> None:
    waits = [backoff_s(6, random.Random(seed)) for seed in range(200)]  # noqa: S311

    assert min(waits) < 3.0
    assert max(waits) > 27.0
