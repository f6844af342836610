"""What a replica is given when it asks: heads, pages of changes, first copies."""

from dataclasses import dataclass
from typing import Any

from domain.checksums import digest_of
from domain.errors import Refused, not_found
from domain.wire import MIN_PROTOCOL_VERSION, Heads, Pull, Pulled, Removed, RoomPage, Welcome
from syncserver.storage.ledger import RELAY_ID, RESTORED_AT
from syncserver.storage.pages import (
    AFTER_ALL,
    Entry,
    Page,
    Place,
    changes_after,
    count_rows,
    rows_before,
)
from syncserver.storage.reading import Head, Reading

Cursor = list[int | str | None]

LARGEST = 2**63 - 1  # that the database can compare a version with
DIGITS = 18  # of a number that is not above it
COPY_PAGE_BYTES = 2 * 1024 * 1024  # over HTTP, compressed

# What a page's frame and its last row may take beyond its budget.
ROOM_FOR_ONE_ROW = 64 * 1024
PAGE_FRAME_BYTES = 400


@dataclass(frozen=True)
class CopyPage:
    """One page of a room's first copy: rows with a version up to `until`, the latest first.

    Attributes:
        cursor: where the next page begins, `version id`; None on the last one.
        total: how many rows the whole copy has.
        audit_head: the room's at `until`: of another past, where a resumed copy knows another one.
        checksum: the room's, while it still stands at `until`.
    """

    room: str
    until: int
    rows: list[dict[str, Any]]
    cursor: str | None
    total: int
    audit_head: str
    checksum: str | None = None


@dataclass
class Budget:
    """What one answer may still hold."""

    rows: int
    size: int

    @property
    def is_spent(self) -> bool:
        return self.rows <= 0 or self.size <= 0

    def take(self, page: Page) -> None:
        self.rows -= len(page.entries)
        self.size -= sum(entry.size for entry in page.entries)


def pull(reading: Reading, user_id: str, asked: Pull, message_bytes: int) -> Pulled:
    """The next page of each room that the person reads; what they no longer read as revoked."""
    budget = Budget(asked.limit, message_bytes - ROOM_FOR_ONE_ROW)
    heads = reading.heads(user_id)
    budget.size -= PAGE_FRAME_BYTES * len(heads)
    # The largest messages still hold one row, however many rooms there are.
    budget.size = max(budget.size, 1)
    pages = [
        _room_page(reading, head, _place(asked.cursors.get(room)), budget)
        for room, head in heads.items()
    ]
    return Pulled(rooms=pages, revoked=sorted(asked.cursors.keys() - heads.keys()))


def welcome(reading: Reading, user_id: str, client_id: str | None, now: str) -> Welcome:
    """What a connection is greeted with.

    Raises:
        Refused: `client_taken`.
    """
    outbox = reading.client(client_id) if client_id else None
    if outbox is not None and outbox.user_id != user_id:
        raise Refused("client_taken", "This clientId belongs to another account.")
    return Welcome(
        user_id=user_id,
        server_time=now,
        relay_id=reading.meta(RELAY_ID) or "",
        heads=_shown(reading.heads(user_id)),
        last_number=outbox.last_number if outbox else 0,
        min_protocol=MIN_PROTOCOL_VERSION,
        restored_at=reading.meta(RESTORED_AT),
    )


def check(reading: Reading, user_id: str, digest: str) -> Heads:
    """Whether the digest is that of the person's rooms; else the heads."""
    heads = reading.heads(user_id)
    if digest == digest_of((head.room, head.version, head.checksum) for head in heads.values()):
        return Heads(same=True)
    return Heads(heads=_shown(heads))


def copy_page(
    reading: Reading,
    user_id: str,
    room: str,
    *,
    until: int | None,
    cursor: str | None,
    limit: int,
    size: int = COPY_PAGE_BYTES,
) -> CopyPage:
    """A page of a first copy; it may be resumed with what the page before it said.

    Raises:
        Refused: `not_found` for a room that the person does not read, `bad_request` for a cursor
            that is none.
    """
    if not reading.reads(user_id, room):
        raise not_found("room")
    head = reading.head(room)
    until = head.version if until is None else until
    place = _copy_place(cursor) if cursor else (until, AFTER_ALL)
    page = rows_before(reading.connection, room, place, rows=limit, size=size)
    rows = [entry.wire for entry in page.entries if entry.wire is not None]
    return CopyPage(
        room=room,
        until=until,
        rows=rows,
        cursor="{} {}".format(*page.entries[-1].place) if page.more else None,
        total=count_rows(reading.connection, room, until),
        audit_head=reading.audit_head_at(room, until),
        checksum=head.checksum if head.version == until else None,
    )


def _shown(heads: dict[str, Head]) -> dict[str, tuple[int, str]]:
    return {room: (head.version, head.checksum) for room, head in heads.items()}


def _place(cursor: Cursor | None) -> Place:
    """The place of `[version]` or `[version, id]`; without an id it is behind the whole version.

    Raises:
        Refused: `bad_request`.
    """
    match cursor:
        case None | []:
            return 0, AFTER_ALL
        case [int(version)] | [int(version), None] if 0 <= version <= LARGEST:
            return version, AFTER_ALL
        case [int(version), str(row_id)] if 0 <= version <= LARGEST:
            return version, row_id
        case _:
            raise Refused("bad_request", "A cursor is [version] or [version, id].")


def _copy_place(cursor: str) -> Place:
    version, _, row_id = cursor.partition(" ")
    if not (version.isdecimal() and len(version) <= DIGITS):
        raise Refused("bad_request", "This cursor is not one of this relay's.")
    return int(version), row_id


def _room_page(reading: Reading, head: Head, place: Place, budget: Budget) -> RoomPage:
    restart = _must_restart(head, place)
    start = (0, AFTER_ALL) if restart else place
    page = _page(reading, head, start, budget)
    budget.take(page)
    return RoomPage(
        room=head.room,
        from_=start[0],
        to=head.version,
        rows=[entry.wire for entry in page.entries if entry.wire is not None],
        removed=[_removed(entry) for entry in page.entries if entry.wire is None],
        cursor=_cursor(head, start, page),
        more=page.more,
        audit_head_at_from=reading.audit_head_at(head.room, place[0]),
        checksum=None if page.more else head.checksum,
        audit_head=None if page.more else head.audit_head,
        restart=restart,
    )


def _must_restart(head: Head, place: Place) -> bool:
    """Whether the replica knows a version of another history, or tombstones it needs are gone.

    A cursor with an id is in the middle of a pull, which began in front of the horizon knowingly.
    """
    version, row_id = place
    return version > head.version or (row_id == AFTER_ALL and 0 < version < head.horizon)


def _page(reading: Reading, head: Head, start: Place, budget: Budget) -> Page:
    if start >= (head.version, AFTER_ALL):
        return Page([], more=False)
    if budget.is_spent:
        return Page([], more=True)
    return changes_after(reading.connection, head.room, start, rows=budget.rows, size=budget.size)


def _cursor(head: Head, start: Place, page: Page) -> Cursor:
    if not page.more:
        return [head.version, None]
    version, row_id = page.entries[-1].place if page.entries else start
    return [version, None if row_id == AFTER_ALL else row_id]


def _removed(entry: Entry) -> Removed:
    return Removed(type=entry.kind, id=entry.place[1], moved=entry.moved)
