"""What a session would overlap, and the words for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.ui.schedule.overlaps import overlap_words, overlaps, people_in, people_with
from domain.schedules import Schedule
from tests.builders import World, a_schedule, id_of, second_ahead
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


def test_a_new_session_keeps_the_mentor_and_the_student_busy(world: World, seat_of: SeatOf) -> None:
    workspace = seat_of(world.mia).workspace

    assert people_with(workspace, "", is_group=False) == {world.mia}
    assert people_with(workspace, world.ana, is_group=False) == {world.mia, world.ana}


def test_a_group_session_keeps_all_its_students_busy(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    expected = {world.mia, world.ana, world.ben}

    assert people_with(seat.workspace, world.spring, is_group=True) == expected
    group = seat.desk.find(Schedule, world.group)
    assert people_in(seat.workspace, group) == expected


def test_a_session_is_not_in_its_own_way(world: World, seat_of: SeatOf) -> None:
    workspace = seat_of(world.mia).workspace
    span = (second_ahead(days=3), second_ahead(days=3, hours=1))

    found = overlaps(workspace, {world.mia}, *span)
    besides = overlaps(workspace, {world.mia}, *span, besides=world.session)

    assert [one.id for one in found] == [world.session]
    assert besides == []


def test_the_words_name_the_first_and_count_the_rest(world: World, seat_of: SeatOf) -> None:
    workspace = seat_of(world.mia).workspace
    others = [a_schedule(id_of(name), title=name) for name in ("One", "Two", "Three")]

    assert overlap_words([], workspace) == ""
    assert overlap_words(others[:1], workspace) == "Overlaps “One”, 13:00\N{EN DASH}14:00."
    assert overlap_words(others, workspace).endswith("And 2 more.")
