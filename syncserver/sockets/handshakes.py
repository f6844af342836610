"""Who may connect, and how they are welcomed."""

import asyncio
from collections.abc import Callable

import msgspec

from domain.wire import MIN_PROTOCOL_VERSION, PROTOCOL_VERSION, Hello
from syncserver.auth import Identity
from syncserver.limits import Connections as Places
from syncserver.limits import Pace
from syncserver.metrics import Metrics
from syncserver.relay import Caller, Relay
from syncserver.settings import Settings
from syncserver.sockets.broadcasts import Broadcasts
from syncserver.sockets.connections import Connection, Connections
from syncserver.sockets.errors import Rejected, unfit
from syncserver.sockets.fanout import Fanout
from syncserver.sockets.standings import rooms_of
from syncserver.sockets.tokens import Tokens


class Handshakes:
    """Opens connections, each in its place, and closes them again."""

    def __init__(
        self,
        relay: Relay,
        connections: Connections,
        broadcasts: Broadcasts,
        fanout: Fanout,
        tokens: Tokens,
        metrics: Metrics,
        settings: Settings,
    ) -> None:
        self._relay = relay
        self._connections = connections
        self._broadcasts = broadcasts
        self._fanout = fanout
        self._tokens = tokens
        self._metrics = metrics
        self._settings = settings
        self._places = Places(
            per_device=settings.connections_per_device, per_person=settings.connections_per_person
        )

    async def open(self, sid: str, engine_sid: str, auth: object, cut: Callable[[], None]) -> None:
        """Let a client in and welcome it.

        Raises:
            Rejected: nothing is left of the attempt.
        """
        hello = _hello(auth)
        identity = self._tokens.identity(hello.token)
        _check_protocol(hello)
        if not self._places.open(identity.user_id, identity.device_id):
            self._metrics.limited.labels("connections").inc()
            raise Rejected("too_many_connections", "Close another window or device first.")
        connection = self._connection(sid, engine_sid, hello, identity, cut)
        self._fanout.hold(connection)
        self._connections.add(connection)
        self._metrics.connections.labels(_kind(connection)).inc()
        try:
            await self._welcome(connection, identity)
        except BaseException:
            self.close(connection)
            raise

    def close(self, connection: Connection) -> None:
        """Give back what an open connection holds."""
        connection.ended = True
        if connection.token_end is not None:
            connection.token_end.cancel()
        self._broadcasts.leave(connection)
        self._connections.remove(connection)
        self._places.close(connection.caller.user_id, connection.caller.device_id or "")
        self._metrics.connections.labels(_kind(connection)).dec()

    async def _welcome(self, connection: Connection, identity: Identity) -> None:
        await self._broadcasts.settle(connection)
        if connection.caller.client_id is not None:
            await self._relay.bind(connection.caller)
        welcome = await self._relay.welcome(connection.caller)
        if connection.ended:
            await self._relay.read(lambda r: rooms_of(r, connection.caller))  # it knows why
            raise Rejected("account_disabled", "This account has been deactivated.")
        self._tokens.watch(connection, identity)
        # python-socketio queues its CONNECT packet right after the handler returns, without a turn
        # of the loop: so the welcome follows it, and all that happened meanwhile the welcome.
        asyncio.get_running_loop().call_soon(
            self._fanout.release_after, connection, "welcome", welcome
        )

    def _connection(
        self,
        sid: str,
        engine_sid: str,
        hello: Hello,
        identity: Identity,
        cut: Callable[[], None],
    ) -> Connection:
        clock = asyncio.get_running_loop().time
        return Connection(
            sid=sid,
            engine_sid=engine_sid,
            caller=Caller(identity.user_id, hello.client_id, identity.device_id),
            replica=hello.replica,
            pace=Pace(self._settings.pushes_per_second, clock),
            cut=cut,
        )


def _hello(auth: object) -> Hello:
    try:
        hello = msgspec.convert(auth or {}, Hello)
    except msgspec.ValidationError as error:
        told = unfit(error)
        raise Rejected(told.code, told.message, told.path) from error
    return hello


def _check_protocol(hello: Hello) -> None:
    """Refuse a client that speaks otherwise; one that does not say speaks the first protocol."""
    spoken = hello.protocol
    if spoken is None and hello.replica:
        raise Rejected("bad_request", "A replica says which protocol it speaks.", "$.protocol")
    if spoken is not None and not MIN_PROTOCOL_VERSION <= spoken <= PROTOCOL_VERSION:
        speaks = f"{MIN_PROTOCOL_VERSION} to {PROTOCOL_VERSION}"
        raise Rejected("protocol_unsupported", f"This relay speaks protocol {speaks}.")
    if hello.replica and hello.client_id is None:
        raise Rejected("bad_request", "A replica names its clientId.", "$.clientId")


def _kind(connection: Connection) -> str:
    return "replica" if connection.replica else "plain"
