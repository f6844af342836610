"""The precious file: what this person did that is not settled yet, drafts and settings."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from domain.commands import Command
from domain.instants import instant, moment
from domain.members import Role
from domain.wire import Mutation, Outcome, Result, command_of

KEPT = timedelta(days=14)  # how long acknowledged commands stay, for a relay from an old backup
ACCESS_LOST = "access_lost"
LOST_SENTENCE = "You no longer have access to the place where this belongs."
DEFERRED_SENTENCE = "The relay has not got back what this builds on."

IN_ORDER = "ORDER BY n IS NULL, n, seq"  # handed out first, then as they were made


@dataclass(frozen=True, slots=True)
class Identity:
    """Who works with these files; user, role and relay are None before the first sign-in."""

    client_id: str
    relay_id: str | None = None
    user_id: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A command that the relay has not judged yet."""

    id: str
    at: str
    command: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attention:
    """A command that was not accepted, kept with the reason.

    `command` is the wire object; `read` gives the command, where this program knows it.
    """

    id: str
    at: str
    command: dict[str, Any]
    code: str
    message: str
    data: dict[str, Any]

    def read(self) -> Command | None:
        try:
            return command_of(self.command)
        except msgspec.ValidationError:
            return None


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed and not saved; `body` is what its form has kept, JSON or text."""

    key: str
    body: Any
    updated_at: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many commands wait for the relay, and how many for the person.

    `held` of those that wait were deferred: a restored relay lacks what they build on.
    """

    waiting: int
    attention: int
    held: int = 0


class Outbox:
    """The commands in their order, and what else must survive; it opens no transaction itself."""

    def __init__(
        self, connection: sqlite3.Connection, now: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self.connection = connection
        self._now = now
        self._new_id = new_id

    # Who

    def identity(self) -> Identity:
        """Who works here; a new file gets its client id with the first question."""
        if (client_id := self._meta("client_id")) is None:
            client_id = self._new_id()
            self._set_meta("client_id", client_id)
        role = self._meta("role")
        return Identity(
            client_id=client_id,
            relay_id=self._meta("relay_id"),
            user_id=self._meta("user_id"),
            role=Role(role) if role else None,
        )

    def become(self, user_id: str, role: Role, relay_id: str | None) -> None:
        self._set_meta("user_id", user_id)
        self._set_meta("role", role.value)
        if relay_id is not None:
            self._set_meta("relay_id", relay_id)

    # Commands that wait

    def append(self, waiting: Waiting, rooms: Iterable[str], *, wait_s: float = 0.0) -> None:
        """Keep a command that wrote to these rooms; it may go after `wait_s`."""
        due = instant(self._now() + timedelta(seconds=wait_s)) if wait_s else None
        self.connection.execute(
            "INSERT INTO commands (id, at, command, rooms, state, due, wait_s) "
            "VALUES (?, ?, ?, ?, 'pending', ?, ?)",
            (waiting.id, waiting.at, _json(waiting.command), _json(sorted(rooms)), due, wait_s),
        )

    def take_back(self, mutation_id: str) -> bool:
        """Drop a command, unless it may have been sent."""
        dropped = self.connection.execute(
            "DELETE FROM commands WHERE id = ? AND state = 'pending' AND n IS NULL", [mutation_id]
        )
        return dropped.rowcount > 0

    def standing(self, mutation_ids: Collection[str]) -> list[tuple[Waiting, bool]]:
        """Those of these commands that wait or are acknowledged, in the order they take effect.

        With each one whether the relay has acknowledged it.
        """
        rows = self.connection.execute(
            "SELECT id, at, command, state FROM commands "  # noqa: S608
            "WHERE state IN ('pending', 'acknowledged') "
            f"AND id IN (SELECT value FROM json_each(?)) {IN_ORDER}",
            [_json([*mutation_ids])],
        )
        return [(_waiting(row), row["state"] == "acknowledged") for row in rows]

    def waiting_ids(self, room: str | None = None) -> list[str]:
        """The ids of the commands that wait; with a room, of those that wrote to it when made."""
        if room is None:
            rows = self.connection.execute("SELECT id FROM commands WHERE state = 'pending'")
        else:
            rows = self.connection.execute(
                "SELECT id FROM commands WHERE state = 'pending' "
                "AND ? IN (SELECT value FROM json_each(rooms))",
                [room],
            )
        return [row["id"] for row in rows]

    def unsent(self, limit: int, max_bytes: int) -> list[Mutation]:
        """The next commands to send, each with its number; the first one however large it is."""
        rows = self.connection.execute(
            "SELECT seq, id, n, at, command, due, wait_s FROM commands "  # noqa: S608
            f"WHERE state = 'pending' AND held = 0 {IN_ORDER}",
        )
        found: list[Mutation] = []
        size = 0
        for row in rows:
            size += len(row["command"].encode()) + 120
            if len(found) == limit or (found and size > max_bytes):
                break
            if row["n"] is None and not self._is_due(row):
                continue
            found.append(self._numbered(row))
        return found

    def next_due_s(self) -> float | None:
        """Seconds until the next command that waits for its time may go; None without one."""
        rows = self.connection.execute(
            "SELECT due, wait_s FROM commands "
            "WHERE state = 'pending' AND n IS NULL AND due IS NOT NULL"
        )
        return min((self._wait_s(row) for row in rows), default=None)

    # What the relay says

    def settle(self, result: Result) -> str | None:
        """Note what became of the command with this number, and give its id.

        None says that nothing waited under this number: an answer that came twice.
        """
        row = self.connection.execute(
            "SELECT id, settled_at FROM commands WHERE state = 'pending' AND n = ?", [result.n]
        ).fetchone()
        if row is None:
            return None
        mutation_id: str = row["id"]
        match result.status:
            case Outcome.APPLIED:
                self._acknowledge(mutation_id, result.versions)
            case Outcome.REFUSED:
                message = result.message or "The relay did not accept this."
                self.report(mutation_id, result.code or "refused", message, result.data)
            case _:
                self._defer(mutation_id, row["settled_at"])
        return mutation_id

    def release_held(self) -> bool:
        """Let deferred commands be tried again; whether there were any."""
        released = self.connection.execute(
            "UPDATE commands SET held = 0 WHERE state = 'pending' AND held = 1"
        )
        return released.rowcount > 0

    def receipts(self, mutation_ids: Iterable[str]) -> dict[str, dict[str, int]]:
        """The rooms' versions in the receipts of those of these commands that have one."""
        rows = self.connection.execute(
            "SELECT id, versions FROM commands WHERE state = 'acknowledged' "
            "AND id IN (SELECT value FROM json_each(?))",
            [_json([*mutation_ids])],
        )
        return {row["id"]: _read(row["versions"]) for row in rows}

    def purge(self) -> None:
        """Forget what the relay took in more than 14 days ago."""
        self.connection.execute(
            "DELETE FROM commands WHERE state = 'acknowledged' AND settled_at < ?",
            [instant(self._now() - KEPT)],
        )

    # When numbers no longer fit

    def renumber(self, client_id: str) -> None:
        """Become another client: the same commands under new numbers, from 1 on."""
        self._set_meta("client_id", client_id)
        rows = self.connection.execute(
            f"SELECT seq FROM commands WHERE state = 'pending' AND n IS NOT NULL {IN_ORDER}"  # noqa: S608
        ).fetchall()
        self.connection.execute("UPDATE commands SET n = NULL WHERE n IS NOT NULL")
        self._set_meta("last_number", 0)
        self._number(rows)

    def make_good(self, last_number: int, restored_at: str | None) -> list[str]:
        """Send again what a relay that was restored from a backup may lack; gives its ids.

        After a restore that is new here that is all that is remembered: by the numbers alone, what
        one copy of this outbox sends again would pass for the work of another copy. Where the
        relay's file was put back by hand, only `last_number` tells.
        """
        is_restored = self._meta("restored_at") != restored_at
        self._set_meta("restored_at", restored_at)
        if is_restored or last_number < self.highest_acknowledged():
            return self.resend_from(last_number, all_acknowledged=is_restored)
        return []

    def is_restored(self) -> bool:
        """Whether the relay was restored since all was in step with it last."""
        return bool(self._meta("restored_at") != self._meta("in_step_since"))

    def confirm_restore(self) -> None:
        """All is in step with the relay as it is since it was restored last."""
        self._set_meta("in_step_since", self._meta("restored_at"))

    def resend_from(self, last_number: int, *, all_acknowledged: bool = False) -> list[str]:
        """Send again all that a relay which knows `last_number` cannot have; gives its ids.

        Numbers that were given since are given anew, without a gap. What was acknowledged under
        another client id has no number any more, and comes first.
        """
        rows = self.connection.execute(
            "SELECT seq, id FROM commands WHERE n > ? AND state IN ('pending', 'acknowledged') "
            "OR state = 'acknowledged' AND (n IS NULL OR ?) "
            "ORDER BY state = 'pending', n IS NOT NULL, n, seq",
            (last_number, all_acknowledged),
        ).fetchall()
        self.connection.executemany(
            "UPDATE commands SET state = 'pending', n = NULL, versions = NULL, settled_at = NULL "
            "WHERE seq = ?",
            [(row["seq"],) for row in rows],
        )
        self.connection.execute("UPDATE commands SET n = NULL WHERE n > ?", [last_number])
        self._set_meta("last_number", last_number)
        self._number(rows)
        return [row["id"] for row in rows]

    def highest_acknowledged(self) -> int:
        """The highest number that the relay has answered for, as far as this file remembers."""
        row = self.connection.execute(
            "SELECT max(n) FROM commands WHERE state IN ('acknowledged', 'attention')"
        ).fetchone()
        return row[0] or 0

    # What needs the person

    def report(
        self, mutation_id: str, code: str, message: str, data: Mapping[str, Any] | None = None
    ) -> None:
        """Put a command under Needs attention."""
        self.connection.execute(
            "UPDATE commands SET state = 'attention', code = ?, message = ?, data = ?, "
            "settled_at = ? WHERE id = ?",
            (code, message, _json(data or {}), instant(self._now()), mutation_id),
        )

    def report_lost(self, rooms: Iterable[str]) -> list[str]:
        """Put what was typed in these rooms and never sent under Needs attention; gives its ids.

        What may have been sent stays: the relay's answer says what became of it.
        """
        rows = self.connection.execute(
            "SELECT id FROM commands WHERE state = 'pending' AND n IS NULL AND EXISTS ("
            "SELECT 1 FROM json_each(rooms) AS written "
            "JOIN json_each(?) AS lost ON written.value = lost.value)",
            [_json([*rooms])],
        ).fetchall()
        for row in rows:
            self.report(row["id"], ACCESS_LOST, LOST_SENTENCE)
        return [row["id"] for row in rows]

    def attention(self) -> list[Attention]:
        """All that needs the person, the oldest first."""
        rows = self.connection.execute(
            "SELECT * FROM commands WHERE state = 'attention' ORDER BY seq"
        )
        return [_attention(row) for row in rows]

    def find_attention(self, mutation_id: str) -> Attention | None:
        row = self.connection.execute(
            "SELECT * FROM commands WHERE state = 'attention' AND id = ?", [mutation_id]
        ).fetchone()
        return _attention(row) if row else None

    def discard(self, mutation_id: str) -> bool:
        """Drop a command that needs attention."""
        dropped = self.connection.execute(
            "DELETE FROM commands WHERE id = ? AND state = 'attention'", [mutation_id]
        )
        return dropped.rowcount > 0

    def counts(self) -> Counts:
        rows = self.connection.execute(
            "SELECT state, count(*), sum(held) FROM commands "
            "WHERE state IN ('pending', 'attention') GROUP BY state"
        )
        counted = {row[0]: (row[1], row[2]) for row in rows}
        waiting, held = counted.get("pending", (0, 0))
        return Counts(waiting, counted.get("attention", (0, 0))[0], held)

    # Settings and drafts

    def get_setting(self, key: str, default: Any = None) -> Any:
        row = self.connection.execute("SELECT value FROM settings WHERE key = ?", [key]).fetchone()
        return _read(row["value"]) if row else default

    def put_setting(self, key: str, value: Any) -> None:
        """Keep a setting of this device; its value is anything that JSON holds."""
        self._put("settings", key, value)

    def get_draft(self, key: str) -> Any:
        """What was typed and not saved under this key, or None."""
        row = self.connection.execute("SELECT body FROM drafts WHERE key = ?", [key]).fetchone()
        return _read(row["body"]) if row else None

    def drafts(self) -> list[Draft]:
        """All that was typed and not saved, the oldest first."""
        rows = self.connection.execute("SELECT * FROM drafts ORDER BY updated_at, key")
        return [Draft(row["key"], _read(row["body"]), row["updated_at"]) for row in rows]

    def put_draft(self, key: str, body: Any) -> None:
        self.connection.execute(
            "INSERT INTO drafts (key, body, updated_at) VALUES (?, ?, ?) ON CONFLICT (key) "
            "DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
            (key, _json(body), instant(self._now())),
        )

    def drop_draft(self, key: str) -> None:
        self.connection.execute("DELETE FROM drafts WHERE key = ?", [key])

    # Inside

    def _acknowledge(self, mutation_id: str, versions: Mapping[str, int]) -> None:
        self.connection.execute(
            "UPDATE commands SET state = 'acknowledged', versions = ?, settled_at = ? WHERE id = ?",
            (_json(versions), instant(self._now()), mutation_id),
        )

    def _defer(self, mutation_id: str, first_deferred_at: str | None) -> None:
        """Keep it for news of the relay, under a new number then; after 14 days it is reported."""
        now = self._now()
        if first_deferred_at is not None and moment(first_deferred_at) + KEPT < now:
            self.report(mutation_id, "deferred", DEFERRED_SENTENCE)
            return
        self.connection.execute(
            "UPDATE commands SET held = 1, n = NULL, settled_at = coalesce(settled_at, ?) "
            "WHERE id = ?",
            [instant(now), mutation_id],
        )

    def _wait_s(self, row: sqlite3.Row) -> float:
        """How long a command waits; never longer than it was asked to, whatever the clock did."""
        left = (moment(row["due"]) - self._now()).total_seconds()
        return 0.0 if left > row["wait_s"] else max(left, 0.0)

    def _is_due(self, row: sqlite3.Row) -> bool:
        return row["due"] is None or self._wait_s(row) == 0.0

    def _numbered(self, row: sqlite3.Row) -> Mutation:
        if (n := row["n"]) is None:
            (n,) = self._number([row])
        return Mutation(n=n, id=row["id"], at=row["at"], command=_read(row["command"]))

    def _number(self, rows: Iterable[sqlite3.Row]) -> list[int]:
        """Give these commands the next numbers."""
        first = (self._meta("last_number") or 0) + 1
        numbers = [(n, row["seq"]) for n, row in enumerate(rows, start=first)]
        self.connection.executemany("UPDATE commands SET n = ? WHERE seq = ?", numbers)
        self._set_meta("last_number", first + len(numbers) - 1)
        return [n for n, _ in numbers]

    def _meta(self, key: str) -> Any:
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return _read(row["value"]) if row else None

    def _set_meta(self, key: str, value: Any) -> None:
        self._put("meta", key, value)

    def _put(self, table: str, key: str, value: Any) -> None:
        self.connection.execute(
            f"INSERT INTO {table} (key, value) VALUES (?, ?) "  # noqa: S608
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, _json(value)),
        )


def _waiting(row: sqlite3.Row) -> Waiting:
    return Waiting(row["id"], row["at"], _read(row["command"]))


def _attention(row: sqlite3.Row) -> Attention:
    return Attention(
        id=row["id"],
        at=row["at"],
        command=_read(row["command"]),
        code=row["code"],
        message=row["message"],
        data=_read(row["data"]),
    )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _read(text: str) -> Any:
    return msgspec.json.decode(text)
