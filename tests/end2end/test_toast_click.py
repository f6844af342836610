"""From a mentor's act to a click on the student's toast, with a real keyring and a real screen."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from keyring.backends.SecretService import Keyring

from demo.relay import Person, RelayProcess
from desktop.account.credentials import Credentials
from desktop.account.sign_in import SignIn
from desktop.sync.client import LAST_SYNCED
from domain.instants import instant
from tests.desktop.ui.screens import VirtualScreen, virtual_screen, wait_until
from tests.end2end.programs import Program
from tests.end2end.samples import JAMAL, RAFAEL, Sample, served_sample

pytestmark = pytest.mark.slow

TITLE = "How to read a diff"


@pytest.fixture
async def relay(sample: Sample, tmp_path: Path) -> AsyncIterator[RelayProcess]:
    """A copy of the sample that is served."""
    async with served_sample(sample, tmp_path) as relay:
        yield relay


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualScreen]:
    """A whole desktop."""
    folder = tmp_path / "screen"
    folder.mkdir()
    with virtual_screen(folder) as screen:
        address = screen.environment["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        screen.start_window_manager()
        screen.start_tray()
        screen.start_notifications()
        screen.start_keyring("the person's own")
        yield screen


async def test_a_click_on_a_toast_opens_the_session_that_it_is_about(
    relay: RelayProcess, screen: VirtualScreen, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    await _sign_in(data, relay, relay.people[JAMAL])
    program = Program(screen, tmp_path, data)
    wait_until(lambda: _is_in_step(data))
    program.close()
    screen.dunstctl("close-all")

    await _plan(relay)
    wait_until(lambda: screen.dunstctl("count", "displayed") != "0")
    assert not program.window()
    wait_until(lambda: _is_opened(screen, program), look_again_s=1.0)

    assert program.window()


def _is_opened(screen: VirtualScreen, program: Program) -> bool:
    """Whether the session is open; as long as it is not, click the toast that is on top."""
    if not program.has_dialog(TITLE):
        screen.dunstctl("action", "0")
    return program.has_dialog(TITLE)


async def _sign_in(data: Path, relay: RelayProcess, person: Person) -> None:
    """Leave a sign-in in the keyring and the data folder, as the program does."""
    sign_in = SignIn(data, Credentials(Keyring))
    await sign_in.sign_in(relay.url, person.email, person.password)
    await sign_in.close()


def _is_in_step(data: Path) -> bool:
    """Whether the program has noted that all is here."""
    for outbox in data.glob("accounts/*/outbox.sqlite"):
        with (
            suppress(sqlite3.OperationalError),  # it has no tables yet
            closing(sqlite3.connect(f"{outbox.as_uri()}?mode=ro", uri=True)) as db,
        ):
            found = db.execute("SELECT 1 FROM settings WHERE key = ?", (LAST_SYNCED,))
            return found.fetchone() is not None
    return False


async def _plan(relay: RelayProcess) -> None:
    """Plan a session with the student, as the mentor, on another computer."""
    mentor, student = relay.people[RAFAEL], relay.people[JAMAL]
    start = datetime.now(UTC).replace(hour=3, minute=0, second=0, microsecond=0) + timedelta(days=9)
    async with httpx.AsyncClient(base_url=f"{relay.url}/api") as client:
        sign_in = {"email": mentor.email, "password": mentor.password}
        granted = (await client.post("/auth/login", json=sign_in)).raise_for_status().json()
        planned = await client.post(
            "/schedules",
            headers={"Authorization": f"Bearer {granted['accessToken']}"},
            json={
                "studentId": student.id,
                "title": TITLE,
                "startTime": instant(start),
                "endTime": instant(start + timedelta(minutes=30)),
            },
        )
        planned.raise_for_status()
