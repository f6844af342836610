"""The demo with a screen: a mentor's and a student's window, and a relay between them."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path

from demo.desk import Desk
from demo.relay import RelayProcess
from demo.stage import CAST, say
from desktop.ui.main_window import STAYS
from desktop.window_place import WindowPlace

SHOWN = ("rafael", "jamal")


async def show(folder: Path, environment: Mapping[str, str]) -> int:
    """Show both windows until both are closed; the exit code."""
    async with AsyncExitStack() as exits:
        relay = RelayProcess(folder / "relay", environment, folder / "relay.log")
        say("Starting a relay with the sample people.")
        await relay.found()
        exits.push_async_callback(relay.stop)
        await relay.start()
        desks = [Desk(name, folder, environment, relay.port) for name in SHOWN]
        for place, desk in enumerate(desks):
            exits.push_async_callback(desk.close)
            WindowPlace(desk.data).save({STAYS: False})  # closing a window here ends its program
            await desk.start()
            await desk.ask("stand_beside", place=place, places=len(desks))
            await desk.sign_in(relay.people[CAST[desk.name]])
        say(f"The relay serves at {relay.url}. At the two windows sit:")
        for desk in desks:
            person = relay.people[CAST[desk.name]]
            say(f"  {person.name}, {person.role}: {person.email}, password “{person.password}”")
        say("Ctrl+C here, or closing both windows, ends all of it; nothing is kept.")
        await asyncio.gather(*(desk.wait() for desk in desks))
    return 0
