"""Records of the audit log as columns: all by filter, or those of one row; along its indexes."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, UnaryExpression, func, select

from domain.activities import Activity
from domain.inbox import InboxMark, ReadThrough
from domain.kinds import KINDS
from domain.members import Member
from syncserver.storage.reading import Reading
from syncserver.storage.schema import AUDIT_LOGS

Columns = dict[str, Any]  # of one record
T = AUDIT_LOGS.c
# What follows by itself from a change that is told, and what somebody has read.
UNTOLD = tuple(kind.kind() for kind in (Activity, Member, InboxMark, ReadThrough))


class AuditFilter(NamedTuple):
    """Which records: by whom, of which kind and row, received in `[start, end)`.

    With `deeds_only` without those of rows that follow by themselves from a change that is told.
    """

    actor_id: str | None = None
    row_type: str | None = None
    row_id: str | None = None
    start: str | None = None
    end: str | None = None
    deeds_only: bool = False


def all_records(reading: Reading, which: AuditFilter, *, before: int, limit: int) -> list[Columns]:
    """The newest first, those in front of record `before`; 0 means from the end."""
    wanted = [T.id < before if before else T.id > 0, *_named(which), *_timed(reading, which)]
    return listed(reading, wanted, T.id.desc(), limit)


def row_records(
    reading: Reading,
    row_type: str,
    row_id: str,
    *,
    rooms: Sequence[str] | None,
    after: int,
    limit: int,
    newest_first: bool = False,
) -> list[Columns]:
    """Those of one row that come after record `after`; 0 means all, and `rooms` None all rooms."""
    wanted: list[ColumnElement[bool]] = [T.row_type == row_type, T.row_id == row_id]
    if after:
        wanted.append(T.id < after if newest_first else T.id > after)
    if rooms is not None:
        wanted.append(T.room.in_(rooms))
    return listed(reading, wanted, T.id.desc() if newest_first else T.id.asc(), limit)


def listed(
    reading: Reading,
    wanted: Iterable[ColumnElement[bool]],
    order: UnaryExpression[Any],
    limit: int,
) -> list[Columns]:
    query = select(*T).where(*wanted).order_by(order).limit(limit)
    return [dict(row) for row in reading.connection.execute(query).mappings()]


def last_record(reading: Reading) -> int:
    """The number of the newest record of all, 0 where there is none."""
    return reading.connection.execute(select(func.max(T.id))).scalar() or 0


def _named(which: AuditFilter) -> list[ColumnElement[bool]]:
    named: list[ColumnElement[bool]] = [T.row_type.not_in(UNTOLD)] if which.deeds_only else []
    if which.actor_id is not None:
        named.append(T.actor_id == which.actor_id)
    if which.row_id is not None:  # its index begins with the kind: of several where none is named
        kinds = sorted(KINDS) if which.row_type is None else [which.row_type]
        named += [T.row_type.in_(kinds), T.row_id == which.row_id]
    elif which.row_type is not None:
        named.append(T.row_type == which.row_type)
    return named


def _timed(reading: Reading, which: AuditFilter) -> list[ColumnElement[bool]]:
    """The time, and the stretch of the log that holds it, read off its index.

    Numbers need not rise with time: the relay's clock may have been wrong by a year meanwhile.
    """
    timed: list[ColumnElement[bool]] = []
    if which.start is not None:
        timed.append(T.received_at >= which.start)
    if which.end is not None:
        timed.append(T.received_at < which.end)
    if not timed:
        return []
    stretch = select(func.min(T.id), func.max(T.id)).where(*timed)
    first, last = reading.connection.execute(stretch).one()
    return [*timed, T.id >= (first or 0), T.id <= (last or 0)]
