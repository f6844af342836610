"""Tests of which proxy a line goes through, the last against a proxy that refuses."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from desktop.account.api import Api, Unreachable
from desktop.proxies import proxy_for, set_proxy
from desktop.sync.relay_link import Offline
from desktop.sync.socketio_link import SocketIOLink

RELAY = "https://relay.invalid"


def chosen(url: str, exceptions: tuple[str, ...] = (), **proxies: str) -> str | None:
    return proxy_for(url, lambda: proxies, lambda host: host in exceptions)


def test_without_a_proxy_the_line_goes_straight() -> None:
    assert chosen(RELAY) is None


def test_the_proxy_is_chosen_by_scheme_and_one_for_all_counts_too() -> None:
    assert chosen(RELAY, http="http://one:1", https="http://two:2") == "http://two:2"
    assert chosen(RELAY, all="http://three:3") == "http://three:3"
    assert chosen(RELAY, http="http://one:1") is None


def test_an_address_without_a_scheme_is_one_of_http() -> None:
    assert chosen(RELAY, https="proxy:3128") == "http://proxy:3128"


def test_excepted_hosts_and_this_computer_go_straight() -> None:
    assert chosen(RELAY, ("relay.invalid",), https="http://two:2") is None
    for here in ("localhost:8470", "127.0.0.1", "[::1]:8470"):
        assert chosen(f"https://{here}", https="http://two:2") is None


def test_a_proxy_that_cannot_be_used_is_told_and_not_taken() -> None:
    proxies = {"https": "socks5://one:1080"}

    assert set_proxy(RELAY, lambda: proxies, lambda _: False) == "socks5://one:1080"
    assert proxy_for(RELAY, lambda: proxies, lambda _: False) is None


def test_no_address_has_no_proxy() -> None:
    assert chosen("nonsense", https="http://two:2") is None


@pytest.fixture
async def asked(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[str]]:
    """What a proxy is asked, which is set in the environment and refuses everything."""
    lines: list[str] = []

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append((await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[0])
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "")
        yield lines


async def test_both_lines_go_through_the_proxy_that_is_set(asked: list[str]) -> None:
    api = Api(RELAY)

    with pytest.raises(Unreachable) as by_rest:
        await api.version()
    with pytest.raises(Offline) as by_socket:
        await SocketIOLink(RELAY).connect("t", "c", print)

    await api.close()
    assert asked == ["CONNECT relay.invalid:443 HTTP/1.1"] * 2
    assert (by_rest.value.code, by_socket.value.code) == ("proxy", "proxy")
