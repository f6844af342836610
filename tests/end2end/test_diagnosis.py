"""The doctor and the report of a crash, in the window of the real program."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from demo.desk import Desk
from demo.places import surroundings
from demo.relay import RelayProcess
from tests.end2end.samples import PATIENCE_S, RAFAEL, Sample, served_sample

pytestmark = pytest.mark.slow


@pytest.fixture
async def relay(sample: Sample, tmp_path: Path) -> AsyncIterator[RelayProcess]:
    async with served_sample(sample, tmp_path) as relay:
        yield relay


@pytest.fixture
async def desk(relay: RelayProcess, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk("office", tmp_path, surroundings(tmp_path, is_headless=True), relay.port)
    yield desk
    await desk.close()


async def reads(desk: Desk, *words: str) -> None:
    """Wait until these stand in the window."""
    async with asyncio.timeout(PATIENCE_S):
        while set(words) - set(await desk.found(words)):
            pass  # each look is a question to another process, and takes its time


async def test_the_doctor_finds_a_computer_that_is_in_step_well(
    desk: Desk, relay: RelayProcess
) -> None:
    await desk.start()
    await desk.sign_in(relay.people[RAFAEL])
    await desk.ask("open_page", page="settings")

    await desk.ask("press_button", words="Connection and diagnostics…")

    await reads(
        desk,
        "The relay takes the sign-in of this computer.",
        "What is here is what the relay has, row by row.",
        "All is well.",
    )


async def test_a_crash_is_told_at_the_next_start_and_deleted_when_asked(desk: Desk) -> None:
    crashes = desk.data / "crashes"
    crashes.mkdir(parents=True, mode=0o700)
    (crashes / "running.txt").write_text("Fatal Python error: Segmentation fault\n")

    await desk.start()
    await reads(desk, "Tandem had an error")
    assert len(list(crashes.glob("report-*.txt"))) == 1
    await desk.ask("press_button", words="Delete")

    async with asyncio.timeout(PATIENCE_S):
        while list(crashes.glob("report-*.txt")):
            await desk.found(["anything"])
