"""The numbers of Today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from desktop.store.activity import UNREAD, notifications
from desktop.store.dashboard import (
    Feedback,
    SessionFigures,
    StudentFigures,
    days_written,
    latest_activity,
    session_figures,
    sessions_ahead,
    student_figures,
    unread_feedback,
)
from desktop.store.schedules import Session, SessionFilter, sessions
from domain.activities import Kind, Person
from domain.comments import AddComment
from domain.entries import EntryStatus
from domain.inbox import MarkInbox
from domain.instants import moment
from domain.members import Role
from domain.outcomes import CannotMakeIt, CompleteSchedule
from domain.schedules import Mark
from domain.writing import SubmitEntry
from tests.builders import (
    World,
    a_plan,
    a_review,
    a_schedule,
    ahead,
    an_essay,
    id_of,
    second_ahead,
)
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


def feedback_of(desk: Desk) -> list[Feedback]:
    me = Person(desk.user, Role.STUDENT)
    unread = notifications(desk.replica, me, states=UNREAD)
    return unread_feedback(desk.replica, unread)


def three_days_ago() -> date:
    return moment(ahead(days=-3)).date()


def test_counts_what_was_written_on_each_day_without_drafts(world: World, desk_of: DeskOf) -> None:
    """Five of Ben's six entries were submitted, all on one day; one of them twice."""
    assert days_written(desk_of(world.ben).replica, world.ben) == {three_days_ago(): 5}


def test_a_draft_counts_on_the_day_on_which_it_is_submitted(world: World, desk_of: DeskOf) -> None:
    world.done_by(SubmitEntry(id=world.draft), world.ben)

    found = days_written(desk_of(world.ben).replica, world.ben)

    assert found == {three_days_ago(): 5, three_days_ago() + timedelta(days=3): 1}


def test_the_day_is_that_on_the_wall_of_the_student(world: World, desk_of: DeskOf) -> None:
    late = an_essay(id_of("late"))  # at half past eleven in the evening in London, in Berlin after
    world.done_by(late, world.ana, now="2026-01-10T23:30:00.000Z")

    assert days_written(desk_of(world.ana).replica, world.ana) == {date(2026, 1, 11): 1}


def test_the_latest_activity_is_of_all_own_rooms_and_of_everybody(
    world: World, desk_of: DeskOf
) -> None:
    world.done_by(an_essay(id_of("new")), world.ben, now=ahead(minutes=1))
    world.done_by(a_review(world.waiting, "reviewed"), world.noah, now=ahead(minutes=2))

    found = latest_activity(desk_of(world.noah).replica, limit=2)

    assert [(one.actor_name, one.activity.kind_) for one in found] == [
        ("Noah Park", Kind.ENTRY_STATUS_CHANGED),
        ("Ben Hall", Kind.ENTRY_CREATED),
    ]


def test_the_latest_activity_names_a_student_of_another_mentor(
    world: World, desk_of: DeskOf
) -> None:
    world.done_by(CannotMakeIt(id=world.group), world.ben, now=ahead(minutes=1))

    [found] = latest_activity(desk_of(world.mia).replica, limit=1)

    assert found.actor_name == "Ben Hall"


def test_what_happens_in_the_rooms_of_others_is_not_among_it(world: World, desk_of: DeskOf) -> None:
    found = latest_activity(desk_of(world.ana).replica, limit=100)

    assert found
    assert not any(one.activity.subject_id in world.entries.values() for one in found)


def test_feedback_to_read_is_by_entry_and_the_newest_first(world: World, desk_of: DeskOf) -> None:
    more = AddComment(id=id_of("more"), entry_id=world.returned, body="Take your time.")
    world.done_by(more, world.noah)

    found = feedback_of(desk_of(world.ben))

    assert found[0].id == world.returned
    assert [one.activity.kind_ for one in found[0].news] == [
        Kind.COMMENT_ADDED,
        Kind.ENTRY_STATUS_CHANGED,
    ]
    assert found[0].entry.entry.status is EntryStatus.NEEDS_WORK
    assert {one.id for one in found} == {
        world.returned, world.again, world.approved, world.answered
    }  # fmt: skip


def test_feedback_that_was_read_is_gone(world: World, desk_of: DeskOf) -> None:
    for one in feedback_of(desk_of(world.ben)):
        if one.id == world.approved:
            world.done_by(MarkInbox(activity_id=one.news[0].id, state="read"), world.ben)

    found = feedback_of(desk_of(world.ben))

    assert world.approved not in {one.id for one in found}
    assert len(found) == 3


def test_a_session_is_no_feedback(world: World, desk_of: DeskOf) -> None:
    assert feedback_of(desk_of(world.ana)) == []


def test_no_number_reads_a_whole_table(world: World, desk_of: DeskOf) -> None:
    mia = desk_of(world.mia)

    def ask() -> None:
        figures_of(mia)
        sessions_ahead(mia.replica, world.ana, NOW)
        days_written(mia.replica, world.ana)

    assert scanned_tables(mia.replica, ask) == []
