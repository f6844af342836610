"""The list of people as admins see it: by name, by role and state, with when each was last here."""

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select, select, tuple_

from domain.accounts import Account, AccountState
from domain.members import Role
from syncserver.storage.credentials import Credentials
from syncserver.storage.reading import Reading
from syncserver.storage.rows import SHAPES
from syncserver.storage.schema import TABLES

USERS = TABLES[Account.kind()]

Place = tuple[str, str]  # (name, id)
BEFORE_ALL = ("", "")
AT_ONCE = 200


class PeopleFilter(NamedTuple):
    """Which people: of a role, in a state, with this text in name or e-mail address."""

    role: Role | None = None
    state: AccountState | None = None
    text: str = ""


def people(
    reading: Reading, which: PeopleFilter, *, after: Place | None, limit: int
) -> list[tuple[Account, str | None]]:
    """By name, then id, each with when they were last here; the next ones after a place."""
    wanted = which.text.casefold()
    fitting = (row for row in _by_name(reading, which, after) if _has(row, wanted))
    found = list(islice(fitting, limit))
    seen = last_seen(reading, *(row.id for row in found))
    return [(row, seen.get(row.id)) for row in found]


def last_seen(reading: Reading, *user_ids: str) -> dict[str, str]:
    """When each of these was last here; a few at once, as a statement binds no more."""
    credentials = Credentials(reading.connection)
    seen: dict[str, str] = {}
    for start in range(0, len(user_ids), AT_ONCE):
        seen |= credentials.last_seen(user_ids[start : start + AT_ONCE])
    return seen


def _by_name(reading: Reading, which: PeopleFilter, after: Place | None) -> Iterator[Account]:
    """Along the index of names, a stretch at a time: a text may be in few of many."""
    place = after or BEFORE_ALL
    while rows := reading.connection.execute(_stretch(which, place)).all():
        for row in rows:
            account = SHAPES[Account.kind()].record(row)
            assert isinstance(account, Account)  # noqa: S101 - for the type checker
            yield account
        place = (rows[-1].name, rows[-1].id)


def _stretch(which: PeopleFilter, place: Place) -> Select[Any]:
    table = USERS.c
    wanted = [tuple_(table.name, table.id) > tuple_(*place)]
    if which.role is not None:
        wanted.append(table.role == which.role.value)
    if which.state is not None:
        wanted.append(table.state == which.state.value)
    return select(*table).where(*wanted).order_by(table.name, table.id).limit(AT_ONCE)


def _has(account: Account, text: str) -> bool:
    """Whether the text is in name or address, in whatever case and alphabet."""
    return text in account.name.casefold() or text in account.email.casefold()
