"""Identifiers: UUIDv7 text made where the thing is made, UUIDv5 text where a natural key exists."""

from typing import Annotated
from uuid import UUID, uuid5

from msgspec import Meta

# Python's `$` stands before a last newline too.
END = r"$(?!\n)"
UUID_TEXT = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
Id = Annotated[str, Meta(pattern=UUID_TEXT + END)]

# Never change it: the ids of all rows with a natural key come from it.
NAMESPACE = UUID("6f0c3c5e-9d0b-5b0e-8d53-3a3f0f9d7a11")


def derived_id(*key: str | int) -> str:
    """The UUIDv5 of a natural key: the same on every machine.

    Source: RFC 9562, section 5.5.
    """
    return str(uuid5(NAMESPACE, "\x1f".join(str(part) for part in key)))
