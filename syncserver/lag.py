"""How late the event loop is: what keeps it busy makes everybody wait."""

import asyncio
from collections.abc import Callable

EVERY_S = 1.0


async def watch_lag(observe: Callable[[float], None], every_s: float = EVERY_S) -> None:
    """Tell by how many seconds each waking comes too late. Ends by cancellation."""
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + every_s
        await asyncio.sleep(every_s)
        observe(max(0.0, clock() - due))
