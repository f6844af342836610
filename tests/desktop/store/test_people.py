"""The queries for people, over a real local store."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.people import account, cohorts, mentors, roster, students, students_of
from domain.accounts import UpdateAccount
from domain.rooms import cohort_room, student_room
from tests.builders import World
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]


def test_a_person_finds_the_own_account_and_nobody_elses(world: World, desk_of: DeskOf) -> None:
    db = desk_of(world.ana).replica

    mine = account(db, world.ana)

    assert mine is not None
    assert mine.name == "Ana Ruiz"
    assert account(db, world.mia) is None


def test_students_come_by_name_without_those_who_left(world: World, desk_of: DeskOf) -> None:
    found = students(desk_of(world.mia).replica)

    assert [card.id for card in found] == [world.ana, world.ben, world.cem, world.dora]


def test_names_are_sorted_as_people_sort_them(world: World, desk_of: DeskOf) -> None:
    world.done_by(UpdateAccount(name="aaron"), world.dora)

    assert students(desk_of(world.mia).replica)[0].id == world.dora


def test_own_students_are_those_one_is_assigned_to(world: World, desk_of: DeskOf) -> None:
    db = desk_of(world.mia).replica

    assert [card.id for card in students_of(db, world.mia)] == [world.ana]
    assert students_of(db, world.otto) == []


def test_mentors_and_cohorts_come_by_name(world: World, desk_of: DeskOf) -> None:
    db = desk_of(world.mia).replica

    names = [card.name for card in mentors(db)]
    assert names == sorted(names)
    assert {world.mia, world.noah, world.otto} <= {card.id for card in mentors(db)}
    assert [card.name for card in cohorts(db)] == ["Autumn", "Spring"]


def test_the_roster_of_a_room_tells_who_is_present_and_in_which_zone(
    world: World, desk_of: DeskOf
) -> None:
    db = desk_of(world.mia).replica

    present = roster(db, cohort_room(world.spring), "student")

    assert set(present.people) == {world.ana, world.ben}
    assert present.zone(world.ana) == "Europe/Berlin"
    assert present.zone(world.cem) == ""
    assert roster(db, student_room(world.ben), "student").people == {}
