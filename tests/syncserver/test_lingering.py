"""Which lines are cut that were closed and got no answer."""

import asyncio
from typing import Any

from syncserver.lingering import cut_unanswered


class Line(asyncio.Transport):
    """A line that says what is asked of it, and remembers that it was cut."""

    def __init__(self, closing: bool, unsent: int = 0) -> None:
        super().__init__()
        self.closing, self.unsent, self.is_cut = closing, unsent, False

    def is_closing(self) -> bool:
        return self.closing

    def get_write_buffer_size(self) -> int:
        return self.unsent

    def abort(self) -> None:
        self.is_cut = True


async def cut_after(looks: int, *lines: Line) -> list[bool]:
    """Which of the lines are cut after so many looks at them."""
    seen: asyncio.Queue[Any] = asyncio.Queue()

    def look() -> tuple[Line, ...]:
        seen.put_nowait(None)
        return lines

    async with asyncio.TaskGroup() as tasks:
        cutting = tasks.create_task(cut_unanswered(look, every_s=0.0))
        for _ in range(looks):
            await seen.get()
        cutting.cancel()
    return [line.is_cut for line in lines]


async def test_a_line_that_is_closed_at_one_look_only_is_left_to_end_by_itself() -> None:
    assert await cut_after(1, Line(closing=True)) == [False]


async def test_a_line_that_is_still_closed_at_the_second_look_is_cut() -> None:
    assert await cut_after(2, Line(closing=True)) == [True]


async def test_a_line_in_use_or_with_something_left_to_send_is_not_cut() -> None:
    assert await cut_after(5, Line(closing=False), Line(closing=True, unsent=1)) == [False, False]
