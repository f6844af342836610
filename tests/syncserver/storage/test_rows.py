"""Rows keep their meaning between record, table and wire."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import insert, select

from domain.kinds import AnyRecord
from domain.records import Record
from syncserver.storage.ledger import Ledger
from syncserver.storage.rows import SHAPES, from_wire, wire_row
from syncserver.storage.schema import TABLES
from tests import builders

RECORDS: list[Record] = [
    builders.an_account(
        working_hours=[[("09:00", "12:00")], [], [], [], [], [], []],
        quiet_hours=("22:00", "07:00"),
        reminder_minutes=[5, 60],
    ),
    builders.an_activity(params={"title": "A “title”", "sessions": 2}),
    builders.an_attendance(),
    builders.a_cohort(starts_on="2025-01-01", archived=True),
    builders.a_cohort_card(),
    builders.a_comment(resolved=True),
    builders.a_conflict(kept=["a", None], lost={"b": 1}),
    builders.an_entry(resources=["https://example.org/loops"], minutes=45, body="*Ü*"),
    builders.an_entry_revision(tags=[], resources=[]),
    builders.an_inbox_mark(snoozed_until=builders.ahead(hours=1)),
    builders.a_member(),
    builders.a_mentor_card(),
    builders.a_participant(),
    builders.a_read_through(),
    builders.a_schedule(reminder_minutes=[]),
    builders.a_student_card(mentor_ids=[builders.MIA]),
]


def test_each_kind_is_among_the_examples() -> None:
    assert {row.kind() for row in RECORDS} == set(SHAPES)


@pytest.mark.parametrize("row", RECORDS, ids=lambda row: row.kind())
def test_a_row_comes_back_from_its_table_as_it_was(row: Record, ledger: Ledger) -> None:
    table, shape = TABLES[row.kind()], SHAPES[row.kind()]
    with ledger.writer.begin() as connection:
        connection.execute(insert(table), shape.columns(row))

        (stored,) = connection.execute(select(*table.c).where(table.c.id == row.id))

    assert shape.record(stored) == row
    encoded = msgspec.json.encode(shape.wire(stored), order="sorted")
    assert encoded == msgspec.json.encode(wire_row(row), order="sorted")


@pytest.mark.parametrize("row", RECORDS, ids=lambda row: row.kind())
def test_a_row_on_the_wire_is_read_as_it_was(row: Record) -> None:
    assert from_wire(wire_row(row)) == row
    assert msgspec.convert(wire_row(row), AnyRecord) == row
