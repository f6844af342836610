"""The ASGI application, put together, and the process that serves it."""

import asyncio
import logging
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from hmac import compare_digest
from typing import Any

import msgspec
import socketio
import uvicorn
from litestar import Litestar, Request, Response, get
from litestar.config.cors import CORSConfig
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from syncserver.auth import Auth
from syncserver.lag import watch_lag
from syncserver.lingering import cut_unanswered
from syncserver.logs import configure
from syncserver.metrics import CONTENT_TYPE, Metrics
from syncserver.relay import Relay
from syncserver.rest import rest_options, rest_routes
from syncserver.settings import Settings, is_loopback
from syncserver.sockets import Sockets
from syncserver.sockets.server import LARGEST_MESSAGE
from syncserver.storage.credentials import Credentials
from syncserver.storage.ledger import Busy, Ledger, Writing
from syncserver.storage.listings import room_count

SOCKET_PATH = "/socket.io"
DRAIN_S = 10
DAY_S = 24 * 60 * 60.0
TOKEN_KEY = "signing key"  # noqa: S105 - the name of a secret, not one
POLLING = "This relay speaks WebSocket only: connect with the transports option ['websocket']."

log = logging.getLogger(__name__)


class CannotListen(Exception):
    """The address cannot be listened on; the text is a sentence for who runs the relay."""


class Application:
    """REST, Socket.IO and figures on one port.

    Attributes:
        sockets: the live connections, which are told goodbye before the relay stops.
    """

    def __init__(self, rest: Litestar, sockets: Sockets) -> None:
        self.sockets = sockets
        self._asgi: ASGIApp = socketio.ASGIApp(sockets.server, rest, socketio_path=SOCKET_PATH)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_http = scope["type"] == ScopeType.HTTP
        if is_http and f"{scope['path']}/".startswith(f"{SOCKET_PATH}/"):
            await _refuse_polling(send)
        else:
            await self._asgi(scope, receive, send)


def create_app(
    settings: Settings,
    relay: Relay,
    auth: Auth,
    metrics: Metrics | None = None,
    now: Callable[[], datetime] | None = None,
) -> Application:
    """The application; it runs while its lifespan lasts, and leaves relay and auth open."""
    metrics, now = metrics or Metrics(), now or partial(datetime.now, UTC)
    metrics.writer_queue.set_function(lambda: relay.waiting)
    metrics.database_bytes.set_function(lambda: relay.size)
    sockets = Sockets(settings, relay, auth, metrics, now)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        async with sockets.running(), asyncio.TaskGroup() as tasks:
            upkeep = tasks.create_task(keep_up(relay), name="upkeep")
            lag = tasks.create_task(watch_lag(metrics.loop_lag_seconds.observe), name="lag")
            try:
                yield
            finally:
                upkeep.cancel()
                lag.cancel()

    rest = Litestar(
        [*rest_routes(settings, relay, auth, metrics, now), _figures(settings, relay, metrics)],
        lifespan=[lifespan],
        logging_config=None,  # the framework would set up the root logger anew
        cors_config=CORSConfig(allow_origins=settings.cors_origins),
        **rest_options(settings),
    )
    return Application(rest, sockets)


async def keep_up(relay: Relay, rest_s: float = DAY_S) -> None:
    """Collect what nobody needs any more, at the start and once a day. Ends by cancellation."""
    while True:
        try:
            await relay.collect_tombstones()
            await relay.forget_answers()
        except Busy:
            log.warning("The database was busy: what is old is collected tomorrow.")
        await asyncio.sleep(rest_s)


def _figures(settings: Settings, relay: Relay, metrics: Metrics) -> Any:
    @get("/metrics", include_in_schema=False)
    async def figures(request: Request[Any, Any, Any]) -> Response[bytes]:
        """The relay's figures; without a token, for programs on this machine only."""
        if not _may_see_figures(settings, request):
            return Response(b"", status_code=404)
        metrics.rooms.set(await relay.read(room_count))
        return Response(metrics.exposition(), headers={"content-type": CONTENT_TYPE})

    return figures


def _may_see_figures(settings: Settings, request: Request[Any, Any, Any]) -> bool:
    if settings.metrics_token:
        given = request.headers.get("authorization", "")
        return compare_digest(given.encode(), f"Bearer {settings.metrics_token}".encode())
    peer = request.client.host if request.client else ""
    return is_loopback(peer) and not settings.behind_proxy


async def _refuse_polling(send: Send) -> None:
    problem = {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "code": "bad_request",
        "detail": POLLING,
        "errors": [],
    }
    headers = [(b"content-type", b"application/problem+json")]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    body = msgspec.json.encode(problem)
    await send({"type": "http.response.body", "body": body, "more_body": False})


class _Server(uvicorn.Server):
    """uvicorn that says where it listens, and says goodbye before it goes."""

    def __init__(self, config: uvicorn.Config, application: Application, address: str) -> None:
        super().__init__(config)
        self._application = application
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"tandem-relay listening on {self._address}", flush=True)  # noqa: T201

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._application.sockets.drain()
        async with asyncio.TaskGroup() as tasks:
            cutting = tasks.create_task(cut_unanswered(self._lines), name="cut what is closed")
            await super().shutdown(sockets)
            cutting.cancel()

    def _lines(self) -> list[asyncio.Transport]:
        return [one.transport for one in self.server_state.connections]


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; then finish what was begun, and return.

    Raises:
        CannotListen: nothing was served.
    """
    configure(settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn, once it has shut down, raises the signal again: it has been obeyed by then.
        signal.signal(number, _obeyed)
    ledger = Ledger.open(settings.data)
    listening = _listen(settings)
    with asyncio.Runner(
        loop_factory=uvicorn.Config("", log_config=None).get_loop_factory()
    ) as runner:
        runner.run(_serve(settings, ledger, listening))


def _obeyed(*_: object) -> None:
    """Do nothing."""


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        place = f"{settings.host}:{settings.port}"
        why = os.strerror(error.errno) if error.errno else "it is no address of this machine"
        raise CannotListen(f"The relay cannot listen on {place}: {why}.") from error
    listening.setblocking(False)
    return listening


async def _serve(settings: Settings, ledger: Ledger, listening: socket.socket) -> None:
    now = partial(datetime.now, UTC)
    metrics = Metrics()
    relay = Relay(
        ledger,
        now=now,
        message_bytes=settings.message_bytes,
        judged=metrics.judged,
        timed=metrics.timed,
    )
    auth = Auth(settings, await relay.write(token_key), now)
    try:
        application = create_app(settings, relay, auth, metrics, now)
        host, port = listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        scheme = "https" if settings.tls_cert else "http"
        config = server_config(settings, application)
        server = _Server(config, application, f"{scheme}://{shown}:{port}")
        await server.serve(sockets=[listening])
    finally:
        auth.close()
        await relay.close()


def server_config(settings: Settings, application: Application) -> uvicorn.Config:
    """The web server, without compression: for each message it costs eight times the fan-out."""
    return uvicorn.Config(
        application,
        ws="wsproto",
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # Engine.IO has pings of its own
        ws_max_size=LARGEST_MESSAGE,
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=settings.behind_proxy,
        server_header=False,
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
        timeout_graceful_shutdown=DRAIN_S,
    )


def token_key(writing: Writing) -> bytes:
    """The key that this relay signs access tokens with; made when it is first asked for."""
    credentials = Credentials(writing.connection)
    known = credentials.secret(TOKEN_KEY)
    if known is None:
        known = secrets.token_hex(32)
        credentials.set_secret(TOKEN_KEY, known)
    return bytes.fromhex(known)
