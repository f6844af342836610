"""What an activity is about, beside its sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.ui.activity.about import about, when_words
from domain.activities import Kind
from tests.builders import World, ahead, an_activity
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


def test_a_session_has_its_time_and_a_reason_beside_it(world: World, seat_of: SeatOf) -> None:
    params = {"title": "Talk", "startTime": "2025-12-04T12:00:00Z", "reason": "Ill."}
    canceled = an_activity(kind_=Kind.SCHEDULE_CANCELED, params=params)

    assert about(canceled, seat_of(world.ana).workspace).endswith("13:00 · Ill.")


def test_where_the_sentence_says_it_all_there_is_nothing(world: World, seat_of: SeatOf) -> None:
    written = an_activity(kind_=Kind.ENTRY_CREATED, params={"title": "Loops"})

    assert about(written, seat_of(world.mia).workspace) == ""


@pytest.mark.parametrize(("days", "words"), [(0, "13:00"), (-1, "Yesterday")])
def test_what_was_today_has_its_time_and_older_things_their_day(
    world: World, seat_of: SeatOf, days: int, words: str
) -> None:
    workspace = seat_of(world.ana).workspace
    at = ahead(days=days, of=world.now)
    deed = an_activity(at=at, recorded_at=at)

    assert when_words(deed, workspace) == words
