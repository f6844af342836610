"""Routes: what each one needs and gives, and the one way that every request goes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from time import perf_counter
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from uuid_utils import uuid7

from domain.commands import Command
from domain.errors import Invalid, Refused, forbidden, not_found
from domain.ids import derived_id
from domain.members import Role
from domain.records import Record
from syncserver.accounts import Accounts
from syncserver.administration import Administration
from syncserver.auth import Auth, Identity, TokenRefused
from syncserver.enrolment import Enrolment
from syncserver.limits import Tries
from syncserver.metrics import Metrics
from syncserver.pulls import DIGITS
from syncserver.relay import Also, Caller, Done, Expected, Relay, resource
from syncserver.rest.problems import EXPECTED, expected_answer, http_answer, refusal_code
from syncserver.rest.repeats import NO_CONTENT, Answered, Keyed, Repeats
from syncserver.settings import Settings

PREFIX = "/api"
BAD_REQUEST, TOO_LARGE = 400, 413
LONGEST_KEY = 200
NO_VERSION = -1  # what an If-Match that is no version of ours stands for
C = TypeVar("C", bound=Command)
B = TypeVar("B")
R = TypeVar("R", bound=Record)


class Who(IntEnum):
    """Who may ask at all; whose rows they see is decided row by row."""

    ANYONE = 0
    SIGNED_IN = 1
    MENTOR = 2
    ADMIN = 3


@dataclass(frozen=True)
class Services:
    """All that the routes work with."""

    settings: Settings
    relay: Relay
    auth: Auth
    accounts: Accounts
    enrolment: Enrolment
    administration: Administration
    metrics: Metrics
    now: Callable[[], datetime]
    repeats: Repeats
    sign_in_tries: Tries
    code_tries: Tries


@dataclass(frozen=True)
class Call:
    """One request, checked as far as its route says."""

    services: Services
    request: Request[Any, Any, Any]
    raw: bytes
    data: dict[str, Any]
    form: Any = None
    query: Any = None
    identity: Identity | None = None

    @property
    def me(self) -> Identity:
        if self.identity is None:
            raise TokenRefused("token_missing", "Sign in first.")
        return self.identity

    @property
    def caller(self) -> Caller:
        return Caller(self.me.user_id, device_id=self.me.device_id)

    @property
    def address(self) -> str:
        """Where the request comes from; behind a proxy, what the proxy says."""
        client = self.request.client
        return client.host if client else ""

    @property
    def key(self) -> str:
        return _key_of(self.request)

    @property
    def mutation_id(self) -> str:
        """The same for the same person and `Idempotency-Key`, else a new one."""
        if not self.key:
            return str(uuid7())
        return derived_id("idempotency", self.identity.user_id if self.identity else "", self.key)

    @property
    def body_hash(self) -> str:
        """What tells another request under the same `Idempotency-Key` from a repeated one."""
        return self.services.auth.digest(*_sameness(self.request, self.raw))

    @property
    def keyed(self) -> Keyed:
        """The request as its `Idempotency-Key` stands for it."""
        user_id = self.identity.user_id if self.identity else ""
        return Keyed(user_id, self.key, _sameness(self.request, self.raw))

    @property
    def keeping_done(self) -> Also:
        """What keeps, in the commit of the work, that it was done: for what no receipt tells of."""
        if not self.key:
            return lambda _writing: None
        return self.services.repeats.keeping_done(self.keyed)

    async def check_key(self) -> None:
        """Raise `Refused` for a key that was used for another request."""
        if self.key:
            await self.services.repeats.find(self.keyed)

    async def check_repeat(self) -> None:
        """Raise `Answered` for a repeated request, and `Refused` for a key that was used before."""
        if self.key and (known := await self.services.repeats.find(self.keyed)):
            raise Answered(known)

    def param(self, name: str) -> str:
        return str(self.request.path_params[name])

    def command(self, kind: type[C], **given: Any) -> C:
        """The command in the body, with what the body does not say. Raises `ValidationError`."""
        return msgspec.convert({**self.data, **given, "type": kind.tag()}, kind)

    async def do(
        self, command: Command, *, version_of: tuple[type[Record], str] | None = None
    ) -> Done:
        """Have the relay judge a command of this person, under `If-Match` if they sent one."""
        expected = self.expected(version_of) if version_of else None
        return await self.services.relay.do(
            self.caller,
            command,
            mutation_id=self.mutation_id,
            body_hash=self.body_hash,
            expected=expected,
        )

    def expected(self, of: tuple[type[Record], str]) -> Expected | None:
        """What `If-Match` names: any of its tags, or with `*` whatever stands."""
        wanted = [tag.strip() for tag in self.request.headers.get("If-Match", "").split(",")]
        if wanted == [""] or "*" in wanted:
            return None
        return (of[0].kind(), of[1], frozenset(map(_version_of, wanted)))

    async def told(self, done: Done, kind: type[R], record_id: str) -> R:
        """The row as the command left it; as it stands where the command changed nothing of it."""
        row = done.rows.get((kind.kind(), record_id))
        return row if isinstance(row, kind) else await self.visible(kind, record_id)

    async def visible(self, kind: type[R], record_id: str) -> R:
        """The row, if this person reads its room. Raises `not_found`, the same for both."""
        user_id = self.me.user_id

        def look(reading: Any) -> R | None:
            row: R | None = reading.find(kind, record_id)
            return row if row is not None and reading.reads(user_id, row.room) else None

        if (row := await self.services.relay.read(look)) is None:
            raise not_found(kind.kind().partition("_")[0])
        return row


def _version_of(tag: str) -> int:
    """The version that an ETag of ours holds."""
    digits = tag.removeprefix("W/").strip('"')
    return int(digits) if digits.isdecimal() and len(digits) <= DIGITS else NO_VERSION


@dataclass(frozen=True)
class Answer:
    """What a route gives: a value to encode, or bytes or a stream as they are."""

    value: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """One address and method.

    Attributes:
        body: the type of the body; a command stands for its fields without those of `given`.
        answer: the type of the answer, or a tuple of the types that it may have.
        files: the types in which it may give the same as a file.
        errors: the codes of refusals that are its own, for the description.
        counts_tries: it counts a try before it looks whether the request is a repeated one.
    """

    method: str
    path: str
    handle: Callable[[Call], Awaitable[Answer | Response[Any]]]
    summary: str
    who: Who = Who.SIGNED_IN
    status: int = 200
    body: Any = None
    given: tuple[str, ...] = ()
    query: type[msgspec.Struct] | None = None
    answer: Any = None
    media_type: str = "application/json"
    files: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    counts_tries: bool = False

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


def row_answer(row: Record, **headers: str) -> Answer:
    """A resource with its version as ETag."""
    return Answer(row, {"ETag": f'"{row.version}"', **headers})


def handler_of(route: Route, services: Services) -> HTTPRouteHandler:
    """The framework's form of a route."""

    async def handle(request: Request[Any, Any, Any]) -> Response[Any]:
        began = perf_counter()
        response: Response[Any]
        try:
            call = await _checked_call(route, services, request)
            response = await _answered(route, call)
        except Answered as before:
            response = before.response
        except tuple(EXPECTED) as error:
            response = expected_answer(request, error)
        except HTTPException as error:  # of the framework, as it read the body
            response = http_answer(request, error)
        _measure(route, services.metrics, response, perf_counter() - began)
        return response

    return HTTPRouteHandler(
        PREFIX + route.path.replace("}", ":str}"),
        http_method=[route.method],  # type: ignore[list-item]  # a name of http.HTTPMethod
        status_code=200,  # each answer says its own
        name=route.name,
        opt={"route": route},
    )(handle)


async def _answered(route: Route, call: Call) -> Response[Any]:
    """The answer; of a writing request with an `Idempotency-Key` the same as the first time."""
    if route.method == "GET" or not call.key:
        return await _handled(route, call)
    if not route.counts_tries:
        await call.check_repeat()
    try:
        response = await _handled(route, call)
    except Refused as refused:  # what is only malformed leaves the key unused
        if refused.code == "idempotency_key_reused":
            raise
        response = expected_answer(call.request, refused)
    return await call.services.repeats.keep(call.keyed, response)


async def _handled(route: Route, call: Call) -> Response[Any]:
    answer = await route.handle(call)
    return answer if isinstance(answer, Response) else _response(route, answer)


def _measure(route: Route, metrics: Metrics, response: Response[Any], seconds: float) -> None:
    status = str(response.status_code or route.status)
    metrics.requests.labels(route.method, route.path, status).inc()
    if response.status_code == TOO_LARGE:
        metrics.limited.labels("body_bytes").inc()
    if response.status_code and response.status_code >= BAD_REQUEST:
        metrics.refusals.labels("request", refusal_code(response.content)).inc()
    metrics.request_seconds.labels(route.method, route.path).observe(seconds)


async def _checked_call(route: Route, services: Services, request: Request[Any, Any, Any]) -> Call:
    identity = await _identity(route, services, request)
    if route.method != "GET" and len(_key_of(request)) > LONGEST_KEY:
        most = f"A key has at most {LONGEST_KEY} characters."
        raise Invalid("Idempotency-Key", "too_long", most)
    raw = await request.body()
    data = _object(raw) if route.body is not None else {}
    is_command = isinstance(route.body, type) and issubclass(route.body, Command)
    form = None if is_command or route.body is None else msgspec.convert(data, route.body)
    query = _query(route.query, request) if route.query else None
    return Call(services, request, raw, data, form, query, identity)


async def _identity(
    route: Route, services: Services, request: Request[Any, Any, Any]
) -> Identity | None:
    if route.who is Who.ANYONE:
        return None
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise TokenRefused("token_missing", "Sign in first.")
    try:
        identity = await services.accounts.authenticate(token.strip())
    except TokenRefused as refused:
        await _check_farewell(services, request, token.strip(), refused)
        raise
    if route.who is Who.ADMIN and identity.role is not Role.ADMIN:
        raise forbidden("Only admins can do this.")
    if route.who is Who.MENTOR and identity.role is Role.STUDENT:
        raise forbidden("Only mentors can do this.")
    return identity


async def _check_farewell(
    services: Services, request: Request[Any, Any, Any], token: str, refused: TokenRefused
) -> None:
    """Raise `Answered` where the request is the very one that signed its own device out.

    Its first answer may have been lost, and nothing else would tell that it was done.
    """
    key = _key_of(request)
    if request.method == "GET" or not key or refused.code != "token_invalid":
        return
    try:
        user_id = services.auth.verify(token).user_id
    except TokenRefused:
        return
    keyed = Keyed(user_id, key, _sameness(request, await request.body()))
    known = await services.repeats.find(keyed)
    if known is not None and known.status_code == NO_CONTENT:
        raise Answered(known)


def _key_of(request: Request[Any, Any, Any]) -> str:
    return request.headers.get("Idempotency-Key", "").strip()


def _sameness(request: Request[Any, Any, Any], raw: bytes) -> tuple[bytes, bytes]:
    """What makes a repeated request the same one."""
    return f"{request.method} {request.url.path}".encode(), raw


def _object(raw: bytes) -> dict[str, Any]:
    """The JSON object of a body; an empty body is an empty object."""
    try:
        data = msgspec.json.decode(raw) if raw.strip() else {}
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Refused("bad_request", "The body is not JSON.") from error
    if not isinstance(data, dict):
        raise Invalid("", "malformed", "Send a JSON object.")
    return data


def _query(kind: type[msgspec.Struct], request: Request[Any, Any, Any]) -> Any:
    given = {name: value for name, value in request.query_params.items() if value != ""}
    for one in msgspec.structs.fields(kind):
        value = given.get(one.encode_name, "")
        if one.default is None and value.lower() == "null":  # which would read as absent
            raise Invalid(one.encode_name, "malformed", "Leave this out, or give a value.")
    return msgspec.convert(given, kind, strict=False)


def shown(value: Any) -> Any:
    """A value as JSON shows it: rows as resources, without the tag of the replicas' wire."""
    if isinstance(value, Record):
        return resource(value)
    if isinstance(value, list):
        return [shown(one) for one in value]
    if isinstance(value, msgspec.Struct):
        names = zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
        shown_fields = ((wire_name, getattr(value, name)) for name, wire_name in names)
        return {name: shown(one) for name, one in shown_fields if one is not msgspec.UNSET}
    return value


def _response(route: Route, answer: Answer) -> Response[Any]:
    if answer.value is None:
        return Response(None, status_code=route.status, headers=dict(answer.headers))
    body = answer.value
    if not isinstance(body, bytes):
        body = msgspec.json.encode(shown(body))
    return Response(
        body,
        status_code=route.status,
        media_type=route.media_type,
        headers=dict(answer.headers),
    )
