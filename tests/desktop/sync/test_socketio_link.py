"""The line over Socket.IO, against a small server of python-socketio."""

import asyncio
import gc
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import socketio
from aiohttp import web

from desktop.sync.relay_link import (
    News,
    Offline,
    SignedOut,
    StaleToken,
    UpgradeRequired,
    WrongAnswer,
)
from desktop.sync.socketio_link import SocketIOLink, _setter
from domain.wire import AccessNews, Changes, Check, Pull, Push, TokenRefresh
from tests.desktop.sync.fakes import a_mutation

WELCOME = {
    "userId": "u",
    "serverTime": "2026-03-02T09:00:00.000Z",
    "relayId": "r",
    "heads": {"mentors": [3, "00"]},
    "lastNumber": 4,
    "minProtocol": 1,
}
FRAME = {"room": "mentors", "from": 3, "to": 4, "rows": [{"type": "thing"}], "checksum": "01"}


class Server:
    """A relay's front: it greets with `welcome` and answers each event with `answers[event]`."""

    def __init__(self) -> None:
        self.url = ""
        self.auth: Any = None
        self.asked: list[tuple[str, Any]] = []
        self.refusal: socketio.exceptions.ConnectionRefusedError | None = None
        self.welcome: Any = WELCOME
        self.answers: dict[str, Any] = {}
        self.before: Callable[[str], Awaitable[object]] | None = None
        self.sid = ""
        self.sio = socketio.AsyncServer(async_mode="aiohttp", async_handlers=False)
        self.sio.on("connect", self._connect)
        self.sio.on("*", self._event)
        self.left = asyncio.Event()
        self.sio.on("disconnect", lambda *_: self.left.set())

    async def tell(self, event: str, data: Any) -> None:
        await self.sio.emit(event, data, to=self.sid)

    async def _connect(self, sid: str, _environ: Any, auth: Any) -> None:
        self.sid, self.auth = sid, auth
        if self.refusal:
            raise self.refusal
        if self.welcome is not None:
            await self.sio.emit("welcome", self.welcome, to=sid)

    async def _event(self, event: str, sid: str, data: Any) -> Any:
        self.asked.append((event, data))
        if self.before:
            await self.before(sid)
        return self.answers[event]


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    server.sio.attach(app)
    async with serving(app) as server.url:
        yield server
        await server.sio.shutdown()


@pytest.fixture
def news() -> "asyncio.Queue[News]":
    return asyncio.Queue()


@pytest.fixture
async def link(server: Server) -> AsyncIterator[SocketIOLink]:
    link = SocketIOLink(server.url, answer_s=0.3)
    yield link
    await link.close()


async def test_connecting_says_who_one_is_and_gives_the_welcome(
    server: Server, link: SocketIOLink, news: "asyncio.Queue[News]"
) -> None:
    welcome = await link.connect("a token", "client-1", news.put_nowait)

    assert server.auth == {
        "token": "a token",
        "protocol": 1,
        "clientId": "client-1",
        "replica": True,
    }
    assert (welcome.relay_id, welcome.heads) == ("r", {"mentors": (3, "00")})


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("token_missing", StaleToken),
        ("token_invalid", StaleToken),
        ("token_expired", StaleToken),
        ("account_disabled", SignedOut),
        ("protocol_unsupported", UpgradeRequired),
        ("too_many_connections", Offline),
        ("something_new", Offline),
    ],
)
async def test_a_coded_refusal_is_translated(
    server: Server, link: SocketIOLink, code: str, kind: type[Exception]
) -> None:
    server.refusal = socketio.exceptions.ConnectionRefusedError("Not now.", {"code": code})

    with pytest.raises(kind, match=r"Not now\.") as caught:
        await link.connect("a token", "client-1", _nobody)

    assert getattr(caught.value, "code", code) == code


async def test_a_refusal_without_a_code_is_offline(server: Server, link: SocketIOLink) -> None:
    server.refusal = socketio.exceptions.ConnectionRefusedError("Not now.")

    with pytest.raises(Offline, match="The relay cannot be reached"):
        await link.connect("a token", "client-1", _nobody)


async def test_a_welcome_that_does_not_fit_is_no_relay_of_ours(
    server: Server, link: SocketIOLink
) -> None:
    server.welcome = {"hello": "there"}

    with pytest.raises(Offline, match="There is no Tandem relay") as caught:
        await link.connect("a token", "client-1", _nobody)

    assert caught.value.code == "bad_answer"


async def test_nobody_at_this_address_is_offline() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        link = SocketIOLink(f"http://127.0.0.1:{closed.getsockname()[1]}")

        with pytest.raises(Offline, match="The relay cannot be reached"):
            await link.connect("a token", "client-1", _nobody)


async def test_a_foreign_server_is_said_to_be_one() -> None:
    async with serving(web.Application()) as url:
        with pytest.raises(Offline, match="There is no Tandem relay at this address") as caught:
            await SocketIOLink(url).connect("a token", "client-1", _nobody)

    assert caught.value.code == "foreign"


async def test_a_proxy_whose_relay_is_down_is_just_unreachable() -> None:
    async def bad_gateway(_: web.Request) -> web.Response:
        return web.Response(status=502)

    app = web.Application()
    app.router.add_get("/socket.io/", bad_gateway)
    async with serving(app) as url:
        with pytest.raises(Offline, match="The relay cannot be reached"):
            await SocketIOLink(url).connect("a token", "client-1", _nobody)


async def test_a_server_that_never_greets_is_left_after_a_while(
    server: Server,
) -> None:
    server.welcome = None
    link = SocketIOLink(server.url, connect_s=0.3)

    with pytest.raises(Offline):
        await link.connect("a token", "client-1", _nobody)


async def test_a_server_that_says_nothing_at_all_is_left_without_a_trace() -> None:
    async def listen(request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.receive()
        return line

    app = web.Application()
    app.router.add_get("/socket.io/", listen)
    async with serving(app) as url:
        with pytest.raises(Offline, match="The relay cannot be reached"):
            await SocketIOLink(url, connect_s=0.3).connect("a token", "client-1", _nobody)

        gc.collect()  # what was left open would complain


async def test_requests_are_answered(server: Server, link: SocketIOLink) -> None:
    server.answers = {
        "sync:push": {"results": [{"n": 1, "status": "applied", "versions": {"mentors": 4}}]},
        "sync:pull": {"rooms": [], "revoked": ["mentors"]},
        "sync:check": {"same": True},
        "auth:refresh": {"ok": True},
    }
    await link.connect("a token", "client-1", _nobody)

    pushed = await link.push(Push(mutations=[a_mutation(1)]))
    pulled = await link.pull(Pull(cursors={"mentors": [3, None]}))
    checked = await link.check(Check(digest="d"))
    await link.refresh(TokenRefresh(token="the next"))

    assert pushed.results[0].versions == {"mentors": 4}
    assert pulled.revoked == ["mentors"]
    assert checked.same is True
    assert [event for event, _ in server.asked] == [*server.answers]
    assert server.asked[1][1] == {"cursors": {"mentors": [3, None]}, "limit": 500}


async def test_a_coded_error_is_a_wrong_answer(server: Server, link: SocketIOLink) -> None:
    server.answers["sync:push"] = {"error": {"code": "number_gap", "message": "Missing."}}
    await link.connect("a token", "client-1", _nobody)

    with pytest.raises(WrongAnswer, match="Missing") as caught:
        await link.push(Push(mutations=[]))

    assert caught.value.code == "number_gap"


async def test_an_answer_that_does_not_fit_is_offline(server: Server, link: SocketIOLink) -> None:
    server.answers["sync:pull"] = ["what?"]
    await link.connect("a token", "client-1", _nobody)

    with pytest.raises(Offline):
        await link.pull(Pull())


async def test_no_answer_is_offline_after_a_while(server: Server, link: SocketIOLink) -> None:
    never = asyncio.Event()
    server.before = lambda _sid: never.wait()
    server.answers["sync:check"] = {"same": True}
    await link.connect("a token", "client-1", _nobody)

    with pytest.raises(Offline, match="The relay does not answer"):
        await link.check(Check(digest="d"))

    never.set()


async def test_a_line_that_ends_in_the_middle_of_a_request_is_told_at_once(
    server: Server, news: "asyncio.Queue[News]"
) -> None:
    server.before = server.sio.disconnect
    server.answers["sync:check"] = {"same": True}
    link = SocketIOLink(server.url, answer_s=60.0)
    await link.connect("a token", "client-1", news.put_nowait)

    with pytest.raises(Offline, match="The connection to the relay was lost"):
        await asyncio.wait_for(link.check(Check(digest="d")), 5.0)

    assert isinstance(await news.get(), Offline)
    with pytest.raises(Offline):
        await link.check(Check(digest="d"))
    await link.close()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("token_expired", StaleToken),
        ("token_invalid", StaleToken),
        ("account_disabled", SignedOut),
        ("restarting", Offline),
        ("something_new", Offline),
    ],
)
async def test_a_goodbye_ends_the_line_with_its_reason_and_the_end_adds_nothing(
    server: Server,
    link: SocketIOLink,
    news: "asyncio.Queue[News]",
    code: str,
    kind: type[Exception],
) -> None:
    await link.connect("a token", "client-1", news.put_nowait)

    await server.tell("goodbye", {"code": code, "message": "Until later."})
    await server.sio.disconnect(server.sid)
    ending = await asyncio.wait_for(news.get(), 5.0)
    await asyncio.wait_for(link._sio.wait(), 5.0)

    assert isinstance(ending, kind)
    assert (str(ending), getattr(ending, "code", code)) == ("Until later.", code)
    assert news.empty()


async def test_a_goodbye_answers_the_request_that_waits(server: Server, link: SocketIOLink) -> None:
    async def refuse(sid: str) -> None:
        await server.sio.emit("goodbye", {"code": "token_expired", "message": "Over."}, to=sid)
        await server.sio.disconnect(sid)

    server.before = refuse
    server.answers["sync:check"] = {"same": True}
    await link.connect("a token", "client-1", _nobody)

    with pytest.raises(StaleToken, match=r"Over\."):
        await link.check(Check(digest="d"))


async def test_a_goodbye_without_a_reason_is_a_lost_line(
    server: Server, link: SocketIOLink, news: "asyncio.Queue[News]"
) -> None:
    await link.connect("a token", "client-1", news.put_nowait)

    await server.tell("goodbye", "so long")

    with pytest.raises(Offline, match="The connection to the relay was lost"):
        raise await asyncio.wait_for(news.get(), 5.0)  # type: ignore[misc]  # any news


async def test_a_request_without_a_line_is_offline(server: Server) -> None:
    with pytest.raises(Offline):
        await SocketIOLink(server.url).check(Check(digest="d"))


async def test_frames_arrive_in_their_order(
    server: Server, link: SocketIOLink, news: "asyncio.Queue[News]"
) -> None:
    await link.connect("a token", "client-1", news.put_nowait)

    for version in range(4, 24):
        await server.tell("sync:changes", FRAME | {"from": version - 1, "to": version})
    await server.tell("sync:access", {"granted": ["student:1"], "revoked": []})
    arrived = [await asyncio.wait_for(news.get(), 5.0) for _ in range(21)]

    assert [one.to for one in arrived if isinstance(one, Changes)] == [*range(4, 24)]
    assert arrived[-1] == AccessNews(granted=["student:1"], revoked=[])


@pytest.mark.logs("does not fit")
async def test_a_poisoned_frame_is_dropped_and_the_line_lives(
    server: Server, link: SocketIOLink, news: "asyncio.Queue[News]"
) -> None:
    await link.connect("a token", "client-1", news.put_nowait)

    await server.tell("sync:changes", {"room": 7})
    await server.tell("sync:changes", FRAME)

    assert isinstance(await asyncio.wait_for(news.get(), 5.0), Changes)


async def test_closing_tells_the_relay_and_nobody_here(
    server: Server, link: SocketIOLink, news: "asyncio.Queue[News]"
) -> None:
    await link.connect("a token", "client-1", news.put_nowait)

    await link.close()
    await link.close()

    await asyncio.wait_for(server.left.wait(), 5.0)
    assert news.empty()


async def test_news_that_come_after_closing_are_dropped(
    server: Server, link: SocketIOLink, news: "asyncio.Queue[News]"
) -> None:
    await link.connect("a token", "client-1", news.put_nowait)
    await link.close()

    link._on_event(FRAME, Changes)
    link._on_disconnected()

    assert news.empty()


async def test_connecting_again_opens_a_new_line(
    server: Server, link: SocketIOLink, news: "asyncio.Queue[News]"
) -> None:
    await link.connect("a token", "client-1", news.put_nowait)
    first = server.sid

    await link.connect("a token", "client-1", news.put_nowait)

    assert server.sid != first
    assert news.empty()


async def test_a_black_hole_is_closed_without_waiting_for_it(
    server: Server, news: "asyncio.Queue[News]"
) -> None:
    async with black_hole(server.url) as (url, swallow):
        link = SocketIOLink(url, answer_s=0.2)
        await link.connect("a token", "client-1", news.put_nowait)
        swallow.set()
        with pytest.raises(Offline, match="The relay does not answer"):
            await link.check(Check(digest="d"))

        async with asyncio.timeout(3.0):
            await link.close()


async def test_a_half_open_line_is_noticed_by_the_pings(news: "asyncio.Queue[News]") -> None:
    server = Server()
    server.sio.eio.ping_interval, server.sio.eio.ping_timeout = 1, 1  # 10 and 5 on the relay
    app = web.Application()
    server.sio.attach(app)
    async with serving(app) as server.url, black_hole(server.url) as (url, swallow):
        link = SocketIOLink(url)
        await link.connect("a token", "client-1", news.put_nowait)
        swallow.set()

        lost = await asyncio.wait_for(news.get(), 5.0)

        assert isinstance(lost, Offline)
        await link.close()
        gc.collect()  # what was left open would complain
        await server.sio.shutdown()


async def test_an_answer_after_the_waiting_is_dropped() -> None:
    answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    _setter(answer)()
    _setter(answer)("too late")

    assert answer.result() is None


@asynccontextmanager
async def black_hole(url: str) -> AsyncIterator[tuple[str, asyncio.Event]]:
    """A TCP proxy that, from the event on, swallows all and says nothing."""
    swallow = asyncio.Event()
    port = int(url.rpartition(":")[2])
    writers: list[asyncio.StreamWriter] = []

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            if not swallow.is_set():
                writer.write(data)

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        writers.extend((writer, there_writer))
        await asyncio.gather(pump(reader, there_writer), pump(there_reader, writer))

    proxy = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}", swallow
    finally:
        for writer in writers:
            writer.close()
        proxy.close()
        await proxy.wait_closed()


def _nobody(_: News) -> None:
    """News that no test asks for."""


def test_a_certificate_that_is_not_trusted_is_said() -> None:
    error = OSError("connect")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed certificate")

    reason = SocketIOLink("https://tandem.example.org")._reason(error)

    assert str(reason) == "The relay's certificate is not trusted by this computer."
