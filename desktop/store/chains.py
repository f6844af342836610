"""The audit heads that this computer has seen, in the precious file, and where the relay's differ.

They outlive the rows, which are copied anew whenever that is easier: a relay whose log was changed
must not get away with it because of that.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.chains import Finding, Known
from domain.instants import instant


@dataclass(frozen=True, slots=True)
class Break:
    """A room whose past at the relay is not the one that was seen here.

    `kept_in` is where the rows lie as they were then, "" where they were not kept.
    """

    room: str
    version: int
    known: str
    found: str
    finding: Finding
    at: str
    kept_in: str

    @property
    def id(self) -> str:
        return f"chain {self.room} {self.version} {self.known}"


class Chains:
    """One head for each room, and the breaks that were found; it opens no transaction itself."""

    def __init__(self, outbox: sqlite3.Connection, now: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._now = now

    def known(self) -> dict[str, Known]:
        """The newest head of each room that was kept."""
        rows = self._outbox.execute("SELECT room, version, head FROM audit_heads")
        return {row["room"]: Known(row["version"], row["head"]) for row in rows}

    def lacking(self, heads: Mapping[str, Known]) -> dict[str, Known]:
        """Those of these heads that are not kept yet."""
        known = self.known()
        return {room: head for room, head in heads.items() if known.get(room) != head}

    def is_broken(self, room: str, head: str) -> bool:
        """Whether it was found that the relay knows this head no more."""
        found = self._outbox.execute(
            "SELECT 1 FROM chain_breaks WHERE room = ? AND known = ?", (room, head)
        )
        return found.fetchone() is not None

    def keep(self, heads: Mapping[str, Known]) -> None:
        """Remember these instead of what was kept of their rooms."""
        self._outbox.executemany(
            "INSERT INTO audit_heads (room, version, head) VALUES (?, ?, ?) ON CONFLICT (room) "
            "DO UPDATE SET version = excluded.version, head = excluded.head",
            [(room, head.version, head.head) for room, head in heads.items()],
        )

    def drop_heads(self, rooms: Iterable[str]) -> None:
        """Expect nothing any more of these rooms' chains."""
        self._outbox.executemany(
            "DELETE FROM audit_heads WHERE room = ?", [(room,) for room in rooms]
        )

    def report(
        self, room: str, known: Known, found: str, finding: Finding, *, kept_in: str
    ) -> bool:
        """Note that the relay's past of a room is another one; false where that is noted already.

        It is news again where the same past was changed once more, as after a restore. From now on
        the relay's own head is what counts, or the same would be found for ever.
        """
        added = self._outbox.execute(
            "INSERT INTO chain_breaks (room, version, known, found, finding, at, kept_in) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET found = excluded.found, "
            "finding = excluded.finding, at = excluded.at, kept_in = excluded.kept_in, seen = 0 "
            "WHERE found <> excluded.found",
            (room, known.version, known.head, found, finding, instant(self._now()), kept_in),
        )
        self.drop_heads([room])
        return added.rowcount > 0

    def breaks(self) -> list[Break]:
        """What the person has not seen yet, the oldest first."""
        rows = self._outbox.execute(
            "SELECT room, version, known, found, finding, at, kept_in FROM chain_breaks "
            "WHERE seen = 0 ORDER BY at, room"
        )
        return [Break(**{**dict(row), "finding": Finding(row["finding"])}) for row in rows]

    def dismiss(self, break_id: str) -> None:
        """The person has seen it; it stays noted, so that it is not found again."""
        for one in self.breaks():
            if one.id == break_id:
                self._outbox.execute(
                    "UPDATE chain_breaks SET seen = 1 WHERE room = ? AND version = ? AND known = ?",
                    (one.room, one.version, one.known),
                )

    def forget(self, rooms: Collection[str]) -> None:
        """Leave no trace of rooms that are lost."""
        self.drop_heads(rooms)
        self._outbox.executemany(
            "DELETE FROM chain_breaks WHERE room = ?", [(room,) for room in rooms]
        )


def of_rooms(
    heads: Mapping[str, tuple[int, str]],
    audit_heads: Mapping[str, str | None],
) -> dict[str, Known]:
    """What the rows here say of their rooms' chains, as far as the heads were told."""
    return {
        room: Known(version, head)
        for room, (version, _) in heads.items()
        if (head := audit_heads.get(room))
    }
