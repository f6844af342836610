"""The line to the relay over Socket.IO."""

import asyncio
import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from desktop.proxies import proxy_for
from desktop.sync.relay_link import (
    Ending,
    News,
    Offline,
    SignedOut,
    StaleToken,
    UpgradeRequired,
    WrongAnswer,
)
from desktop.trust import Trust, UnusableCertificates
from domain.wire import (
    PROTOCOL_VERSION,
    AccessNews,
    Changes,
    Check,
    Heads,
    Message,
    Pull,
    Pulled,
    Push,
    Pushed,
    TokenRefresh,
    Welcome,
)

if TYPE_CHECKING:
    import aiohttp

    from desktop.sync.connector import Connector

log = logging.getLogger(__name__)
quiet = logging.getLogger(f"{__name__}.wire")  # a lost line is news for us, no error for the log
quiet.setLevel(logging.CRITICAL)

CONNECT_S = 10.0
ANSWER_S = 10.0
CLOSE_S = 1.0

UNREACHABLE = "The relay cannot be reached."
LOST = "The connection to the relay was lost."
FOREIGN = "There is no Tandem relay at this address."
UNTRUSTED = "The relay's certificate is not trusted by this computer."
BY_PROXY = "The proxy of this computer does not lead to the relay."
NO_ANSWER = "The relay does not answer."
STALE = {"token_missing", "token_invalid", "token_expired"}

T = TypeVar("T")


class SocketIOLink:
    """A RelayLink that opens a new Socket.IO client for each connection.

    Retries are the sync client's business. Handlers only hand over; requests are made one at a
    time.
    """

    def __init__(
        self,
        url: str,
        *,
        trust: Trust | None = None,
        connect_s: float = CONNECT_S,
        answer_s: float = ANSWER_S,
    ) -> None:
        self._url = url
        self._trust = trust or Trust()
        self._connect_s = connect_s
        self._answer_s = answer_s
        self._sio: Any = None
        self._http: aiohttp.ClientSession | None = None
        self._connector: Connector | None = None
        self._on_news: Callable[[News], None] | None = None
        self._answer: asyncio.Future[Any] | None = None
        self._refusal: object = None

    async def connect(self, token: str, client_id: str, on_news: Callable[[News], None]) -> Welcome:
        await self.close()
        tls = await self._tls()
        # On a thread: some systems look the name up to see whether it goes past the proxy.
        proxy = await asyncio.to_thread(proxy_for, self._url)
        import aiohttp
        import socketio
        from socketio.exceptions import SocketIOError

        from desktop.sync.connector import Connector

        self._refusal = None
        self._on_news = on_news
        self._connector = Connector(tls)
        self._http = aiohttp.ClientSession(connector=self._connector, proxy=proxy)
        self._sio = socketio.AsyncClient(
            reconnection=False,
            handle_sigint=False,
            http_session=self._http,
            logger=quiet,
            engineio_logger=quiet,
        )
        welcome: asyncio.Queue[object] = asyncio.Queue()
        self._listen(welcome)
        auth = {
            "token": token,
            "protocol": PROTOCOL_VERSION,
            "clientId": client_id,
            "replica": True,
        }
        try:
            async with asyncio.timeout(self._connect_s):
                await self._sio.connect(
                    self._url, auth=auth, transports=["websocket"], wait_timeout=self._connect_s
                )
                return _converted(await welcome.get(), Welcome)
        except (SocketIOError, aiohttp.ClientError, OSError, ValueError) as error:
            await self.close()
            raise self._reason(error) from error
        except Offline:
            await self.close()
            raise

    async def close(self) -> None:
        self._on_news = None
        sio, http, connector = self._sio, self._http, self._connector
        self._sio = self._http = self._connector = None
        if sio is None or http is None or connector is None:
            return
        tasks = [sio.eio.read_loop_task, sio.eio.write_loop_task]
        try:
            with suppress(TimeoutError):  # the other side may be gone
                async with asyncio.timeout(CLOSE_S):
                    await sio.disconnect()
        finally:
            connector.close_all()
            await http.close()
            for task in filter(None, tasks):
                task.cancel()

    async def push(self, push: Push) -> Pushed:
        return await self._ask("sync:push", push, Pushed)

    async def pull(self, pull: Pull) -> Pulled:
        return await self._ask("sync:pull", pull, Pulled)

    async def check(self, check: Check) -> Heads:
        return await self._ask("sync:check", check, Heads)

    async def refresh(self, refresh: TokenRefresh) -> None:
        await self._ask("auth:refresh", refresh, dict[str, Any])

    async def _tls(self) -> ssl.SSLContext:
        try:
            return await asyncio.to_thread(_load, self._trust)
        except UnusableCertificates as error:
            raise Offline(str(error), code="untrusted") from error

    def _listen(self, welcome: asyncio.Queue[object]) -> None:
        self._sio.on("welcome", welcome.put_nowait)
        self._sio.on("connect_error", self._on_refused)
        self._sio.on("disconnect", self._on_disconnected)
        self._sio.on("goodbye", self._on_goodbye)
        self._sio.on("sync:changes", lambda data: self._on_event(data, Changes))
        self._sio.on("sync:access", lambda data: self._on_event(data, AccessNews))

    def _on_refused(self, refusal: object = None) -> None:
        self._refusal = refusal

    def _on_disconnected(self, _reason: object = None) -> None:
        self._end(Offline(LOST, code="lost"))

    def _on_goodbye(self, told: object = None) -> None:
        """The relay says why it is about to end the line; the line's own end adds nothing."""
        why = told if isinstance(told, dict) else {}
        self._end(_refused(str(why.get("code")), str(why.get("message") or LOST)))

    def _end(self, ending: Ending) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(ending)
        if self._on_news:
            self._on_news(ending)
        self._on_news = None

    def _on_event(self, data: object, kind: type[Changes | AccessNews]) -> None:
        try:
            news = msgspec.convert(data, kind)
        except msgspec.ValidationError as error:
            log.warning("Dropped a frame that does not fit: %s", error)  # the heartbeat mends it
            return
        if self._on_news:
            self._on_news(news)

    async def _ask(self, event: str, message: Message, kind: type[T]) -> T:
        """The answer to one request; a lost line ends the waiting at once."""
        from socketio.exceptions import SocketIOError

        if self._sio is None:
            raise Offline(LOST, code="lost")
        self._answer = answer = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self._answer_s):
                await self._sio.emit(event, msgspec.to_builtins(message), callback=_setter(answer))
                data = await answer
        except TimeoutError as error:
            raise Offline(NO_ANSWER, code="no_answer") from error
        except SocketIOError as error:
            raise Offline(LOST, code="lost") from error
        finally:
            self._answer = None
        if isinstance(data, dict) and "error" in data:
            fault = data["error"]
            raise WrongAnswer(str(fault.get("code")), str(fault.get("message")))
        return _converted(data, kind)

    def _reason(self, error: Exception) -> Exception:
        """What a connection that did not come about means for us."""
        if isinstance(self._refusal, dict) and isinstance(self._refusal.get("data"), dict):
            code = str(self._refusal["data"].get("code"))
            return _refused(code, str(self._refusal.get("message")))
        causes = list(_causes(error))
        if any(isinstance(cause, ssl.SSLError) for cause in causes):
            return Offline(UNTRUSTED, code="untrusted")
        if any(type(cause).__name__ == "ClientHttpProxyError" for cause in causes):
            return Offline(BY_PROXY, code="proxy")
        status = next((s for cause in causes if (s := getattr(cause, "status", None))), 0)
        if 200 <= status < 500:
            return Offline(FOREIGN, code="foreign")
        return Offline(UNREACHABLE)


def _load(trust: Trust) -> ssl.SSLContext:
    """Import the network stack on a thread: it takes longer than a window may wait."""
    import socketio  # noqa: F401

    import desktop.sync.connector  # noqa: F401

    return trust.context()


def _refused(code: str, message: str) -> Ending:
    """Why the relay does not let us in, or ends the line, as the exception that stands for it."""
    if code in STALE:
        return StaleToken(message)
    if code == "account_disabled":
        return SignedOut(message, code=code)
    if code == "protocol_unsupported":
        return UpgradeRequired(message)
    return Offline(message, code=code)


def _setter(answer: asyncio.Future[Any]) -> Callable[..., None]:
    def settle(*values: Any) -> None:
        if not answer.done():
            answer.set_result(values[0] if values else None)

    return settle


def _converted(data: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise Offline(f"{FOREIGN} ({error})", code="bad_answer") from error


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what lies behind it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
