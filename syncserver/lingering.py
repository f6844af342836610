"""Cuts lines that are closed here and wait for their other side to say so, too."""

import asyncio
from collections.abc import Callable, Iterable

UNANSWERED_S = 0.5


async def cut_unanswered(
    lines: Callable[[], Iterable[asyncio.Transport]], every_s: float = UNANSWERED_S
) -> None:
    """Cut what has been closed, with nothing left to send, at two looks. Ends by cancellation.

    Over TLS a line is at its end when the other side has said so; a client that keeps one for its
    next request does not look at it until then.
    """
    before: set[asyncio.Transport] = set()
    while True:
        await asyncio.sleep(every_s)
        closed = {one for one in lines() if one.is_closing() and not one.get_write_buffer_size()}
        for line in closed & before:
            line.abort()
        before = closed
