"""What is deleted or no longer one's own is in no byte of the files that a real desktop leaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from uuid_utils import uuid7

from demo.desk import Desk
from demo.places import surroundings
from demo.relay import RelayProcess
from desktop.store.database import open_files
from desktop.store.local import LocalStore
from desktop.store.outbox import Outbox
from domain.accounts import UpdateAccount
from domain.assignments import UnassignStudent
from syncserver.relay import Relay
from syncserver.storage.ledger import Ledger
from tests.end2end.samples import JAMAL, PATIENCE_S, RAFAEL, Sample, served_sample

pytestmark = pytest.mark.slow

TITLE, BODY = "Zwetschgenbaum", "Holunderbusch"
DRAFT, REFUSED = "Quittenmus", "Mispelstrauch"


@pytest.fixture
async def relay(sample: Sample, tmp_path: Path) -> AsyncIterator[RelayProcess]:
    """A copy of the sample that is served."""
    async with served_sample(sample, tmp_path) as relay:
        yield relay


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The folder of temporary files of the desktops."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
async def desks(
    relay: RelayProcess, temporary: Path, tmp_path: Path
) -> AsyncIterator[dict[str, Desk]]:
    """The windows of a mentor and of a student, who has written an entry."""
    environment = {**surroundings(tmp_path, is_headless=True), "TMPDIR": str(temporary)}
    desks = {name: Desk(name, tmp_path, environment, relay.port) for name in (RAFAEL, JAMAL)}
    try:
        for desk in desks.values():
            await desk.start()
            await desk.sign_in(relay.people[desk.name])
        await desks[JAMAL].ask("write", title=TITLE, body=BODY, button="submit")
        await desks[JAMAL].ask("wait_for_sync", state="synced")
        yield desks
    finally:
        for desk in desks.values():
            await desk.close()


def found(words: list[str], *folders: Path) -> dict[str, list[str]]:
    """In which files each of these words stands, in any place and state of the file."""
    files = [one for folder in folders for one in folder.rglob("*") if one.is_file()]
    contents = {}
    for file in files:
        with suppress(FileNotFoundError):  # a desktop that runs replaces some
            contents[str(file)] = file.read_bytes()
    return {
        word: [name for name, content in contents.items() if word.encode() in content]
        for word in words
    }


def leave_more(desk: Desk) -> None:
    """In the files of a window that is closed: refused work, and a copy that was set aside."""
    [outbox] = desk.data.rglob("outbox.sqlite")
    files = open_files(outbox.parent)
    store = LocalStore(
        files,
        me=None,
        now=_now,
        new_id=_new_id,
        on_change=lambda kinds: None,
        on_pending=lambda: None,
        checkpoint=lambda point: None,
    )
    refused = store.act(UpdateAccount(name=REFUSED))
    Outbox(files.outbox, _now, _new_id).report(refused, "forbidden", "You may not do this.")
    assert store.set_aside()
    store.close()


async def test_a_copy_that_is_deleted_is_in_no_file(
    desks: dict[str, Desk], relay: RelayProcess, temporary: Path
) -> None:
    student = desks[JAMAL]
    await student.ask("begin_entry", title=DRAFT, body=DRAFT)
    await student.quit()
    leave_more(student)
    await student.start()
    await student.ask("first_paint", within_s=PATIENCE_S)
    person = relay.people[JAMAL]
    words = [TITLE, BODY, DRAFT, REFUSED, person.name, person.email, person.id]
    assert all(found(words, student.data).values())
    await student.ask("open_page", page="settings")

    await student.ask("press_button", words="Delete my copy…")
    await student.ask("press_button", words="Delete my copy")
    await student.ask("show_way", way="sign_in")  # the page before one is in

    assert found(words, student.data, temporary) == {word: [] for word in words}
    await student.quit()
    assert found(words, student.data, temporary) == {word: [] for word in words}


async def test_what_stood_in_a_room_that_was_taken_away_is_in_no_file(
    desks: dict[str, Desk], relay: RelayProcess, temporary: Path, tmp_path: Path
) -> None:
    mentor = desks[RAFAEL]
    await mentor.sees("entries", TITLE)
    await mentor.ask("open_first_row")
    words = [TITLE, BODY]
    assert all(found(words, mentor.data).values())

    await take_away(tmp_path / "relay", relay)

    nowhere: dict[str, list[str]] = {word: [] for word in words}
    async with asyncio.timeout(PATIENCE_S):
        while (
            await mentor.ask("look_at", what="is_on_page", words=TITLE)
            or found(words, mentor.data, temporary) != nowhere  # the page knows it a moment before
        ):
            pass  # it is asked again as soon as it has answered
    await mentor.quit()
    assert found(words, mentor.data, temporary) == nowhere


async def take_away(folder: Path, relay: RelayProcess) -> None:
    """Have an admin take the student from the mentor, by another process on the same file."""
    student, mentor = relay.people[JAMAL].id, relay.people[RAFAEL].id
    other = Relay(Ledger.open(folder), now=_now)
    try:
        command = UnassignStudent(student_id=student, mentor_id=mentor)
        await other.do_trusted(command, mutation_id=_new_id())
    finally:
        await other.close()


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return str(uuid7())
