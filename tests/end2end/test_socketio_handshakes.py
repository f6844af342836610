"""Who may connect, how they are welcomed, and when they have to go."""

from pathlib import Path
from typing import Any

import httpx
import pytest
import socketio
from uuid_utils import uuid7

from domain.instants import instant
from domain.planning import UpdateSchedule
from domain.rooms import MENTORS
from syncserver.storage.credentials import Credentials
from tests.builders import World
from tests.end2end.relays import Deaf, Served, copied, served
from tests.end2end.sessions import a_talk, anas_room

WRONG_TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.wrong"


async def refusal_of(relay: Served, auth: object) -> dict[str, Any]:
    client = relay.client()
    with pytest.raises(socketio.exceptions.ConnectionError):
        await client.connect(auth)
    refusal: dict[str, Any] = client.refusal
    return refusal


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


async def test_a_device_that_signs_out_hears_nothing_more(relay: Served) -> None:
    device = await relay.device(relay.world.mia)
    token = await relay.token(relay.world.mia, device=device)
    mia, other = await relay.connected({"token": token}), await relay.plain(relay.world.mia)

    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as http:
        answer = await http.post(f"{relay.url}/api/auth/logout")
    goodbye = await mia.next("goodbye")

    assert answer.status_code == 204
    assert goodbye["code"] == "token_invalid"
    await mia.is_gone()
    await other.caught_up()
    assert other.all("goodbye") == []


async def test_a_device_that_was_signed_out_refreshes_nothing(relay: Served) -> None:
    device = await relay.device(relay.world.mia)
    token = await relay.token(relay.world.mia, device=device)
    mia = await relay.connected({"token": token})
    now = instant(relay.clock())
    await relay.relay.write(lambda w: Credentials(w.connection).end_device(device, now, by="x"))

    answer = await mia.call("auth:refresh", {"token": token})

    assert answer["error"]["code"] == "token_invalid"
    await mia.is_gone()


async def test_a_device_that_was_signed_out_is_left_at_its_heartbeat(relay: Served) -> None:
    device = await relay.device(relay.world.mia)
    mia = await relay.connected({"token": await relay.token(relay.world.mia, device=device)})
    now = instant(relay.clock())
    await relay.relay.write(lambda w: Credentials(w.connection).end_device(device, now, by="x"))

    answer = await mia.call("sync:check", {"digest": ""})
    goodbye = await mia.next("goodbye")

    assert answer["error"]["code"] == goodbye["code"] == "token_invalid"
    await mia.is_gone()


async def test_one_who_asks_on_and_reads_no_answer_is_dropped(
    filled_relay: tuple[Path, World], tmp_path: Path
) -> None:
    template, world = filled_relay
    folder = copied(template, tmp_path / "relay")
    async with served(folder, world, send_buffer=4096, send_queue_messages=4) as relay:
        auth = {"token": await relay.token(world.ana), "protocol": 1, "clientId": str(uuid7())}
        deaf = await Deaf.connect(relay.url, {**auth, "replica": True})

        mia = await relay.plain(world.mia)
        for n in range(60):
            await mia.caught_up()
            deaf.say(f'42{n}["sync:pull",{{"cursors":{{}}}}]')

        await deaf.ends()
