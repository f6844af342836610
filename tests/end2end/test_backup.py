"""A relay is backed up while it works, goes back to that backup, and is healed by the desktops."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from demo.desk import Desk
from demo.places import surroundings
from demo.relay import RelayProcess
from desktop.sync.exchange import RESTORED
from domain.kinds import KINDS
from domain.members import Role
from tests.contract.programs import run
from tests.end2end.samples import JAMAL, PATIENCE_S, RAFAEL, Sample, served_sample
from tests.torture import processes, verdicts
from tests.torture.desk import Orders
from tests.torture.processes import DeskProcess

pytestmark = pytest.mark.slow

WORKERS = 2
LINES = 12  # deeds of each of them, before and after the backup
ROWS = {kind.table for kind in KINDS.values()}


@pytest.fixture
async def workers(sample: Sample, tmp_path: Path) -> AsyncIterator[list[DeskProcess]]:
    """Further computers of the mentor, at which work is done without a pause."""
    people = sample[1]
    made = [
        DeskProcess(
            Orders(
                url="",
                folder=str(tmp_path / f"worker-{number}"),
                token="",
                user_id=people[RAFAEL].id,
                role=Role.MENTOR,
                student_id=people[JAMAL].id,
                seed=number * 10_000,
                answer_s=30.0,
                breath_s=0.2,
            )
        )
        for number in range(WORKERS)
    ]
    yield made
    for worker in made:
        await worker.end()


@pytest.fixture
async def relay(
    sample: Sample, workers: list[DeskProcess], tmp_path: Path
) -> AsyncIterator[RelayProcess]:
    """A copy of the sample that is served, and knows the workers."""
    async with served_sample(sample, tmp_path) as relay:
        await relay.stop()
        await admit(workers, tmp_path / "relay")
        await relay.start()
        yield relay


@pytest.fixture
async def desks(relay: RelayProcess, tmp_path: Path) -> AsyncIterator[list[Desk]]:
    """The windows of the mentor and of a student of his."""
    environment = surroundings(tmp_path, is_headless=True)
    desks = [Desk(name, tmp_path, environment, relay.port) for name in (RAFAEL, JAMAL)]
    try:
        for desk in desks:
            await desk.start()
        await asyncio.gather(*(desk.sign_in(relay.people[desk.name]) for desk in desks))
        yield desks
    finally:
        for desk in desks:
            await desk.close()


async def admit(workers: list[DeskProcess], folder: Path) -> None:
    """Give each of them a token that lasts; the relay stands still meanwhile."""
    relay = processes.RelayProcess(folder)
    for worker in workers:
        token = await relay.token(worker.orders.user_id, worker.orders.role)
        worker.orders = replace(worker.orders, token=token)


@asynccontextmanager
async def at_work(
    workers: list[DeskProcess], url: str, *, only_syncs: bool = False
) -> AsyncIterator[None]:
    """They work until they have come to rest, and all that they did is sent."""
    for worker in workers:
        worker.orders = replace(worker.orders, only_syncs=only_syncs)
        worker.is_quiet = False
        await worker.start(url)
    yield
    await asyncio.gather(*(worker.rest() for worker in workers))
    await asyncio.gather(*(worker.finish() for worker in workers))


async def deeds(workers: list[DeskProcess]) -> None:
    """Wait until each of them has done some more."""
    await asyncio.gather(*(worker.listen(LINES) for worker in workers))


async def plan(mentor: Desk, title: str) -> None:
    """Plan a session with the student for tomorrow, through the editor."""
    await mentor.ask("open_page", page="schedule")
    tomorrow = datetime.now(ZoneInfo("America/Sao_Paulo")) + timedelta(days=1)
    at_seven = tomorrow.replace(hour=7, minute=0, second=0, microsecond=0)
    await mentor.plan(title, "Jamal Whitfield", at_seven, minutes=30)


async def reads(desk: Desk, words: str) -> None:
    """Wait until these words stand somewhere in the window."""
    async with asyncio.timeout(PATIENCE_S):
        while not await desk.found([words]):
            pass  # it is asked again as soon as it has answered


def is_whole(backup: Path, folder: Path) -> None:
    """Make a relay of the backup elsewhere, and check its audit log."""
    assert run("restore", backup, "--data", folder).code == 0
    verdict = run("verify-audit", "--data", folder).result
    assert verdict["ok"]
    assert verdict["records"]


def ids(file: Path) -> set[tuple[str, str]]:
    """Table and id of each row that a relay's file has."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
        return {
            (table, row_id)
            for table in ROWS
            for (row_id,) in db.execute(f"SELECT id FROM {table}")  # noqa: S608
        }


def answered(file: Path) -> int:
    """How many commands a relay has answered for."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT count(*) FROM receipts").fetchone()[0])


def doubled(file: Path) -> list[tuple[str, str]]:
    """What was told more than once of making a thing."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
        return db.execute(
            "SELECT kind, subject_id FROM activity_feed WHERE kind LIKE '%:created' "
            "GROUP BY kind, subject_id HAVING count(*) > 1"
        ).fetchall()


def as_process(desk: Desk, relay: RelayProcess) -> DeskProcess:
    """The files of a window, for the verdicts."""
    person = relay.people[desk.name]
    [outbox] = desk.data.rglob("outbox.sqlite")
    return DeskProcess(
        Orders(relay.url, str(outbox.parent), "", person.id, Role(person.role), "", seed=0)
    )


async def test_desktops_bring_back_what_the_backup_of_a_working_relay_lacks(
    relay: RelayProcess, workers: list[DeskProcess], desks: list[Desk], tmp_path: Path
) -> None:
    folder, backup = tmp_path / "relay", tmp_path / "evening.sqlite"
    mentor, student = desks
    async with at_work(workers, relay.url):
        await deeds(workers)
        done = answered(folder / "relay.sqlite")
        taken, _ = await asyncio.gather(
            asyncio.to_thread(run, "backup", backup, "--data", folder), deeds(workers)
        )
        assert taken.code == 0, taken.err
        assert answered(folder / "relay.sqlite") > done, "nothing was done meanwhile"
        is_whole(backup, tmp_path / "elsewhere")
        await plan(mentor, "Planned after the backup")
        await student.ask("write", title="Written since", body="Loops.", button="submit")
        await deeds(workers)
    await student.sees("schedule", "Planned after the backup")
    await mentor.sees("entries", "Written since")
    before = ids(folder / "relay.sqlite")
    lacking = before - ids(backup)
    assert {"schedules", "entries", "activity_feed"} <= {table for table, _ in lacking}

    await relay.stop()
    said = await asyncio.to_thread(run, "restore", backup, "--data", folder)
    assert said.code == 0, said.err
    assert "comes back from the desktops" in said.err
    assert ids(folder / "relay.sqlite") == ids(backup)
    await admit(workers, folder)
    await relay.start()

    for desk in desks:
        await desk.ask("sign_in_again", password=relay.people[desk.name].password)
        await reads(desk, RESTORED)
    async with at_work(workers, relay.url, only_syncs=True):
        pass
    for desk in desks:
        await desk.ask("wait_for_sync", state="synced")
    await mentor.sees("schedule", "Planned after the backup")
    await mentor.sees("entries", "Written since")
    await student.sees("entries", "Written since")
    for desk in desks:
        await desk.quit()
    await relay.stop()
    after = ids(folder / "relay.sqlite")
    assert before - after == set(), "something that the backup lacks did not come back"
    assert after - before == set()
    assert doubled(folder / "relay.sqlite") == []
    verdicts.hold(folder, [*workers, *(as_process(desk, relay) for desk in desks)])
