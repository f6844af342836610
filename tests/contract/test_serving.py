"""`serve`: where it listens, what it refuses, how it ends, and where its settings come from."""

import asyncio
import re
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.contract.live import Live
from tests.contract.people import Someone, a_registration
from tests.contract.programs import Serving, init, run, serving

TLS = Path(__file__).with_name("tls")  # for localhost, signed by itself
LISTENING = re.compile(r"tandem-relay listening on (https?://[^:/]+:\d+)")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a relay that is served in one way after the other."""
    folder = tmp_path_factory.mktemp("own") / "relay"
    assert init(folder).code == 0
    return folder


def status_of(served: Serving, path: str, **request: object) -> int:
    answer = httpx.request("GET", f"{served.url}{path}", **request)  # type: ignore[arg-type]
    return answer.status_code


def test_the_first_line_names_the_address_once_it_accepts(own: Path) -> None:
    with serving(own) as served:
        assert LISTENING.fullmatch(served.first_line)
        assert served.url.startswith("http://127.0.0.1:")
        assert not served.url.endswith(":0")
        assert status_of(served, "/api/health") == 200


def test_sigterm_ends_it_with_0_and_nothing_more_on_stdout(own: Path) -> None:
    with serving(own) as served:
        assert served.stop() == 0

    assert served.rest_of_stdout == ""


async def test_sigterm_ends_it_with_0_while_clients_are_live(own: Path) -> None:
    with serving(own) as served, httpx.Client(base_url=served.url) as http:
        client = Live(served.url)
        await client.connect({"token": Someone(http).sign_in("ada@example.org").token})
        await client.next("welcome")

        code = await asyncio.to_thread(served.stop)

        async with asyncio.timeout(10):
            await client.gone.wait()
        await client.close()
    assert code == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104  it is refused
def test_a_host_that_others_reach_is_refused_without_tls(own: Path, host: str) -> None:
    done = run("serve", "--data", own, "--port", "0", "--host", host)

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)


def test_a_host_that_others_reach_is_served_behind_a_proxy(own: Path) -> None:
    host = "0.0.0.0"  # noqa: S104  what this is about
    with serving(own, "--host", host, "--behind-proxy") as served:
        assert served.url.startswith(f"http://{host}:")


def test_with_a_certificate_it_speaks_tls(own: Path) -> None:
    files = ("--tls-cert", str(TLS / "cert.pem"), "--tls-key", str(TLS / "key.pem"))
    trusting = ssl.create_default_context(cafile=TLS / "cert.pem")

    with serving(own, *files) as served:
        port = served.url.rpartition(":")[2]
        answer = httpx.get(f"https://127.0.0.1:{port}/api/health", verify=trusting)

    assert LISTENING.fullmatch(served.first_line)
    assert answer.json() == {"status": "ok"}


def test_a_port_that_is_taken_is_refused_with_a_sentence(own: Path) -> None:
    with serving(own) as served:
        done = run("serve", "--data", own, "--port", served.url.rpartition(":")[2])

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)


def test_a_join_code_is_needed_unless_registration_is_open(own: Path) -> None:
    assert _registered_without_a_code(own, is_open=False) == 422
    assert _registered_without_a_code(own, is_open=True) == 201


def test_every_option_is_also_a_variable(own: Path) -> None:
    with serving(own, port=None, TANDEM_PORT="0", TANDEM_HOST="localhost") as served:
        assert LISTENING.fullmatch(served.first_line)
        assert not served.url.endswith((":0", ":8470"))


@pytest.fixture
def with_toml(own: Path) -> Iterator[Path]:
    file = own / "relay.toml"
    file.write_text("port = 0\nopen_registration = true\n")
    yield own
    file.unlink()


def test_every_option_is_also_a_key_of_relay_toml(with_toml: Path) -> None:
    with serving(with_toml, port=None) as served, httpx.Client(base_url=served.url) as http:
        answer = Someone(http).post("auth/register", a_registration())

    assert not served.url.endswith((":0", ":8470"))
    assert answer.status_code == 201


def _registered_without_a_code(own: Path, *, is_open: bool) -> int:
    with (
        serving(own, TANDEM_OPEN_REGISTRATION="1" if is_open else "") as served,
        httpx.Client(base_url=served.url) as http,
    ):
        return Someone(http).post("auth/register", a_registration()).status_code
