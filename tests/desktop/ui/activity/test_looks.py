"""How rows of the feed look."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.store.feed import Happening
from desktop.ui.activity.looks import FOLD, feed_row
from desktop.ui.activity.runs import Part, Run
from domain.activities import Kind
from tests.builders import World, ahead, an_activity, id_of
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


def comment(minutes: int, *, is_pending: bool = False) -> Happening:
    activity = an_activity(
        id=id_of(f"comment {minutes}"),
        kind_=Kind.COMMENT_ADDED,
        subject_type="comment",
        params={"title": "Loops", "excerpt": f"Word {minutes}."},
        recorded_at=ahead(minutes=minutes),
    )
    return Happening(activity, "Mia Stone", "Ana Ruiz", is_pending)


def test_a_run_names_its_span_and_what_was_said_last(world: World, seat_of: SeatOf) -> None:
    run = Run((comment(9), comment(5), comment(1)))

    look = feed_row(run, seat_of(world.ana).workspace)

    assert look.title == "Mia Stone commented on “Loops” 3 times"
    assert look.subtitle == "Last: Word 9."
    assert look.trailing == "13:01\N{EN DASH}13:09"
    assert [(one.key, one.text) for one in look.actions] == [(FOLD, "Show each of them")]


def test_an_unfolded_one_leaves_the_words_to_its_parts(world: World, seat_of: SeatOf) -> None:
    workspace = seat_of(world.ana).workspace
    parts = (comment(1), comment(1))

    look = feed_row(Run(parts, is_unfolded=True), workspace)
    part = feed_row(Part(parts[0]), workspace)

    assert (look.subtitle, look.trailing) == ("", "13:01")
    assert look.actions[0].text == "Show them as one"
    assert (part.subtitle, part.avatar, part.bar) == ("Word 1.", "", "border")


def test_one_that_waits_to_be_sent_shows_on_its_run(world: World, seat_of: SeatOf) -> None:
    run = Run((comment(2, is_pending=True), comment(1)))

    assert feed_row(run, seat_of(world.ana).workspace).pending == "waiting to send"
