"""Rows of the local tables as domain records, for queries and for the commands' functions."""

import logging
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

import msgspec

from desktop.store.tables import table_of
from domain.records import Record

log = logging.getLogger(__name__)

R = TypeVar("R", bound=Record)


def rows(
    connection: sqlite3.Connection,
    kind: type[R],
    sql: str,
    params: Sequence[Any] | Mapping[str, Any] = (),
) -> list[R]:
    """The records that a `SELECT` over all columns of one kind's table gives, in its order.

    A row that does not fit its type is left out and reported in the log: it hides no other.
    """
    return records(kind, connection.execute(sql, params))


def records(kind: type[R], found: Iterable[Mapping[str, Any]]) -> list[R]:
    """The records of these rows of one kind's table, without those that do not fit."""
    return [record for row in found if (record := record_of(kind, row)) is not None]


def record_of(kind: type[R], row: Mapping[str, Any] | sqlite3.Row) -> R | None:
    """The record of one row; None, and a line in the log, where it does not fit."""
    try:
        return record_from(kind, row)
    except (msgspec.MsgspecError, ValueError) as error:
        log.error("The %s %s does not fit: %s", kind.kind(), row["id"], error)  # noqa: TRY400
        return None


def record_from(kind: type[R], row: Mapping[str, Any] | sqlite3.Row) -> R:
    """The record of a row that has all columns of its table; other columns do not matter.

    Raises:
        msgspec.ValidationError: the row does not fit.
    """
    return cast(R, table_of(kind).record(cast(Mapping[str, Any], row)))
