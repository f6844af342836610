"""Repeated requests: one Idempotency-Key and one body get one answer, whatever the route."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from litestar import Response

from domain.errors import Refused
from domain.ids import derived_id
from domain.instants import instant, later
from syncserver.auth import Auth
from syncserver.relay import Also, Relay
from syncserver.storage.answers import KeptAnswer, answer_of, keep_answer

# Asking again may help: who asks has to sign in, to send less, or to wait.
NOT_KEPT = frozenset({401, 413, 429})
NO_CONTENT = 204
SIGN_INS_KEPT = timedelta(days=1)  # they hold tokens, and each desktop makes many a day


class Answered(Exception):
    """The request was answered before; the answer is that of the first time.

    Attributes:
        response: as it was given then.
    """

    def __init__(self, response: Response[bytes]) -> None:
        super().__init__()
        self.response = response


class Keyed(NamedTuple):
    """One person's request under their Idempotency-Key; of nobody yet, before signing in."""

    user_id: str
    key: str
    request: tuple[bytes, ...]  # method and path, and the body: what makes it the same

    @property
    def id(self) -> str:
        return derived_id("answer", self.user_id, self.key)


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    status: int
    media_type: str | None
    headers: dict[str, str]
    body: bytes | None


class Repeats:
    """Keeps what writing requests were answered: for ever, or for a day before one is signed in.

    An answer may hold tokens or codes: it is sealed with the request itself, so that the relay's
    file does not give it away, and only who sends the same again under the same key gets it.
    """

    def __init__(self, relay: Relay, auth: Auth, now: Callable[[], datetime]) -> None:
        self._relay = relay
        self._auth = auth
        self._now = now

    async def find(self, keyed: Keyed) -> Response[bytes] | None:
        """What this request was answered before.

        Raises:
            Refused: `idempotency_key_reused`, where the key was used for another one.
        """
        known = await self._relay.read(lambda reading: answer_of(reading.connection, keyed.id))
        if known is None:
            return None
        if known.request_hash != self._auth.digest(*keyed.request):
            raise Refused("idempotency_key_reused", "This key was used for another request.")
        return self._opened(keyed, known)

    def keeping_done(self, keyed: Keyed) -> Also:
        """What keeps an answer without content, in the very commit of what was asked for."""
        mine = self._kept(keyed, Response(None, status_code=NO_CONTENT))
        return lambda writing: keep_answer(writing.connection, mine)

    async def keep(self, keyed: Keyed, response: Response[Any]) -> Response[Any]:
        """Keep the answer; of two at once the first one stands, and is given to both."""
        status = response.status_code or 0
        if status >= 500 or status in NOT_KEPT:
            return response
        mine = self._kept(keyed, response)
        stands = await self._relay.write(lambda writing: keep_answer(writing.connection, mine))
        return self._opened(keyed, stands) if stands.request_hash == mine.request_hash else response

    def _kept(self, keyed: Keyed, response: Response[Any]) -> KeptAnswer:
        answer = _Answer(
            response.status_code or 0, response.media_type, _headers(response), response.content
        )
        now = instant(self._now())
        return KeptAnswer(
            id=keyed.id,
            request_hash=self._auth.digest(*keyed.request),
            sealed=self._auth.veiled(msgspec.msgpack.encode(answer), *_secret(keyed)),
            at=now,
            until=None if keyed.user_id else later(now, SIGN_INS_KEPT),
        )

    def _opened(self, keyed: Keyed, known: KeptAnswer) -> Response[bytes]:
        plain = self._auth.veiled(known.sealed, *_secret(keyed))
        answer = msgspec.msgpack.decode(plain, type=_Answer)
        return Response(
            answer.body,  # type: ignore[arg-type]  # an answer without a body has None
            status_code=answer.status,
            media_type=answer.media_type,
            headers=answer.headers,
        )


def _secret(keyed: Keyed) -> tuple[bytes, ...]:
    return (keyed.user_id.encode(), keyed.key.encode(), *keyed.request)


def _headers(response: Response[Any]) -> dict[str, str]:
    return {name: str(value) for name, value in response.headers.items()}
