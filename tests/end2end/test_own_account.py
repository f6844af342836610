"""What a person does about the own account, in real windows and at a real relay."""

from __future__ import annotations

import asyncio
import json
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
async def desks(relay: RelayProcess, tmp_path: Path) -> AsyncIterator[list[Desk]]:
    """Two computers of one person, who is signed in at both."""
    environment = surroundings(tmp_path, is_headless=True)
    desks = [Desk(name, tmp_path, environment, relay.port) for name in ("office", "home")]
    try:
        for desk in desks:
            await desk.start()
        await asyncio.gather(*(desk.sign_in(relay.people[RAFAEL]) for desk in desks))
        yield desks
    finally:
        for desk in desks:
            await desk.close()


async def reads(desk: Desk, *words: str) -> None:
    """Wait until these stand in the window."""
    async with asyncio.timeout(PATIENCE_S):
        while set(words) - set(await desk.found(words)):
            pass  # each look is a question to another process, and takes its time


async def test_another_name_is_there_on_both_computers_and_at_the_next_start(
    desks: list[Desk],
) -> None:
    office, home = desks

    await office.ask("change_name", name="Rafael C.")
    await reads(home, "Rafael C.")

    async with asyncio.timeout(PATIENCE_S):
        for desk in desks:
            file = desk.data / "last-account.json"
            while json.loads(file.read_text("utf-8"))["name"] != "Rafael C.":
                await reads(desk, "Rafael C.")


async def test_the_other_computer_is_signed_out_from_here(desks: list[Desk]) -> None:
    office, home = desks
    await office.ask("open_page", page="settings")
    await reads(office, "This computer")

    await office.ask("press_button", words="Sign out everywhere else")
    await office.ask("press_button", words="Sign out everywhere else")

    await home.ask("wait_for_sync", state="signed_out", within_s=PATIENCE_S)
    await office.ask("wait_for_sync", state="synced")


async def test_a_deleted_copy_leaves_no_trace_and_comes_back_with_the_next_sign_in(
    desks: list[Desk], relay: RelayProcess, tmp_path: Path
) -> None:
    office, _home = desks
    [folder] = (office.data / "accounts").iterdir()
    assert folder.name in (tmp_path / "office.keyring").read_text("utf-8")
    await office.ask("open_page", page="settings")

    await office.ask("press_button", words="Delete my copy…")
    await office.ask("press_button", words="Delete my copy")
    await office.ask("show_way", way="sign_in")  # the page before one is in

    assert not folder.exists()
    assert not (office.data / "last-account.json").exists()
    assert folder.name not in (tmp_path / "office.keyring").read_text("utf-8")
    await office.sign_in(relay.people[RAFAEL])
