"""Desktops work over lines that cut, delay, trickle and swallow; nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from random import Random

import pytest

from tests.torture.processes import RelayProcess, at_work, desks_of
from tests.torture.proxy import FaultProxy, Mood
from tests.torture.verdicts import hold

# Read before the suite hides the person's own settings.
LONG = os.environ.get("TANDEM_HYPOTHESIS_PROFILE") == "torture"
ROUNDS = int(os.environ.get("TANDEM_TORTURE_ROUNDS", "500" if LONG else "4"))


@pytest.mark.slow
async def test_nothing_is_lost_on_bad_lines(tmp_path: Path) -> None:
    rng = Random(2)  # noqa: S311
    relay = RelayProcess(tmp_path / "relay")
    desks = await desks_of(relay, await relay.found(), tmp_path)
    await relay.start()

    async with FaultProxy(relay.port, rng).open() as proxy, at_work(relay, desks, proxy.url):
        for _ in range(ROUNDS):
            lines = rng.randint(20, 60)
            await asyncio.gather(*(desk.listen(lines) for desk in desks))
            proxy.cut()
        assert proxy.met == set(Mood)
        proxy.moods = [Mood.FAIR]

    hold(relay.folder, desks)
