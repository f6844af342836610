"""Socket.IO: who is let in and who is not, the welcome, and how a connection ends."""

from uuid import uuid4

import pytest
import socketio

from tests.contract.conftest import Connect
from tests.contract.live import Json, Live, as_replica
from tests.contract.people import House, Someone
from tests.contract.problems import EXCEPTION, assert_problem


@pytest.fixture(scope="module")
def mia(house: House) -> Someone:
    return house.mentor()


async def refusal_of(house: House, auth: object) -> Json:
    """What `connect_error` holds."""
    client = Live(house.url)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await client.connect(auth)
    await client.close()
    refusal: Json = client.refusal
    assert set(refusal) == {"message", "data"}
    assert refusal["message"].endswith(".")
    assert not EXCEPTION.search(refusal["message"])
    return refusal


@pytest.mark.parametrize("auth", [None, {}, {"token": ""}], ids=str)
async def test_no_token_is_refused(house: House, auth: object) -> None:
    assert (await refusal_of(house, auth))["data"] == {"code": "token_missing"}


async def test_a_token_of_another_maker_is_refused(house: House) -> None:
    refusal = await refusal_of(house, {"token": "eyJhbGciOiJub25lIn0.e30."})

    assert refusal["data"] == {"code": "token_invalid"}


async def test_the_token_of_a_device_that_was_signed_out_is_refused(house: House) -> None:
    mentor = house.mentor()
    mentor.post("auth/logout", {})

    assert (await refusal_of(house, {"token": mentor.token}))["data"] == {"code": "token_invalid"}


async def test_a_deactivated_account_is_refused(house: House) -> None:
    mentor = house.mentor()
    house.admin.post(f"users/{mentor.id}/deactivate")

    refusal = await refusal_of(house, {"token": mentor.token})

    assert refusal["data"] == {"code": "account_disabled"}


async def test_another_protocol_is_refused(house: House, mia: Someone) -> None:
    refusal = await refusal_of(house, as_replica(mia, protocol=99))

    assert refusal["data"] == {"code": "protocol_unsupported"}


async def test_a_sixth_connection_of_a_device_is_refused(house: House, live: Connect) -> None:
    mentor = house.mentor()
    for _ in range(5):
        await live(mentor)

    refusal = await refusal_of(house, {"token": mentor.token})

    assert refusal["data"] == {"code": "too_many_connections"}


async def test_a_client_id_belongs_to_its_first_account(
    house: House, live: Connect, mia: Someone
) -> None:
    client_id = str(uuid4())
    await live(mia, replica=True, clientId=client_id)  # which has pushed nothing

    client = Live(house.url)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await client.connect(as_replica(house.mentor(), clientId=client_id))
    await client.close()

    assert client.refusal["data"] == {"code": "client_taken"}
    await live(mia, replica=True, clientId=client_id)


@pytest.mark.parametrize("replica", [True, False])
async def test_everybody_is_welcomed_first(
    mia: Someone, live: Connect, replica: bool, house: House
) -> None:
    client = await live(mia, replica=replica)

    name, welcome = client.heard[0]
    assert name == "welcome"
    assert set(welcome) == {
        "userId", "serverTime", "relayId", "heads", "lastNumber", "minProtocol",
    }  # fmt: skip
    assert (welcome["userId"], welcome["minProtocol"], welcome["lastNumber"]) == (mia.id, 1, 0)
    assert {"mentors", f"user:{mia.id}"} <= set(welcome["heads"])
    version, checksum = welcome["heads"]["mentors"]
    assert version > 0
    assert len(checksum) == 16


async def test_unknown_fields_of_a_handshake_are_ignored(mia: Someone, live: Connect) -> None:
    client = await live(mia, colour="green")

    assert client.all("welcome")


def test_polling_gets_a_clear_400(house: House) -> None:
    answer = house.http.get("/socket.io/", params={"EIO": "4", "transport": "polling"})

    problem = assert_problem(answer, 400, "bad_request")
    assert "WebSocket" in problem["detail"]


async def test_a_client_that_starts_with_polling_does_not_get_in(
    house: House, mia: Someone
) -> None:
    client = Live(house.url)

    # python-engineio 4.15 closes its session before it reads the body of a refusal: where the body
    # comes in a packet of its own, what is raised is aiohttp's "Connection closed".
    with pytest.raises((socketio.exceptions.ConnectionError, RuntimeError)):
        await client.connect({"token": mia.token}, transports=("polling", "websocket"))

    assert client.heard == []
    await client.close()


async def test_deactivation_ends_live_connections(house: House, live: Connect) -> None:
    mentor = house.mentor()
    client = await live(mentor)

    house.admin.post(f"users/{mentor.id}/deactivate")

    assert (await client.next("goodbye"))["code"] == "account_disabled"
    await client.gone.wait()


async def test_a_new_token_is_handed_over_on_the_live_connection(
    house: House, live: Connect
) -> None:
    mentor = house.mentor()
    client = await live(mentor, replica=True)
    grant = house.nobody.post("auth/refresh", {"refreshToken": mentor.grant["refreshToken"]}).json()

    assert await client.call("auth:refresh", {"token": grant["accessToken"]}) == {"ok": True}


async def test_a_token_of_somebody_else_is_not_taken(
    house: House, mia: Someone, live: Connect
) -> None:
    client = await live(mia)

    answer = await client.call("auth:refresh", {"token": house.mentor().token})

    assert answer["error"]["code"] == "token_invalid"
    assert not client.gone.is_set()


async def test_a_half_open_line_is_noticed_within_15_s(live: Connect, mia: Someone) -> None:
    """The relay tells each client how long it may hear nothing: its interval and its timeout."""
    client = await live(mia)

    interval_s, timeout_s = client.pings

    assert 0 < interval_s + timeout_s <= 15
