"""The relay's Socket.IO, held against the Python client: requests and their answers."""

import asyncio
from itertools import pairwise
from pathlib import Path

import aiohttp
import pytest

from domain.assignments import AssignStudent, UnassignStudent
from domain.checksums import digest_of
from domain.wire import MESSAGE_LIMIT
from tests.builders import World
from tests.end2end.relays import PATIENCE_S, Served, copied, elsewhere, mutation, served
from tests.end2end.sessions import a_talk, anas_room, title

WRONG_TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.wrong"


async def test_a_push_is_acknowledged_before_the_frames_of_its_commit(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)

    results = await mia.push(a_talk(relay))
    frame = await mia.changes(anas_room(relay))

    assert results[0]["status"] == "applied"
    assert frame["to"] == results[0]["versions"][anas_room(relay)]
    assert [name for name, _ in mia.heard[1:3]] == ["answer to sync:push", "sync:changes"]


async def test_the_frames_of_a_room_come_in_the_order_of_its_commits(relay: Served) -> None:
    mia, ana = await relay.replica(relay.world.mia), await relay.replica(relay.world.ana)

    for number in range(20):
        await mia.push(title(number))
    await ana.caught_up()

    frames = [frame for frame in ana.all("sync:changes") if frame["room"] == anas_room(relay)]
    assert len(frames) == 20
    assert all(one["to"] == other["from"] for one, other in pairwise(frames))


async def test_a_repeated_push_is_answered_again_and_takes_effect_once(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)
    mutations = mia.mutations(a_talk(relay))
    first = await mia.push_again(mutations)

    again = await mia.push_again(mutations)
    await mia.caught_up()

    assert again == first
    assert [frame["room"] for frame in mia.all("sync:changes")].count(anas_room(relay)) == 1


async def test_a_gap_in_the_numbers_names_the_last_one(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)
    await mia.push(title(1))

    gap = await mia.call("sync:push", {"mutations": [mutation(3, title(3))]})

    assert gap["error"]["code"] == "number_gap"
    assert gap["error"]["lastNumber"] == 1


async def test_what_a_lost_frame_held_comes_with_a_pull(relay: Served) -> None:
    mia, ana = await relay.replica(relay.world.mia), await relay.replica(relay.world.ana)
    held = ana.heard[0][1]["heads"][anas_room(relay)][0]
    await mia.push(title(1))
    await mia.push(title(2))

    page = await ana.pull(anas_room(relay), held)

    assert page["to"] == held + 2
    assert "Talk 2" in [row.get("title") for row in page["rows"]]


async def test_a_plain_client_may_not_push(relay: Served) -> None:
    mia = await relay.plain(relay.world.mia)

    answer = await mia.call("sync:push", {"mutations": mia.mutations(title(1))})

    assert answer["error"]["code"] == "forbidden"


async def test_pushes_above_the_rate_are_held_back_and_none_is_lost(
    filled_relay: tuple[Path, World], tmp_path: Path
) -> None:
    template, world = filled_relay
    async with served(copied(template, tmp_path / "r"), world, pushes_per_second=10) as relay:
        mia = await relay.replica(world.mia)
        pushes = [{"mutations": mia.mutations(title(number))} for number in range(15)]

        async with asyncio.TaskGroup() as tasks:
            began = asyncio.get_running_loop().time()
            asked = [tasks.create_task(mia.call("sync:push", push)) for push in pushes]
        took = asyncio.get_running_loop().time() - began

    assert [task.result()["results"][0]["status"] for task in asked] == ["applied"] * 15
    assert took >= 0.4  # ten at once, five at a tenth of a second each


async def test_an_unknown_event_is_answered_with_a_code(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)

    answer = await mia.call("sync:everything", {})

    assert answer["error"]["code"] == "unknown_event"


async def test_an_event_named_connect_is_an_unknown_event(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)

    answers = [await mia.call(name, {}) for name in ("connect_again", "disconnected")]
    await mia.emit("disconnect", "not really")
    await mia.emit("connect", {"token": WRONG_TOKEN})

    assert {answer["error"]["code"] for answer in answers} == {"unknown_event"}
    assert (await mia.push(title(1)))[0]["status"] == "applied"


async def test_a_payload_that_does_not_fit_is_answered_with_the_place(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)
    mutations = mia.mutations(title(1))
    mutations[0]["n"] = "one"

    answer = await mia.call("sync:push", {"mutations": mutations})

    assert answer["error"]["code"] == "bad_request"
    assert answer["error"]["path"] == "$.mutations[0].n"


@pytest.mark.parametrize("event", ["sync:push", "sync:pull", "sync:check", "auth:refresh"])
async def test_a_payload_that_is_no_object_is_answered_with_a_code(
    relay: Served, event: str
) -> None:
    mia = await relay.replica(relay.world.mia)

    answer = await mia.call(event, "nonsense")

    assert answer["error"]["code"] == "bad_request"


@pytest.mark.parametrize("nonsense", ["[" * 100_000 + "]" * 100_000, "{]", "[1,"])
async def test_what_is_no_json_is_answered_with_a_code_on_a_line_that_stays(
    relay: Served, nonsense: str
) -> None:
    token = await relay.token(relay.world.mia)
    line = f"{relay.url}/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as http, http.ws_connect(line) as raw:
        await raw.send_str(f'40{{"token":"{token}"}}')
        await raw.send_str(f'421["sync:check",{nonsense}]')
        await raw.send_str('422["sync:check",{"digest":""}]')

        said = [await raw.receive_str(timeout=PATIENCE_S) for _ in range(5)]

    assert said[3].startswith('431[{"error":{"code":"bad_request"')
    assert said[4].startswith('432[{"heads":')


async def test_a_message_that_is_too_large_is_answered_with_a_code(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)

    answer = await mia.call("sync:check", {"digest": "x" * MESSAGE_LIMIT})

    assert answer["error"]["code"] == "too_large"
    assert (await mia.push(title(1)))[0]["status"] == "applied"


async def test_the_heartbeat_says_same_at_all_heads(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)
    heads = mia.heard[0][1]["heads"]

    digest = digest_of((room, version, checksum) for room, (version, checksum) in heads.items())

    assert await mia.call("sync:check", {"digest": digest}) == {"same": True}


async def test_the_heartbeat_finds_what_another_process_wrote(
    relay: Served, tmp_path: Path
) -> None:
    noah = await relay.replica(relay.world.noah)
    before = noah.heard[0][1]["heads"]
    await elsewhere(relay, AssignStudent(student_id=relay.world.ana, mentor_id=relay.world.noah))

    answer = await noah.call("sync:check", {"digest": "mine"})
    mia = await relay.replica(relay.world.mia)
    await mia.push(title(1))

    assert anas_room(relay) in answer["heads"].keys() - before.keys()
    assert "Talk 1" in str((await noah.changes(anas_room(relay)))["rows"])


async def test_what_another_process_took_away_gets_no_frame_before_the_heartbeat(
    relay: Served,
) -> None:
    world = relay.world
    admin, mia = await relay.replica(world.admin), await relay.replica(world.mia)
    await admin.push(AssignStudent(student_id=world.ana, mentor_id=world.noah))
    noah = await relay.replica(world.noah)
    await elsewhere(relay, UnassignStudent(student_id=world.ana, mentor_id=world.noah))

    await mia.push(title(1))
    await noah.caught_up()

    assert anas_room(relay) not in [frame["room"] for frame in noah.all("sync:changes")]
    frames = [await mia.changes(anas_room(relay)) for _ in range(2)]
    assert "Talk 1" in str(frames[-1]["rows"])


@pytest.mark.parametrize(
    "cursors",
    [{"mentors": [10**30]}, {"mentors": [-1]}, {"\ud800": [1]}, {"mentors": [1, "\ud800"]}],
)
async def test_a_cursor_that_no_relay_gave_is_a_bad_request(
    relay: Served, cursors: dict[str, list[int]]
) -> None:
    mia = await relay.replica(relay.world.mia)

    answer = await mia.call("sync:pull", {"cursors": cursors})

    assert answer["error"]["code"] == "bad_request"
    assert "error" not in await mia.call("sync:pull", {"cursors": {}})
