"""Files that are damaged, full, closed or copied: real desktops say so, and lose nothing."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from uuid_utils import uuid7

from demo.desk import Desk
from demo.places import surroundings
from demo.relay import RelayProcess
from desktop.store.database import open_files
from desktop.store.local import LocalStore
from desktop.store.trouble import FULL, READ_ONLY
from domain.activities import Person
from domain.instants import second
from domain.members import Role
from domain.planning import CreateSchedule
from tests.end2end.disks import Disk, a_disk
from tests.end2end.samples import JAMAL, PATIENCE_S, RAFAEL, Sample, served_sample

pytestmark = pytest.mark.slow

MANY = 60  # commands: so many that they do not fit into one page of the file
PAGE = 4096
LEAF = 13  # how a page of rows begins: https://www.sqlite.org/fileformat.html
SESSION = "Bisecting a bug"
COPIED = ("Before the copy", "On the original", "On the copy")


@pytest.fixture
async def relay(sample: Sample, tmp_path: Path) -> AsyncIterator[RelayProcess]:
    """A copy of the sample that is served."""
    async with served_sample(sample, tmp_path) as relay:
        yield relay


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of its own under the student's data."""
    with a_disk(tmp_path / JAMAL) as disk:
        yield disk


@pytest.fixture
async def mentor(relay: RelayProcess, tmp_path: Path) -> AsyncIterator[Desk]:
    async for desk in signed_in(RAFAEL, relay, tmp_path):
        yield desk


@pytest.fixture
async def student(disk: Disk, relay: RelayProcess, tmp_path: Path) -> AsyncIterator[Desk]:
    async for desk in signed_in(JAMAL, relay, tmp_path):
        yield desk


async def signed_in(name: str, relay: RelayProcess, folder: Path) -> AsyncIterator[Desk]:
    """Somebody's window, in step."""
    desk = Desk(name, folder, surroundings(folder, is_headless=True), relay.port)
    try:
        await desk.start()
        await desk.sign_in(relay.people[name])
        yield desk
    finally:
        await desk.close()


async def plan(mentor: Desk, title: str, hour: int = 7) -> None:
    """Plan a session with the student for tomorrow, through the editor."""
    await mentor.ask("open_page", page="schedule")
    tomorrow = datetime.now(ZoneInfo("America/Sao_Paulo")) + timedelta(days=1)
    start = tomorrow.replace(hour=hour, minute=0, second=0, microsecond=0)
    await mentor.plan(title, "Jamal Whitfield", start, minutes=30)


async def reads(desk: Desk, words: str) -> None:
    """Wait until these words stand somewhere in the window."""
    async with asyncio.timeout(PATIENCE_S):
        while not await desk.found([words]):
            pass  # it is asked again as soon as it has answered


def file_of(desk: Desk, name: str) -> Path:
    [file] = desk.data.rglob(name)
    return file


def titles(relay: Path) -> list[str]:
    """The titles of all sessions that a relay has."""
    with closing(sqlite3.connect(f"{(relay / 'relay.sqlite').as_uri()}?mode=ro", uri=True)) as db:
        return [title for (title,) in db.execute("SELECT title FROM schedules")]


def offline_work(folder: Path, relay: RelayProcess) -> set[str]:
    """Plan many sessions in the files of a window that is closed; their titles."""
    store = LocalStore(
        open_files(folder),
        me=Person(relay.people[RAFAEL].id, Role.MENTOR),
        now=lambda: datetime.now(UTC),
        new_id=lambda: str(uuid7()),
        on_change=lambda kinds: None,
        on_pending=lambda: None,
        checkpoint=lambda point: None,
    )
    begin = datetime.now(UTC) + timedelta(days=30)
    made = [f"Offline {number:02}" for number in range(MANY)]
    for number, title in enumerate(made):
        start = begin + timedelta(hours=number)
        store.act(
            CreateSchedule(
                id=str(uuid7()),
                title=title,
                student_id=relay.people[JAMAL].id,
                start_time=second(start),
                end_time=second(start + timedelta(minutes=30)),
                confirm_overlap=True,
            )
        )
    store.close()
    return set(made)


def leaf_with(file: Path, words: str) -> int:
    """The number of a page of rows in which these words stand."""
    content = file.read_bytes()
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    return next(n for n, page in enumerate(pages) if page[0] == LEAF and words.encode() in page)


def overwrite(file: Path, *pages: int) -> None:
    with file.open("r+b") as opened:
        for number in pages:
            opened.seek(number * PAGE)
            opened.write(b"\xa5" * PAGE)


def damage_a_page(outbox: Path, made: set[str]) -> set[str]:
    """Overwrite a page with commands; the titles that stood there."""
    content = outbox.read_bytes()
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    held = {
        number: {title for title in made if f'"title":"{title}"'.encode() in page}
        for number, page in enumerate(pages)
        if page[0] == LEAF
    }
    victim, *others = [number for number in held if held[number]]
    assert others, "all stands on one page"
    overwrite(outbox, victim)
    return held[victim]


def copied(desk: Desk, relay: RelayProcess, folder: Path) -> Desk:
    """A second computer that got a copy of this one's data, and of its keyring."""
    copy = Desk("copy", folder, surroundings(folder, is_headless=True), relay.port)
    shutil.copytree(desk.data, copy.data)
    shutil.copy(folder / f"{desk.name}.keyring", folder / "copy.keyring")
    return copy


async def sign_in_where_asked(desks: list[Desk], relay: RelayProcess) -> None:
    """Two have one sign-in, which the relay may end: then each is asked for the password."""
    async with asyncio.timeout(PATIENCE_S):
        while {await desk.ask("sync_state") for desk in desks} != {"synced"}:
            for desk in desks:
                if await desk.ask("sync_state") == "signed_out":
                    await desk.ask("sign_in_again", password=relay.people[RAFAEL].password)


def client_id(desk: Desk) -> str:
    with closing(sqlite3.connect(file_of(desk, "outbox.sqlite"))) as db:
        [(value,)] = db.execute("SELECT value FROM meta WHERE key = 'client_id'")
    return str(value)


@pytest.mark.parametrize("much", [True, False], ids=["all pages", "one page"])
async def test_a_damaged_replica_is_copied_anew_and_unsent_work_is_there(
    mentor: Desk, tmp_path: Path, much: bool
) -> None:
    mentor.link.cut()
    await mentor.ask("wait_for_sync", state="offline")
    await plan(mentor, "Planned before the damage")
    await mentor.quit()
    replica = file_of(mentor, "replica.sqlite")
    number_of_pages = replica.stat().st_size // PAGE
    sessions = leaf_with(replica, SESSION)
    overwrite(replica, *(range(1, number_of_pages) if much else [sessions]))

    await mentor.start()

    await mentor.ask("first_paint", within_s=PATIENCE_S)
    await reads(mentor, "The copy on this computer was damaged.")
    mentor.link.give_back()
    await mentor.ask("wait_for_sync", state="synced")
    await mentor.sees("schedule", "Planned before the damage")
    assert titles(tmp_path / "relay").count("Planned before the damage") == 1
    await mentor.quit()
    assert replica.stat().st_size > 4096
    with closing(sqlite3.connect(replica)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        here = {title for (title,) in db.execute("SELECT title FROM schedules")}
    assert "Planned before the damage" in here
    assert len(here) > 1, "what the relay has was not copied"


async def test_what_can_be_read_of_a_damaged_outbox_is_saved_and_sent(
    mentor: Desk, relay: RelayProcess, tmp_path: Path
) -> None:
    await mentor.quit()
    outbox = file_of(mentor, "outbox.sqlite")
    made = offline_work(outbox.parent, relay)
    lost = damage_a_page(outbox, made)

    await mentor.start()

    saved = MANY - len(lost)
    await reads(mentor, f"A file was damaged; {saved} changes were saved from it.")
    await mentor.ask("wait_for_sync", state="synced")
    has = titles(tmp_path / "relay")
    assert sorted(title for title in has if title in made) == sorted(made - lost)
    aside = file_of(mentor, "outbox-damaged-1.sqlite").read_bytes()
    assert all(title.encode() in aside for title in made - lost)


async def test_a_full_disk_is_told_and_nothing_is_half_written(
    student: Desk, disk: Disk, relay: RelayProcess
) -> None:
    await student.ask("open_page", page="schedule")
    disk.fill(student.pid)

    await student.ask("press_in_row", words=SESSION)

    await reads(student, FULL)
    assert "Completed" not in await student.ask("look_at", what="row_text", words=SESSION)
    await student.kill()
    outbox = file_of(student, "outbox.sqlite")
    with closing(sqlite3.connect(outbox)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("SELECT count(*) FROM commands").fetchall() == [(0,)]
    disk.free(student.pid)
    await student.start()
    await student.ask("first_paint", within_s=PATIENCE_S)
    await student.sees("schedule", SESSION)
    await student.ask("press_in_row", words=SESSION)
    await student.ask("wait_for_sync", state="synced")
    with closing(sqlite3.connect(outbox)) as db:
        assert db.execute("SELECT state FROM commands").fetchall() == [("acknowledged",)]


async def test_a_folder_that_may_not_be_written_is_told_and_opens_once_it_may(
    student: Desk, disk: Disk
) -> None:
    await student.quit()
    if not disk.close_for_writing():
        pytest.skip("this user may write everywhere, and this machine mounts nothing")

    await student.start()

    await reads(student, READ_ONLY)
    await student.quit()
    assert await student.wait() == 1
    await student.start()
    await reads(student, READ_ONLY)
    disk.open_for_writing()
    await student.ask("press_button", words="Try again")
    await student.ask("first_paint", within_s=PATIENCE_S)
    await student.sees("schedule", SESSION)
    await student.quit()
    assert await student.wait() == 0


async def test_of_a_copied_profile_each_change_is_sent_once(
    mentor: Desk, relay: RelayProcess, tmp_path: Path
) -> None:
    mentor.link.cut()
    await mentor.ask("wait_for_sync", state="offline")
    await plan(mentor, "Before the copy", hour=6)
    await mentor.quit()
    copy = copied(mentor, relay, tmp_path)
    try:
        await mentor.start()
        await mentor.ask("first_paint", within_s=PATIENCE_S)
        await plan(mentor, "On the original", hour=7)
        await copy.start()
        await copy.ask("first_paint", within_s=PATIENCE_S)
        await plan(copy, "On the copy", hour=8)

        mentor.link.give_back()

        await sign_in_where_asked([mentor, copy], relay)
        for desk in (mentor, copy):
            for title in COPIED:
                await desk.sees("schedule", title)
            await desk.quit()
    finally:
        await copy.close()
    has = titles(tmp_path / "relay")
    assert [has.count(title) for title in COPIED] == [1, 1, 1]
    assert client_id(mentor) != client_id(copy)
    for desk in (mentor, copy):
        with closing(sqlite3.connect(file_of(desk, "outbox.sqlite"))) as db:
            states = db.execute("SELECT state FROM commands").fetchall()
        assert states == [("acknowledged",)] * 2
