"""The queries for sessions, over a real local store."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.store.schedules import (
    Session,
    SessionFilter,
    ahead_count,
    attendees,
    next_session,
    overlapping,
    session,
    sessions,
    to_confirm,
)
from domain.activities import Person
from domain.members import Role
from domain.outcomes import CannotMakeIt, MarkAttendance
from domain.schedules import Mark, Status
from tests.builders import World, second_ahead
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]
NOW = second_ahead()


def listed(desk: Desk, role: Role, wanted: SessionFilter | None = None) -> list[Session]:
    return sessions(desk.replica, Person(desk.user, role), wanted or SessionFilter())


def ids(found: list[Session]) -> list[str]:
    return [one.id for one in found]


def test_a_mentor_gets_the_own_sessions_by_their_start(world: World, desk_of: DeskOf) -> None:
    found = ids(listed(desk_of(world.mia), Role.MENTOR))

    assert found == [
        world.past,
        world.done,
        world.soon,
        world.session,
        world.canceled,
        world.group,
    ]


def test_a_student_gets_1_to_1_and_group_sessions(world: World, desk_of: DeskOf) -> None:
    assert ids(listed(desk_of(world.ben), Role.STUDENT)) == [world.bens, world.group]


def test_each_side_reads_the_name_of_the_other(world: World, desk_of: DeskOf) -> None:
    of_mentor = {one.id: one.with_name for one in listed(desk_of(world.mia), Role.MENTOR)}
    of_student = {one.id: one.with_name for one in listed(desk_of(world.ana), Role.STUDENT)}

    assert (of_mentor[world.session], of_mentor[world.group]) == ("Ana Ruiz", "Spring")
    assert (of_student[world.session], of_student[world.group]) == ("Mia Stone", "Mia Stone")


@pytest.mark.parametrize(
    ("status", "expected"),
    [(Status.COMPLETED, ["done"]), (Status.CANCELED, ["canceled"])],
)
def test_filters_by_status(
    world: World, desk_of: DeskOf, status: Status, expected: list[str]
) -> None:
    found = listed(desk_of(world.mia), Role.MENTOR, SessionFilter(status=status))

    assert ids(found) == [world.sessions[name] for name in expected]


def test_filters_by_student_and_by_cohort(world: World, desk_of: DeskOf) -> None:
    desk = desk_of(world.mia)

    of_ana = listed(desk, Role.MENTOR, SessionFilter(student_id=world.ana))
    of_spring = listed(desk, Role.MENTOR, SessionFilter(cohort_id=world.spring))

    assert world.group not in ids(of_ana)
    assert ids(of_spring) == [world.group]


def test_the_newest_come_first_when_asked_for(world: World, desk_of: DeskOf) -> None:
    wanted = SessionFilter(end=NOW, newest_first=True, limit=1)

    assert ids(listed(desk_of(world.mia), Role.MENTOR, wanted)) == [world.done]


def test_one_session_is_found_by_its_id_and_nobody_elses(world: World, desk_of: DeskOf) -> None:
    desk = desk_of(world.mia)
    me = Person(world.mia, Role.MENTOR)

    found = session(desk.replica, me, world.soon)

    assert found is not None
    assert found.id == world.soon
    assert session(desk.replica, me, world.bens) is None


def test_the_next_session_is_the_one_that_runs_or_comes(world: World, desk_of: DeskOf) -> None:
    me = Person(world.mia, Role.MENTOR)

    found = next_session(desk_of(world.mia).replica, me, NOW)

    assert found is not None
    assert found.id == world.soon


def test_what_has_ended_and_is_still_on_waits_to_be_confirmed(
    world: World, desk_of: DeskOf
) -> None:
    me = Person(world.mia, Role.MENTOR)

    assert ids(to_confirm(desk_of(world.mia).replica, me, NOW)) == [world.past]


def test_a_group_session_that_the_student_has_marked_waits_no_more(
    world: World, desk_of: DeskOf
) -> None:
    after = second_ahead(days=6)
    me = Person(world.ben, Role.STUDENT)
    before = ids(to_confirm(desk_of(world.ben).replica, me, after))

    world.done_by(MarkAttendance(id=world.group, user_id=world.ben, mark=Mark.LATE), world.mia)

    assert world.group in before
    marked = desk_of(world.ben)
    assert world.group not in ids(to_confirm(marked.replica, me, after))
    shown = session(marked.replica, me, world.group)
    assert shown is not None
    assert shown.mark is Mark.LATE


def test_a_word_of_one_student_does_not_mark_the_group_for_the_others(
    world: World, desk_of: DeskOf
) -> None:
    world.done_by(CannotMakeIt(id=world.group), world.ana)
    world.done_by(CannotMakeIt(id=world.soon), world.ana)

    by_mentor = {one.id: one.cannot for one in listed(desk_of(world.mia), Role.MENTOR)}
    by_student = {one.id: one.cannot for one in listed(desk_of(world.ana), Role.STUDENT)}

    assert (by_mentor[world.group], by_mentor[world.soon]) == (False, True)
    assert (by_student[world.group], by_student[world.soon]) == (True, True)


def test_what_overlaps_is_found_for_mentor_student_and_group(world: World, desk_of: DeskOf) -> None:
    desk = desk_of(world.mia)
    start, end = second_ahead(days=5, minutes=30), second_ahead(days=5, minutes=40)

    for person in (world.mia, world.ana, world.ben):
        assert [one.id for one in overlapping(desk.replica, [person], start, end)] == [world.group]
    assert overlapping(desk.replica, [world.mia], start, end, besides=world.group) == []
    assert overlapping(desk.replica, [world.cem], start, end) == []


def test_sessions_that_only_touch_do_not_overlap(world: World, desk_of: DeskOf) -> None:
    desk = desk_of(world.mia)
    group = session(desk.replica, Person(world.mia, Role.MENTOR), world.group)
    assert group is not None

    after = overlapping(
        desk.replica, [world.mia], group.schedule.end_time, second_ahead(days=5, hours=3)
    )

    assert after == []


def test_attendees_come_by_name_with_what_the_mentor_may_see(world: World, desk_of: DeskOf) -> None:
    world.done_by(MarkAttendance(id=world.group, user_id=world.ana, mark=Mark.LATE), world.mia)

    found = attendees(desk_of(world.mia).replica, world.group)

    assert [(one.name, one.mark) for one in found] == [("Ana Ruiz", Mark.LATE), ("Ben Hall", None)]


def test_a_mark_is_seen_only_where_one_reads_the_student(world: World, desk_of: DeskOf) -> None:
    found = attendees(desk_of(world.mia).replica, world.group)

    assert {one.name: one.is_seen for one in found} == {"Ana Ruiz": True, "Ben Hall": False}


def test_what_is_ahead_is_counted_without_what_is_over_or_canceled(
    world: World, desk_of: DeskOf
) -> None:
    replica = desk_of(world.mia).replica

    assert ahead_count(replica, world.mia, NOW) == len([world.soon, world.session, world.group])
    assert ahead_count(replica, world.mia, NOW, most=2) == 2
    assert ahead_count(replica, world.noah, second_ahead(days=30)) == 0
