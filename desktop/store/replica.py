"""The disposable file: the relay's rows, the rooms' versions, and what is predicted on top."""

import logging
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

import msgspec

from desktop.store.incoming import Incoming, Wire
from desktop.store.outbox import Outbox, Waiting
from desktop.store.prediction import Key
from desktop.store.replays import Replays
from domain.activities import Activity, Person
from domain.checksums import as_hex
from domain.commands import Command
from domain.instants import instant, moment
from domain.kinds import KINDS
from domain.wire import Changes, Removed, RoomPage

log = logging.getLogger(__name__)

RECOPY_EVERY = timedelta(hours=1)


class Step(Enum):
    """What became of a frame or a page, and so what to do next."""

    APPLIED = auto()
    MOVED = auto()  # applied; a row is on its way to another room: pull at once
    OLD = auto()  # known already, or part of a copy under way: nothing to do
    GAP = auto()  # something before it is missing: pull
    UNKNOWN = auto()  # a room that is not here: copy it
    RESTART = auto()  # the relay cannot tell what changed since: copy the room anew
    CHECKSUM_WRONG = auto()  # applied, and the room is not as the relay has it: copy it anew
    AUDIT_CHANGED = auto()  # not applied: the relay's past is another one


@dataclass(frozen=True, slots=True)
class Copy:
    """A room's copy under way, to begin or to go on with; `cursor` None is its beginning.

    `audit_head` is the relay's at `until`, as it was at the beginning, as far as it was told.
    """

    room: str
    until: int
    cursor: str | None
    audit_head: str | None = None


class Replica:
    """Act, receive, pending.

    Every method but the queries runs inside `transaction`, which collects in `changed` which
    kinds of rows it changed.
    """

    def __init__(
        self, connection: sqlite3.Connection, outbox: Outbox, now: Callable[[], datetime]
    ) -> None:
        self.connection = connection
        self.changed: set[str] = set()
        self.me: Person | None = None
        self._outbox = outbox
        self._now = now
        self._replays = Replays(connection, outbox, self.changed)
        self._incoming = Incoming(connection, self.changed)

    @contextmanager
    def transaction(self, checkpoint: Callable[[str], None]) -> Iterator[None]:
        """All or nothing."""
        self.changed.clear()
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            checkpoint("before replica commit")
            self.connection.execute("COMMIT")
        except BaseException:
            self.changed.clear()
            if self.connection.in_transaction:  # a full disk may have ended it already
                self.connection.execute("ROLLBACK")
            raise
        checkpoint("after replica commit")

    # Act

    def act(self, waiting: Waiting, command: Command) -> set[str]:
        """Predict a new command; gives the rooms that it writes to.

        Raises:
            DomainError: the rows do not allow it; the caller undoes the transaction.
        """
        if self.me is None:
            raise RuntimeError("Nobody is signed in.")
        return self._replays.run(self.me, waiting, command).rooms

    def undo(self, mutation_ids: Collection[str]) -> None:
        """Take predictions back, and run again what was built on them."""
        self._run_again(self._replays.forget(mutation_ids))

    def predict_all(self) -> None:
        """Predict all that waits anew: at the start, when this file may be behind the outbox."""
        touching = self.connection.execute("SELECT DISTINCT mutation_id FROM touched").fetchall()
        known = {row["mutation_id"] for row in touching}
        receipts = self._outbox.receipts(known)
        waiting = set(self._outbox.waiting_ids())
        dirty = self._replays.forget(known - waiting - receipts.keys())
        for mutation_id, versions in receipts.items():
            dirty |= self._replays.acknowledge(mutation_id, versions)
        self._run_again(dirty, also=waiting)

    # What the relay says of commands

    def acknowledge(self, versions: Mapping[str, Mapping[str, int]]) -> None:
        """Let go of accepted commands where their rooms are at the receipts' versions already."""
        dirty: set[Key] = set()
        for mutation_id, rooms in versions.items():
            dirty |= self._replays.acknowledge(mutation_id, rooms)
        self._run_again(dirty)

    # Receive

    def heads(self) -> dict[str, tuple[int, str]]:
        """Version and checksum of each room that is wholly here."""
        rows = self._rooms("copy_until IS NULL")
        return {row["room"]: (row["version"], row["checksum"]) for row in rows}

    def rooms_here(self) -> list[str]:
        """All rooms of which something is here, those being copied too."""
        return [row["room"] for row in self._rooms("TRUE")]

    def audit_heads(self) -> dict[str, str | None]:
        """The relay's audit head at each room's version, as far as it was told."""
        return {row["room"]: row["audit_head"] for row in self._rooms("copy_until IS NULL")}

    def followed(self) -> set[str]:
        """Rooms of which each change since their kept audit head was seen here."""
        return {row["room"] for row in self._rooms("is_followed AND copy_until IS NULL")}

    def follow(self, rooms: Iterable[str]) -> None:
        """What is here of these rooms follows their kept audit heads; the next copy ends that."""
        for room in rooms:
            self._set(room, is_followed=1)

    def cursors(self) -> dict[str, list[int | str | None]]:
        """From where to pull each room that is wholly here."""
        return {
            row["room"]: msgspec.json.decode(row["cursor"]) if row["cursor"] else [row["version"]]
            for row in self._rooms("copy_until IS NULL")
        }

    def receive(self, changes: Changes) -> Step:
        """Take in what one commit did to a room, if it follows what is here."""
        row = self._room(changes.room)
        if row is None:
            return Step.UNKNOWN
        if row["copy_until"] is not None or changes.to <= row["version"]:
            return Step.OLD
        if changes.more or changes.from_ != row["version"] or row["cursor"]:
            return Step.GAP
        if differ(row["audit_head"], changes.audit_head_at_from):
            return Step.AUDIT_CHANGED
        return self._finish(changes)

    def receive_page(self, page: RoomPage) -> Step:
        """Take in a page of a room's changes; the last one moves its version."""
        row = self._room(page.room)
        if row is None:
            return Step.UNKNOWN
        if row["copy_until"] is not None:
            return Step.OLD
        if page.restart:
            # The head that it names is the one at the version that was asked from.
            is_other = differ(row["audit_head"], page.audit_head_at_from)
            return Step.AUDIT_CHANGED if is_other else Step.RESTART
        if not page.more and page.to < row["version"]:
            return Step.OLD
        if page.from_ > _reached(row):
            return Step.GAP
        if page.from_ == row["version"] and differ(row["audit_head"], page.audit_head_at_from):
            log.error("The relay's past of %s is not the one that is known here", page.room)
            return Step.AUDIT_CHANGED
        if not page.more:
            return self._finish(page)
        dirty = self._take(page.room, page.rows, page.removed)
        self._set(page.room, cursor=msgspec.json.encode(page.cursor).decode())
        self._run_again(dirty)
        return Step.APPLIED

    def begin_pulls(self) -> None:
        """Pull each room from its version, and forget how far a pull on another line has come.

        Between the two the relay may have got another past, which shows at a version only.
        """
        for row in self._rooms("cursor IS NOT NULL"):
            self._set(row["room"], cursor=None)

    def end_pull(self) -> None:
        """All rooms are at their heads: rows that moved to where one cannot see them go.

        So does what was predicted in rooms that have not come.
        """
        if not self._rooms("copy_until IS NOT NULL"):
            self._run_again(self._incoming.end_moves() | self._replays.let_go_of_strange())

    # Copies of whole rooms

    def begin_copy(self, room: str, until: int, audit_head: str | None = None) -> None:
        """Begin to copy a room as it stands at the version `until`, over the old copy if any.

        The old rows stay shown until the new copy is whole.
        """
        if self._room(room) is None:
            self.connection.execute(
                "INSERT INTO rooms (room, checksum, copy_until, audit_head) VALUES (?, ?, ?, ?)",
                (room, as_hex(0), until, audit_head),
            )
            return
        self.connection.execute("DELETE FROM copied WHERE room = ?", [room])
        self._set(
            room,
            version=0,
            checksum=as_hex(0),
            cursor=None,
            audit_head=audit_head,
            copy_until=until,
            copy_cursor=None,
            copies_over=1,
            is_followed=0,
        )

    def copies(self) -> list[Copy]:
        """The copies under way."""
        return [
            Copy(row["room"], row["copy_until"], row["copy_cursor"], row["audit_head"])
            for row in self._rooms("copy_until IS NOT NULL")
        ]

    def copy_rows(self, room: str, rows: Sequence[Wire], cursor: str | None) -> None:
        """Write a part of a room's copy, and from where it goes on."""
        row = self._copied(room)
        dirty = self._incoming.take(room, rows, over_old=bool(row["copies_over"]))
        self._set(room, copy_cursor=cursor)
        self._run_again(dirty)

    def end_copy(self, room: str, audit_head: str | None = None) -> None:
        """The copy is whole: the room is at its version, with pending work on top.

        The audit head at that version tells what follows from another past of the relay.
        """
        row = self._copied(room)
        dirty = self._incoming.sweep(room) if row["copies_over"] else set()
        until = row["copy_until"]
        self._set(
            room,
            version=until,
            audit_head=audit_head,
            copy_until=None,
            copy_cursor=None,
            copies_over=0,
        )
        dirty |= self._replays.reach(room, until)
        self._run_again(dirty, also=self._outbox.waiting_ids(room))

    def may_recopy(self, room: str) -> bool:
        """Whether a wrong room may be copied anew now: once an hour; notes that it is."""
        row = self._room(room)
        now = self._now()
        last = moment(row["recopied_at"]) if row and row["recopied_at"] else None
        if row is None or (last is not None and timedelta(0) <= now - last < RECOPY_EVERY):
            return False
        self._set(room, recopied_at=instant(now))
        return True

    def drop_rooms(self, rooms: Iterable[str], lost: Iterable[str]) -> None:
        """Take lost rooms away, and the predictions of the commands that are lost with them."""
        dirty = self._replays.forget(lost)
        for room in rooms:
            dirty |= self._incoming.erase(room)
        self._run_again(dirty)

    # Inside

    def _take(self, room: str, rows: Sequence[Wire], removed: Sequence[Removed]) -> set[Key]:
        # Tombstones first: a row that left and came back is there in the end.
        dirty = self._incoming.remove(room, removed)
        dirty |= self._incoming.take(room, rows)
        kind = Activity.kind()
        activities = [row_id for one, row_id in dirty if one == kind]
        return dirty | self._replays.let_go_of_seen(room, activities)

    def _finish(self, news: Changes | RoomPage) -> Step:
        """Take in what brings a room to a version, and compare its checksum there."""
        room, version = news.room, news.to
        dirty = self._take(room, news.rows, news.removed)
        self._set(room, version=version, cursor=None, audit_head=news.audit_head)
        self._run_again(dirty | self._replays.reach(room, version))
        mine = self._rooms("room = ?", room)[0]["checksum"]
        if differ(mine, news.checksum):
            log.error(
                "%s at %d: checksum %s here, %s on the relay", room, version, mine, news.checksum
            )
            return Step.CHECKSUM_WRONG
        has_moved = any(tombstone.moved for tombstone in news.removed)
        return Step.MOVED if has_moved and self._incoming.has_moving() else Step.APPLIED

    def _run_again(self, rows: Collection[Key], also: Iterable[str] = ()) -> None:
        readable = [key for key in rows if key[0] in KINDS]
        self._replays.run_again(self.me, readable, also)

    def _room(self, room: str) -> sqlite3.Row | None:
        return next(iter(self._rooms("room = ?", room)), None)

    def _copied(self, room: str) -> sqlite3.Row:
        """The room that is being copied."""
        row = self._room(room)
        if row is None or row["copy_until"] is None:
            raise LookupError(f"No copy of {room} is under way.")
        return row

    def _rooms(self, which: str, *values: str) -> list[sqlite3.Row]:
        return self.connection.execute(
            f"SELECT * FROM rooms WHERE {which} ORDER BY room",  # noqa: S608
            values,
        ).fetchall()

    def _set(self, room: str, **values: Any) -> None:
        fields = ", ".join(f"{name} = ?" for name in values)
        self.connection.execute(
            f"UPDATE rooms SET {fields} WHERE room = ?",  # noqa: S608
            [*values.values(), room],
        )


def _reached(row: sqlite3.Row) -> int:
    """The version up to which a room's rows are here, in the midst of a pull too."""
    return int(msgspec.json.decode(row["cursor"])[0]) if row["cursor"] else int(row["version"])


def differ(mine: str | None, theirs: str | None) -> bool:
    """Whether both are known and not the same."""
    return mine is not None and theirs is not None and mine != theirs
