"""The application as a whole: one port for REST, Socket.IO and figures, and its process."""

import asyncio
import json
import re
import signal
import ssl
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import cast

import httpx
import pytest

from syncserver.app import DRAIN_S, Application, create_app, keep_up, token_key
from syncserver.auth import Auth
from syncserver.relay import Relay
from syncserver.settings import Settings
from syncserver.storage.ledger import Busy, Ledger
from tests.end2end.relays import Client

TLS = Path(__file__).parents[1] / "contract" / "tls"
ORIGIN = "https://tandem.example.org"
NOW = partial(datetime.now, UTC)


@asynccontextmanager
async def application(folder: Path, **options: object) -> AsyncIterator[Application]:
    settings = Settings(data=folder, password_memory_kib=8, password_rounds=1, **options)  # type: ignore[arg-type]
    relay = Relay(Ledger.open(folder, create=True), now=NOW)
    auth = Auth(settings, await relay.write(token_key), NOW)
    try:
        yield create_app(settings, relay, auth)
    finally:
        auth.close()
        await relay.close()


@asynccontextmanager
async def http(app: Application, peer: str = "127.0.0.1") -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, client=(peer, 4000))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://relay") as client:
        yield client


async def test_figures_are_for_this_machine_alone(tmp_path: Path) -> None:
    async with (
        application(tmp_path / "relay") as app,
        http(app) as here,
        http(app, "192.0.2.7") as elsewhere,
    ):
        answers = [await client.get("/metrics") for client in (here, elsewhere)]

    assert [answer.status_code for answer in answers] == [200, 404]
    assert "tandem_connections" in answers[0].text


async def test_figures_tell_how_the_relay_stands_at_that_moment(tmp_path: Path) -> None:
    async with application(tmp_path / "relay") as app, http(app) as here:
        await here.get("/api/me")
        text = (await here.get("/metrics")).text

    assert "tandem_rooms 0.0" in text
    assert "tandem_live_rooms 0.0" in text
    assert "tandem_writer_queue 0.0" in text
    assert "tandem_send_queue 0.0" in text
    assert 'tandem_refusals_total{code="token_missing",where="request"} 1.0' in text
    size = re.search(r"^tandem_database_bytes (\S+)", text, re.MULTILINE)
    assert size is not None
    assert float(size[1]) > 0


async def test_figures_with_a_token_are_for_those_who_have_it(tmp_path: Path) -> None:
    async with (
        application(tmp_path / "relay", metrics_token="open sesame") as app,
        http(app) as here,
    ):
        without = await here.get("/metrics")
        held = await here.get("/metrics", headers={"Authorization": "Bearer open sesame"})

    assert [without.status_code, held.status_code] == [404, 200]


async def test_a_proxys_visitors_do_not_count_as_this_machine(tmp_path: Path) -> None:
    async with application(tmp_path / "relay", behind_proxy=True) as app, http(app) as here:
        assert (await here.get("/metrics")).status_code == 404


async def test_other_origins_are_closed_out_where_nothing_is_set(tmp_path: Path) -> None:
    async with application(tmp_path / "relay") as app, http(app) as client:
        answer = await client.get("/api/health", headers={"Origin": ORIGIN})

    assert "access-control-allow-origin" not in answer.headers


async def test_an_origin_that_is_set_is_let_in(tmp_path: Path) -> None:
    async with application(tmp_path / "relay", cors_origins=[ORIGIN]) as app, http(app) as client:
        answer = await client.get("/api/health", headers={"Origin": ORIGIN})

    assert answer.headers["access-control-allow-origin"] == ORIGIN


async def test_the_signing_key_is_made_once(tmp_path: Path) -> None:
    relay = Relay(Ledger.open(tmp_path / "relay", create=True), now=NOW)

    first, second = await relay.write(token_key), await relay.write(token_key)

    await relay.close()
    assert first == second
    assert len(first) == 32


async def run(*arguments: str, password: str | None = None) -> Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "syncserver", *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    assert process.stdin is not None
    if password:
        process.stdin.write(f"{password}\n".encode())
    return process


async def made(folder: Path) -> None:
    admin = ("--admin-email", "ada@example.org", "--admin-name", "Ada")
    arguments = ("init", "--data", str(folder), *admin, "--password-stdin")
    process = await run(*arguments, password="a long password")
    await process.communicate()
    assert process.returncode == 0


@asynccontextmanager
async def serving(folder: Path, *options: str) -> AsyncIterator[tuple[Process, str]]:
    """The process and the address that its first line names."""
    process = await run("serve", "--data", str(folder), "--port", "0", *options)
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    try:
        yield process, line.removeprefix("tandem-relay listening on ").strip()
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def sign_in(url: str) -> str:
    known = {"email": "ada@example.org", "password": "a long password"}
    async with httpx.AsyncClient() as client:
        grant = await client.post(f"{url}/api/auth/login", json=known)
    token: str = grant.json()["accessToken"]
    return token


async def test_it_says_where_it_listens_and_ends_well_on_sigterm(tmp_path: Path) -> None:
    await made(tmp_path / "relay")
    async with serving(tmp_path / "relay") as (process, url), httpx.AsyncClient() as client:
        health = await client.get(f"{url}/api/health")
        process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(process.wait(), 10)

    assert url.startswith("http://127.0.0.1:")
    assert health.json() == {"status": "ok"}
    assert code == 0


async def test_it_says_goodbye_to_live_clients_when_it_ends(tmp_path: Path) -> None:
    await made(tmp_path / "relay")
    async with serving(tmp_path / "relay") as (process, url):
        ada = Client(url)
        await ada.connect({"token": await sign_in(url)})
        await ada.next("welcome")
        process.send_signal(signal.SIGTERM)
        goodbye = await ada.next("goodbye")
        code = await asyncio.wait_for(process.wait(), 10)
        await ada.close()

    assert goodbye["code"] == "restarting"
    assert code == 0


async def test_it_does_not_wait_for_lines_that_only_their_other_side_has_to_close(
    tmp_path: Path,
) -> None:
    await made(tmp_path / "relay")
    tls = ("--tls-cert", str(TLS / "cert.pem"), "--tls-key", str(TLS / "key.pem"))
    trusting = ssl.create_default_context(cafile=TLS / "cert.pem")
    async with (
        serving(tmp_path / "relay", *tls) as (process, url),
        httpx.AsyncClient(verify=trusting) as client,
    ):
        await client.get(f"{url}/api/health")  # and keeps the line for what may come
        process.send_signal(signal.SIGINT)
        code = await asyncio.wait_for(process.wait(), DRAIN_S / 2)

    assert code == 0


async def test_an_address_that_is_taken_is_refused_with_a_sentence(tmp_path: Path) -> None:
    await made(tmp_path / "relay")
    async with serving(tmp_path / "relay") as (_, url):
        port = url.rpartition(":")[2]
        second = await run("serve", "--data", str(tmp_path / "relay"), "--port", port)
        out, err = await second.communicate()

    assert (second.returncode, out) == (1, b"")
    assert f"cannot listen on 127.0.0.1:{port}" in err.decode()


@pytest.mark.parametrize("path", ["/socket.io/", "/socket.io"])
async def test_polling_is_answered_with_a_sentence(tmp_path: Path, path: str) -> None:
    async with application(tmp_path / "relay") as app, http(app) as client:
        answer = await client.post(path)

    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_request"


class Upkept:
    """A relay of which only the upkeep is asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.collected = self.forgotten = 0
        self.twice = asyncio.Event()

    async def collect_tombstones(self) -> int:
        self.collected += 1
        if self.collected == 2:
            self.twice.set()
        if self.error:
            raise self.error
        return 0

    async def forget_answers(self) -> int:
        self.forgotten += 1
        return 0


@pytest.mark.parametrize(
    "error", [None, pytest.param(Busy("locked"), marks=pytest.mark.logs("WARNING .*busy"))]
)
async def test_upkeep_goes_on_day_by_day_whatever_one_day_brings(error: Busy | None) -> None:
    relay = Upkept(error)

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        upkeep = tasks.create_task(keep_up(cast("Relay", relay), rest_s=0))
        await relay.twice.wait()
        upkeep.cancel()

    assert relay.collected >= 2
    assert bool(relay.forgotten) is (error is None)


async def test_each_line_of_its_logs_is_json(tmp_path: Path) -> None:
    await made(tmp_path / "relay")
    async with serving(tmp_path / "relay") as (process, url), httpx.AsyncClient() as client:
        await client.get(f"{url}/api/health")
        process.send_signal(signal.SIGTERM)
        _, err = await process.communicate()

    lines = [json.loads(line) for line in err.decode().splitlines()]
    assert {"uvicorn.error"} <= {line["logger"] for line in lines}
