"""The way to the relay's machine."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from desktop.doctor import lines
from desktop.doctor.findings import Verdict
from desktop.doctor.lines import Place
from desktop.trust import Trust

TESTS = Path(__file__).parents[2]
OWN = TESTS / "contract" / "tls"  # for localhost, signed by itself
EXPIRED = TESTS / "syncserver" / "expired"
STRAIGHT = lines.proxy("https://relay.example", lambda _: "")


@asynccontextmanager
async def served(files: Path | None = None, host: str = "127.0.0.1") -> AsyncIterator[int]:
    """The port of something that takes lines and says nothing."""
    context = None
    if files:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(files / "cert.pem", files / "key.pem")

    loop = asyncio.get_running_loop()
    async with await loop.create_server(asyncio.Protocol, host, 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1]


def test_no_proxy_is_good() -> None:
    assert (STRAIGHT.verdict, STRAIGHT.code) == (Verdict.GOOD, "none")


def test_a_proxy_is_told_without_its_password() -> None:
    found = lines.proxy("https://relay.example", lambda _: "http://me:secret@proxy:3128")

    assert (found.code, dict(found.facts)) == ("used", {"proxy": "http://proxy:3128"})
    assert lines.first_place("https://relay.example", found) == Place("proxy", 3128)


def test_a_proxy_that_cannot_be_used_is_told_and_gone_past() -> None:
    found = lines.proxy("https://relay.example", lambda _: "socks5://proxy:1080")

    assert (found.verdict, found.code) == (Verdict.NOTE, "unusable")
    assert lines.first_place("https://relay.example", found) == Place("relay.example", 443)


def test_the_port_follows_from_the_scheme() -> None:
    assert lines.first_place("http://127.0.0.1", STRAIGHT) == Place("127.0.0.1", 80)
    assert lines.first_place("http://127.0.0.1:8470", STRAIGHT) == Place("127.0.0.1", 8470)


async def test_a_name_is_known_or_not() -> None:
    known = await lines.name(Place("localhost", 80))
    unknown = await lines.name(Place("relay.invalid", 80))

    assert (known.code, known.verdict) == ("known", Verdict.GOOD)
    assert (unknown.code, unknown.verdict) == ("unknown", Verdict.BAD)


async def test_an_open_port_is_reached() -> None:
    async with served() as port:
        found = await lines.reach(Place("127.0.0.1", port))

    assert (found.code, found.facts["port"]) == ("open", str(port))


async def test_a_closed_port_is_refused() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        found = await lines.reach(Place("127.0.0.1", closed.getsockname()[1]))

    assert found.code == "refused"


async def test_a_certificate_that_is_trusted_is_told_with_its_end() -> None:
    async with served(OWN) as port:
        found = await lines.tls(f"https://localhost:{port}", Trust(OWN / "cert.pem"), STRAIGHT)

    assert (found.code, found.facts["until"]) == ("trusted", "2126-10-29")


@pytest.mark.parametrize(
    ("address", "files", "trusts", "code"),
    [
        ("https://localhost:{}", OWN, None, "untrusted"),
        ("https://localhost:{}", EXPIRED, EXPIRED, "expired"),
        ("https://127.0.0.2:{}", OWN, OWN, "other_name"),
        ("https://localhost:{}", None, OWN, "no_tls"),
    ],
)
async def test_what_is_wrong_with_a_certificate_is_told_apart(
    address: str, files: Path | None, trusts: Path | None, code: str
) -> None:
    host = "127.0.0.2" if "127.0.0.2" in address else "127.0.0.1"
    trust = Trust(trusts / "cert.pem" if trusts else None)
    async with served(files, host) if files else _speaks_http() as port:
        found = await lines.tls(address.format(port), trust, STRAIGHT)

    assert (found.verdict, found.code) == (Verdict.BAD, code)


@asynccontextmanager
async def _speaks_http() -> AsyncIterator[int]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_a_line_that_is_cut_at_once_is_told() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        found = await lines.tls(f"https://localhost:{port}", Trust(), STRAIGHT)

    assert found.code == "cut"


@pytest.mark.parametrize(
    ("server", "code", "verdict"),
    [
        ("http://127.0.0.1:8470", "here", Verdict.GOOD),
        ("http://relay.example", "plain", Verdict.NOTE),
    ],
)
async def test_a_line_without_tls_is_fine_on_this_computer_only(
    server: str, code: str, verdict: Verdict
) -> None:
    found = await lines.tls(server, Trust(), STRAIGHT)

    assert (found.code, found.verdict) == (code, verdict)


async def test_where_an_unknown_certificate_belongs_is_told(tmp_path: Path) -> None:
    trust = Trust(place=tmp_path / "ca.pem")
    async with served(OWN) as port:
        found = await lines.tls(f"https://localhost:{port}", trust, STRAIGHT)

    assert (found.code, found.facts["file"]) == ("untrusted", str(tmp_path / "ca.pem"))


async def test_a_file_of_certificates_that_is_none_is_told(tmp_path: Path) -> None:
    found = await lines.tls("https://localhost", Trust(tmp_path / "none.pem"), STRAIGHT)

    assert (found.code, found.facts["file"]) == ("bad_file", str(tmp_path / "none.pem"))


async def test_behind_a_proxy_the_certificate_shows_with_the_first_answer() -> None:
    proxied = lines.proxy("https://r.invalid", lambda _: "http://p")

    assert (await lines.tls("https://r.invalid", Trust(), proxied)).code == "by_proxy"
