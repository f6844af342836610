"""Through which proxy a line to a relay goes: the one that is set for this computer, if any."""

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

KNOWN_SCHEMES = ("http", "https")  # of proxies; what else is set cannot be used


def proxy_for(
    url: str,
    proxies: Callable[[], Mapping[str, str]] = getproxies,
    is_excepted: Callable[[str], object] = proxy_bypass,
) -> str | None:
    """The address of the proxy for this one; None where the line goes straight to it."""
    proxy = set_proxy(url, proxies, is_excepted)
    return proxy if proxy and urlsplit(proxy).scheme in KNOWN_SCHEMES else None


def set_proxy(
    url: str,
    proxies: Callable[[], Mapping[str, str]] = getproxies,
    is_excepted: Callable[[str], object] = proxy_bypass,
) -> str:
    """What is set for this address, usable or not; "" where nothing is.

    The environment says it, or else the system's settings on Windows and macOS.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if not host or is_here(host):
        return ""
    found = proxies()
    proxy = found.get(parts.scheme) or found.get("all") or ""
    if not proxy or is_excepted(host):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def is_here(host: str) -> bool:
    """Whether the host is this very computer, which no proxy can reach."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
