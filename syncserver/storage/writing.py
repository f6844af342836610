"""One commit's transaction: what commands write in it, and what follows from that for each room."""

import copy
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    Connection,
    Delete,
    Insert,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import OperationalError

from domain.access import AccessChange
from domain.checksums import as_hex, combined, row_hash
from domain.commands import Act
from domain.kinds import KINDS
from domain.records import Reader, Record
from domain.schedules import Schedule
from syncserver.storage.audit import Change, Link, chained, changed_values
from syncserver.storage.reading import Client, Head, Reading, Receipt
from syncserver.storage.rows import SHAPES
from syncserver.storage.schema import (
    AUDIT_LOGS,
    CLIENTS,
    META,
    RECEIPTS,
    ROOMS,
    TABLES,
    TOMBSTONES,
)

R = TypeVar("R", bound=Record)
Key = tuple[str, str]  # (kind, id)
Values = dict[str, tuple[Any, Any]]  # of the changed fields: (old, new)
FileTrouble = OperationalError  # a full disk, a locked file: it may have undone the transaction

_BURY = insert(TOMBSTONES)
_UNBURY = delete(TOMBSTONES).where(
    TOMBSTONES.c.room == bindparam("of_room"),
    TOMBSTONES.c.kind == bindparam("of_kind"),
    TOMBSTONES.c.id == bindparam("of_id"),
)
_OLD_TOMBSTONES = select(TOMBSTONES.c.room, TOMBSTONES.c.version).where(
    TOMBSTONES.c.at < bindparam("before")
)
_HORIZON = (
    update(ROOMS)
    .where(ROOMS.c.room == bindparam("of_room"), ROOMS.c.horizon < bindparam("new_horizon"))
    .values(horizon=bindparam("new_horizon"))
)
_REVOKE = (
    update(ROOMS)
    .where(ROOMS.c.room > "")  # all of them
    .values(access_version=ROOMS.c.access_version + bindparam("raise"))
)
_COLLECT = delete(TOMBSTONES).where(TOMBSTONES.c.at < bindparam("before"))
_FOUND_ROOM = insert(ROOMS)
_MOVE_ROOM = (
    update(ROOMS)
    .where(ROOMS.c.room == bindparam("of_room"))
    .values({name: bindparam(f"new_{name}") for name in Head._fields[1:]})
)
_AUDIT = insert(AUDIT_LOGS)
_RECEIPT = insert(RECEIPTS)
_FORGET_RECEIPTS = delete(RECEIPTS).where(RECEIPTS.c.mutation_id == bindparam("of_id"))
_CLIENT = insert(CLIENTS)
_NUMBER = (
    update(CLIENTS)
    .where(CLIENTS.c.client_id == bindparam("of_client"))
    .values(last_number=bindparam("number"))
)


@cache
def _insert(kind: str) -> Insert:
    return insert(TABLES[kind])


@cache
def _update(kind: str) -> Update:
    table = TABLES[kind]
    values: dict[str, Any] = {c.name: bindparam(f"new_{c.name}") for c in table.c}
    del values["id"]
    return update(table).where(table.c.id == bindparam("of_id")).values(values)


@cache
def _delete(kind: str) -> Delete:
    table = TABLES[kind]
    return delete(table).where(table.c.id == bindparam("of_id"))


@dataclass
class Effects:
    """What a command, a piece of work, or a whole commit did; the smaller joins the larger.

    Attributes:
        rows: the rows that were put, as they stand.
        removed: what left a room, and whether it lives on in another.
        sums: by how much the checksum of each touched room changes.
        told: what is to be said to listeners after the commit.
    """

    rows: dict[Key, Record] = field(default_factory=dict)
    removed: dict[str, dict[Key, bool]] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)
    audit: list[Change] = field(default_factory=list)
    access: list[AccessChange] = field(default_factory=list)
    told: list[object] = field(default_factory=list)

    def put(self, before: Record | None, row: Record) -> None:
        key = (row.kind(), row.id)
        if before is not None:
            self._leave(before, moved=True)
        self.rows[key] = row
        self.removed.get(row.room, {}).pop(key, None)
        self._sum(row.room, row_hash(*key, row.version))

    def remove(self, row: Record) -> None:
        self._leave(row, moved=False)

    def _leave(self, row: Record, *, moved: bool) -> None:
        key = (row.kind(), row.id)
        self.rows.pop(key, None)
        self.removed.setdefault(row.room, {})[key] = moved
        self._sum(row.room, -row_hash(*key, row.version))

    def _sum(self, room: str, change: int) -> None:
        self.sums[room] = self.sums.get(room, 0) + change

    def join(self, later: "Effects") -> None:
        """Add what happened after this."""
        for key, row in later.rows.items():
            self.rows[key] = row
            self.removed.get(row.room, {}).pop(key, None)
        for room, gone in later.removed.items():
            self.removed.setdefault(room, {}).update(gone)
            for key in gone:
                if key in self.rows and self.rows[key].room == room:
                    del self.rows[key]
        for room, change in later.sums.items():
            self._sum(room, change)
        self.audit += later.audit
        self.access += later.access
        self.told += later.told


class Writing(Reading):
    """All rooms in the middle of one commit; works with savepoints, so that each may fail alone."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.effects = Effects()  # of the work that runs now
        self._kept = Effects()  # of the works before it, in the same commit
        self._rows: dict[Key, Record | None] = {}
        self._heads: dict[str, Head] = {}

    def find(self, kind: type[R], record_id: str) -> R | None:
        key = (kind.kind(), record_id)
        if key not in self._rows:
            self._rows[key] = super().find(kind, record_id)
        row = self._rows[key]
        return row if isinstance(row, kind) else None

    def next_version(self, room: str) -> int:
        """The version that this commit gives the room; the writer's lock keeps it its own."""
        return self._old_head(room).version + 1

    def author_of(self, row: Record, field: str) -> str | None:
        for change in reversed([*self._kept.audit, *self.effects.audit]):
            if (change.row.kind(), change.row.id) == (row.kind(), row.id) and change.sets(field):
                author: str = change.act.actor
                return author
        return super().author_of(row, field)

    @contextmanager
    def work(self) -> Iterator[None]:
        """One of the commit's works: wholly done, or undone with its error."""
        self.effects = Effects()
        with self._savepoint():
            yield
        self._kept.join(self.effects)
        self.effects = Effects()

    @contextmanager
    def acting(self, act: Act, *, action: str, device_id: str | None = None) -> Iterator["Acting"]:
        """One command's view of the transaction: wholly written, or undone with its error."""
        acting = Acting(self, act)
        with self._savepoint():
            yield acting
            acting.effects.audit = acting.audited(action, device_id)
        self.effects.join(acting.effects)

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        savepoint = self.connection.begin_nested()
        try:
            yield
        except FileTrouble:
            raise
        except BaseException:
            savepoint.rollback()
            self._rows.clear()  # what it wrote is in no table any more
            raise
        savepoint.commit()

    def put(self, row: Record, before: Record | None) -> Record:
        """Write the row, which stands as `before` now, with its room's next version."""
        version = self.next_version(row.room)
        if row.version != version:
            row = copy.copy(row)  # a copy is not checked anew, as a replacement would be
            msgspec.structs.force_setattr(row, "version", version)
        columns = SHAPES[row.kind()].columns(row)
        if before is None:
            self.connection.execute(_insert(row.kind()), columns)
        else:
            bound = {f"new_{name}": value for name, value in columns.items() if name != "id"}
            self.connection.execute(_update(row.kind()), bound | {"of_id": row.id})
        if before is None or before.room != row.room:
            self._unbury(row)
        if before is not None and before.room != row.room:
            self._bury(before, row.updated_at, moved=True)
        self._rows[row.kind(), row.id] = row
        return row

    def remove(self, row: Record, at: str) -> None:
        """Delete the row as it is stored, and leave a tombstone."""
        self.connection.execute(_delete(row.kind()), {"of_id": row.id})
        self._bury(row, at, moved=False)
        self._rows[row.kind(), row.id] = None

    def keep_receipt(self, receipt: Receipt) -> None:
        """Keep what became of a mutation; only one that was deferred is ever replaced."""
        self.connection.execute(_FORGET_RECEIPTS, {"of_id": receipt.mutation_id})
        self.connection.execute(_RECEIPT, receipt._asdict())

    def keep_number(self, client: Client) -> None:
        """Move the last number of an outbox on; the first number binds it to its account."""
        bound = {"of_client": client.client_id, "number": client.last_number}
        if not self.connection.execute(_NUMBER, bound).rowcount:
            self.connection.execute(_CLIENT, client._asdict())

    def keep_meta(self, key: str, value: str) -> None:
        self.connection.execute(delete(META).where(META.c.key == key))
        self.connection.execute(insert(META), {"key": key, "value": value})

    def collect(self, *, before: str) -> int:
        """Forget the tombstones from before this instant; how many there were.

        A replica that has not seen them begins their rooms anew: that is what the horizon is for.
        """
        horizons: dict[str, int] = {}
        for room, version in self.connection.execute(_OLD_TOMBSTONES, {"before": before}):
            horizons[room] = max(version, horizons.get(room, 0))
        for room, horizon in horizons.items():
            self.connection.execute(_HORIZON, {"of_room": room, "new_horizon": horizon})
        self._heads.clear()  # another work of this commit may have read the old horizons
        return self.connection.execute(_COLLECT, {"before": before}).rowcount

    def revoke_all(self, *, above: int) -> None:
        """Raise the access version of each room above this one."""
        self.connection.execute(_REVOKE, {"raise": above + 1})
        self._heads.clear()

    def finish(self) -> "Commit":
        """Write the heads and audit records of all works; nothing may be written after it."""
        effects = self._kept
        links = self._write_audit(effects.audit)
        revoked = {change.room for change in effects.access if not change.granted}
        heads, heads_before = {}, {}
        for room in sorted(effects.sums):
            old = self._old_head(room)
            heads_before[room] = old.audit_head
            link = links.get(room, Link(old.audit_n, old.audit_head))
            heads[room] = head = Head(
                room=room,
                version=old.version + 1,
                checksum=as_hex(combined(int(old.checksum, 16), added=[effects.sums[room]])),
                audit_n=link.n,
                audit_head=link.head,
                access_version=old.access_version + (room in revoked),
                horizon=old.horizon,
            )
            self._write_head(head, is_new=old.version == 0)
        return Commit(heads, effects, heads_before)

    def _write_head(self, head: Head, *, is_new: bool) -> None:
        columns = head._asdict()
        if is_new:
            self.connection.execute(_FOUND_ROOM, columns)
        else:
            bound = {f"new_{name}": value for name, value in columns.items() if name != "room"}
            self.connection.execute(_MOVE_ROOM, bound | {"of_room": head.room})

    def _write_audit(self, changes: list[Change]) -> dict[str, Link]:
        links: dict[str, Link] = {}
        records = []
        for change in changes:
            old = self._old_head(change.room)
            link = links.get(change.room, Link(old.audit_n, old.audit_head))
            record = chained(change, link)
            links[change.room] = Link(record["n"], record["hash"])
            records.append(record)
        if records:
            self.connection.execute(_AUDIT, records)
        return links

    def _old_head(self, room: str) -> Head:
        """Where the room stood before this commit."""
        if room not in self._heads:
            self._heads[room] = self.head(room)
        return self._heads[room]

    def _bury(self, row: Record, at: str, *, moved: bool) -> None:
        tombstone = {
            "room": row.room,
            "kind": row.kind(),
            "id": row.id,
            "version": self.next_version(row.room),
            "moved": moved,
            "at": at,
        }
        self.connection.execute(_BURY, tombstone)

    def _unbury(self, row: Record) -> None:
        """A row that comes back to a room takes the place of its tombstone."""
        bound = {"of_room": row.room, "of_kind": row.kind(), "of_id": row.id}
        self.connection.execute(_UNBURY, bound)


@dataclass(frozen=True)
class Commit:
    """What one commit did: the heads of the rooms that it touched, and its effects.

    Attributes:
        audit_heads_before: where the rooms' chains stood before it.
    """

    heads: dict[str, Head]
    effects: Effects
    audit_heads_before: dict[str, str] = field(default_factory=dict)


class Acting:
    """`domain.records.Transaction` for one act.

    Attributes:
        written: each row that was put, as it was put, in order.
        effects: what it comes to for each room.
    """

    def __init__(self, writing: Writing, act: Act) -> None:
        self.written: list[Record] = []
        self.effects = Effects()
        self.writing = writing
        self.act = act
        self._before: dict[Key, Record | None] = {}

    @property
    def everything(self) -> Reader:
        return self.writing

    def find(self, kind: type[R], record_id: str) -> R | None:
        row = self.writing.find(kind, record_id)
        return row if row is not None and self.reads(row.room) else None

    def where(self, kind: type[R], **equals: Any) -> list[R]:
        return [row for row in self.writing.where(kind, **equals) if self.reads(row.room)]

    def reads(self, room: str) -> bool:
        return self.act.trusted or self.writing.reads(self.act.actor, room)

    def is_taken(self, kind: type[Record], record_id: str) -> bool:
        return self.writing.is_taken(kind, record_id)

    def busy(
        self, people: Collection[str], start: str, end: str, *, besides: str
    ) -> list[Schedule]:
        return self.writing.busy(people, start, end, besides=besides)

    def author_of(self, row: Record, field: str) -> str | None:
        return self.writing.author_of(row, field)

    def put(self, row: Record) -> None:
        before = self.writing.find(type(row), row.id)
        self._before.setdefault((row.kind(), row.id), before)
        row = self.writing.put(row, before)
        self.effects.put(before, row)
        self.written.append(row)

    def remove(self, row: Record) -> None:
        stored = self.writing.find(type(row), row.id)
        if stored is not None:
            self._before.setdefault((row.kind(), row.id), stored)
            self.writing.remove(stored, self.act.now)
            self.effects.remove(stored)

    def audited(self, action: str, device_id: str | None) -> list[Change]:
        """What the act changed, row by row; a row that moved is told in both rooms.

        So is one that the act has made and removed again, without any values: the room's version
        moves with it, and each version has a record.
        """
        return [
            Change(
                row.room,
                self.writing.next_version(row.room),
                self.act,
                device_id,
                action,
                row,
                values,
            )
            for key, before in self._before.items()
            for row, values in self._told(key, before)
        ]

    def _told(self, key: Key, before: Record | None) -> list[tuple[Record, Values]]:
        after = self.writing.find(KINDS[key[0]], key[1])
        if before is None and after is None:
            passing = [row for row in self.written if (row.kind(), row.id) == key]
            return [(passing[-1], {})]
        return _told(before, after)


def _told(before: Record | None, after: Record | None) -> list[tuple[Record, Values]]:
    """The row in each room that is told of it, and what changed there.

    A move by itself changes only the room: who wrote the other fields is still their author.
    """
    values = changed_values(before, after)
    if before is None or after is None or before.room == after.room:
        row = after or before
        return [(row, values)] if row else []
    left = {name: (old, None) for name, (old, _) in values.items()}
    arrived = {name: (None, new) for name, (_, new) in values.items()}
    return [(before, left), (after, arrived)]
