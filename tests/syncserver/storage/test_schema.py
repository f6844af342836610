"""Tables as the records' types want them, and as the migrations make them."""

from __future__ import annotations

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import syncserver.storage.credentials  # noqa: F401 - its tables belong to the schema too
from domain.kinds import KINDS
from syncserver.storage.ledger import Ledger
from syncserver.storage.schema import TABLES, column_name, is_json, metadata


def test_the_migrations_make_the_tables_that_the_types_want(ledger: Ledger) -> None:
    with ledger.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)

    assert differences == []


@pytest.mark.parametrize("name", sorted(KINDS))
def test_each_kind_has_a_column_for_each_field(name: str) -> None:
    fields = [column_name(field.name) for field in msgspec.structs.fields(KINDS[name])]

    assert [column.name for column in TABLES[name].columns] == fields


@pytest.mark.parametrize("name", sorted(KINDS))
def test_each_lookup_and_the_log_of_a_room_have_an_index(name: str) -> None:
    indexes = [tuple(column.name for column in index.columns) for index in TABLES[name].indexes]

    for wanted in [("room", "version", "id"), *KINDS[name].lookups]:
        columns = tuple(map(column_name, wanted))
        assert any(index[: len(columns)] == columns for index in indexes), wanted


@pytest.mark.parametrize(
    ("hint", "expected"),
    [(str, False), (int | None, False), (bool, False), (list[str], True), (int | str, True)],
)
def test_what_is_not_simple_is_kept_as_json(hint: object, expected: bool) -> None:
    assert is_json(hint) is expected
