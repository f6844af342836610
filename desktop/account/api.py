"""The relay's REST interface, as far as accounts need it."""

import asyncio
import ssl
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from desktop.account.device_name import device_name
from desktop.proxies import proxy_for
from desktop.trust import Trust, UnusableCertificates
from domain.members import Role

if TYPE_CHECKING:
    import httpx

TIMEOUT_S = 10.0
DEVICE_NAME = "X-Device-Name"

UNREACHABLE = "The relay cannot be reached. Check the address and your connection."
FOREIGN = "There is no Tandem relay at this address."
UNTRUSTED = "The certificate of this server is not trusted by this computer."
BY_PROXY = "The proxy of this computer does not lead to the relay."

BEHIND_PROXY = {500, 502, 503, 504}  # what a proxy says whose relay is not there

T = TypeVar("T")


class Unreachable(Exception):
    """No relay answered; `str(error)` is for the user's eyes.

    Attributes:
        code: `unreachable`, `foreign` (something else answered), `untrusted` (its certificate) or
            `proxy` (which refused).
    """

    def __init__(self, message: str = UNREACHABLE, *, code: str = "unreachable") -> None:
        super().__init__(message)
        self.code = code


class ApiRefused(Exception):
    """The relay said no; `str(error)` is its sentence.

    Attributes:
        code: as in the contract, for instance `credentials_wrong`.
        fields: a sentence for each field that is wrong, by its name on the wire.
        retry_after_s: how long to wait; 0 when the relay does not say.
    """

    def __init__(
        self,
        code: str,
        message: str,
        fields: Mapping[str, str] | None = None,
        retry_after_s: float = 0.0,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.fields = dict(fields or {})
        self.retry_after_s = retry_after_s


class User(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The signed-in person, as a grant shows them."""

    id: str
    name: str
    email: str
    role: Role
    time_zone: str = "UTC"


class Device(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One sign-in of a person; `current` is the one that asks. Instants as in rows."""

    id: str
    name: str
    created_at: str
    last_seen_at: str
    current: bool = False


class RelayVersion(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the relay is; `desktop` is the version of Tandem that is current, if not its own."""

    version: str
    desktop: str = ""


class About(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the relay says of itself, and with which `Date` (RFC 9110); "" where it names none."""

    version: str
    protocol: int = 1
    min_protocol: int = 1
    date: str = ""


class Grant(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What signing in gives: a short access token and the next refresh token."""

    access_token: str
    refresh_token: str
    expires_in: float
    user: User


class FieldError(msgspec.Struct, frozen=True):
    """One entry of a problem's `errors`."""

    field: str
    message: str
    code: str = ""


class Problem(msgspec.Struct, frozen=True):
    """An `application/problem+json` body."""

    code: str
    title: str = ""
    detail: str = ""
    errors: list[FieldError] = []


class Api:
    """One relay's REST interface; its HTTP client is made at the first request, and shared."""

    def __init__(
        self,
        server: str,
        *,
        device: str = "",
        transport: "httpx.AsyncBaseTransport | None" = None,
        trust: Trust | None = None,
    ) -> None:
        """`device` is what this computer is called among the person's devices."""
        self.server = server.rstrip("/")
        self._device = device or device_name()
        self._transport = transport
        self._trust = trust or Trust()
        self._http: httpx.AsyncClient | None = None
        self._making = asyncio.Lock()

    async def http(self) -> "httpx.AsyncClient":
        """The HTTP client. Importing it and reading certificates takes a thread, not the window."""
        async with self._making:
            if self._http is None:
                try:
                    self._http = await asyncio.to_thread(self._client)
                except UnusableCertificates as error:
                    raise Unreachable(str(error), code="untrusted") from error
            return self._http

    async def close(self) -> None:
        if self._http is not None:
            http, self._http = self._http, None
            await http.aclose()

    async def login(self, email: str, password: str) -> Grant:
        return await self._grant("login", {"email": email, "password": password})

    async def register(self, fields: Mapping[str, str]) -> Grant:
        """Make an account; `fields` as in the contract, with the role and its code."""
        return await self._grant("register", fields)

    async def refresh(self, refresh_token: str, retry_key: str) -> Grant:
        """The next grant; the same key after a lost answer gets the same one again."""
        return await self._grant(
            "refresh", {"refreshToken": refresh_token}, {"Idempotency-Key": retry_key}
        )

    async def reset_password(self, email: str, code: str, new_password: str) -> None:
        body = {"email": email, "code": code, "newPassword": new_password}
        await self._send("POST", "auth/reset", body)

    async def logout(self, access_token: str, *, everywhere: bool = False) -> None:
        body = {"everywhere": everywhere}
        await self._send("POST", "auth/logout", body, _bearer(access_token))

    async def version(self) -> RelayVersion:
        """What the relay is; it says so to anybody."""
        return decoded((await self._send("GET", "version", None)).content, RelayVersion)

    async def about(self) -> About:
        """The same with the protocols that it speaks, and the time that it has."""
        answer = await self._send("GET", "version", None)
        about = decoded(answer.content, About)
        return msgspec.structs.replace(about, date=answer.headers.get("Date", ""))

    async def devices(self, access_token: str) -> list[Device]:
        """Where the person is signed in, the last seen first."""
        answer = await self._send("GET", "me/devices", None, _bearer(access_token))
        return decoded(answer.content, list[Device])

    async def end_device(self, access_token: str, device_id: str) -> None:
        """Sign a device out; `not_found` where it is signed out already."""
        await self._send("DELETE", f"me/devices/{device_id}", None, _bearer(access_token))

    async def page(
        self, access_token: str, path: str, kind: type[T], query: Mapping[str, str]
    ) -> tuple[T, str]:
        """A page of a list, and the cursor of the next one, "" at its end; empty values are none.

        Raises like all requests.
        """
        given = urlencode({name: value for name, value in query.items() if value})
        answer = await self._send("GET", f"{path}?{given}", None, _bearer(access_token))
        return decoded(answer.content, kind), _next_cursor(answer)

    async def change_password(self, access_token: str, current: str, new: str) -> None:
        """Set another password; all other devices are signed out."""
        body = {"currentPassword": current, "newPassword": new}
        await self._send("POST", "auth/password", body, _bearer(access_token))

    async def change_email(self, access_token: str, current: str, new: str) -> None:
        """Sign in with another e-mail address from now on; `current` is the password."""
        body = {"currentPassword": current, "newEmail": new}
        await self._send("POST", "auth/email", body, _bearer(access_token))

    async def ask(
        self,
        access_token: str,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        key: str = "",
    ) -> "httpx.Response":
        """The answer to any request of a signed-in person; raises as all do.

        A `key` lets it be repeated after a lost answer: it is done once.
        """
        named = {"Idempotency-Key": key} if key else {}
        return await self._send(method, path, body, _bearer(access_token) | named)

    def _client(self) -> "httpx.AsyncClient":
        import httpx

        if self._transport is not None:
            return httpx.AsyncClient(timeout=TIMEOUT_S, transport=self._transport)
        return httpx.AsyncClient(
            timeout=TIMEOUT_S,
            verify=self._trust.context(),
            proxy=proxy_for(self.server),
            trust_env=False,  # both have just been asked, for all lines alike
        )

    async def _grant(
        self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> Grant:
        named = {DEVICE_NAME: self._device, **(headers or {})}
        return decoded((await self._send("POST", f"auth/{path}", body, named)).content, Grant)

    async def _send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str] | None = None,
    ) -> "httpx.Response":
        """A successful answer.

        Raises:
            ApiRefused: the relay refused.
            Unreachable: nobody answered, or not a relay.
        """
        http = await self.http()
        import httpx

        try:
            answer = await http.request(
                method, f"{self.server}/api/{path}", json=body, headers=headers
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _unreachable(error) from error
        if not answer.is_success:
            raise _refusal(answer)
        return answer


def _bearer(access_token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {access_token}"}


def load() -> None:
    """Import what the first request needs; it takes a moment, best while a person still types."""
    import httpx  # noqa: F401


def decoded(body: bytes, kind: type[T]) -> T:
    """The value of a body; raises `Unreachable` for what no relay would say."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError as error:
        raise Unreachable(FOREIGN, code="foreign") from error


def _next_cursor(answer: "httpx.Response") -> str:
    """The cursor in the Link header, where there is a next page."""
    url = answer.links.get("next", {}).get("url", "")
    return parse_qs(urlsplit(url).query).get("cursor", [""])[0]


def _refusal(answer: "httpx.Response") -> Exception:
    """What an answer that is no success means: a relay gives a problem with a code."""
    try:
        problem = msgspec.json.decode(answer.content, type=Problem)
    except msgspec.MsgspecError:
        if answer.status_code in BEHIND_PROXY:
            return Unreachable()
        return Unreachable(FOREIGN, code="foreign")
    return ApiRefused(
        problem.code,
        problem.detail or problem.title,
        {error.field: error.message for error in problem.errors},
        _seconds(answer.headers.get("Retry-After", "")),
    )


def _seconds(text: str) -> float:
    return float(text) if text.isdecimal() else 0.0


def _unreachable(error: Exception) -> Unreachable:
    import httpx

    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
        return Unreachable(UNTRUSTED, code="untrusted")
    if isinstance(error, httpx.ProxyError):
        return Unreachable(BY_PROXY, code="proxy")
    if isinstance(error, httpx.RemoteProtocolError | httpx.UnsupportedProtocol | httpx.InvalidURL):
        return Unreachable(FOREIGN, code="foreign")
    return Unreachable()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what lies behind it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
