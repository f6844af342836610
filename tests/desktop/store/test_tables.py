"""Tests of the tables that are derived from the records."""

import sqlite3

import msgspec
import pytest

from desktop.store.database import open_memory
from desktop.store.rows import rows
from desktop.store.tables import table_of
from domain.accounts import Account, Switch
from domain.conflicts import Conflict
from domain.kinds import KINDS
from domain.members import Member
from domain.records import Record
from domain.schedules import Schedule
from tests.builders import ROWS, a_conflict, a_member, a_schedule, an_account


def stored(row: Record) -> Record:
    """The row, written and read again."""
    files = open_memory()
    table = table_of(type(row))
    files.replica.execute(table.upsert, table.values(msgspec.to_builtins(row)))
    (found,) = rows(files.replica, type(row), f"SELECT * FROM {table.name}")  # noqa: S608
    files.close()
    return found


@pytest.mark.parametrize("kind", sorted(ROWS))
def test_a_row_of_every_kind_is_the_same_when_it_is_read_again(kind: str) -> None:
    row = ROWS[kind]()

    assert stored(row) == row


def test_values_of_every_shape_survive() -> None:
    account = an_account(
        working_hours=[[("09:00", "12:00")], *([[]] * 6)],
        quiet_hours=("22:00", "07:00"),
        switches={"schedule:created": Switch(toast=False)},
        rest_days=[5, 6],
    )
    conflict = a_conflict(kept=None, lost=["a", 1, {"b": None}])
    schedule = a_schedule(reminder_minutes=[0, 10], capacity=3)

    assert (stored(account), stored(conflict), stored(schedule)) == (account, conflict, schedule)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_table_has_a_column_for_every_field(kind: str) -> None:
    files = open_memory()
    record = KINDS[kind]

    info = files.replica.execute(f"PRAGMA table_info({record.table})").fetchall()

    fields = [name.rstrip("_") for name in record.__struct_fields__]
    assert sorted(row["name"] for row in info) == sorted([*fields, "pending"])
    assert [row["name"] for row in info if row["pk"]] == ["id"]
    files.close()


@pytest.mark.parametrize(
    ("kind", "lookup"), [(kind, lookup) for kind in KINDS for lookup in KINDS[kind].lookups]
)
def test_every_lookup_of_a_record_uses_an_index(kind: str, lookup: tuple[str, ...]) -> None:
    files = open_memory()
    test = " AND ".join(f"{field} IS ?" for field in lookup)

    query = f"SELECT * FROM {KINDS[kind].table} WHERE {test}"  # noqa: S608

    plan = files.replica.execute(f"EXPLAIN QUERY PLAN {query}", ["x"] * len(lookup)).fetchall()

    assert all("USING INDEX" in row["detail"] for row in plan)
    files.close()


def test_a_field_that_this_program_does_not_know_is_left_out() -> None:
    wire = msgspec.to_builtins(a_member()) | {"colour": "red"}

    assert "red" not in table_of(Member).values(wire)


def test_a_field_that_an_older_relay_does_not_know_gets_its_default() -> None:
    table = table_of(Schedule)
    wire = msgspec.to_builtins(a_schedule())
    for name in ("place", "reminderMinutes", "isGroupSession"):
        del wire[name]

    assert table.values(wire) == table.values(msgspec.to_builtins(a_schedule()))


def test_a_default_that_is_made_for_each_row_is_filled_in_too() -> None:
    table = table_of(Account)
    wire = msgspec.to_builtins(an_account())
    del wire["reminderMinutes"]

    assert table.values(wire) == table.values(msgspec.to_builtins(an_account()))


def test_a_row_without_a_required_field_does_not_fit() -> None:
    wire = msgspec.to_builtins(a_conflict())
    del wire["rowType"]

    with pytest.raises(KeyError):
        table_of(Conflict).values(wire)


def test_a_row_gives_back_its_wire_object() -> None:
    files = open_memory()
    table = table_of(Schedule)
    wire = msgspec.to_builtins(a_schedule())
    files.replica.execute(table.upsert, table.values(wire))

    row = files.replica.execute("SELECT * FROM schedules").fetchone()

    assert isinstance(row, sqlite3.Row)
    assert table.wire(dict(row)) == wire
    files.close()
