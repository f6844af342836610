"""Relay and desktops are killed again and again while they work; nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from random import Random

import pytest

from tests.torture.processes import RelayProcess, at_work, desks_of
from tests.torture.verdicts import hold

# Read before the suite hides the person's own settings.
LONG = os.environ.get("TANDEM_HYPOTHESIS_PROFILE") == "torture"
ROUNDS = int(os.environ.get("TANDEM_TORTURE_ROUNDS", "500" if LONG else "4"))
MOST_LINES = 12


@pytest.mark.slow
async def test_nothing_is_lost_when_processes_are_killed(tmp_path: Path) -> None:
    rng = Random(1)  # noqa: S311
    relay = RelayProcess(tmp_path / "relay")
    desks = await desks_of(relay, await relay.found(), tmp_path)
    await relay.start()

    async with at_work(relay, desks, relay.url):
        for number in range(ROUNDS):
            victim = rng.choice(desks)
            await asyncio.gather(*(desk.listen(rng.randint(1, MOST_LINES)) for desk in desks))
            if number % 2:
                await relay.kill()
                await victim.listen(rng.randint(1, MOST_LINES))  # it works on without the relay
            await victim.kill()
            await victim.start()
            if number % 2:
                await relay.start()

    hold(relay.folder, desks)
