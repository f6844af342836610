"""Fixtures: a relay with a world in it, copied for each test and served for real."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.instants import instant
from tests.builders import World
from tests.end2end.relays import Served, copied, fill, served
from tests.end2end.samples import Sample, found_sample


@pytest.fixture(scope="session")
def filled_relay(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """A relay's folder that nobody may change, and the world in it."""
    folder = tmp_path_factory.mktemp("relays") / "template"
    return folder, asyncio.run(fill(folder, instant(datetime.now(UTC))))


@pytest.fixture
async def relay(filled_relay: tuple[Path, World], tmp_path: Path) -> AsyncIterator[Served]:
    template, world = filled_relay
    async with served(copied(template, tmp_path / "relay"), world) as found:
        yield found


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A relay's folder with the sample people, which nobody may change."""
    return asyncio.run(found_sample(tmp_path_factory.mktemp("sample")))
