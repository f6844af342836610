"""Conflicts that wait for a decision."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.conflicts import open_conflicts
from domain.resolutions import ResolveConflict
from tests.builders import World
from tests.desktop.query_plans import scanned_tables
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]


def test_both_authors_see_the_conflict_with_names_and_title(world: World, desk_of: DeskOf) -> None:
    for author in (world.mia, world.noah):
        [found] = open_conflicts(desk_of(author).replica, author)

        assert found.id == world.conflict
        assert (found.kept_name, found.lost_name) == ("Noah Park", "Mia Stone")
        assert found.title == "Autumn"


def test_nobody_else_sees_it(world: World, desk_of: DeskOf) -> None:
    assert open_conflicts(desk_of(world.admin).replica, world.admin) == []


def test_a_settled_conflict_is_gone(world: World, desk_of: DeskOf) -> None:
    world.done_by(ResolveConflict(id=world.conflict, keep="lost"), world.mia)

    assert open_conflicts(desk_of(world.noah).replica, world.noah) == []


def test_what_was_changed_may_be_gone(world: World, desk_of: DeskOf) -> None:
    mia = desk_of(world.mia)
    mia.replica.execute("DELETE FROM cohorts")

    [found] = open_conflicts(mia.replica, world.mia)

    assert found.title == ""


def test_it_reads_no_whole_table(world: World, desk_of: DeskOf) -> None:
    mia = desk_of(world.mia)

    assert scanned_tables(mia.replica, lambda: open_conflicts(mia.replica, world.mia)) == []
