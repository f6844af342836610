"""Tests of reading rows as records."""

import msgspec
import pytest

from desktop.store.database import open_memory
from desktop.store.rows import record_from, rows
from desktop.store.tables import table_of
from domain.members import Member
from tests.builders import a_member, id_of


@pytest.mark.logs("does not fit")
def test_one_poisoned_row_hides_no_other() -> None:
    files = open_memory()
    table = table_of(Member)
    for name in ("Ana", "Ben"):
        wire = msgspec.to_builtins(a_member(id_of(name), name=name))
        files.replica.execute(table.upsert, table.values(wire))
    files.replica.execute("UPDATE members SET role = 'wizard' WHERE name = 'Ana'")

    found = rows(files.replica, Member, "SELECT * FROM members WHERE name > ?", ["A"])

    assert [member.name for member in found] == ["Ben"]
    files.close()


def test_columns_beyond_the_record_do_not_matter() -> None:
    files = open_memory()
    table = table_of(Member)
    files.replica.execute(table.upsert, table.values(msgspec.to_builtins(a_member())))
    row = files.replica.execute("SELECT *, 1 AS more FROM members").fetchone()

    assert record_from(Member, row) == a_member()
    files.close()
