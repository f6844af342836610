"""A person's own backup, made and taken back by the real program, sends nothing twice."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from demo.desk import Desk
from demo.places import surroundings
from demo.relay import ROOT, RelayProcess
from desktop.store.backups import OTHER_ACCOUNT
from tests.end2end.samples import JAMAL, PATIENCE_S, RAFAEL, Sample, served_sample

pytestmark = pytest.mark.slow

BEFORE, AFTER = "In the backup", "After the backup"


@pytest.fixture
async def relay(sample: Sample, tmp_path: Path) -> AsyncIterator[RelayProcess]:
    async with served_sample(sample, tmp_path) as relay:
        yield relay


@pytest.fixture
async def desks(relay: RelayProcess, tmp_path: Path) -> AsyncIterator[list[Desk]]:
    environment = surroundings(tmp_path, is_headless=True)
    desks = [Desk(name, tmp_path, environment, relay.port) for name in (RAFAEL, JAMAL)]
    try:
        for desk in desks:
            await desk.start()
            await desk.sign_in(relay.people[desk.name])
        yield desks
    finally:
        for desk in desks:
            await desk.close()


async def plan(mentor: Desk, title: str, hour: int) -> None:
    await mentor.ask("open_page", page="schedule")
    tomorrow = datetime.now(ZoneInfo("America/Sao_Paulo")) + timedelta(days=1)
    start = tomorrow.replace(hour=hour, minute=0, second=0, microsecond=0)
    await mentor.plan(title, "Jamal Whitfield", start, minutes=30)


async def program(desk: Desk, *options: str) -> tuple[int | None, str]:
    """Run the program as on a command line; its exit code, and all that it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "desktop", "--data", str(desk.data), *options,
        env=surroundings(desk.data.parent, is_headless=True), cwd=ROOT, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    async with asyncio.timeout(PATIENCE_S):
        out, err = await process.communicate()
    return process.returncode, (out + err).decode()


def outbox(desk: Desk, sql: str) -> list[tuple[str, ...]]:
    [file] = desk.data.rglob("outbox.sqlite")
    with closing(sqlite3.connect(file)) as db:
        return db.execute(sql).fetchall()


async def test_a_backup_that_is_restored_sends_nothing_twice_and_loses_nothing_since(
    desks: list[Desk], tmp_path: Path
) -> None:
    mentor, student = desks
    backup = str(tmp_path / "rafael.tandem-backup")
    mentor.link.cut()
    await mentor.ask("wait_for_sync", state="offline")
    await plan(mentor, BEFORE, 6)
    await mentor.quit()
    assert (await program(mentor, "--backup", backup))[0] == 0
    await mentor.start()
    mentor.link.give_back()
    await mentor.ask("wait_for_sync", state="synced")
    sent_by = outbox(mentor, "SELECT value FROM meta WHERE key = 'client_id'")
    mentor.link.cut()
    await mentor.ask("wait_for_sync", state="offline")
    await plan(mentor, AFTER, 8)
    await mentor.quit()

    code, said = await program(mentor, "--restore", backup)
    assert (code, "next time" in said) == (0, True)
    await mentor.start()

    await mentor.ask("first_paint", within_s=PATIENCE_S)
    assert await mentor.found(["The backup is restored."])
    for title in (BEFORE, AFTER):
        await mentor.sees("schedule", title)
    mentor.link.give_back()
    await mentor.ask("wait_for_sync", state="synced")
    await student.sees("schedule", AFTER)
    await mentor.quit()
    with closing(sqlite3.connect(tmp_path / "relay" / "relay.sqlite")) as db:
        titles = [title for (title,) in db.execute("SELECT title FROM schedules")]
    assert [titles.count(title) for title in (BEFORE, AFTER)] == [1, 1]
    assert outbox(mentor, "SELECT state FROM commands") == [("acknowledged",)] * 2
    assert outbox(mentor, "SELECT value FROM meta WHERE key = 'client_id'") != sent_by
    assert list(mentor.data.rglob("outbox-before-restore-1.sqlite"))


async def test_the_backup_of_another_person_is_refused_in_words(
    desks: list[Desk], tmp_path: Path
) -> None:
    mentor, student = desks
    backup = str(tmp_path / "rafael.tandem-backup")
    for desk in desks:
        await desk.quit()
    await program(mentor, "--backup", backup)

    code, said = await program(student, "--restore", backup)

    assert (code, said.strip()) == (1, OTHER_ACCOUNT)
