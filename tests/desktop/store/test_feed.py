"""The feed: all that happened, filtered and page by page, at the same cost in a long history."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from bench.stage.crowd import an_id
from bench.stage.long_feed import OFTEN, RARE, write_feed
from desktop.store.database import Files, open_memory
from desktop.store.feed import FeedFilter, Happening, Place, about_item, feed, newest_recorded
from domain.activities import Kind
from domain.outcomes import CancelSchedule
from domain.rooms import MENTORS, student_room
from tests.builders import NOW, World, ahead
from tests.desktop.query_plans import scanned_tables, visited_steps
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]
SMALL, LARGE, PAGE = 10_000, 200_000, 50


def places(found: list[Happening]) -> list[Place]:
    return [one.place for one in found]


def test_the_newest_comes_first_own_acts_too(world: World, desk_of: DeskOf) -> None:
    found = feed(desk_of(world.mia).replica, FeedFilter())

    assert places(found) == sorted(places(found), reverse=True)
    assert {world.mia, world.ana} <= {one.activity.actor_id for one in found}


def test_pages_follow_each_other_without_gap_or_repeat(world: World, desk_of: DeskOf) -> None:
    db = desk_of(world.mia).replica
    whole, seen = feed(db, FeedFilter()), list[Happening]()

    while page := feed(db, FeedFilter(), before=seen[-1].place if seen else None, limit=2):
        seen += page

    assert seen == whole
    assert len(whole) > 5


def test_all_down_to_a_place_comes_with_that_place(world: World, desk_of: DeskOf) -> None:
    db = desk_of(world.mia).replica
    whole = feed(db, FeedFilter())

    assert feed(db, FeedFilter(), down_to=whole[3].place) == whole[:4]


def test_kinds_are_merged_in_order(world: World, desk_of: DeskOf) -> None:
    db = desk_of(world.mia).replica
    kinds = frozenset({Kind.SCHEDULE_CREATED, Kind.COHORT_UPDATED, Kind.SCHEDULE_CANCELED})

    found = feed(db, FeedFilter(kinds=kinds))

    assert found == [one for one in feed(db, FeedFilter()) if one.activity.kind_ in kinds]
    assert {one.activity.kind_ for one in found} == kinds


def test_of_a_student_comes_the_own_room_and_what_all_mentors_read(
    world: World, desk_of: DeskOf
) -> None:
    found = feed(desk_of(world.mia).replica, FeedFilter(student_id=world.ana))

    assert {one.activity.room for one in found} == {student_room(world.ana), MENTORS}
    assert found[-1].activity.kind_ == Kind.STUDENT_REGISTERED
    assert found[0].student_name == "Ana Ruiz"


def test_filters_combine(world: World, desk_of: DeskOf) -> None:
    wanted = FeedFilter(
        kinds=frozenset({Kind.STUDENT_REGISTERED, Kind.SCHEDULE_CREATED}),
        student_id=world.ana,
        start=ahead(days=-30),
        end=ahead(days=-7),
    )

    found = feed(desk_of(world.mia).replica, wanted)

    assert [one.activity.kind_ for one in found] == [Kind.STUDENT_REGISTERED]


def test_of_one_item_comes_what_happened_to_it_the_newest_first(
    world: World, desk_of: DeskOf
) -> None:
    db = desk_of(world.mia).replica

    found = about_item(db, world.canceled, limit=10)

    assert [one.activity.kind_ for one in found] == [
        Kind.SCHEDULE_CANCELED,
        Kind.SCHEDULE_CREATED,
    ]
    assert found[0].actor_name == "Mia Stone"
    assert about_item(db, world.canceled, limit=1) == found[:1]
    assert scanned_tables(db, lambda: about_item(db, world.canceled, limit=10)) == []


def test_the_beginning_of_a_span_is_in_it_and_its_end_is_not(world: World, desk_of: DeskOf) -> None:
    db = desk_of(world.mia).replica

    ends_there = feed(db, FeedFilter(start=ahead(days=-7), end=NOW))

    assert {one.activity.recorded_at for one in ends_there} == {
        ahead(days=-7),
        ahead(minutes=-5),
    }


def test_names_come_from_the_room_or_from_the_cards(world: World, desk_of: DeskOf) -> None:
    found = feed(desk_of(world.otto).replica, FeedFilter())

    assert {one.actor_name for one in found} >= {"Ana Ruiz", "Cem Aydin"}  # who registered
    assert all(one.student_name == "" for one in found)


def test_what_waits_to_be_sent_says_so_and_is_not_the_newest_the_relay_knows(
    world: World, desk_of: DeskOf
) -> None:
    desk = desk_of(world.mia)
    before = newest_recorded(desk.replica)
    desk.clock.pass_(minutes=1)

    desk.do(CancelSchedule(id=world.session, reason="Ill."))

    assert feed(desk.replica, FeedFilter())[0].is_pending
    assert newest_recorded(desk.replica) == before == NOW


def test_an_empty_copy_has_no_newest() -> None:
    files = open_memory()

    assert newest_recorded(files.replica) == ""
    files.close()


@pytest.mark.logs("does not fit")
def test_a_row_that_does_not_fit_hides_no_other(world: World, desk_of: DeskOf) -> None:
    db = desk_of(world.mia).replica
    before = feed(db, FeedFilter())
    db.execute("UPDATE activity_feed SET params = 'x' WHERE id = ?", [before[1].id])

    assert feed(db, FeedFilter()) == [before[0], *before[2:]]


def a_history(count: int) -> Files:
    files = open_memory()
    write_feed(files.replica, count, newest=NOW)
    return files


@pytest.fixture(scope="module")
def histories() -> Iterator[tuple[Files, Files]]:
    files = a_history(SMALL), a_history(LARGE)
    yield files
    for one in files:
        one.close()


FILTERS = {
    "all": FeedFilter(),
    "often": FeedFilter(kinds=frozenset({OFTEN})),
    "rare": FeedFilter(kinds=frozenset({RARE})),
    "two kinds": FeedFilter(kinds=frozenset({OFTEN, RARE})),
    "student": FeedFilter(student_id=an_id(2, 7)),
    "kind of a student": FeedFilter(student_id=an_id(2, 7), kinds=frozenset({OFTEN})),
    "span": FeedFilter(start=ahead(days=-12), end=ahead(days=-1)),
    "all together": FeedFilter(
        student_id=an_id(2, 7), kinds=frozenset({OFTEN}), start=ahead(days=-12), end=ahead(days=-1)
    ),
}


@pytest.mark.parametrize("days", [0, -5], ids=["the newest", "further down"])
@pytest.mark.parametrize("wanted", FILTERS.values(), ids=FILTERS)
def test_a_page_costs_the_same_in_a_long_history(
    histories: tuple[Files, Files], wanted: FeedFilter, days: int
) -> None:
    small, large = (
        steps_for_a_page(files.replica, wanted, (ahead(days=days), "")) for files in histories
    )

    assert large <= small * 1.05
    assert large < PAGE * 200


@pytest.mark.parametrize("wanted", FILTERS.values(), ids=FILTERS)
def test_few_rows_at_the_top_do_not_cost_the_history_beneath(
    histories: tuple[Files, Files], wanted: FeedFilter
) -> None:
    lately = replace(wanted, start=ahead(minutes=-30), end="")

    small, large = (
        visited_steps(files.replica, partial(feed, files.replica, lately)) for files in histories
    )

    assert large <= small * 1.05
    assert large < 20_000


def steps_for_a_page(db: sqlite3.Connection, wanted: FeedFilter, before: Place) -> int:
    ask = partial(feed, db, wanted, before=before, limit=PAGE)
    assert len(ask()) == PAGE
    assert scanned_tables(db, ask) == []
    return visited_steps(db, ask)
