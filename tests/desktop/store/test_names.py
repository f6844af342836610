"""Names of what a command names by id."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.names import names_of
from domain.members import member_id
from domain.rooms import student_room
from tests.builders import World, id_of
from tests.desktop.query_plans import scanned_tables
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]


def test_names_people_cohorts_and_sessions(world: World, desk_of: DeskOf) -> None:
    place = member_id(student_room(world.ana), world.mia)
    ids = [world.ana, world.noah, world.spring, world.session, place, id_of("nobody")]

    assert names_of(desk_of(world.mia).replica, ids) == {
        world.ana: "Ana Ruiz",
        world.noah: "Noah Park",
        world.spring: "Spring",
        world.session: "Weekly talk",
        place: "Mia Stone",
    }


def test_an_odd_id_names_nothing(world: World, desk_of: DeskOf) -> None:
    assert names_of(desk_of(world.mia).replica, ['"', "\N{SNOWMAN}", "", "two\nlines"]) == {}


def test_it_reads_no_whole_table(world: World, desk_of: DeskOf) -> None:
    mia = desk_of(world.mia)

    assert scanned_tables(mia.replica, lambda: names_of(mia.replica, [world.ana])) == []
