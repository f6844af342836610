"""What goes over the live connection is what the AsyncAPI description says, message by message."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from socketio.exceptions import ConnectionError as NotLetIn

from syncserver.rest.asyncapi import ASKED, describe_live
from tests.builders import EXAMPLES, World
from tests.end2end.relays import Client, Served, copied, served
from tests.end2end.test_access_matrix import (
    CASES,
    EVENTS,
    MAX,
    PEERS,
    all_caught_up,
    cast,
    deactivate,
    do,
    each_of,
    relay,
    template,
)
from tests.sync.simulation import in_memory_folder

__all__ = ["relay", "template"]  # fixtures

DESCRIPTION = describe_live("1")
HEARERS = ("own student", "own mentor", "admin")


class Described:
    """The schemas of all messages, by their keys."""

    def __init__(self) -> None:
        self._messages: dict[str, dict[str, Any]] = DESCRIPTION["components"]["messages"]
        self.seen: set[str] = set()

    def check(self, key: str, payload: Any) -> None:
        """Fail unless the payload is what the description says, and no field more."""
        schema = {**self._messages[key]["payload"], "components": DESCRIPTION["components"]}
        wrong = [str(error) for error in jsonschema_rs.iter_errors(schema, payload)]
        assert wrong == [], f"{key}: {payload}"
        assert set(payload) <= set(self._fields(key)), key
        self.seen.add(key)

    def check_all(self, client: Client) -> None:
        for event, payload in client.heard:
            if not event.startswith("answer to "):
                self.check(key_of(event), payload)

    def _fields(self, key: str) -> dict[str, Any]:
        name = self._messages[key]["payload"]["$ref"].rpartition("/")[2]
        fields: dict[str, Any] = DESCRIPTION["components"]["schemas"][name]["properties"]
        return fields


async def test_each_event_is_what_the_description_says(template: tuple[Path, World]) -> None:
    folder, world = template
    described = Described()
    for event in EVENTS.values():
        with TemporaryDirectory(dir=in_memory_folder(), prefix="tandem-asyncapi-") as name:
            async with served(copied(folder, Path(name) / "relay"), world) as one:
                for client in await heard(one, event.example, event.student):
                    described.check_all(client)

    asked = {key_of(one.event) for one in ASKED} | {"connect", "connect_error", "failed"}
    messages = DESCRIPTION["components"]["messages"]
    assert described.seen == {key for key in messages if key.removesuffix(".answer") not in asked}


async def heard(relay: Served, example: str, student: str) -> list[Client]:
    """Everybody who hears what the example does; the peer's account is closed at the end."""
    people = {**cast(relay.world, student), "peer": relay.world.people[PEERS[student]]}
    plain = await each_of(HEARERS, lambda who: relay.plain(people[who]))
    replicas = await each_of((*HEARERS, "peer"), lambda who: relay.replica(people[who]))
    await deactivate(relay, MAX)  # one example is that he returns
    await do(relay, CASES[example](relay.world))
    await all_caught_up(plain, replicas)
    if not replicas["peer"].gone.is_set():
        await deactivate(relay, people["peer"])
        await replicas["peer"].gone.wait()
    await all_caught_up(plain, replicas)
    return [*plain.values(), *replicas.values()]


async def test_each_request_and_answer_is_what_the_description_says(relay: Served) -> None:
    described, world = Described(), relay.world
    mia = await relay.replica(world.mia)
    device = await relay.device(world.mia)
    asking = await relay.connected({"token": await relay.token(world.mia, device=device)})
    asked = {
        "sync:push": (mia, {"mutations": mia.mutations(EXAMPLES["cohort.update"](world).command)}),
        "sync:pull": (mia, {"cursors": {f"student:{world.ana}": [0]}, "limit": 50}),
        "sync:check": (mia, {"digest": "0"}),
        "auth:refresh": (asking, {"token": await relay.token(world.mia, device=device)}),
    }

    for event, (client, payload) in asked.items():
        key = key_of(event)
        described.check(key, msgspec.to_builtins(payload))
        described.check(f"{key}.answer", await client.call(event, payload))

    assert described.seen == {
        name for one in ASKED for name in (key_of(one.event), f"{key_of(one.event)}.answer")
    }


@pytest.mark.parametrize(
    ("event", "payload", "code"),
    [
        ("sync:push", {"mutations": 7}, "bad_request"),
        ("sync:pull", {"limit": 0}, "bad_request"),
        ("sync:push", "gap", "number_gap"),
        ("nothing", {}, "unknown_event"),
    ],
)
async def test_what_fails_is_told_as_the_description_says(
    relay: Served, event: str, payload: Any, code: str
) -> None:
    mia = await relay.replica(relay.world.mia)
    if payload == "gap":
        (mutation,) = mia.mutations(EXAMPLES["cohort.update"](relay.world).command)
        payload = {"mutations": [{**mutation, "n": 7}]}

    answer = await mia.call(event, payload)

    Described().check("failed", answer)
    assert answer["error"]["code"] == code


async def test_who_is_not_let_in_is_told_as_the_description_says(relay: Served) -> None:
    client = relay.client()
    hello = {"token": "x", "protocol": 1, "clientId": relay.world.ana, "replica": True}

    with pytest.raises(NotLetIn):
        await client.connect(hello)

    Described().check("connect", hello)
    Described().check("connect_error", client.refusal)


def key_of(event: str) -> str:
    return event.replace(":", ".")
