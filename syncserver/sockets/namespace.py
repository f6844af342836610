"""The Socket.IO namespace: what the library calls, handed on."""

import asyncio
from typing import Any

import msgspec
import socketio
from socketio.exceptions import ConnectionRefusedError as Refusal

from domain.errors import Invalid, Refused
from syncserver.logs import log
from syncserver.metrics import Metrics
from syncserver.sockets.connections import Connections
from syncserver.sockets.errors import Rejected, refusal, unfit
from syncserver.sockets.handshakes import Handshakes
from syncserver.sockets.requests import Requests

LOG = log("sockets")
UNAVAILABLE = {"code": "unavailable", "message": "The relay could not do this now; try again."}


class RelayNamespace(socketio.AsyncNamespace):  # type: ignore[misc]  # untyped library
    """The default namespace. No rule lives here."""

    def __init__(
        self,
        connections: Connections,
        handshakes: Handshakes,
        requests: Requests,
        metrics: Metrics,
    ) -> None:
        super().__init__("/")
        self._connections = connections
        self._handshakes = handshakes
        self._requests = requests
        self._metrics = metrics
        self._asked = 0
        self._idle = asyncio.Event()
        self._is_finishing = False

    async def finish(self) -> None:
        """Take no more requests, and wait until all those that were taken are answered."""
        self._is_finishing = True
        self._idle.clear()
        if self._asked:
            await self._idle.wait()

    async def trigger_event(self, event: object, sid: str, *arguments: Any) -> object:
        """Answer one event.

        A client may name its own event `connect` or `disconnect`: those come for a session that
        stands, the library's own do not.
        """
        stands = self.server.manager.is_connected(sid, self.namespace)
        if event == "connect" and not stands:
            await self._connect(sid, *arguments)
            return None
        if event == "disconnect" and not stands:
            self._disconnect(sid)
            return None
        if self._is_finishing:
            return {"error": UNAVAILABLE}
        self._asked += 1
        try:
            return await self._answer(sid, event, arguments)
        finally:
            self._asked -= 1
            if not self._asked:
                self._idle.set()

    async def _connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        engine_sid = self.server.manager.eio_sid_from_sid(sid, self.namespace)
        # uvicorn 0.54's `send` is a method of its WebSocket protocol, which has the transport.
        # ASGI itself knows no way to drop a peer that does not read.
        transport = getattr(getattr(environ["asgi.send"], "__self__", None), "transport", None)
        cut = getattr(transport, "abort", lambda: None)
        try:
            await self._handshakes.open(sid, engine_sid, auth, cut)
        except Rejected as rejected:
            raise self._not_let_in(rejected.error.message, rejected.error.code) from rejected
        except Refused as refused:
            raise self._not_let_in(str(refused), refused.code) from refused
        except Exception as error:
            self._failed("connect", error)
            raise self._not_let_in(UNAVAILABLE["message"], UNAVAILABLE["code"]) from error

    def _disconnect(self, sid: str) -> None:
        connection = self._connections.find(sid)
        if connection is not None:
            self._handshakes.close(connection)

    async def _answer(self, sid: str, event: object, arguments: tuple[Any, ...]) -> object:
        connection = self._connections.find(sid)
        if connection is None or connection.ended:
            return {"error": UNAVAILABLE}
        try:
            return await self._requests.answer(connection, event, arguments)
        except Rejected as rejected:
            told = msgspec.to_builtins(rejected.error)
        except msgspec.ValidationError as error:
            told = msgspec.to_builtins(unfit(error))
        except (Refused, Invalid) as error:
            told = refusal(error)
        except Exception as error:  # noqa: BLE001 - logged, and the connection lives
            self._failed(str(event), error)
            told = UNAVAILABLE
        self._metrics.refusals.labels("event", told["code"]).inc()
        return {"error": told}

    def _not_let_in(self, message: str, code: str) -> Refusal:
        self._metrics.refusals.labels("handshake", code).inc()
        return Refusal(message, {"code": code})

    def _failed(self, event: str, error: Exception) -> None:
        self._metrics.errors.labels("sockets").inc()
        LOG.error("request failed", event_name=event, exc_info=error)
