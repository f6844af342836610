"""What was tried, in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from desktop.store.conflicts import open_conflicts
from desktop.store.names import names_of
from desktop.ui.attention.values import value_words
from desktop.ui.attention.words import (
    TITLES,
    UNKNOWN_TITLE,
    conflict_title,
    facts_of,
    ids_in,
    title_of,
)
from domain.conflicts import base_hash
from domain.wire import COMMANDS
from domain.writing import UpdateEntry
from tests.builders import EXAMPLES, World, a_review
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]


def test_every_command_of_a_person_has_words() -> None:
    theirs = {tag for tag, kind in COMMANDS.items() if not kind.relay_only}

    assert theirs == TITLES.keys()


@pytest.mark.parametrize(
    ("tag", "title"),
    [
        ("entry.review", "Review “Loops”"),
        ("entry.create", "Write “Loops”"),
        ("entry.withdraw", "Withdraw “Loops”"),
        ("comment.add", "Comment on “Loops”"),
        ("comment.delete", "Delete a comment"),
        ("inbox.snooze", "Snooze a notification"),
    ],
)
def test_it_names_the_thing(world: World, seat_of: SeatOf, tag: str, title: str) -> None:
    command = msgspec.to_builtins(EXAMPLES[tag](world).command)
    seat = seat_of(world.noah)

    names = seat.workspace.query(names_of, ids_in(command))

    assert title_of(command, names) == title
    assert title != UNKNOWN_TITLE


def test_a_refused_review_shows_the_feedback_that_was_written(
    world: World, seat_of: SeatOf
) -> None:
    review = msgspec.to_builtins(a_review(world.waiting, "needs_work", comment="All my words."))

    facts = facts_of(review, {}, seat_of(world.noah).workspace)

    assert ("Feedback", "All my words.") in facts


def test_two_versions_of_an_entry_name_it(world: World, seat_of: SeatOf) -> None:
    world.done_by(UpdateEntry(id=world.waiting, body="From the desk."), world.ben)
    late = UpdateEntry(
        id=world.waiting, body="From the laptop.", base={"body": base_hash("Two *loops*.")}
    )
    world.done_by(late, world.ben)
    seat = seat_of(world.ben)

    (shown,) = seat.workspace.query(open_conflicts, world.ben)

    assert conflict_title(shown) == "“Loops”: Text"
    assert (shown.conflict.kept, shown.conflict.lost) == ("From the laptop.", "From the desk.")


@pytest.mark.usefixtures("british")
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("reminderMinutes", [60, 10], "1 h and 10 min before"),
        ("reminderMinutes", [], "None"),
        ("reminderMinutes", None, "\N{EN DASH}"),
        (
            "workingHours",
            [[["09:00", "12:00"], ["13:00", "17:00"]], [["09:00", "12:00"]], [], [], [], [], []],
            "Monday: 09:00\N{EN DASH}12:00, 13:00\N{EN DASH}17:00\nTuesday: 09:00\N{EN DASH}12:00",
        ),
        ("workingHours", [], "none"),
        ("quietHours", ["22:00", "07:00"], "22:00\N{EN DASH}07:00"),
        ("restDays", [5, 6], "Saturday, Sunday"),
        ("restDays", [], "none"),
        ("dndUntil", "2025-12-01T13:00:00.000Z", "Today, 14:00"),
        ("switches", {"comment:added": {"sound": True}}, "1 set otherwise"),
    ],
)
def test_settings_read_as_in_the_settings(
    world: World, seat_of: SeatOf, field: str, value: Any, words: str
) -> None:
    assert value_words(field, value, seat_of(world.mia).workspace) == words
