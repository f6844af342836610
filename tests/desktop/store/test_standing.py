"""Rows as they stand, one at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.store.standing import is_whole, standing
from domain.comments import Comment
from domain.entries import Entry
from domain.records import Record
from domain.schedules import Schedule
from tests.builders import World, id_of
from tests.desktop.query_plans import scanned_tables
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]


@pytest.mark.parametrize(
    ("kind", "name"), [(Entry, "waiting"), (Comment, "question"), (Schedule, "bens")]
)
def test_it_is_the_row_or_nothing(
    world: World, desk_of: DeskOf, kind: type[Record], name: str
) -> None:
    noah = desk_of(world.noah)

    found = standing(noah.replica, kind, getattr(world, name))

    assert isinstance(found, kind)
    assert found.id == getattr(world, name)
    assert standing(noah.replica, kind, id_of("nothing")) is None


def test_it_reads_no_whole_table(world: World, desk_of: DeskOf) -> None:
    noah = desk_of(world.noah)

    assert scanned_tables(noah.replica, lambda: standing(noah.replica, Entry, "x")) == []


def test_rows_are_still_to_come_until_every_room_is_copied(world: World, desk_of: DeskOf) -> None:
    noah = desk_of(world.noah)
    assert is_whole(noah.replica)

    noah.store.begin_copy("student:new", 3)
    assert not is_whole(noah.replica)
    noah.replica.execute("DELETE FROM rooms")

    assert not is_whole(noah.replica)
