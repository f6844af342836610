"""Addresses of relays, and links that carry an address and a code."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, urlsplit

MALFORMED_SERVER = "Enter the address of your group's relay, for instance tandem.example.org."
JOIN_CODE_LETTERS = 8  # those of invitations are longer
MALFORMED_LINK = "This is not a join link. It begins with https:// or tandem://join."


class Malformed(ValueError):
    """A text that is no address or no join link; `str(error)` is for the user's eyes."""


@dataclass(frozen=True, slots=True)
class JoinLink:
    """What a join link fills in; one of the two codes is empty."""

    server: str
    join_code: str = ""
    invitation: str = ""


def server_address(typed: str) -> str:
    """`https://host[:port]` of what was typed; plain HTTP only where it is asked for or local.

    Raises:
        Malformed: it holds no host.
    """
    text = typed.strip()
    if "://" not in text:
        scheme = "http" if _is_local(_split(f"//{text}").hostname or "") else "https"
        text = f"{scheme}://{text}"
    parts = _split(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in parts.netloc:
        raise Malformed(MALFORMED_SERVER)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}"


def join_link(text: str) -> JoinLink:
    """Read `tandem://join?server=…&code=…`, `https://host/join?code=…` or `https://host/join#CODE`.

    `invitation=…` in place of `code=…` is a mentor's invitation; so is a code that is longer than
    those of cohorts.

    Raises:
        Malformed: it is none of them, or has no code.
    """
    try:
        parts = _split(text.strip())
    except Malformed as error:
        raise Malformed(MALFORMED_LINK) from error
    given = {name: values[0].strip() for name, values in parse_qs(parts.query).items()}
    given |= _fragment(parts.fragment)
    if parts.scheme == "tandem" and parts.netloc == "join":
        server = given.get("server", "")
    elif parts.scheme in {"http", "https"} and parts.path.rstrip("/").endswith("/join"):
        server = f"{parts.scheme}://{parts.netloc}"
    else:
        raise Malformed(MALFORMED_LINK)
    code, invitation = given.get("code", ""), given.get("invitation", "")
    if not (code or invitation):
        raise Malformed("This join link has no code in it. Copy the whole link.")
    if not invitation and sum(map(str.isalnum, code)) > JOIN_CODE_LETTERS:
        code, invitation = "", code
    return JoinLink(server_address(server), join_code=code, invitation=invitation)


def link_to_join(server: str, *, code: str = "", invitation: str = "") -> str:
    """The link that opens Tandem with this server and this code filled in."""
    given = f"code={code}" if code else f"invitation={invitation}"
    return f"tandem://join?server={server}&{given}"


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises where it is no number
    except ValueError as error:
        raise Malformed(MALFORMED_SERVER) from error
    return parts


def _fragment(text: str) -> dict[str, str]:
    """What stands behind the #: a bare code, or `name=value` pairs."""
    if "=" in text:
        return {name: values[0].strip() for name, values in parse_qs(text).items()}
    return {"code": text.strip()} if text.strip() else {}


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
