"""Predictions and how they follow the relay: run, undo, run again, let go."""

import logging
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from desktop.store.outbox import Outbox, Waiting
from desktop.store.prediction import Key, LocalTransaction
from desktop.store.tables import table_of
from domain.activities import Activity, Person
from domain.commands import Act, Command
from domain.errors import DomainError
from domain.ids import derived_id
from domain.kinds import KINDS
from domain.wire import command_of

log = logging.getLogger(__name__)


class Replays:
    """Keeps each row at the relay's form, with the effects on top of what is not settled.

    First comes what the relay took in and has not sent back yet, then what waits, in order. It
    works inside the replica's transaction; `changed` collects the kinds of rows it changed.
    """

    def __init__(self, connection: sqlite3.Connection, outbox: Outbox, changed: set[str]) -> None:
        self._db = connection
        self._outbox = outbox
        self._changed = changed

    def run(self, me: Person, waiting: Waiting, command: Command) -> LocalTransaction:
        """Run a command on the rows as they stand.

        It is judged by the moment of the act, also when it is run again later: the relay's clock
        decides, not that of a replay.

        Raises:
            DomainError: the caller undoes what it wrote.
        """
        tx = LocalTransaction(self._db, waiting.id, me.id)
        act = Act(actor=me.id, role=me.role, at=waiting.at, now=waiting.at, mutation=waiting.id)
        command.apply(tx, act)
        self._count(tx.written)
        self._changed.update(kind for kind, _ in tx.written)
        return tx

    def forget(self, mutation_ids: Iterable[str]) -> set[Key]:
        """Drop what is known of these commands; gives the rows that they had written."""
        keys: set[Key] = set()
        for mutation_id in mutation_ids:
            keys |= self._written_by(mutation_id)
            self._db.execute("DELETE FROM touched WHERE mutation_id = ?", [mutation_id])
        return keys

    def acknowledge(self, mutation_id: str, versions: Mapping[str, int]) -> set[Key]:
        """Let a prediction stand, room by room, until the room is at the receipt's version.

        Gives the rows of the rooms that are there already, or that the receipt does not name. A
        room that it names and that is not here yet is on its way: see `let_go_of_strange`.
        """
        self._db.execute(
            "DELETE FROM touched WHERE mutation_id = ? AND is_written = 0", [mutation_id]
        )
        rooms = self._db.execute(
            "SELECT DISTINCT touched.room, rooms.version FROM touched "
            "LEFT JOIN rooms ON rooms.room = touched.room WHERE mutation_id = ?",
            [mutation_id],
        ).fetchall()
        settled: set[Key] = set()
        for room, version in rooms:
            until = versions.get(room)
            if until is None or (version is not None and version >= until):
                settled |= self.let_go(mutation_id, room)
            else:
                self._db.execute(
                    # The plus keeps SQLite from walking through all of a room's predictions.
                    "UPDATE touched SET until = ? WHERE mutation_id = ? AND +room = ?",
                    (until, mutation_id, room),
                )
        return settled

    def reach(self, room: str, version: int) -> set[Key]:
        """Let go of all acknowledged predictions that this version of the room contains."""
        return self._keys(
            "DELETE FROM touched WHERE room = ? AND until <= ? RETURNING kind, id", room, version
        )

    def let_go(self, mutation_id: str, room: str) -> set[Key]:
        """Let go of one command's prediction in one room."""
        return self._keys(
            "DELETE FROM touched WHERE mutation_id = ? AND +room = ? RETURNING kind, id",
            mutation_id,
            room,
        )

    def let_go_of_strange(self) -> set[Key]:
        """Let go of acknowledged predictions in rooms that have not come, and will not."""
        return self._keys(
            "DELETE FROM touched INDEXED BY touched_and_acknowledged WHERE until IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM rooms WHERE rooms.room = touched.room) "
            "RETURNING kind, id"
        )

    def let_go_of_seen(self, room: str, activities: Iterable[str]) -> set[Key]:
        """Let go of what came back before its acknowledgement: its activity tells.

        Run on top of its own effect, a command could raise a conflict with itself.
        """
        keys: set[Key] = set()
        for activity_id in activities:
            mutations = self._db.execute(
                "SELECT mutation_id FROM touched WHERE kind = ? AND id = ? AND is_written",
                (Activity.kind(), activity_id),
            ).fetchall()
            for (mutation_id,) in mutations:
                if activity_id == _trace(mutation_id):
                    keys |= self.let_go(mutation_id, room)
        return keys

    def run_again(self, me: Person | None, rows: Collection[Key], also: Iterable[str] = ()) -> None:
        """Set these rows right, and all that was built on them, and nothing else.

        `also` names commands that are to be run whatever they touched.
        """
        rows, also = set(rows), set(also)
        if not rows and not also:
            return
        while more := self._attempt(me, rows, also):
            rows |= more

    def _attempt(self, me: Person | None, rows: set[Key], also: set[str]) -> set[Key]:
        """One try; gives the rows that must be set right too, after undoing itself."""
        mutations, keys = self._affected(rows, also)
        self._db.execute("SAVEPOINT attempt")
        for key in keys:
            self._restore(key)
        written: set[Key] = set()
        for waiting, is_settled in self._outbox.standing(mutations):
            if is_settled or self._is_seen(waiting.id):
                self._lay(waiting.id)
            else:
                written |= self._replay(me, waiting)
        strangers = {key for key in written - keys if self._writers(key) > 1}
        self._db.execute(f"{'ROLLBACK TO' if strangers else 'RELEASE'} attempt")
        if strangers:
            self._db.execute("RELEASE attempt")
            return strangers
        self._count(keys | written)
        self._changed.update(kind for kind, _ in keys | written)
        return set()

    def _replay(self, me: Person | None, waiting: Waiting) -> set[Key]:
        """Run a command anew; one that does not fit stays pending without a prediction."""
        self._db.execute("DELETE FROM touched WHERE mutation_id = ?", [waiting.id])
        self._db.execute("SAVEPOINT replay")
        written: set[Key] = set()
        try:
            if me is not None:
                written = self.run(me, waiting, command_of(waiting.command)).written
        except (DomainError, msgspec.ValidationError):
            self._db.execute("ROLLBACK TO replay")
        except Exception:  # whatever it is: the connection lives, and the relay decides
            log.exception("The command %s cannot be run again", waiting.command.get("type"))
            self._db.execute("ROLLBACK TO replay")
        self._db.execute("RELEASE replay")
        return written

    def _affected(self, rows: set[Key], also: set[str]) -> tuple[set[str], set[Key]]:
        """The commands that touched these rows, and the rows they wrote, and so on."""
        keys, mutations = set(rows), set(also)
        new_keys = keys | {key for one in also for key in self._written_by(one)}
        while new_keys:
            keys |= new_keys
            found = {one for key in new_keys for one in self._touching(key)} - mutations
            mutations |= found
            new_keys = {key for one in found for key in self._written_by(one)} - keys
        return mutations, keys

    def _restore(self, key: Key) -> None:
        """Show the relay's form of a row."""
        row = self._db.execute(
            "SELECT body FROM confirmed WHERE kind = ? AND id = ?", key
        ).fetchone()
        if row is not None:
            self._show(key, row["body"], pending=0)

    def _lay(self, mutation_id: str) -> None:
        """Show what a command that is not run any more has left on the rows it wrote.

        They are all among those that are set right: see `_affected`.
        """
        found = self._db.execute(
            "SELECT kind, id, body FROM touched WHERE mutation_id = ? AND is_written",
            [mutation_id],
        ).fetchall()
        for kind, row_id, body in found:
            self._show((kind, row_id), body, pending=1)

    def _show(self, key: Key, body: str | None, pending: int) -> None:
        table = table_of(KINDS[key[0]])
        if body is None:
            self._db.execute(f"DELETE FROM {table.name} WHERE id = ?", [key[1]])  # noqa: S608
        else:
            self._db.execute(table.upsert, table.values(msgspec.json.decode(body), pending))

    def _count(self, keys: Iterable[Key]) -> None:
        """Bring the pending marks of rows in line; a row without any is as the relay says."""
        for key in keys:
            if writers := self._writers(key):
                table = KINDS[key[0]].table
                self._db.execute(
                    f"UPDATE {table} SET pending = ? WHERE id = ?",  # noqa: S608
                    (writers, key[1]),
                )
            else:
                self._db.execute("DELETE FROM confirmed WHERE kind = ? AND id = ?", key)

    def _is_seen(self, mutation_id: str) -> bool:
        """Whether the relay's rows here contain this command's effect already."""
        row = self._db.execute(
            "SELECT 1 FROM activity_feed WHERE id = ? AND version > 0", [_trace(mutation_id)]
        ).fetchone()
        return row is not None

    def _writers(self, key: Key) -> int:
        row = self._db.execute(
            "SELECT count(*) FROM touched WHERE kind = ? AND id = ? AND is_written", key
        ).fetchone()
        return int(row[0])

    def _touching(self, key: Key) -> list[str]:
        found = self._db.execute(
            "SELECT mutation_id FROM touched WHERE kind = ? AND id = ?", key
        ).fetchall()
        return [row[0] for row in found]

    def _written_by(self, mutation_id: str) -> set[Key]:
        return self._keys(
            "SELECT kind, id FROM touched WHERE mutation_id = ? AND is_written", mutation_id
        )

    def _keys(self, sql: str, *values: Any) -> set[Key]:
        return {(row["kind"], row["id"]) for row in self._db.execute(sql, values).fetchall()}


def _trace(mutation_id: str) -> str:
    """The id of the first activity that a command writes."""
    return derived_id("activity", mutation_id, 0)
