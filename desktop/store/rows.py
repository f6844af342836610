"""Rows of the local database as domain records."""

import sqlite3
from typing import TypeVar, cast

from desktop.store.tables import table_of
from domain.records import Record

R = TypeVar("R", bound=Record)


def record_from(kind: type[R], row: sqlite3.Row) -> R:
    """The record of a row that has all columns of its table; other columns do not matter."""
    return cast(R, table_of(kind).record(row))
