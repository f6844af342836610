"""What a person may hear now, by the database and never by the token."""

from typing import NamedTuple

from domain.accounts import Account, AccountState
from domain.members import Access, Member
from syncserver.relay import Caller
from syncserver.sockets.errors import Rejected
from syncserver.storage.credentials import Credentials
from syncserver.storage.reading import Reading


class Readers(NamedTuple):
    """Who reads a room, since which access version."""

    access_version: int
    people: frozenset[str]


def rooms_of(reading: Reading, caller: Caller) -> dict[str, int]:
    """The access version of each room that the caller reads.

    Raises:
        Rejected: the account is deactivated or not there, or the device was signed out.
    """
    account = reading.find(Account, caller.user_id)
    if account is None:
        raise Rejected("token_invalid", "This account is not known here.")
    if account.state is not AccountState.ACTIVE:
        raise Rejected("account_disabled", "This account has been deactivated.")
    device = Credentials(reading.connection).device(caller.device_id or "")
    if device is None or device.ended_at is not None:
        raise Rejected("token_invalid", "This device was signed out.")
    return {room: head.access_version for room, head in reading.heads(caller.user_id).items()}


def readers_of(reading: Reading, room: str) -> Readers:
    """Those who read the room."""
    members = reading.where(Member, room=room)
    people = frozenset(row.user_id for row in members if row.access is Access.READ)
    return Readers(reading.head(room).access_version, people)
