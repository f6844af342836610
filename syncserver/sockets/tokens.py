"""Access tokens of live connections: checked, renewed, and obeyed when they end."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from domain.wire import WireError
from syncserver.auth import Auth, Identity, TokenRefused
from syncserver.sockets.connections import Connection
from syncserver.sockets.errors import Rejected

ENDED = WireError(code="token_expired", message="The access token has ended.")


class Tokens:
    """Knows until when each connection may stay."""

    def __init__(
        self,
        auth: Auth,
        now: Callable[[], datetime],
        end: Callable[[Connection, WireError], None],
    ) -> None:
        self._auth = auth
        self._now = now
        self._end = end

    def identity(self, token: str) -> Identity:
        """Who the token stands for.

        Raises:
            Rejected: `token_missing`, `token_invalid` or `token_expired`.
        """
        if not token:
            raise Rejected("token_missing", "Connect with an access token.")
        try:
            return self._auth.verify(token)
        except TokenRefused as error:
            raise Rejected(error.code, error.message) from error

    def watch(self, connection: Connection, identity: Identity) -> None:
        """End the connection when this token ends; an earlier one no longer counts."""
        if connection.token_end is not None:
            connection.token_end.cancel()
        left = identity.expires_at - self._now()
        connection.token_end = asyncio.get_running_loop().call_later(
            left.total_seconds(), self._end, connection, ENDED
        )

    def renew(self, connection: Connection, token: str) -> None:
        """Take the next token of the same sign-in.

        Raises:
            Rejected: the connection goes on with the token that it has.
        """
        identity = self.identity(token)
        caller = connection.caller
        if (identity.user_id, identity.device_id) != (caller.user_id, caller.device_id):
            raise Rejected("token_invalid", "This token is another person's or device's.")
        self.watch(connection, identity)
