"""What happened lately, read once after each change for all that show it."""

import sqlite3
from collections.abc import Collection

from desktop.store.activity import IN_SIGHT, SCANNED, UNREAD, Notification, State, in_inbox, recent
from domain.activities import Person


class Recent:
    """One person's news: the bell, the tray, the toasts and the pages ask at the same time.

    It looks whether the file was written to since, and reads no more than that when it was not:
    https://www.sqlite.org/pragma.html#pragma_data_version
    """

    def __init__(self, db: sqlite3.Connection, me: Person) -> None:
        """`db` is a connection that does not write itself."""
        self._db = db
        self._me = me
        self._version: int | None = None  # of the file, when it was read
        self._found: list[Notification] = []

    def notifications(
        self, *, states: Collection[State] = IN_SIGHT, now: str = "", limit: int = 200
    ) -> list[Notification]:
        """What the inbox shows in these states at `now`, newest first, at most `limit`."""
        return in_inbox(self._read(), states=states, now=now, limit=limit)

    def unread_count(self, *, now: str = "") -> int:
        """How many notifications the inbox shows as unread at `now`."""
        return len(self.notifications(states=UNREAD, now=now, limit=SCANNED))

    def unread(self, *, now: str = "") -> list[Notification]:
        """All that is unread, newest first; also what the person keeps out of the inbox."""
        return [one for found in self._read() if (one := found.at(now)).is_unread]

    def _read(self) -> list[Notification]:
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._found = recent(self._db, self._me)
            self._version = version
        return self._found
