"""A room's log in pages: what changed after a version, and its first copy from the end."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    Connection,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    false,
    func,
    literal,
    literal_column,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.sql.elements import BindParameter, ColumnElement

from syncserver.storage.rows import SHAPES
from syncserver.storage.schema import TABLES, TOMBSTONES

Place = tuple[int, str]  # (version, id): the order of a log

AFTER_ALL = "~"  # sorts behind every id
TOMBSTONE_BYTES = 110


CHUNK = 200  # places whose rows are read at once

_PLACE = tuple_(bindparam("version"), bindparam("id"))


class Entry(NamedTuple):
    """One item of a room's log: a row as it goes on the wire, or what is left of one."""

    place: Place
    kind: str
    wire: dict[str, Any] | None
    moved: bool
    size: int  # bytes as JSON


class Page(NamedTuple):
    """Entries in the order of the log, or against it, and whether more follow."""

    entries: list[Entry]
    more: bool


def _follows(table: Table) -> ColumnElement[bool]:
    place = tuple_(table.c.version, table.c.id)
    return and_(table.c.room == bindparam("of_room"), place > _PLACE)


def _precedes(table: Table) -> ColumnElement[bool]:
    place = tuple_(table.c.version, table.c.id)
    return and_(table.c.room == bindparam("of_room"), place < _PLACE)


def _places(table: Table, kind: ColumnElement[str], where: ColumnElement[bool]) -> Select[Any]:
    live = false() if table is TOMBSTONES else true()
    return select(
        table.c.version.label("version"),
        table.c.id.label("id"),
        kind.label("kind"),
        live.label("live"),
    ).where(where)


_LIMIT: BindParameter[int] = bindparam("rows")
_FOLLOWING = (
    union_all(
        *(_places(table, literal(kind), _follows(table)) for kind, table in TABLES.items()),
        _places(TOMBSTONES, TOMBSTONES.c.kind, _follows(TOMBSTONES)),
    )
    .order_by("version", "id")
    .limit(_LIMIT)
)
_PRECEDING = (
    union_all(*(_places(table, literal(kind), _precedes(table)) for kind, table in TABLES.items()))
    .order_by(literal_column("version").desc(), literal_column("id").desc())
    .limit(_LIMIT)
)
_COUNTS = union_all(
    *(
        select(func.count())
        .select_from(table)
        .where(table.c.room == bindparam("of_room"), table.c.version <= bindparam("version"))
        for table in TABLES.values()
    )
)


@cache
def _stretch(name: str) -> Select[Any]:
    """The rows of one table from one place to another, both included."""
    table = TABLES.get(name, TOMBSTONES)
    place = tuple_(table.c.version, table.c.id)
    return select(*table.c).where(
        table.c.room == bindparam("of_room"),
        place >= tuple_(bindparam("first_version"), bindparam("first_id")),
        place <= tuple_(bindparam("last_version"), bindparam("last_id")),
    )


def changes_after(connection: Connection, room: str, place: Place, *, rows: int, size: int) -> Page:
    """At most about `rows` entries and `size` bytes of what follows this place, in its order."""
    bound = {"of_room": room, "version": place[0], "id": place[1], "rows": _enough(rows)}
    return _page(connection, room, connection.execute(_FOLLOWING, bound).all(), rows, size)


def rows_before(connection: Connection, room: str, place: Place, *, rows: int, size: int) -> Page:
    """Likewise the rows in front of this place, last first, without tombstones."""
    bound = {"of_room": room, "version": place[0], "id": place[1], "rows": _enough(rows)}
    return _page(connection, room, connection.execute(_PRECEDING, bound).all(), rows, size)


def count_rows(connection: Connection, room: str, version: int) -> int:
    """How many rows a first copy up to this version has."""
    bound = {"of_room": room, "version": version}
    return sum(connection.execute(_COUNTS, bound).scalars())


def _enough(rows: int) -> int:
    """Kinds may share a place, at most two entries of each: a page never ends between them."""
    return rows + 2 * len(TABLES) + 1


def _page(
    connection: Connection, room: str, places: Sequence[Row[Any]], rows: int, size: int
) -> Page:
    taken: list[Entry] = []
    total = 0
    for _, group in groupby(_entries(connection, room, places), key=attrgetter("place")):
        entries = list(group)
        total += sum(entry.size for entry in entries)
        if taken and (total > size or len(taken) >= rows):
            return Page(taken, more=True)
        taken += entries
    return Page(taken, more=False)


def _entries(connection: Connection, room: str, places: Sequence[Row[Any]]) -> Iterator[Entry]:
    """The entries at these places, in their order; read as far as they are asked for."""
    for start in range(0, len(places), CHUNK):
        chunk = places[start : start + CHUNK]
        rows = _rows(connection, room, chunk)
        for place in chunk:
            row = rows[place.kind, bool(place.live), place.version, place.id]
            yield _row(place.kind, row) if place.live else _tombstone(row)


def _rows(
    connection: Connection, room: str, places: Sequence[Row[Any]]
) -> dict[tuple[str, bool, int, str], Row[Any]]:
    """The rows at these places, table by table: each is one stretch of its index."""
    ends = sorted([tuple(places[0][:2]), tuple(places[-1][:2])])
    (first_version, first_id), (last_version, last_id) = ends
    stretch = {
        "of_room": room,
        "first_version": first_version,
        "first_id": first_id,
        "last_version": last_version,
        "last_id": last_id,
    }
    found: dict[tuple[str, bool, int, str], Row[Any]] = {}
    for name in {place.kind if place.live else TOMBSTONES.name for place in places}:
        for row in connection.execute(_stretch(name), stretch):
            is_live = name != TOMBSTONES.name
            found[name if is_live else row.kind, is_live, row.version, row.id] = row
    return found


def _row(kind: str, row: Row[Any]) -> Entry:
    wire = SHAPES[kind].wire(row)
    return Entry((row.version, row.id), kind, wire, False, len(msgspec.json.encode(wire)))


def _tombstone(row: Row[Any]) -> Entry:
    return Entry((row.version, row.id), row.kind, None, row.moved, TOMBSTONE_BYTES)
