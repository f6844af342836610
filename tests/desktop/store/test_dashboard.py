"""The numbers of Today."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.dashboard import (
    SessionFigures,
    StudentFigures,
    session_figures,
    sessions_ahead,
    student_figures,
)
from desktop.store.schedules import Session, SessionFilter, sessions
from domain.activities import Person
from domain.members import Role
from domain.outcomes import CompleteSchedule
from domain.schedules import Mark
from tests.builders import World, a_plan, a_schedule, id_of, second_ahead
from tests.desktop.query_plans import scanned_tables
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]
WEEK_AGO, NOW = second_ahead(days=-7), second_ahead()


def figures_of(desk: Desk) -> StudentFigures:
    me = desk.user
    return student_figures(desk.replica, me, since=WEEK_AGO, now=NOW)


def test_counts_the_enrolled_the_own_and_the_unassigned(world: World, desk_of: DeskOf) -> None:
    figures = figures_of(desk_of(world.mia))

    # Ana, Ben, Cem and Dora; Gil is deactivated.
    assert (figures.enrolled, figures.mine, figures.unassigned) == (4, 1, 2)


def test_a_student_who_completed_a_session_was_active(world: World, desk_of: DeskOf) -> None:
    assert figures_of(desk_of(world.mia)).mine_active == 1
    assert figures_of(desk_of(world.otto)).mine_active == 0


def test_a_session_that_the_mentor_completed_counts_as_activity_of_the_student(
    world: World, desk_of: DeskOf
) -> None:
    plan = a_plan(id_of("held"), world.ben, start=second_ahead(days=-2))
    world.done_by(plan, world.noah)
    world.done_by(CompleteSchedule(id=id_of("held")), world.noah)

    assert figures_of(desk_of(world.noah)).mine_active == 1


def test_activity_of_more_than_a_week_ago_does_not_count(world: World, desk_of: DeskOf) -> None:
    mia = desk_of(world.mia)

    figures = student_figures(
        mia.replica, world.mia, since=second_ahead(days=1), now=second_ahead(days=8)
    )

    assert figures.mine_active == 0


def test_counts_the_sessions_that_are_still_ahead_of_a_student(
    world: World, desk_of: DeskOf
) -> None:
    ana = desk_of(world.ana)

    # In two hours, in three days, and the group's; the canceled one is not ahead.
    assert sessions_ahead(ana.replica, world.ana, NOW) == 3


def test_sorts_sessions_by_what_became_of_them(world: World, desk_of: DeskOf) -> None:
    mia = desk_of(world.mia)
    found = sessions(mia.replica, Person(mia.user, Role.MENTOR), SessionFilter())

    figures = session_figures(found, NOW)

    assert figures == SessionFigures(completed=1, to_confirm=1, left=3)
    assert figures.total == 5


def test_a_students_own_mark_settles_a_group_session() -> None:
    past = a_schedule(start_time=second_ahead(days=-1), end_time=second_ahead(hours=-23))

    def marked(mark: Mark | None) -> SessionFigures:
        return session_figures([Session(past, "", "", mark, False, False)], NOW)

    assert marked(Mark.LATE) == SessionFigures(1, 0, 0)
    assert marked(Mark.ABSENT) == SessionFigures(0, 0, 0)
    assert marked(None) == SessionFigures(0, 1, 0)


def test_no_number_reads_a_whole_table(world: World, desk_of: DeskOf) -> None:
    mia = desk_of(world.mia)

    def ask() -> None:
        figures_of(mia)
        sessions_ahead(mia.replica, world.ana, NOW)

    assert scanned_tables(mia.replica, ask) == []
