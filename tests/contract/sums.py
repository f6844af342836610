"""Checksum and digest, made anew from the words of the contract."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any


def checksum(rows: Iterable[dict[str, Any]]) -> str:
    """The sum mod 2^64 of the first 8 bytes of SHA-256(`kind id version`), in hex."""
    total = 0
    for row in rows:
        line = " ".join((row["type"], row["id"], str(row["version"])))
        total += int.from_bytes(hashlib.sha256(line.encode()).digest()[:8], "big")
    return format(total % 2**64, "016x")


def digest(heads: Mapping[str, Iterable[Any]]) -> str:
    """SHA-256 of the sorted lines `room version checksum`, in hex."""
    lines = sorted(" ".join((room, *map(str, head))) for room, head in heads.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
