"""The watch over queries sees what reads a whole table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.builders import World, a_world
from tests.desktop.query_plans import scanned_tables, whole_reads
from tests.desktop.store.desks import Desk
from tests.fakes import MemoryRelay


@pytest.fixture
def desk() -> Iterator[Desk]:
    world: World = a_world(MemoryRelay())
    desk = Desk(world, world.mia).settle_in()
    yield desk
    desk.store.close()


@pytest.mark.parametrize("table", ["schedules", "schedules AS s"])
def test_a_query_without_an_index_is_noticed(desk: Desk, table: str) -> None:
    query = f"SELECT * FROM {table} WHERE title = 'Loops'"  # noqa: S608

    assert len(whole_reads(desk.replica, [query])) == 1
    assert len(scanned_tables(desk.replica, lambda: desk.replica.execute(query).fetchall())) == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM schedules WHERE id = 'x'",
        "SELECT * FROM activity_feed ORDER BY recorded_at, id LIMIT 5",
        "SELECT * FROM student_cards ORDER BY name",
        "DELETE FROM schedules",
    ],
)
def test_what_has_an_index_or_is_meant_to_be_read_whole_is_not(desk: Desk, query: str) -> None:
    assert whole_reads(desk.replica, [query]) == []
