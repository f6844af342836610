"""The queries of a mentor's queue."""

from __future__ import annotations

import pytest

from desktop.store.reviews import (
    ReviewFilter,
    review_counts,
    review_item,
    review_queue,
    revisions,
    tags_in_use,
    waiting_count,
)
from domain.entries import EntryStatus
from tests.builders import World, id_of
from tests.desktop.store.desks import Desk
from tests.desktop.ui.entries.written import resubmitted, reviewed, written

WAITING = ReviewFilter(status=EntryStatus.PENDING)


@pytest.fixture
def desk(world: World) -> Desk:
    """Mia's desk: three of Ana's entries wait, one is approved; Ben's are Noah's."""
    for name, day in (("late", -1), ("early", -9), ("middle", -4)):
        written(world, name, day=day, tags=[name, "React"])
    reviewed(world, written(world, "good", day=-20, tags=["Graphs"]), "approved")
    written(world, "bens", author=world.ben)
    return Desk(world, world.mia).settle_in()


def titles(desk: Desk, wanted: ReviewFilter) -> list[str]:
    return [one.entry.title for one in review_queue(desk.replica, wanted)]


def test_what_waits_longest_comes_first_and_otherwise_the_newest(desk: Desk) -> None:
    assert titles(desk, WAITING) == ["Entry early", "Entry middle", "Entry late"]
    assert titles(desk, ReviewFilter()) == [
        "Entry late",
        "Entry middle",
        "Entry early",
        "Entry good",
    ]


def test_a_limit_keeps_those_that_come_first(desk: Desk) -> None:
    assert titles(desk, ReviewFilter(limit=1)) == ["Entry late"]


def test_a_tag_is_found_however_it_is_written(desk: Desk) -> None:
    assert titles(desk, ReviewFilter(tag="react", status=EntryStatus.PENDING)) == titles(
        desk, WAITING
    )
    assert titles(desk, ReviewFilter(tag="graphs")) == ["Entry good"]
    assert tags_in_use(desk.replica) == ["early", "Graphs", "late", "middle", "React"]


def test_entries_of_one_student_and_of_nobody_elses_students(desk: Desk, world: World) -> None:
    assert len(titles(desk, ReviewFilter(student_id=world.ana))) == 4
    assert titles(desk, ReviewFilter(student_id=world.ben)) == []


def test_they_are_counted_by_status(desk: Desk, world: World) -> None:
    counts = review_counts(desk.replica, EntryStatus)

    assert counts[EntryStatus.PENDING] == waiting_count(desk.replica) == 3
    assert counts[EntryStatus.APPROVED] == 1
    assert sum(review_counts(desk.replica, EntryStatus, world.ben).values()) == 0


def test_an_entry_says_who_wrote_and_who_reviewed_it(desk: Desk) -> None:
    item = review_item(desk.replica, id_of("entry good"))

    assert item is not None
    assert (item.student_name, item.reviewer_name) == ("Ana Ruiz", "Mia Stone")
    assert review_item(desk.replica, id_of("nothing")) is None


def test_earlier_iterations_are_read_the_last_first(world: World) -> None:
    entry = written(world, body="One.")
    for words in ("Two.", "Three."):
        reviewed(world, entry)
        resubmitted(world, entry, body=words)
    desk = Desk(world, world.mia).settle_in()

    found = revisions(desk.replica, entry)

    assert [(one.iteration, one.body) for one in found] == [(2, "Two."), (1, "One.")]
