"""Adds people one after the other, and rests where the relay asks for it, until it is stopped."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from desktop.account.administration import NewUser
from desktop.account.api import ApiRefused
from desktop.ui.admin.import_looks import ImportRow, State

BUSY = {"too_many_tries", "too_many_requests"}
LONGEST_WAIT_S = 60.0


class ImportRun:
    """One go over some rows.

    Attributes:
        done: how many of them are dealt with.
        rest_s: for how long it rests now because the relay has asked for it, or 0.
    """

    def __init__(
        self,
        rows: Sequence[ImportRow],
        add: Callable[[ImportRow], Awaitable[NewUser]],
        tell: Callable[[ImportRow | None], object],
    ) -> None:
        """`tell` is called with each row that is another, and with None where it begins to rest."""
        self._rows = list(rows)
        self._add = add
        self._tell = tell
        self._stopped = asyncio.Event()
        self.done = 0
        self.rest_s = 0

    @property
    def wanted(self) -> int:
        return len(self._rows)

    @property
    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def stop(self) -> None:
        """Add no more of them; the one that was sent is waited for, a rest is not."""
        self._stopped.set()

    async def go(self) -> None:
        """Add them; where the relay cannot be asked, the error is the caller's, the rest waits."""
        for row in self._rows:
            changed = None if self.is_stopped else await self._tried(row)
            if changed is None:
                return
            self.done += 1
            self._tell(changed)

    async def _tried(self, row: ImportRow) -> ImportRow | None:
        """What has become of a row, or none where it was not sent."""
        try:
            made = await self._sent(row)
        except ApiRefused as refused:
            reason = " ".join(refused.fields.values()) or str(refused)
            return replace(row, state=State.FAILED, reason=reason)
        if made is None:
            return None
        return replace(row, state=State.ADDED, code=made.code, expires_at=made.expires_at)

    async def _sent(self, row: ImportRow) -> NewUser | None:
        """Send it, and once more when the relay has asked for patience."""
        try:
            return await self._add(row)
        except ApiRefused as refused:
            if refused.code not in BUSY:
                raise
            await self._rest(min(LONGEST_WAIT_S, refused.retry_after_s))
        return None if self.is_stopped else await self._add(row)

    async def _rest(self, seconds: float) -> None:
        self.rest_s = math.ceil(seconds)
        self._tell(None)
        with suppress(TimeoutError):  # nobody has stopped it meanwhile
            await asyncio.wait_for(self._stopped.wait(), seconds)
        self.rest_s = 0
