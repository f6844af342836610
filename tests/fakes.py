"""Working stand-ins for what tests do not want for real: here the relay, in memory and in order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar

import msgspec

from domain.access import AccessChange, project, readable_rooms
from domain.accounts import Account, AccountState
from domain.activities import Activity
from domain.checksums import as_hex, combined, digest_of, row_hash
from domain.commands import Act, Command
from domain.errors import Invalid, Refused
from domain.members import Access, Member, Role, member_id
from domain.records import Reader, Record, Transaction
from domain.schedules import Participant, Schedule, Status
from domain.wire import Removed

R = TypeVar("R", bound=Record)
Key = tuple[str, str]  # (kind, id)

GRACE = timedelta(minutes=5)
STAMPS = {"id", "version", "updated_at"}  # fields without an author


class Tombstone(NamedTuple):
    """A row that left a room, at which version of that room, and whether it lives on elsewhere."""

    version: int
    moved: bool


@dataclass(frozen=True)
class Frame:
    """What one commit did to one room: the rows as they stand, and what is gone."""

    version: int
    rows: list[Record]
    removed: list[Removed]


@dataclass(frozen=True)
class Commit:
    """What one accepted command did: a frame for each touched room, and who may now read what."""

    mutation: str
    frames: dict[str, Frame]
    access: list[AccessChange]


class MemoryReader:
    """Rows of all rooms, or of those that one person reads."""

    def __init__(self, rows: dict[Key, Record], reader: str | None = None) -> None:
        self._rows = rows
        self._reader = reader

    def find(self, kind: type[R], record_id: str) -> R | None:
        row = self._rows.get((kind.kind(), record_id))
        return row if isinstance(row, kind) and self.reads(row.room) else None

    def where(self, kind: type[R], **equals: Any) -> list[R]:
        assert tuple(equals) in kind.lookups, f"{kind.__name__} has no index on {list(equals)}"
        found = [
            row
            for row in self._rows.values()
            if isinstance(row, kind)
            and all(getattr(row, name) == value for name, value in equals.items())
            and self.reads(row.room)
        ]
        return sorted(found, key=lambda row: row.id)

    def reads(self, room: str) -> bool:
        if self._reader is None:
            return True
        member = self._rows.get((Member.kind(), member_id(room, self._reader)))
        return isinstance(member, Member) and member.access is Access.READ


class MemoryTransaction(MemoryReader):
    """`domain.records.Transaction` over a relay's rows: it writes into a copy until it is kept.

    Attributes:
        before: the rows as they stood when the command began.
        written: each row that was put, as it was put, in order.
    """

    def __init__(self, relay: MemoryRelay, act: Act) -> None:
        self.before = relay.rows
        self.rows = dict(relay.rows)
        self.written: list[Record] = []
        self.authors = dict(relay.authors)
        self._act = act
        self._gone = relay.tombstones
        super().__init__(self.rows, None if act.trusted else act.actor)

    @property
    def everything(self) -> Reader:
        return MemoryReader(self.rows)

    def is_taken(self, kind: type[Record], record_id: str) -> bool:
        key = (kind.kind(), record_id)
        known = key in self.rows or key in self.before
        return known or any(key in gone for gone in self._gone.values())

    def busy(
        self, people: Collection[str], start: str, end: str, *, besides: str
    ) -> list[Schedule]:
        overlapping = [
            row
            for row in self.rows.values()
            if isinstance(row, Schedule)
            and row.id != besides
            and row.status is Status.SCHEDULED
            and row.start_time < end
            and start < row.end_time
            and self._people(row) & set(people)
        ]
        return sorted(overlapping, key=lambda row: (row.start_time, row.id))

    def author_of(self, row: Record, field: str) -> str | None:
        return self.authors.get((row.kind(), row.id, field))

    def put(self, row: Record) -> None:
        key = (row.kind(), row.id)
        old = self.rows.get(key)
        for name in set(row.__struct_fields__) - STAMPS:
            if old is None or getattr(old, name) != getattr(row, name):
                self.authors[*key, name] = self._act.actor
        self.rows[key] = row
        self.written.append(row)

    def remove(self, row: Record) -> None:
        del self.rows[row.kind(), row.id]

    def _people(self, schedule: Schedule) -> set[str | None]:
        rows = self.everything.where(Participant, schedule_id=schedule.id)
        return {schedule.mentor_id, schedule.student_id, *(row.user_id for row in rows)}


@dataclass
class MemoryRelay:
    """The relay's rules in one process and one order: the oracle that replicas are held against.

    Every accepted command is one commit. `copy.deepcopy` and `copy()` give an independent relay.
    """

    rows: dict[Key, Record] = field(default_factory=dict)
    tombstones: dict[str, dict[Key, Tombstone]] = field(default_factory=dict)  # by room
    authors: dict[tuple[str, str, str], str] = field(default_factory=dict)  # of (kind, id, field)
    heads: dict[str, int] = field(default_factory=dict)  # version by room
    receipts: dict[str, Refused | None] = field(default_factory=dict)  # by mutation
    commits: list[Commit] = field(default_factory=list)

    def run(
        self,
        command: Command,
        actor: str,
        *,
        at: str,
        now: str,
        mutation: str,
        trusted: bool | None = None,
    ) -> Refused | None:
        """Judge a command once: a repeated mutation gets its first answer and changes nothing.

        `trusted` is the relay's own act, which is what registration and deactivation always are.
        """
        if mutation not in self.receipts:
            own = command.relay_only if trusted is None else trusted
            try:
                if command.relay_only and not own:
                    raise Refused("forbidden", "Only the relay itself does this.")  # noqa: TRY301
                self._commit(command, self._act(actor, at, now, mutation, trusted=own))
                self.receipts[mutation] = None
            except Refused as refused:
                self.receipts[mutation] = refused
            except Invalid as invalid:
                self.receipts[mutation] = Refused(
                    "invalid", str(invalid), field=invalid.field, because=invalid.code
                )
        return self.receipts[mutation]

    def find(self, kind: type[R], record_id: str) -> R | None:
        return MemoryReader(self.rows).find(kind, record_id)

    def get(self, kind: type[R], record_id: str) -> R:
        """The row, which must be there."""
        row = self.find(kind, record_id)
        assert row is not None, f"There is no {kind.kind()} {record_id}."
        return row

    def all_of(self, kind: type[R]) -> list[R]:
        rows = (row for row in self.rows.values() if isinstance(row, kind))
        return sorted(rows, key=lambda row: row.id)

    def rows_of(self, room: str) -> list[Record]:
        """The live rows of a room, by kind and id."""
        return [row for _, row in sorted(self.rows.items()) if row.room == room]

    def rooms_of(self, user_id: str) -> list[str]:
        """The rooms that this person may read, sorted."""
        return readable_rooms(MemoryReader(self.rows), user_id)

    def view_of(self, user_id: str) -> dict[str, list[Record]]:
        """All that this person may see, by room."""
        return {room: self.rows_of(room) for room in self.rooms_of(user_id)}

    def told(self) -> list[Activity]:
        """The activities of the latest commit, by room."""
        rows = [row for frame in self.commits[-1].frames.values() for row in frame.rows]
        return [row for row in rows if isinstance(row, Activity)]

    def checksum_of(self, room: str) -> str:
        hashes = [row_hash(row.kind(), row.id, row.version) for row in self.rows_of(room)]
        return as_hex(combined(0, added=hashes))

    def digest_of(self, user_id: str) -> str:
        rooms = self.rooms_of(user_id)
        return digest_of([(room, self.heads[room], self.checksum_of(room)) for room in rooms])

    def copy(self) -> MemoryRelay:
        """An independent relay; what is frozen is shared."""
        return MemoryRelay(
            rows=dict(self.rows),
            tombstones={room: dict(gone) for room, gone in self.tombstones.items()},
            authors=dict(self.authors),
            heads=dict(self.heads),
            receipts=dict(self.receipts),
            commits=list(self.commits),
        )

    def __deepcopy__(self, memo: dict[int, Any]) -> MemoryRelay:
        return self.copy()

    def transaction(self, act: Act) -> MemoryTransaction:
        """A transaction that nobody keeps: for looking at what a function would write."""
        return MemoryTransaction(self, act)

    def act(self, actor: str, *, now: str, mutation: str = "", trusted: bool = False) -> Act:
        """The act of this person at this time, as `run` gives it to a command."""
        return self._act(actor, now, now, mutation, trusted=trusted)

    def _act(self, actor: str, at: str, now: str, mutation: str, *, trusted: bool) -> Act:
        account = self.find(Account, actor)
        if not trusted and (account is None or account.state is not AccountState.ACTIVE):
            raise Refused("account_disabled", "This account is closed.")
        return Act(
            actor=actor,
            role=account.role if account else Role.ADMIN,
            at=min(at, now),
            now=now,
            mutation=mutation,
            grace=GRACE,
            trusted=trusted,
        )

    def _commit(self, command: Command, act: Act) -> None:
        tx = MemoryTransaction(self, act)
        command.apply(tx, act)
        access = project(tx, act, list(tx.written))
        frames = self._frames(tx)
        self.rows, self.authors = tx.rows, tx.authors
        self.commits.append(Commit(act.mutation, frames, access))

    def _frames(self, tx: MemoryTransaction) -> dict[str, Frame]:
        """Give each touched room its next version, its rows that version, and its tombstones."""
        written = {(row.kind(), row.id) for row in tx.written} & tx.rows.keys()
        left = {
            key: row
            for key, row in tx.before.items()
            if key not in tx.rows or tx.rows[key].room != row.room
        }
        touched = {tx.rows[key].room for key in written} | {row.room for row in left.values()}
        return {room: self._frame(tx, room, written, left) for room in sorted(touched)}

    def _frame(
        self, tx: MemoryTransaction, room: str, written: set[Key], left: dict[Key, Record]
    ) -> Frame:
        version = self.heads.get(room, 0) + 1
        gone = self.tombstones.setdefault(room, {})
        rows: list[Record] = []
        removed: list[Removed] = []
        for key in sorted(key for key in written if tx.rows[key].room == room):
            tx.rows[key] = msgspec.structs.replace(tx.rows[key], version=version)
            gone.pop(key, None)
            rows.append(tx.rows[key])
        for key in sorted(key for key, row in left.items() if row.room == room):
            gone[key] = Tombstone(version, moved=key in tx.rows)
            removed.append(Removed(type=key[0], id=key[1], moved=key in tx.rows))
        self.heads[room] = version
        return Frame(version, rows, removed)


def _is_a_transaction(tx: MemoryTransaction) -> Transaction:
    """Let mypy hold the fake against the protocol."""
    return tx
