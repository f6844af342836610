"""An event loop whose clock jumps ahead whenever everything waits: seconds pass at once."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.instants import moment
from tests.builders import NOW


class _JumpingSelector(selectors.BaseSelector):
    """Looks for what is ready, and lets time jump instead of waiting."""

    def __init__(self) -> None:
        self._real = selectors.DefaultSelector()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = self._real.select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("Everything waits for something that cannot come.")
            self.now += max(timeout, 0.0)
        return ready

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def close(self) -> None:
        self._real.close()

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs the same program in the same order each time, whatever else the machine does.

    Nothing on it may wait for another thread.
    """

    def __init__(self, now: str = NOW) -> None:
        self._jumping = _JumpingSelector()
        self._began = moment(now)
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now

    def now(self) -> datetime:
        """The right time of day in the test's world, UTC."""
        moment_ = self._began + timedelta(seconds=self.time())
        return moment_.astimezone(UTC)

    def advance(self, seconds: float) -> None:
        """Let so much time pass, with all that happens in it."""
        self.run_until_complete(asyncio.sleep(seconds))

    def finish(self) -> None:
        """Cancel what still runs, and close."""
        tasks = asyncio.all_tasks(self)
        for task in tasks:
            task.cancel()
        if tasks:
            self.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self.close()
