"""The way to the relay's machine: proxy, name, port and certificate."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from urllib.parse import urlsplit

from desktop.account.join_links import server_address
from desktop.doctor.findings import Finding, Step, bad, good, note
from desktop.proxies import KNOWN_SCHEMES, is_here, set_proxy
from desktop.trust import Trust, UnusableCertificates

PATIENCE_S = 6.0
PORTS = {"http": 80, "https": 443}
EXPIRED, OTHER_NAME, OTHER_ADDRESS = 10, 62, 64  # of OpenSSL's X509_V_ERR


@dataclass(frozen=True, slots=True)
class Place:
    """Where the first line goes to: the relay, or the proxy before it."""

    host: str
    port: int


def proxy(server: str, asked: Callable[[str], str] = set_proxy) -> Finding:
    """Whether a proxy stands between, which all lines go through."""
    found = asked(server)
    if not found:
        return good(Step.PROXY, "none")
    parts = urlsplit(found)
    shown = f"{parts.scheme}://{parts.hostname}"  # without a name and a password
    shown += f":{parts.port}" if parts.port else ""
    if parts.scheme not in KNOWN_SCHEMES:
        return note(Step.PROXY, "unusable", proxy=shown)
    return good(Step.PROXY, "used", proxy=shown)


def first_place(server: str, proxied: Finding) -> Place:
    """Where the first line goes to. Raises `Malformed`."""
    address = proxied.facts["proxy"] if proxied.code == "used" else server_address(server)
    parts = urlsplit(address)
    return Place(parts.hostname or "", parts.port or PORTS.get(parts.scheme, PORTS["https"]))


async def name(place: Place) -> Finding:
    """Whether the name of the machine is known."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(PATIENCE_S):
            found = await loop.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except TimeoutError:
        return bad(Step.NAME, "silent", host=place.host)
    except (OSError, UnicodeError):
        return bad(Step.NAME, "unknown", host=place.host)
    addresses = dict.fromkeys(str(one[4][0]) for one in found)
    return good(Step.NAME, "known", host=place.host, addresses=", ".join(addresses))


async def reach(place: Place) -> Finding:
    """Whether something listens there."""
    where = {"host": place.host, "port": str(place.port)}
    began = monotonic()
    try:
        async with asyncio.timeout(PATIENCE_S):
            _, writer = await asyncio.open_connection(place.host, place.port)
    except TimeoutError:
        return bad(Step.REACH, "silent", **where)
    except ConnectionRefusedError:
        return bad(Step.REACH, "refused", **where)
    except OSError:
        return bad(Step.REACH, "no_way", **where)
    writer.transport.abort()
    return good(Step.REACH, "open", **where, ms=f"{(monotonic() - began) * 1000:.0f}")


async def tls(server: str, trust: Trust, proxied: Finding) -> Finding:
    """Whether the line is protected, and the certificate trusted."""
    address = server_address(server)
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme == "http":
        return good(Step.TLS, "here") if is_here(host) else note(Step.TLS, "plain", host=host)
    try:
        context = await asyncio.to_thread(trust.context)
    except UnusableCertificates as error:
        return bad(Step.TLS, "bad_file", file=str(trust.ca_file), why=str(error))
    if proxied.code == "used":
        return good(Step.TLS, "by_proxy")
    found = await _shaken(host, parts.port or PORTS["https"], context)
    if found.code == "untrusted":
        return bad(Step.TLS, found.code, host=host, file=str(trust.place))
    return found


async def _shaken(host: str, port: int, context: ssl.SSLContext) -> Finding:
    try:
        async with asyncio.timeout(PATIENCE_S):
            _, writer = await asyncio.open_connection(host, port, ssl=context)
    except ssl.SSLCertVerificationError as error:
        codes = {EXPIRED: "expired", OTHER_NAME: "other_name", OTHER_ADDRESS: "other_name"}
        return bad(Step.TLS, codes.get(error.verify_code, "untrusted"), host=host)
    except ssl.SSLError:
        return bad(Step.TLS, "no_tls", host=host)
    except (TimeoutError, OSError):
        return bad(Step.TLS, "cut", host=host)
    told = writer.get_extra_info("peercert") or {}
    until = str(told.get("notAfter", ""))
    writer.transport.abort()
    return good(Step.TLS, "trusted", host=host, until=_day(until))


def _day(not_after: str) -> str:
    """`2027-02-28` of what a certificate says; "" where it says nothing."""
    if not not_after:
        return ""
    return f"{datetime.fromtimestamp(ssl.cert_time_to_seconds(not_after), UTC):%Y-%m-%d}"
