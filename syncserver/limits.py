"""Limits: tries in a window of time, requests a second, connections a device and a person."""

from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

REMEMBERED = 50_000  # keys; an attacker with many names must not fill the memory


class TooMany(Exception):
    """A limit is reached.

    Attributes:
        retry_after_s: whole seconds until it is worth another try.
    """

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Tries:
    """At most `limit` tries for a key in a sliding window.

    Kept in memory: a restart forgives. A try counts when it begins, so that many at once do not
    slip through while the first one is still being judged.
    """

    def __init__(self, limit: int, window: timedelta, now: Callable[[], datetime]) -> None:
        self._limit = limit
        self._window = window
        self._now = now
        self._tries: dict[str, deque[datetime]] = {}

    def begin(self, key: str) -> None:
        """Count a try.

        Raises:
            TooMany: it was not counted.
        """
        now = self._now()
        tries = self._tries.setdefault(key, deque())
        while tries and tries[0] <= now - self._window:
            tries.popleft()
        if len(tries) >= self._limit:
            left = tries[0] + self._window - now
            raise TooMany("Too many tries; wait a little.", max(1, ceil(left.total_seconds())))
        tries.append(now)
        if len(self._tries) > REMEMBERED:
            self._forget_oldest(now)

    def give_back(self, key: str) -> None:
        """Forget one try of a key that many may share: it succeeded."""
        if tries := self._tries.get(key):
            tries.pop()

    def forgive(self, key: str) -> None:
        """Forget the tries of a key: the last one succeeded."""
        self._tries.pop(key, None)

    def _forget_oldest(self, now: datetime) -> None:
        expired = [
            key
            for key, tries in self._tries.items()
            if not tries or tries[-1] <= now - self._window
        ]
        for key in expired or [next(iter(self._tries))]:
            del self._tries[key]


class Pace:
    """A token bucket: how long to wait before the next one, so that none is lost."""

    def __init__(self, per_second: float, clock: Callable[[], float]) -> None:
        self._per_second = per_second
        self._clock = clock
        self._left = per_second
        self._at = clock()

    def wait_s(self) -> float:
        """Take one; the seconds to hold it back, 0 while within the rate."""
        now = self._clock()
        self._left = min(self._per_second, self._left + (now - self._at) * self._per_second)
        self._at = now
        self._left -= 1
        return max(0.0, -self._left / self._per_second)


class Connections:
    """How many connections each device and each person has open."""

    def __init__(self, *, per_device: int, per_person: int) -> None:
        self._per_device = per_device
        self._per_person = per_person
        self._devices: Counter[str] = Counter()
        self._people: Counter[str] = Counter()

    def open(self, user_id: str, device_id: str) -> bool:
        """Count a new connection; False, and not counted, where it would be one too many."""
        if self._devices[device_id] >= self._per_device:
            return False
        if self._people[user_id] >= self._per_person:
            return False
        self._devices[device_id] += 1
        self._people[user_id] += 1
        return True

    def close(self, user_id: str, device_id: str) -> None:
        """Give the place of an open connection back."""
        for counter, key in ((self._devices, device_id), (self._people, user_id)):
            counter[key] -= 1
            if counter[key] <= 0:
                del counter[key]

    @property
    def total(self) -> int:
        return self._people.total()
