"""The relay's Socket.IO, held against the JavaScript client."""

import asyncio
import json
import shutil
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from uuid_utils import uuid7

from domain.accounts import DeactivateAccount
from domain.planning import DeleteSchedule
from domain.rooms import student_room
from tests.builders import a_plan, id_of, second_ahead
from tests.end2end.relays import PATIENCE_S, Served, mutation

JS = Path(__file__).parent / "js"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    NODE is None or not (JS / "node_modules").is_dir(),
    reason="needs Node.js, and `npm ci` in tests/end2end/js",
)


class Client:
    """A socket.io-client in a process of its own."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.heard: list[tuple[str, Any]] = []

    async def next(self, event: str) -> Any:
        """The data of the next event of this name; those before it are kept in `heard`."""
        assert self._process.stdout is not None
        while True:
            async with asyncio.timeout(2 * PATIENCE_S):
                line = await self._process.stdout.readline()
            told = json.loads(line)
            self.heard.append((told["event"], told.get("data")))
            if told["event"] == event:
                return told.get("data")

    async def call(self, event: str, data: object) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"event": event, "data": data}).encode() + b"\n")
        return await self.next(f"answer to {event}")


@asynccontextmanager
async def javascript(
    relay: Served, auth: dict[str, Any], transport: str = "websocket"
) -> AsyncIterator[Client]:
    assert NODE is not None
    process = await asyncio.create_subprocess_exec(
        NODE, "client.mjs", relay.url, json.dumps(auth), transport, cwd=JS, stdin=PIPE, stdout=PIPE
    )
    try:
        yield Client(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def replica(relay: Served, user_id: str) -> dict[str, Any]:
    auth = {"token": await relay.token(user_id), "protocol": 1, "clientId": str(uuid7())}
    return {**auth, "replica": True}


async def test_it_is_welcomed_after_it_is_connected(relay: Served) -> None:
    async with javascript(relay, await replica(relay, relay.world.mia)) as mia:
        welcome = await mia.next("welcome")

    assert [event for event, _ in mia.heard] == ["connect", "welcome"]
    assert welcome["userId"] == relay.world.mia
    assert welcome["lastNumber"] == 0


async def test_its_connect_error_holds_the_sentence_and_the_code(relay: Served) -> None:
    async with javascript(relay, {"token": "nobody's"}) as nobody:
        refusal = await nobody.next("connect_error")

    assert refusal["data"] == {"code": "token_invalid"}
    assert refusal["message"] == "Sign in again."


async def test_one_that_starts_with_polling_fails_with_400(relay: Served) -> None:
    auth = {"token": await relay.token(relay.world.mia)}
    async with javascript(relay, auth, transport="default") as mia:
        refusal = await mia.next("connect_error")

    assert refusal["status"] == 400


async def test_it_pushes_and_gets_its_answer_before_the_frame(relay: Served) -> None:
    start = second_ahead(of=relay.world.now, days=9)
    command = a_plan(id_of("js"), relay.world.ana, start=start)
    async with javascript(relay, await replica(relay, relay.world.mia)) as mia:
        await mia.next("welcome")
        answer = await mia.call("sync:push", {"mutations": [mutation(1, command)]})
        frame = await mia.next("sync:changes")

    assert answer["results"][0]["status"] == "applied"
    assert frame["room"] == student_room(relay.world.ana)
    assert [event for event, _ in mia.heard][2:] == ["answer to sync:push", "sync:changes"]


async def test_an_unknown_event_is_answered_with_a_code(relay: Served) -> None:
    async with javascript(relay, await replica(relay, relay.world.mia)) as mia:
        await mia.next("welcome")
        answer = await mia.call("sync:all", {})

    assert answer["error"]["code"] == "unknown_event"


async def test_a_plain_client_hears_named_events_and_null_after_a_delete(relay: Served) -> None:
    start = second_ahead(of=relay.world.now, days=9)
    plan = a_plan(id_of("js"), relay.world.ana, start=start)
    mia = await relay.replica(relay.world.mia)
    async with javascript(relay, {"token": await relay.token(relay.world.ana)}) as ana:
        await ana.next("welcome")
        await mia.push(plan, DeleteSchedule(id=id_of("js")))
        created = await ana.next("schedule:created")
        deleted = await ana.next("schedule:deleted")

    assert created["subjectId"] == deleted["subjectId"] == id_of("js")
    assert created["actorId"] == relay.world.mia
    assert deleted["data"] is None


async def test_it_is_told_why_it_is_left(relay: Served) -> None:
    command = DeactivateAccount(user_id=relay.world.noah)
    async with javascript(relay, {"token": await relay.token(relay.world.noah)}) as noah:
        await noah.next("welcome")
        admin = relay.world.admin
        await relay.relay.do_trusted(command, mutation_id=str(uuid7()), actor=admin)
        goodbye = await noah.next("goodbye")
        reason = await noah.next("disconnect")

    assert goodbye["code"] == "account_disabled"
    assert reason == "io server disconnect"
