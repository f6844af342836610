"""Queries for people."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.people import (
    account,
    cohorts,
    everybody,
    is_mentored,
    mentor_names,
    mentors,
    roster,
    student_card,
    students,
    students_of,
    unsent_cards,
)
from domain.accounts import DeactivateAccount, UpdateAccount
from domain.assignments import AssignStudent
from domain.rooms import cohort_room, student_room
from tests.builders import World
from tests.desktop.query_plans import scanned_tables
from tests.desktop.store.desks import Desk

DeskOf = Callable[..., Desk]


def test_the_own_account_is_found_and_no_other(world: World, mia: Desk) -> None:
    found = account(mia.replica, world.mia)

    assert found is not None
    assert found.name == "Mia Stone"
    assert account(mia.replica, world.ana) is None


def test_students_stand_by_name_without_the_deactivated(mia: Desk) -> None:
    names = [card.name for card in students(mia.replica)]

    assert names == ["Ana Ruiz", "Ben Hall", "Cem Aydin", "Dora Wolf"]


def test_names_sort_without_regard_to_capitals(world: World, desk_of: DeskOf) -> None:
    world.done_by(UpdateAccount(name="aaron"), world.dora)

    assert students(desk_of(world.mia).replica)[0].name == "aaron"


def test_the_students_of_a_mentor(world: World, desk_of: DeskOf) -> None:
    world.assign(world.mia, world.cem)

    found = students_of(desk_of(world.mia).replica, world.mia)

    assert [card.name for card in found] == ["Ana Ruiz", "Cem Aydin"]


def test_only_active_mentors_are_listed(world: World, desk_of: DeskOf) -> None:
    world.done_by(DeactivateAccount(user_id=world.otto), world.admin)

    assert [card.name for card in mentors(desk_of(world.mia).replica)] == [
        "Ada Okafor",
        "Mia Stone",
        "Noah Park",
    ]


def test_archived_cohorts_are_left_out(world: World, mia: Desk) -> None:
    mia.replica.execute("UPDATE cohort_cards SET archived = 1 WHERE id = ?", [world.autumn])

    assert [card.name for card in cohorts(mia.replica)] == ["Spring"]


def test_a_roster_says_who_is_present_and_where(world: World, desk_of: DeskOf) -> None:
    world.done_by(UpdateAccount(time_zone="Asia/Tokyo"), world.ana)

    found = roster(desk_of(world.mia).replica, cohort_room(world.spring), "student")

    assert found.people[world.ana] == ("Ana Ruiz", "Asia/Tokyo")
    assert set(found.people) == {world.ana, world.ben}


def test_a_stranger_has_no_zone(world: World, mia: Desk) -> None:
    found = roster(mia.replica, student_room(world.ana), "student")

    assert found.zone(world.ana) == "Europe/Berlin"
    assert found.zone(world.dora) == ""


def test_who_has_left_a_cohort_is_no_longer_present(world: World, desk_of: DeskOf) -> None:
    desk = desk_of(world.mia)
    world.done_by(DeactivateAccount(user_id=world.ben), world.admin)
    desk.receive()

    assert set(roster(desk.replica, cohort_room(world.spring), "student").people) == {world.ana}


def test_a_roster_is_found_by_its_room(world: World, mia: Desk) -> None:
    room = cohort_room(world.spring)

    assert scanned_tables(mia.replica, lambda: roster(mia.replica, room, "student")) == []
    assert scanned_tables(mia.replica, lambda: account(mia.replica, world.mia)) == []


def test_cards_and_names_are_found_also_of_those_who_have_gone(
    world: World, desk_of: DeskOf
) -> None:
    desk = desk_of(world.mia)
    world.done_by(DeactivateAccount(user_id=world.noah), world.admin)
    desk.receive()

    card = student_card(desk.replica, world.gone)
    names = mentor_names(desk.replica)

    assert card is not None
    assert card.name == "Gil Moss"
    assert student_card(desk.replica, world.mia) is None
    assert names[world.noah] == "Noah Park"
    assert world.noah not in {one.id for one in mentors(desk.replica)}


def test_a_student_is_mentored_once_somebody_reads_the_room_with_them(
    world: World, desk_of: DeskOf
) -> None:
    assert is_mentored(desk_of(world.ana).replica, world.ana)
    cem = desk_of(world.cem)
    assert not is_mentored(cem.replica, world.cem)

    world.assign(world.admin, world.cem)

    assert is_mentored(desk_of(world.cem).replica, world.cem)


def test_nobody_is_told_that_while_the_own_room_is_not_here(world: World, mia: Desk) -> None:
    assert is_mentored(mia.replica, world.cem)


def test_everybody_who_ever_was_is_found_once_and_who_left_is_marked(
    world: World, desk_of: DeskOf
) -> None:
    world.done_by(DeactivateAccount(user_id=world.noah), world.admin)

    people = {one.name: one.is_gone for one in everybody(desk_of(world.admin).replica)}

    assert people["Noah Park"]
    assert not people["Mia Stone"]
    assert people["Gil Moss"]
    assert not people["Ana Ruiz"]


def test_cards_hold_what_waits_to_be_sent(world: World, desk_of: DeskOf) -> None:
    desk = desk_of(world.admin)
    assert unsent_cards(desk.replica) == frozenset()

    desk.store.act(AssignStudent(student_id=world.cem, mentor_id=world.otto))

    assert unsent_cards(desk.replica) == {world.cem}
