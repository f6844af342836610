"""What a person does about the own account at the relay, with tokens that come and go."""

from __future__ import annotations

import httpx
import pytest

from desktop.account.api import ApiRefused, Unreachable
from desktop.account.own_account import OwnAccount
from desktop.account.sign_in import AccessToken
from tests.desktop.account.servers import Answer, Server, a_problem


class FakeTokens:
    """Gives one token after the other; the first again until a fresh one is wanted."""

    def __init__(self) -> None:
        self.number = 1

    async def __call__(self, *, fresh: bool = False) -> AccessToken:
        self.number += fresh
        return AccessToken(f"access {self.number}", 900.0)


def a_device(device_id: str, *, current: bool = False) -> dict[str, object]:
    return {
        "id": device_id,
        "name": device_id,
        "createdAt": "2025-11-01T08:00:00.000Z",
        "lastSeenAt": "2025-12-01T08:00:00.000Z",
        "current": current,
    }


def own_account(*answers: Answer) -> tuple[OwnAccount, Server]:
    server = Server(*answers)
    return OwnAccount(server.api, FakeTokens()), server


async def test_this_device_comes_first() -> None:
    rows = [a_device("tablet"), a_device("here", current=True), a_device("phone")]
    own, _server = own_account(httpx.Response(200, json=rows))

    found = await own.devices()

    assert [device.id for device in found] == ["here", "tablet", "phone"]


async def test_a_token_that_has_ended_is_renewed_once() -> None:
    own, server = own_account(a_problem(401, "token_expired"), httpx.Response(200, json=[]))

    await own.devices()

    assert [one["Authorization"] for one in server.headers] == [
        "Bearer access 1",
        "Bearer access 2",
    ]


async def test_a_token_that_stays_refused_is_said() -> None:
    gone = "This device was signed out."
    own, _server = own_account(
        a_problem(401, "token_invalid", gone), a_problem(401, "token_invalid", gone)
    )

    with pytest.raises(ApiRefused, match=gone):
        await own.devices()


async def test_a_device_that_is_signed_out_already_is_as_it_should_be() -> None:
    own, server = own_account(a_problem(404, "not_found"))

    await own.end_device("phone")

    assert server.asked == [("/api/me/devices/phone", None)]


async def test_another_refusal_to_sign_out_a_device_is_said() -> None:
    own, _server = own_account(a_problem(403, "forbidden"))

    with pytest.raises(ApiRefused):
        await own.end_device("phone")


async def test_a_wrong_password_is_not_taken_for_a_token_that_ended() -> None:
    own, server = own_account(a_problem(401, "credentials_wrong", "The current one is wrong."))

    with pytest.raises(ApiRefused) as caught:
        await own.change_password("wrong", "a new password")

    assert caught.value.code == "credentials_wrong"
    assert len(server.asked) == 1


async def test_without_a_relay_it_says_so() -> None:
    own, _server = own_account(httpx.ConnectError("refused"))

    with pytest.raises(Unreachable):
        await own.devices()


@pytest.mark.parametrize(
    ("told", "current"),
    [({}, "0.1.0"), ({"desktop": "0.2.0"}, "0.2.0")],
)
async def test_the_current_desktop_is_the_one_that_the_relay_names_or_its_own_version(
    told: dict[str, str], current: str
) -> None:
    answer = {"version": "0.1.0", "protocol": 1, "minProtocol": 1, **told}
    own, _server = own_account(httpx.Response(200, json=answer))

    assert await own.current_desktop() == current


async def test_another_e_mail_is_asked_for_with_the_password() -> None:
    own, server = own_account(httpx.Response(204))

    await own.change_email("the password", "new@example.org")

    body = {"currentPassword": "the password", "newEmail": "new@example.org"}
    assert server.asked == [("/api/auth/email", body)]
