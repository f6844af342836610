"""The one queue of the sync client."""

import asyncio

from desktop.sync.arrivals import TICK_S, Arrivals, Clock, Nudge
from desktop.sync.relay_link import Offline
from tests.desktop.sync.fakes import VirtualClock, settle


async def test_what_arrives_comes_out_in_order() -> None:
    arrivals = Arrivals(VirtualClock().clock)
    arrivals.put(Nudge.PENDING)
    arrivals.put(Nudge.ASKED)

    assert await arrivals.next(TICK_S) is Nudge.PENDING
    assert arrivals.waiting() == [Nudge.ASKED]


async def test_time_that_goes_by_is_a_tick() -> None:
    time = VirtualClock()
    waiting = asyncio.ensure_future(Arrivals(time.clock).next(2.0))

    await time.advance(1.9)
    assert not waiting.done()
    await time.advance(0.1)

    assert waiting.result() is Nudge.TICK


async def test_what_an_ended_line_left_behind_is_dropped_and_nudges_stay() -> None:
    arrivals = Arrivals(VirtualClock().clock)
    arrivals.put(Offline("The connection to the relay was lost."))
    arrivals.put(Nudge.ASKED)

    arrivals.forget_news()

    assert arrivals.waiting() == [Nudge.ASKED]


async def test_a_clock_that_was_set_back_is_a_wake_once() -> None:
    time = VirtualClock()
    arrivals = Arrivals(time.clock)
    time.asleep -= 3600.0

    first = asyncio.ensure_future(arrivals.next(2.0))
    await time.advance(2.0)
    second = asyncio.ensure_future(arrivals.next(2.0))
    await time.advance(2.0)

    assert [first.result(), second.result()] == [Nudge.WOKEN, Nudge.TICK]


async def test_a_wake_comes_before_what_arrived_meanwhile_and_is_told() -> None:
    time, woken = VirtualClock(), list[bool]()
    arrivals = Arrivals(time.clock, lambda: woken.append(True))
    lost = Offline("The connection to the relay was lost.")
    waiting = asyncio.ensure_future(arrivals.next(2.0))
    await settle()

    time.time += 8.0  # stopped: neither the timer nor the socket was looked at
    arrivals.put(Nudge.PENDING)
    arrivals.put(lost)
    await settle()

    assert waiting.result() is Nudge.WOKEN
    assert arrivals.waiting() == [Nudge.PENDING, lost]
    assert woken == [True]


async def test_what_arrives_in_time_is_no_wake() -> None:
    time, woken = VirtualClock(), list[bool]()
    arrivals = Arrivals(time.clock, lambda: woken.append(True))
    waiting = asyncio.ensure_future(arrivals.next(2.0))
    await time.advance(1.0)

    arrivals.put(Nudge.PENDING)
    await settle()

    assert waiting.result() is Nudge.PENDING
    assert woken == []


async def test_the_clocks_of_the_machine_call_back() -> None:
    called = asyncio.Event()

    Clock().later(0.0, called.set)
    await settle()

    assert called.is_set()
    assert Clock().now().tzinfo is not None
