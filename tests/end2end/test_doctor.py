"""The connection doctor at a real relay: down, wrong name, wrong TLS, clock off, tampered room."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from desktop.account.api import Api
from desktop.doctor.examination import Examination, SignedIn, at_home
from desktop.doctor.findings import Finding, Step, Verdict
from desktop.store.ids import new_id
from desktop.store.worker import StoreWorker
from desktop.sync.client import SyncClient
from desktop.sync.first_copy import HttpRooms
from desktop.sync.socketio_link import SocketIOLink
from desktop.sync.states import Phase, SyncState
from desktop.trust import Trust
from domain.activities import Person
from domain.members import Role
from domain.outcomes import CancelSchedule
from domain.rooms import student_room
from domain.schedules import Schedule, Status
from tests.builders import World
from tests.end2end.relays import Served, copied, served

TLS = Path(__file__).parents[1] / "contract" / "tls"  # for localhost, signed by itself
PATIENCE_S = 30.0


class Token(NamedTuple):
    text: str
    expires_at: float


@dataclass
class Computer:
    """A mentor's computer without a window: its files, and its line to the relay."""

    relay: Served
    worker: StoreWorker
    client: SyncClient
    states: asyncio.Queue[SyncState]
    file: Path

    async def token(self, *, fresh: bool = False) -> Token:
        return Token(await self.relay.token(self.relay.world.mia), 1e12)

    async def is_live(self) -> None:
        """Wait until all is in step, and nothing waits."""
        async with asyncio.timeout(PATIENCE_S):
            while (state := await self.states.get()).phase is not Phase.LIVE or state.waiting:
                pass

    def signed_in(self) -> SignedIn:
        return at_home(self.worker, self.token, lambda: SocketIOLink(self.relay.url))


@pytest.fixture
async def computer(relay: Served, tmp_path: Path) -> AsyncIterator[Computer]:
    async with _computer(relay, tmp_path / "data") as found:
        yield found


@asynccontextmanager
async def _computer(relay: Served, folder: Path) -> AsyncIterator[Computer]:
    worker = StoreWorker(
        folder,
        me=Person(relay.world.mia, Role.MENTOR),
        now=lambda: datetime.now(UTC),
        new_id=new_id,
        on_change=lambda kinds: None,
        on_pending=lambda: None,
    )
    await worker.start()
    api = Api(relay.url)
    states: asyncio.Queue[SyncState] = asyncio.Queue()
    computer = Computer(relay, worker, None, states, folder / "replica.sqlite")  # type: ignore[arg-type]
    computer.client = SyncClient(
        worker,
        SocketIOLink(relay.url),
        HttpRooms(api.http, relay.url, computer.token),
        computer.token,
        on_state=states.put_nowait,
    )
    running = asyncio.ensure_future(computer.client.run())
    try:
        await computer.is_live()
        yield computer
    finally:
        running.cancel()
        await asyncio.wait([running])
        await api.close()
        await worker.close()


async def examined(
    server: str,
    signed_in: SignedIn | None = None,
    trust: Trust | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> dict[Step, Finding]:
    trust = trust or Trust()
    api = Api(server, trust=trust)
    found = {one.step: one async for one in Examination(server, api, trust, signed_in, now).steps()}
    await api.close()
    assert list(found) == sorted(found, key=list(Step).index)
    return found


def codes(found: dict[Step, Finding]) -> list[str]:
    return [found[step].code for step in Step]


async def test_where_all_is_well_every_step_says_so(computer: Computer) -> None:
    found = await examined(computer.relay.url, computer.signed_in())

    assert codes(found) == [
        "none",
        "known",
        "open",
        "here",
        "fits",
        "right",
        "taken",
        "in_step",
        "same",
    ]
    assert {one.verdict for one in found.values()} == {Verdict.GOOD}


async def test_before_the_sign_in_the_way_alone_is_looked_at(relay: Served) -> None:
    found = await examined(relay.url)

    assert codes(found)[4:] == ["fits", "right", "nobody", "nobody", "nobody"]


async def test_a_relay_that_is_down_is_named_and_what_follows_is_left_out() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        found = await examined(f"http://127.0.0.1:{closed.getsockname()[1]}")

    assert codes(found) == ["none", "known", "refused", *["ended"] * 6]


async def test_a_name_that_nobody_knows_is_named() -> None:
    found = await examined("https://relay.invalid")

    assert codes(found) == ["none", "unknown", *["ended"] * 7]


async def test_what_is_no_address_is_named() -> None:
    found = await examined("https://")

    assert found[Step.NAME].code == "no_address"


async def test_a_certificate_that_is_not_trusted_is_named_until_it_is(
    filled_relay: tuple[Path, World], tmp_path: Path
) -> None:
    template, world = filled_relay
    folder, cert, key = copied(template, tmp_path / "relay"), TLS / "cert.pem", TLS / "key.pem"
    async with served(folder, world, tls_cert=cert, tls_key=key) as relay:
        address = f"https://localhost:{relay.url.rpartition(':')[2]}"

        strange = await examined(address)
        trusted = await examined(address, trust=Trust(TLS / "cert.pem"))

    assert (strange[Step.TLS].code, strange[Step.VERSION].code) == ("untrusted", "ended")
    assert (trusted[Step.TLS].code, trusted[Step.VERSION].code) == ("trusted", "fits")


async def test_a_clock_that_is_off_is_named_and_the_rest_is_looked_at(computer: Computer) -> None:
    found = await examined(
        computer.relay.url,
        computer.signed_in(),
        now=lambda: datetime.now(UTC) + timedelta(hours=2),
    )

    assert (found[Step.CLOCK].verdict, found[Step.CLOCK].code) == (Verdict.BAD, "ahead")
    assert int(found[Step.CLOCK].facts["seconds"]) == pytest.approx(7200, abs=30)
    assert found[Step.CONTENTS].code == "same"


async def test_a_room_that_was_tampered_with_is_found_and_made_whole_with_work_on_top(
    computer: Computer,
) -> None:
    world = computer.relay.world
    room = student_room(world.ana)
    with closing(sqlite3.connect(computer.file)) as file, file:
        file.execute(
            "DELETE FROM schedules WHERE room = ? AND id <> ?", [room, world.session]
        ).fetchall()
        assert file.total_changes > 0

    before = await examined(computer.relay.url, computer.signed_in())
    await computer.worker.do(CancelSchedule(id=world.session))
    computer.client.copy_again(room)
    await computer.is_live()
    computer.client.sync_now()
    await computer.is_live()
    after = await examined(computer.relay.url, computer.signed_in())

    assert [one.room for one in before[Step.CONTENTS].rooms] == [room]
    assert after[Step.CONTENTS].code == "same"
    done = await computer.relay.relay.read(lambda reading: reading.find(Schedule, world.session))
    assert done is not None
    assert done.status is Status.CANCELED
