"""Rows, rooms and receipts as they stand in one transaction."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, select

from domain.access import readable_rooms
from domain.checksums import as_hex
from domain.instants import later
from domain.members import Access, Member, member_id
from domain.records import Record
from domain.schedules import LONGEST, Participant, Schedule, Status
from syncserver.storage import audit
from syncserver.storage.rows import SHAPES
from syncserver.storage.schema import (
    CLIENTS,
    META,
    RECEIPTS,
    ROOMS,
    SCHEDULES,
    TABLES,
    TOMBSTONES,
    column_name,
)

R = TypeVar("R", bound=Record)


class Head(NamedTuple):
    """Where a room stands."""

    room: str
    version: int = 0
    checksum: str = as_hex(0)
    audit_n: int = 0
    audit_head: str = audit.BEGINNING
    access_version: int = 0
    horizon: int = 0


class Receipt(NamedTuple):
    """What became of a mutation, kept for ever."""

    mutation_id: str
    user_id: str
    client_id: str | None
    n: int | None
    body_hash: str
    outcome: str
    answer: str | None
    at: str


class Client(NamedTuple):
    """One outbox: whose it is, and the last number that it sent."""

    client_id: str
    user_id: str
    last_number: int


_HEADS = select(*ROOMS.c)
_HEAD = _HEADS.where(ROOMS.c.room == bindparam("of_room"))
_TOMBSTONE = (
    select(TOMBSTONES.c.id)
    .where(TOMBSTONES.c.kind == bindparam("of_kind"), TOMBSTONES.c.id == bindparam("of_id"))
    .limit(1)
)
_RECEIPTS = select(*RECEIPTS.c).where(
    RECEIPTS.c.mutation_id.in_(bindparam("of_ids", expanding=True))
)
_CLIENT = select(*CLIENTS.c).where(CLIENTS.c.client_id == bindparam("of_client"))
_META = select(META.c.value).where(META.c.key == bindparam("of_key"))


@cache
def _by_id(kind: type[Record]) -> Select[Any]:
    table = TABLES[kind.kind()]
    return select(*table.c).where(table.c.id == bindparam("of_id"))


@cache
def _by_fields(kind: type[Record], names: tuple[str, ...]) -> Select[Any]:
    if names not in kind.lookups:
        raise LookupError(f"{kind.__name__} has no index on {list(names)}.")
    table = TABLES[kind.kind()]
    equals = [table.c[column_name(name)] == bindparam(f"of_{name}") for name in names]
    return select(*table.c).where(*equals).order_by(table.c.id)


_IS_BUSY = and_(
    # The bound below keeps the index to a few rows: no session is longer than this.
    SCHEDULES.c.start_time > bindparam("earliest"),
    SCHEDULES.c.start_time < bindparam("end"),
    SCHEDULES.c.end_time > bindparam("start"),
    SCHEDULES.c.status == Status.SCHEDULED.value,
)
_PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
_PARTICIPANTS = TABLES[Participant.kind()]
_BUSY = (
    select(*SCHEDULES.c).where(SCHEDULES.c.mentor_id.in_(_PEOPLE), _IS_BUSY),
    select(*SCHEDULES.c).where(SCHEDULES.c.student_id.in_(_PEOPLE), _IS_BUSY),
    select(*SCHEDULES.c)
    .join(_PARTICIPANTS, _PARTICIPANTS.c.schedule_id == SCHEDULES.c.id)
    .where(_PARTICIPANTS.c.user_id.in_(_PEOPLE), _IS_BUSY),
)


class Reading:
    """One snapshot of all rooms; nobody's rights are applied to `find` and `where`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def find(self, kind: type[R], record_id: str) -> R | None:
        row = self.connection.execute(_by_id(kind), {"of_id": record_id}).first()
        return None if row is None else _record(kind, row)

    def where(self, kind: type[R], **equals: Any) -> list[R]:
        """All rows whose fields equal these, by id; the fields are one of `kind.lookups`."""
        statement = _by_fields(kind, tuple(equals))
        bound = {f"of_{name}": value for name, value in equals.items()}
        return [_record(kind, row) for row in self.connection.execute(statement, bound)]

    def is_taken(self, kind: type[Record], record_id: str) -> bool:
        """Whether a row of this kind has this id, or had it in some room."""
        if self.find(kind, record_id) is not None:
            return True
        bound = {"of_kind": kind.kind(), "of_id": record_id}
        return self.connection.execute(_TOMBSTONE, bound).first() is not None

    def busy(
        self, people: Collection[str], start: str, end: str, *, besides: str
    ) -> list[Schedule]:
        """Scheduled sessions of any of these people that overlap `[start, end)`, earliest first."""
        bound = {
            "people": list(people),
            "earliest": later(start, -LONGEST - timedelta(seconds=1)),
            "start": start,
            "end": end,
        }
        found = {
            row.id: row
            for statement in _BUSY
            for row in self.connection.execute(statement, bound)
            if row.id != besides
        }
        sessions = [_record(Schedule, row) for row in found.values()]
        return sorted(sessions, key=lambda session: (session.start_time, session.id))

    def reads(self, user_id: str, room: str) -> bool:
        member = self.find(Member, member_id(room, user_id))
        return member is not None and member.access is Access.READ

    def rooms_of(self, user_id: str) -> list[str]:
        """The rooms that this person may read, sorted."""
        return readable_rooms(self, user_id)

    def head(self, room: str) -> Head:
        row = self.connection.execute(_HEAD, {"of_room": room}).first()
        return Head(room) if row is None else Head(*row)

    def heads(self, user_id: str) -> dict[str, Head]:
        """The heads of all rooms that this person reads."""
        return {room: self.head(room) for room in self.rooms_of(user_id)}

    def meta(self, key: str) -> str | None:
        value = self.connection.execute(_META, {"of_key": key}).scalar()
        return None if value is None else str(value)

    def client(self, client_id: str) -> Client | None:
        row = self.connection.execute(_CLIENT, {"of_client": client_id}).first()
        return None if row is None else Client(*row)

    def receipts(self, mutation_ids: Collection[str]) -> dict[str, Receipt]:
        """The known ones of these mutations."""
        rows = self.connection.execute(_RECEIPTS, {"of_ids": list(mutation_ids)})
        return {row.mutation_id: Receipt(*row) for row in rows}

    def author_of(self, row: Record, field: str) -> str | None:
        return audit.author_of(self.connection, row, field)

    def audit_head_at(self, room: str, version: int) -> str:
        return audit.head_at(self.connection, room, version)


def _record(kind: type[R], row: Sequence[Any]) -> R:
    record = SHAPES[kind.kind()].record(row)
    assert isinstance(record, kind)  # noqa: S101 - for the type checker: the shape is that kind's
    return record
