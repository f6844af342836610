"""How late the event loop is."""

import asyncio
import time

from syncserver.lag import watch_lag


async def test_a_loop_that_was_held_up_is_told_by_how_much() -> None:
    told: asyncio.Queue[float] = asyncio.Queue()

    async with asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(watch_lag(told.put_nowait, every_s=0.01))
        await told.get()
        time.sleep(0.1)  # noqa: ASYNC251  what this is about: the loop stands still
        late = await told.get()
        watching.cancel()

    assert 0.05 < late < 5
