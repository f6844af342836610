"""REST calls of accounts, and plain sentences for what goes wrong."""

import asyncio
import ssl
import subprocess
import sys

import httpx
import pytest

from desktop.account.api import Api, ApiRefused, Unreachable
from tests.desktop.account.servers import Server, a_grant, a_problem


async def test_signing_in_gives_a_grant() -> None:
    server = Server(a_grant())

    grant = await server.api.login("ada@example.org", "a long password")

    assert (grant.access_token, grant.expires_in, grant.user.name) == ("access 1", 900, "Ada")
    assert server.asked == [
        ("/api/auth/login", {"email": "ada@example.org", "password": "a long password"})
    ]


async def test_registering_sends_the_fields_as_they_are() -> None:
    server = Server(a_grant())

    await server.api.register({"role": "student", "joinCode": "ABCD"})

    assert server.asked == [("/api/auth/register", {"role": "student", "joinCode": "ABCD"})]


async def test_a_refresh_can_be_repeated_under_its_key() -> None:
    server = Server(a_grant())

    await server.api.refresh("refresh 0", "key 0")

    assert server.asked == [("/api/auth/refresh", {"refreshToken": "refresh 0"})]
    assert server.headers[0]["Idempotency-Key"] == "key 0"


async def test_signing_out_shows_the_access_token() -> None:
    server = Server(httpx.Response(204))

    await server.api.logout("access 1", everywhere=True)

    assert server.asked == [("/api/auth/logout", {"everywhere": True})]
    assert server.headers[0]["Authorization"] == "Bearer access 1"


async def test_who_signs_in_says_from_which_computer() -> None:
    server = Server(a_grant(), httpx.Response(204))

    await server.api.login("ada@example.org", "a long password")
    await server.api.logout("access 1")

    assert server.headers[0]["X-Device-Name"] == "library-pc (Linux)"
    assert "X-Device-Name" not in server.headers[1]


async def test_devices_are_read_with_the_access_token() -> None:
    device = {
        "id": "d1",
        "name": "library-pc (Linux)",
        "createdAt": "2025-11-01T08:00:00.000Z",
        "lastSeenAt": "2025-12-01T08:00:00.000Z",
        "current": True,
    }
    server = Server(httpx.Response(200, json=[device]))

    [found] = await server.api.devices("access 1")

    assert (found.name, found.current) == ("library-pc (Linux)", True)
    assert (server.methods, server.asked) == (["GET"], [("/api/me/devices", None)])
    assert server.headers[0]["Authorization"] == "Bearer access 1"


async def test_a_device_is_signed_out_by_its_id() -> None:
    server = Server(httpx.Response(204))

    await server.api.end_device("access 1", "d2")

    assert (server.methods, server.asked) == (["DELETE"], [("/api/me/devices/d2", None)])


async def test_another_password_is_set_with_the_present_one() -> None:
    server = Server(httpx.Response(204))

    await server.api.change_password("access 1", "the old one", "a new password")

    body = {"currentPassword": "the old one", "newPassword": "a new password"}
    assert server.asked == [("/api/auth/password", body)]


async def test_a_password_is_reset_with_a_code() -> None:
    server = Server(httpx.Response(204))

    await server.api.reset_password("ada@example.org", "CODE", "a new password")

    assert server.asked == [
        (
            "/api/auth/reset",
            {"email": "ada@example.org", "code": "CODE", "newPassword": "a new password"},
        )
    ]


async def test_a_refusal_has_its_code_and_a_sentence_for_each_field() -> None:
    errors = [{"field": "password", "code": "too_short", "message": "Use 10 characters."}]
    server = Server(a_problem(422, "invalid", "Look at the fields.", errors=errors))

    with pytest.raises(ApiRefused, match="Look at the fields") as caught:
        await server.api.register({})

    assert caught.value.code == "invalid"
    assert caught.value.fields == {"password": "Use 10 characters."}


async def test_too_many_tries_say_how_long_to_wait() -> None:
    server = Server(a_problem(429, "too_many_tries", headers={"Retry-After": "60"}))

    with pytest.raises(ApiRefused) as caught:
        await server.api.login("ada@example.org", "wrong")

    assert caught.value.retry_after_s == 60.0


async def test_a_problem_without_a_detail_says_its_title() -> None:
    with pytest.raises(ApiRefused, match=r"^T$"):
        await Server(a_problem(403, "forbidden", "")).api.login("a@b.c", "x")


def _certificate_error() -> Exception:
    error = httpx.ConnectError("handshake")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed")
    return error


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (httpx.ConnectError("refused"), "unreachable"),
        (httpx.ReadTimeout("slow"), "unreachable"),
        (httpx.Response(502, content=b"<html>"), "unreachable"),
        (httpx.Response(404, content=b"<html>"), "foreign"),
        (httpx.Response(501, content=b"<html>"), "foreign"),  # a server of files knows no POST
        (httpx.Response(200, content=b"<html>"), "foreign"),
        (httpx.Response(302, headers={"Location": "https://example.org"}), "foreign"),
        (httpx.RemoteProtocolError("that is no HTTP"), "foreign"),
        (_certificate_error(), "untrusted"),
    ],
)
async def test_a_server_that_is_no_relay_is_said_in_a_plain_sentence(
    answer: httpx.Response | Exception, code: str
) -> None:
    with pytest.raises(Unreachable) as caught:
        await Server(answer).api.login("ada@example.org", "x")

    assert caught.value.code == code
    assert "Error" not in str(caught.value)
    assert str(caught.value).endswith(".")


async def test_a_relay_says_what_it_speaks_and_what_time_it_has() -> None:
    body = {"version": "1.2", "protocol": 3, "minProtocol": 2}
    answer = httpx.Response(200, json=body, headers={"Date": "Mon, 02 Mar 2026 12:00:00 GMT"})

    about = await Server(answer).api.about()

    assert (about.version, about.protocol, about.min_protocol) == ("1.2", 3, 2)
    assert about.date == "Mon, 02 Mar 2026 12:00:00 GMT"


async def test_the_http_client_is_made_once_and_closed() -> None:
    api = Api("https://tandem.example.org/")
    one, other = await asyncio.gather(api.http(), api.http())

    await api.close()
    await api.close()

    assert one is other
    assert one.is_closed
    assert api.server == "https://tandem.example.org"


def test_loading_ahead_makes_the_first_request_start_at_once() -> None:
    program = (
        "import sys; from desktop.account import api; before = 'httpx' in sys.modules; "
        "api.load(); print(before, 'httpx' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "True"]
