"""What a connection may ask: decode, ask the relay, encode."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from domain.wire import Check, Pull, Push, Refreshed, TokenRefresh, WireError
from syncserver.metrics import Metrics
from syncserver.relay import Relay
from syncserver.settings import Settings
from syncserver.sockets.broadcasts import Broadcasts
from syncserver.sockets.connections import Connection
from syncserver.sockets.errors import Rejected
from syncserver.sockets.fanout import Fanout
from syncserver.sockets.payloads import UNREADABLE
from syncserver.sockets.tokens import Tokens


class Requests:
    """The events that a client may send, each with its answer."""

    def __init__(
        self,
        relay: Relay,
        broadcasts: Broadcasts,
        fanout: Fanout,
        tokens: Tokens,
        metrics: Metrics,
        settings: Settings,
        end: Callable[[Connection, WireError], None],
    ) -> None:
        self._relay = relay
        self._broadcasts = broadcasts
        self._fanout = fanout
        self._tokens = tokens
        self._metrics = metrics
        self._settings = settings
        self._end = end
        self._by_event: dict[str, Callable[[Connection, Any], Awaitable[object]]] = {
            "sync:push": self._push,
            "sync:pull": self._pull,
            "sync:check": self._check,
            "auth:refresh": self._refresh,
        }

    async def answer(
        self, connection: Connection, event: object, arguments: tuple[Any, ...]
    ) -> object:
        """The answer, in what JSON knows.

        Raises:
            Rejected: with the code for the client.
            msgspec.ValidationError: the payload does not fit.
        """
        if self._fanout.is_full(connection):
            raise Rejected("too_slow", "Read the answers before you ask on.")
        if event == UNREADABLE:
            raise Rejected("bad_request", "This is no JSON that can be read.", "$")
        ask = self._by_event.get(event) if isinstance(event, str) else None
        if ask is None:
            raise Rejected("unknown_event", "This relay knows no such event.")
        if len(arguments) != 1:
            raise Rejected("bad_request", "This event takes one object.", "$")
        if _size_of(arguments) > self._settings.message_bytes:
            self._metrics.limited.labels("message_bytes").inc()
            kib = self._settings.message_bytes // 1024
            raise Rejected("too_large", f"A message has at most {kib} KiB.")
        return msgspec.to_builtins(await ask(connection, arguments[0]))

    async def _push(self, connection: Connection, data: object) -> object:
        push = msgspec.convert(data, Push)
        if not connection.replica:
            raise Rejected("forbidden", "Only a replica pushes commands.")
        if len(push.mutations) > self._settings.push_commands:
            self._metrics.limited.labels("push_commands").inc()
            most = self._settings.push_commands
            raise Rejected("too_large", f"A push has at most {most} commands.", "$.mutations")
        if wait_s := connection.pace.wait_s():
            self._metrics.limited.labels("pushes_per_second").inc()
            await asyncio.sleep(wait_s)  # the next message is not read meanwhile: back-pressure
        self._metrics.pushes.inc()
        self._fanout.hold(connection)
        try:
            return await self._relay.accept(connection.caller, push)
        finally:
            # python-socketio puts the answer into the queue right after this returns, without a
            # turn of the loop: so what the commit did follows its own acknowledgement.
            asyncio.get_running_loop().call_soon(self._fanout.release, connection)

    async def _pull(self, connection: Connection, data: object) -> object:
        return await self._relay.pull(connection.caller.user_id, msgspec.convert(data, Pull))

    async def _check(self, connection: Connection, data: object) -> object:
        check = msgspec.convert(data, Check)
        # What another process changed (the command line) is announced by nobody.
        await self._settle(connection)
        return await self._relay.check(connection.caller.user_id, check.digest)

    async def _refresh(self, connection: Connection, data: object) -> object:
        refresh = msgspec.convert(data, TokenRefresh)
        await self._settle(connection)  # a token may outlive its sign-in
        self._tokens.renew(connection, refresh.token)
        return Refreshed()

    async def _settle(self, connection: Connection) -> None:
        try:
            await self._broadcasts.settle(connection)
        except Rejected as rejected:
            self._end(connection, rejected.error)
            raise


def _size_of(arguments: tuple[Any, ...]) -> int:
    """The bytes of a request as JSON. Raises `Rejected` for what no JSON of ours can hold."""
    try:
        return len(msgspec.json.encode(arguments))
    except (UnicodeEncodeError, RecursionError) as error:  # half a character; nested for ever
        raise Rejected("bad_request", "This is no text that can be kept.", "$") from error
