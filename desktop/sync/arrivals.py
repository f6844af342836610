"""What the sync client has to attend to, one after the other, and the clock beside it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Protocol

from desktop.sync.relay_link import News

TICK_S = 2.0
JUMP_S = 5.0  # a clock that went ahead by more than this has slept


class Nudge(Enum):
    """What the person, the store or the machine says to the sync client."""

    PENDING = auto()  # there may be something to send
    WOKEN = auto()  # the network came back, or the machine woke
    ASKED = auto()  # the person wants it now
    TICK = auto()  # time went by


@dataclass(frozen=True, slots=True)
class Copied:
    """The copy of a room came to its end; `error` says what broke it off."""

    room: str
    error: Exception | None = None


Item = News | Nudge | Copied


class Handle(Protocol):
    def cancel(self) -> None: ...


def _later(delay_s: float, call: Callable[[], object]) -> Handle:
    return asyncio.get_running_loop().call_later(delay_s, call)


@dataclass(frozen=True, slots=True)
class Clock:
    """Both clocks of the machine, and how to be called after a while."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    later: Callable[[float, Callable[[], object]], Handle] = _later


class Arrivals:
    """One queue for frames, nudges and ended copies, so that nothing overtakes anything.

    `on_wake` is called each time that a clock shows a sleep.
    """

    def __init__(self, clock: Clock, on_wake: Callable[[], None] = lambda: None) -> None:
        self._clock = clock
        self._on_wake = on_wake
        self._queue: asyncio.Queue[Item] = asyncio.Queue()
        self._offset = self._clock_offset()

    def put(self, item: Item) -> None:
        self._queue.put_nowait(item)

    def forget_news(self) -> None:
        """Drop what an ended connection has left behind; nudges stay."""
        kept = [item for item in self.waiting() if isinstance(item, Nudge)]
        for item in kept:
            self.put(item)

    def waiting(self) -> list[Item]:
        """What has arrived by now, taken out."""
        items = []
        while not self._queue.empty():
            items.append(self._queue.get_nowait())
        return items

    async def next(self, within_s: float) -> Item:
        """The next item, or `TICK` after that time; `WOKEN` first when a clock shows a sleep.

        What the relay sent meanwhile may be there before the timer is: it has to wait for that.
        """
        began = self._clock.monotonic()
        timer = self._clock.later(within_s, lambda: self.put(Nudge.TICK))
        try:
            item = await self._queue.get()
        finally:
            timer.cancel()
        if not self._has_slept(began, within_s):
            return item
        self._on_wake()
        if item is not Nudge.TICK:
            for one in (item, *self.waiting()):
                self.put(one)
        return Nudge.WOKEN

    def _has_slept(self, began: float, within_s: float) -> bool:
        """The wall clock jumped against the other one, or the timer came far too late."""
        before, self._offset = self._offset, self._clock_offset()
        overdue = self._clock.monotonic() - began - within_s
        return abs(self._offset - before) > JUMP_S or overdue > JUMP_S

    def _clock_offset(self) -> float:
        return self._clock.now().timestamp() - self._clock.monotonic()
