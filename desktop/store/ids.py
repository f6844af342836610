"""New identifiers, made on this computer."""

from uuid_utils import uuid7


def new_id() -> str:
    """A UUIDv7 as text: unique everywhere, and sorting by the time it was made."""
    return str(uuid7())
