"""With whom a mentor can have sessions."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui.schedule.choices import cohort_choices, student_choices
from tests.builders import World
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]


def test_a_mentor_chooses_among_the_own_students_and_cohorts(world: World, seat_of: SeatOf) -> None:
    mia, noah = seat_of(world.mia).workspace, seat_of(world.noah).workspace

    assert [one.name for one in student_choices(mia)] == ["Ana Ruiz"]
    assert [one.name for one in cohort_choices(mia)] == ["Autumn", "Spring"]
    assert [one.name for one in cohort_choices(noah)] == ["Autumn"]
