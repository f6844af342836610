"""Tests of whose certificates are trusted, against a server with one of its own."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop.account.api import Api, Unreachable
from desktop.sync.relay_link import Offline
from desktop.sync.socketio_link import SocketIOLink
from desktop.trust import Trust, UnusableCertificates

TLS = Path(__file__).parents[1] / "contract" / "tls"  # for localhost, signed by itself
BODY = b'{"version":"7"}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(BODY), BODY)


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A server that tells each who asks that it is version 7 of a relay."""
    own = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    own.load_cert_chain(TLS / "cert.pem", TLS / "key.pem")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=own) as server:
        yield server.sockets[0].getsockname()[1]


async def test_a_certificate_of_ones_own_is_trusted_once_it_is_named(port: int) -> None:
    api = Api(f"https://localhost:{port}", trust=Trust(TLS / "cert.pem"))

    found = await api.version()

    await api.close()
    assert found.version == "7"


async def test_without_it_neither_line_trusts_the_server(port: int) -> None:
    api = Api(f"https://localhost:{port}", trust=Trust())

    with pytest.raises(Unreachable) as by_rest:
        await api.version()
    with pytest.raises(Offline) as by_socket:
        await SocketIOLink(f"https://localhost:{port}").connect("t", "c", print)

    await api.close()
    assert (by_rest.value.code, by_socket.value.code) == ("untrusted", "untrusted")


async def test_a_certificate_for_another_name_is_not_trusted(port: int) -> None:
    api = Api(f"https://127.0.0.2:{port}", trust=Trust(TLS / "cert.pem"))

    with pytest.raises(Unreachable):
        await api.version()

    await api.close()


async def test_a_file_without_certificates_is_said_on_either_line(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    trust = Trust(tmp_path / "ca.pem")

    with pytest.raises(Unreachable, match=r"certificates in .*ca.pem cannot be read"):
        await Api("https://localhost:1", trust=trust).version()
    with pytest.raises(Offline, match=r"certificates in .*ca.pem cannot be read"):
        await SocketIOLink("https://localhost:1", trust=trust).connect("t", "c", print)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusableCertificates, match=r"missing\.pem"):
        Trust(tmp_path / "missing.pem").context()


def test_the_certificates_are_read_once() -> None:
    trust = Trust()

    assert trust.context() is trust.context()
    assert trust.context().get_ca_certs()
