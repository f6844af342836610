"""Limits: tries in a window, pace, connections."""

from datetime import UTC, datetime, timedelta

import pytest

from syncserver import limits
from syncserver.limits import Connections, Pace, TooMany, Tries


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tries(clock: Clock) -> Tries:
    return Tries(3, timedelta(minutes=15), clock)


def use_up(tries: Tries, key: str) -> None:
    for _ in range(3):
        tries.begin(key)


def test_a_try_that_is_given_back_leaves_those_of_others(tries: Tries) -> None:
    use_up(tries, "shared")

    tries.give_back("shared")
    tries.give_back("unknown")
    tries.begin("shared")

    with pytest.raises(TooMany):
        tries.begin("shared")


def test_one_try_too_many_says_when_the_next_is_worth_it(tries: Tries, clock: Clock) -> None:
    use_up(tries, "a")
    clock.pass_(minutes=5)

    with pytest.raises(TooMany) as refused:
        tries.begin("a")

    assert refused.value.retry_after_s == 600


def test_the_window_slides(tries: Tries, clock: Clock) -> None:
    use_up(tries, "a")
    clock.pass_(minutes=15)

    tries.begin("a")


def test_another_key_has_tries_of_its_own(tries: Tries) -> None:
    use_up(tries, "a")

    tries.begin("b")


def test_success_forgives(tries: Tries) -> None:
    use_up(tries, "a")
    tries.forgive("a")

    tries.begin("a")


def test_a_refused_try_does_not_prolong_the_wait(tries: Tries, clock: Clock) -> None:
    use_up(tries, "a")
    clock.pass_(minutes=14)
    with pytest.raises(TooMany):
        tries.begin("a")
    clock.pass_(minutes=1)

    tries.begin("a")


def test_many_keys_do_not_fill_the_memory(
    clock: Clock, tries: Tries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REMEMBERED", 5)
    for number in range(20):
        tries.begin(str(number))
    clock.pass_(hours=1)

    tries.begin("later")

    assert set(tries._tries) == {"later"}


def test_within_the_rate_nothing_waits_and_beyond_it_the_wait_grows() -> None:
    time = [0.0]
    pace = Pace(2, lambda: time[0])

    waits = [pace.wait_s() for _ in range(4)]

    assert waits == [0, 0, 0.5, 1.0]


def test_a_pause_gives_the_rate_back() -> None:
    time = [0.0]
    pace = Pace(2, lambda: time[0])
    for _ in range(4):
        pace.wait_s()
    time[0] = 10.0

    assert pace.wait_s() == 0


def test_a_device_and_a_person_have_so_many_connections() -> None:
    connections = Connections(per_device=2, per_person=3)

    opened = [connections.open("ana", device) for device in ("a", "a", "a", "b", "c")]

    assert opened == [True, True, False, True, False]
    assert connections.total == 3


def test_a_closed_connection_gives_its_place_back() -> None:
    connections = Connections(per_device=1, per_person=1)
    connections.open("ana", "a")

    connections.close("ana", "a")

    assert connections.total == 0
    assert connections.open("ana", "a")
