"""Checksums of rooms: what proves that two copies hold the same rows in the same versions."""

import hashlib
from collections.abc import Iterable

MODULUS = 1 << 64


def row_hash(kind: str, row_id: str, version: int) -> int:
    """The first 8 bytes, big-endian, of SHA-256 over `kind id version`."""
    digest = hashlib.sha256(f"{kind} {row_id} {version}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def combined(checksum: int, *, added: Iterable[int] = (), removed: Iterable[int] = ()) -> int:
    """The room's sum mod 2^64 after these row hashes came and went."""
    return (checksum + sum(added) - sum(removed)) % MODULUS


def as_hex(checksum: int) -> str:
    """16 lower-case hex digits, as on the wire."""
    return f"{checksum:016x}"


def digest_of(heads: Iterable[tuple[str, int, str]]) -> str:
    """SHA-256, in hex, of the sorted lines `room version checksum` of all rooms."""
    lines = sorted(f"{room} {version} {checksum}" for room, version, checksum in heads)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
