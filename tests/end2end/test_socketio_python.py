"""The relay's Socket.IO, held against the Python client, as replica and as plain client."""

import asyncio
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
import socketio
from uuid_utils import uuid7

from domain.accounts import DeactivateAccount
from domain.assignments import AssignStudent, UnassignStudent
from domain.checksums import digest_of
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.rooms import MENTORS, student_room
from domain.wire import MESSAGE_LIMIT
from tests.builders import World, a_plan, id_of, second_ahead
from tests.end2end.relays import Deaf, Served, copied, elsewhere, mutation, served

WRONG_TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.wrong"


async def refusal_of(relay: Served, auth: object) -> dict[str, Any]:
    client = relay.client()
    with pytest.raises(socketio.exceptions.ConnectionError):
        await client.connect(auth)
    refusal: dict[str, Any] = client.refusal
    return refusal


def title(number: int) -> UpdateSchedule:
    return UpdateSchedule(id=id_of("Mia with Ana, in three days"), title=f"Talk {number}")


def a_talk(relay: Served, name: str = "one more", days: int = 9) -> Any:
    start = second_ahead(of=relay.world.now, days=days)
    return a_plan(id_of(name), relay.world.ana, start=start)


def anas_room(relay: Served) -> str:
    return student_room(relay.world.ana)


# Connecting


async def test_the_welcome_is_the_first_thing_that_a_replica_hears(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)

    event, welcome = mia.heard[0]

    assert event == "welcome"
    assert welcome["userId"] == relay.world.mia
    assert anas_room(relay) in welcome["heads"]


async def test_a_plain_client_is_welcomed_too(relay: Served) -> None:
    ana = await relay.plain(relay.world.ana)

    assert ana.heard[0][1]["lastNumber"] == 0
    assert MENTORS not in ana.heard[0][1]["heads"]


@pytest.mark.parametrize("auth", [None, {}, {"token": ""}])
async def test_no_token_is_refused(relay: Served, auth: object) -> None:
    refusal = await refusal_of(relay, auth)

    assert refusal["data"] == {"code": "token_missing"}
    assert refusal["message"]


async def test_a_token_of_nobody_is_refused(relay: Served) -> None:
    refusal = await refusal_of(relay, {"token": WRONG_TOKEN})

    assert refusal["data"] == {"code": "token_invalid"}


async def test_an_old_token_is_refused(relay: Served) -> None:
    token = await relay.token(relay.world.mia, left_s=-60)

    refusal = await refusal_of(relay, {"token": token})

    assert refusal["data"] == {"code": "token_expired"}


async def test_a_deactivated_account_is_refused(relay: Served) -> None:
    token = await relay.token(relay.world.gone)

    refusal = await refusal_of(relay, {"token": token})

    assert refusal["data"] == {"code": "account_disabled"}


async def test_a_replica_of_another_protocol_is_refused(relay: Served) -> None:
    auth = {"token": await relay.token(relay.world.mia), "clientId": str(uuid7()), "replica": True}

    refusal = await refusal_of(relay, {**auth, "protocol": 2})

    assert refusal["data"] == {"code": "protocol_unsupported"}


async def test_one_device_has_five_connections_at_most(relay: Served) -> None:
    token = await relay.token(relay.world.mia, device=await relay.device(relay.world.mia))
    open_ = [await relay.connected({"token": token}) for _ in range(5)]

    refusal = await refusal_of(relay, {"token": token})

    assert refusal["data"] == {"code": "too_many_connections"}
    await open_[0].close()
    await relay.connected({"token": token})


async def test_a_clientid_of_another_account_is_refused(relay: Served) -> None:
    client_id = str(uuid7())
    mia = await relay.replica(relay.world.mia, clientId=client_id)
    await mia.push(a_talk(relay))
    auth = {"token": await relay.token(relay.world.noah), "protocol": 1, "replica": True}

    refusal = await refusal_of(relay, {**auth, "clientId": client_id})

    assert refusal["data"] == {"code": "client_taken"}


async def test_a_client_that_starts_with_polling_is_told_why_it_fails(relay: Served) -> None:
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"{relay.url}/socket.io/?EIO=4&transport=polling")

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert "WebSocket" in answer.json()["detail"]


# Pushing and pulling


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


# What is wrong with a request


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


async def test_a_message_that_is_too_large_is_answered_with_a_code(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)

    answer = await mia.call("sync:check", {"digest": "x" * MESSAGE_LIMIT})

    assert answer["error"]["code"] == "too_large"
    assert (await mia.push(title(1)))[0]["status"] == "applied"


# Who hears what


async def test_access_that_is_taken_ends_the_frames_with_its_own_commit(relay: Served) -> None:
    world = relay.world
    admin, mia = await relay.replica(world.admin), await relay.replica(world.mia)
    await admin.push(AssignStudent(student_id=world.ana, mentor_id=world.noah))
    noah = await relay.replica(world.noah)
    await mia.push(title(1))
    last = await noah.changes(anas_room(relay))

    await admin.push(UnassignStudent(student_id=world.ana, mentor_id=world.noah))
    await mia.push(title(2))
    news = await noah.next("sync:access")
    await noah.caught_up()

    assert news == {"granted": [], "revoked": [anas_room(relay)]}
    frames = [one for one in noah.all("sync:changes") if one["room"] == anas_room(relay)]
    assert frames == [last]
    frames = [await mia.changes(anas_room(relay)) for _ in range(4)]
    assert "Talk 2" in str(frames[-1]["rows"])


async def test_access_that_is_given_is_told_and_frames_follow(relay: Served) -> None:
    world = relay.world
    admin, noah = await relay.replica(world.admin), await relay.replica(world.noah)

    await admin.push(AssignStudent(student_id=world.ana, mentor_id=world.noah))
    news = await noah.next("sync:access")
    mia = await relay.replica(world.mia)
    await mia.push(title(1))
    frames = [await noah.changes(anas_room(relay)) for _ in range(2)]

    assert news == {"granted": [anas_room(relay)], "revoked": []}
    assert "Talk 1" in [row.get("title") for row in frames[-1]["rows"]]


async def test_nobody_hears_of_a_room_that_they_do_not_read(relay: Served) -> None:
    otto, dora = await relay.replica(relay.world.otto), await relay.replica(relay.world.dora)
    plain = await relay.plain(relay.world.otto)
    mia = await relay.replica(relay.world.mia)

    await mia.push(a_talk(relay))
    for client in (otto, dora, plain):
        await client.caught_up()

    assert otto.all("sync:changes") == dora.all("sync:changes") == []
    assert [name for name, _ in plain.heard] == ["welcome", "answer to sync:check"]


async def test_deactivation_ends_the_live_connections_and_says_so(relay: Served) -> None:
    noah, plain = await relay.replica(relay.world.noah), await relay.plain(relay.world.noah)

    await relay.relay.do_trusted(
        DeactivateAccount(user_id=relay.world.noah),
        mutation_id=str(uuid7()),
        actor=relay.world.admin,
    )

    for client in (noah, plain):
        assert (await client.next("goodbye"))["code"] == "account_disabled"
        await client.is_gone()
        assert [name for name, _ in client.heard] == ["welcome", "goodbye"]


# Named events


async def test_each_plain_client_hears_each_activity_once_the_actors_too(relay: Served) -> None:
    world = relay.world
    plain = [await relay.plain(who) for who in (world.mia, world.mia, world.ana)]
    mia = await relay.replica(world.mia)

    await mia.push(a_talk(relay))
    told = [await client.next("schedule:created") for client in plain]
    for client in plain:
        await client.caught_up()

    assert told[0] == told[1] == told[2]
    assert told[0]["actorId"] == world.mia
    assert told[0]["kind"] == "schedule:created"
    assert told[0]["data"]["title"] == "Weekly talk"
    assert "type" not in told[0]["data"]
    heard = [Counter(name for name, _ in client.heard) for client in plain]
    assert all(counter["schedule:created"] == 1 for counter in heard)
    assert all(counter["sync:changes"] == 0 for counter in heard)
    assert mia.all("schedule:created") == []


async def test_the_event_of_a_delete_has_no_data(relay: Served) -> None:
    ana, mia = await relay.plain(relay.world.ana), await relay.replica(relay.world.mia)
    await mia.push(a_talk(relay), DeleteSchedule(id=id_of("one more")))

    told = await ana.next("schedule:deleted")

    assert told["data"] is None
    assert told["subjectId"] == id_of("one more")


async def test_a_plain_client_hears_no_more_of_a_room_that_was_taken_from_it(
    relay: Served,
) -> None:
    world = relay.world
    admin, noah = await relay.replica(world.admin), await relay.plain(world.noah)
    ana, mia = await relay.plain(world.ana), await relay.replica(world.mia)
    await admin.push(AssignStudent(student_id=world.ana, mentor_id=world.noah))
    await mia.push(title(1))
    await noah.next("schedule:updated")

    await admin.push(UnassignStudent(student_id=world.ana, mentor_id=world.noah))
    await mia.push(title(2))
    await noah.caught_up()

    assert len(noah.all("schedule:updated")) == 1
    assert (await ana.next("schedule:updated"))["data"]["title"] == "Talk 1"
    assert (await ana.next("schedule:updated"))["data"]["title"] == "Talk 2"


# Tokens


async def test_the_end_of_the_token_ends_the_connection_with_a_code(relay: Served) -> None:
    mia = await relay.connected({"token": await relay.token(relay.world.mia, left_s=2)})

    goodbye = await mia.next("goodbye")

    assert goodbye["code"] == "token_expired"
    await mia.is_gone()


async def test_a_refreshed_token_keeps_the_connection(relay: Served) -> None:
    device = await relay.device(relay.world.mia)
    token = await relay.token(relay.world.mia, device=device, left_s=2)
    mia = await relay.connected({"token": token})
    other = await relay.connected({"token": token})

    answer = await mia.call(
        "auth:refresh", {"token": await relay.token(relay.world.mia, device=device)}
    )
    await other.is_gone()

    assert answer == {"ok": True}
    assert "error" not in await mia.call("sync:check", {"digest": ""})


async def test_another_persons_token_refreshes_nothing(relay: Served) -> None:
    mia = await relay.plain(relay.world.mia)

    answer = await mia.call("auth:refresh", {"token": await relay.token(relay.world.noah)})

    assert answer["error"]["code"] == "token_invalid"


# The heartbeat


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


# Those who do not read


async def test_a_slow_reader_is_dropped_and_holds_up_nobody(
    filled_relay: tuple[Path, World], tmp_path: Path
) -> None:
    template, world = filled_relay
    folder = copied(template, tmp_path / "relay")
    async with served(folder, world, send_buffer=4096, send_queue_messages=4) as relay:
        auth = {"token": await relay.token(world.ana), "protocol": 1, "clientId": str(uuid7())}
        deaf = await Deaf.connect(relay.url, {**auth, "replica": True})
        mia, ana = await relay.replica(world.mia), await relay.replica(world.ana)

        for number in range(40):
            text = f"{number} ".ljust(4000, "x")
            update = UpdateSchedule(id=world.session, description=text, agenda=text)
            await mia.push(update)
            await ana.changes(anas_room(relay))

        await deaf.ends()
        await ana.caught_up()
