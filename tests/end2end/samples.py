"""The demo's relay with its sample people, copied and served."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from demo.places import surroundings
from demo.relay import Person, RelayProcess

Sample = tuple[Path, dict[str, Person]]
RAFAEL, JAMAL = "rafael.conceicao", "jamal.whitfield"
PATIENCE_S = 120  # for a whole desktop on a slow, shared machine; nothing here is timed


async def found_sample(folder: Path) -> Sample:
    """Make one in this folder, which nobody may change from then on."""
    relay = RelayProcess(folder / "relay", surroundings(folder, is_headless=True), folder / "log")
    await relay.found()
    return folder / "relay", relay.people


@asynccontextmanager
async def served_sample(sample: Sample, folder: Path) -> AsyncIterator[RelayProcess]:
    """Serve a copy of it from this folder."""
    template, people = sample
    shutil.copytree(template, folder / "relay")
    environment = surroundings(folder, is_headless=True)
    relay = RelayProcess(folder / "relay", environment, folder / "relay.log")
    relay.people = people
    await relay.start()
    try:
        yield relay
    finally:
        await relay.stop()
