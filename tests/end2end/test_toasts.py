"""What real desktops tell outside their windows: after a sleep, and on two devices."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from demo.desk import Desk
from demo.places import surroundings
from demo.relay import RelayProcess
from desktop.sync.arrivals import JUMP_S, TICK_S
from tests.desktop.ui.notifications.services import KnownService
from tests.desktop.ui.screens import virtual_screen
from tests.end2end.samples import JAMAL, PATIENCE_S, RAFAEL, Sample, served_sample

DIGEST = "updates while you were away"
AT = ZoneInfo("America/Sao_Paulo")  # Rafael's zone, in which his editor shows times

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="The service is one of Linux desktops."),
]


@pytest_asyncio.fixture
async def relay(sample: Sample, tmp_path: Path) -> AsyncIterator[RelayProcess]:
    async with served_sample(sample, tmp_path) as relay:
        yield relay


@pytest_asyncio.fixture
async def bus(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a session bus that nobody else is on."""
    folder = tmp_path / "screen"
    folder.mkdir()
    with virtual_screen(folder) as screen:
        yield screen.environment["DBUS_SESSION_BUS_ADDRESS"]


@pytest_asyncio.fixture
async def service(bus: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[KnownService]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    async with KnownService() as service:
        yield service


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@asynccontextmanager
async def signed_in(relay: RelayProcess, name: str, folder: Path, bus: str) -> AsyncIterator[Desk]:
    """A desktop in this folder; its toasts go to the service on `bus`, without one nowhere."""
    environment = surroundings(folder, is_headless=True)
    if bus:
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus
    desk = Desk(name, folder, environment, relay.port)
    try:
        await desk.start()
        await desk.sign_in(relay.people[name])
        yield desk
    finally:
        await desk.close()


@pytest_asyncio.fixture
async def mentor(relay: RelayProcess, tmp_path: Path) -> AsyncIterator[Desk]:
    async with signed_in(relay, RAFAEL, _made(tmp_path / "mentor"), "") as desk:
        yield desk


@pytest_asyncio.fixture
async def student(
    relay: RelayProcess, tmp_path: Path, bus: str, service: KnownService
) -> AsyncIterator[Desk]:
    async with signed_in(relay, JAMAL, _made(tmp_path / "student"), bus) as desk:
        yield desk


@pytest_asyncio.fixture
async def tablet(
    relay: RelayProcess, tmp_path: Path, bus: str, service: KnownService
) -> AsyncIterator[Desk]:
    """Another device of the same student."""
    async with signed_in(relay, JAMAL, _made(tmp_path / "tablet"), bus) as desk:
        yield desk


async def becomes(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():  # noqa: ASYNC110  nothing tells when another process has done it
            await asyncio.sleep(0.05)  # another process


async def plan(mentor: Desk, title: str, hour: int) -> None:
    """Plan a session with the student for tomorrow, and wait until the relay has it."""
    await mentor.ask("open_page", page="schedule")
    tomorrow = datetime.now(AT) + timedelta(days=1)
    start = tomorrow.replace(hour=hour, minute=0, second=0, microsecond=0)
    await mentor.plan(title, "Jamal Whitfield", start, minutes=30)
    await mentor.sees("schedule", title)
    await mentor.ask("wait_for_sync", state="synced")


def told(service: KnownService) -> list[str]:
    """The titles of all toasts so far; a session of the sample may remind of itself meanwhile."""
    return [one["title"] for one in service.shown if "start" not in one["title"]]


async def test_three_things_while_a_desktop_slept_are_one_digest(
    relay: RelayProcess, mentor: Desk, student: Desk, service: KnownService
) -> None:
    await becomes(lambda: [title for title in told(service) if DIGEST in title])  # the first copy
    await service.put_away()
    before = len(told(service))
    unread = (await student.ask("look_at", what="numbers"))["bell"]
    await student.ask("open_page", page="inbox")
    titles = ["While it slept", "Still asleep", "Fast asleep"]
    await student.watch(*({"row": title} for title in titles), {"bell": unread + 3})

    student.fall_asleep()
    asleep_since = time.monotonic()
    for hour, title in enumerate(titles, start=5):
        await plan(mentor, title, hour)
    # It notices a sleep of a few seconds: the time has to go by, for it and for nobody else.
    await asyncio.sleep(max(0.0, asleep_since + TICK_S + JUMP_S + 0.5 - time.monotonic()))
    student.wake_up()

    await student.ask("seen", within_s=PATIENCE_S)
    await student.ask("wait_for_sync", state="synced")
    await plan(mentor, "Wide awake", 9)
    await becomes(lambda: "Wide awake" in told(service)[-1])
    digest, last = told(service)[before:]
    assert digest == f"3 {DIGEST}"
    assert last == f"{relay.people[RAFAEL].name} planned “Wide awake”"


async def test_what_is_read_on_one_device_is_gone_from_the_other(
    mentor: Desk, student: Desk, tablet: Desk, service: KnownService
) -> None:
    title = "Read on the other one"
    await plan(mentor, title, 6)
    await becomes(lambda: len([one for one in service.standing.values() if title in one]) == 2)
    unread = (await tablet.ask("look_at", what="numbers"))["bell"]
    await tablet.watch({"bell_at_most": unread - 1})

    await student.ask("open_page", page="inbox")
    await student.ask("press_in_row", words=title)

    await tablet.ask("seen", within_s=PATIENCE_S)
    await becomes(lambda: not [one for one in service.standing.values() if title in one])
    assert (await tablet.ask("look_at", what="numbers"))["bell"] == unread - 1
    assert (await student.ask("look_at", what="numbers"))["bell"] == unread - 1


async def test_a_desktop_that_ends_leaves_no_toast_behind(
    student: Desk, service: KnownService
) -> None:
    await becomes(lambda: service.standing)

    await student.quit()

    assert service.standing == {}
