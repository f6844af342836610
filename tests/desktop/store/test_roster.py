"""The roster, and the sessions of one student."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.roster import Student, roster, sessions_held, sessions_of, student
from domain.activities import Person
from domain.assignments import AssignStudent, ClaimStudent
from domain.members import Role
from domain.outcomes import CompleteSchedule, MarkAttendance
from domain.schedules import Mark
from tests.builders import World, a_plan, ahead, id_of, second_ahead
from tests.desktop.query_plans import scanned_tables
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]
NOW = second_ahead()


def me_at(desk: Desk) -> Person:
    return Person(desk.user, Role.MENTOR)


def by_name(desk: Desk) -> dict[str, Student]:
    found = roster(desk.replica, me_at(desk), NOW)
    return {one.card.name: one for one in found}


def test_holds_all_students_by_name_but_the_deactivated(world: World, desk_of: DeskOf) -> None:
    assert list(by_name(desk_of(world.mia))) == ["Ana Ruiz", "Ben Hall", "Cem Aydin", "Dora Wolf"]


def test_says_whose_they_are(world: World, desk_of: DeskOf) -> None:
    world.done_by(AssignStudent(student_id=world.ana, mentor_id=world.noah), world.admin)

    found = by_name(desk_of(world.mia))

    assert (found["Ana Ruiz"].is_mine, found["Ana Ruiz"].other_mentors) == (True, ("Noah Park",))
    assert (found["Ben Hall"].is_mine, found["Ben Hall"].other_mentors) == (False, ("Noah Park",))
    assert found["Cem Aydin"].is_unassigned


def test_names_cohort_zone_and_next_session(world: World, desk_of: DeskOf) -> None:
    ana = by_name(desk_of(world.mia))["Ana Ruiz"]

    assert (ana.cohort_name, ana.zone) == ("Spring", "Europe/Berlin")
    assert (ana.next_title, ana.next_start) == ("Weekly talk", second_ahead(hours=2))


def test_a_running_session_is_the_next_one(world: World, desk_of: DeskOf) -> None:
    plan = a_plan(id_of("now"), world.ana, start=second_ahead(minutes=-10), title="Right now")
    world.done_by(plan, world.mia)

    assert by_name(desk_of(world.mia))["Ana Ruiz"].next_title == "Right now"


def test_a_group_session_is_the_next_one_of_its_participants(world: World, desk_of: DeskOf) -> None:
    ben = by_name(desk_of(world.mia))["Ben Hall"]

    assert ben.next_title == "Spring circle"


def test_the_last_activity_is_the_students_own_deed(world: World, desk_of: DeskOf) -> None:
    ana = by_name(desk_of(world.mia))["Ana Ruiz"]

    assert ana.last_active == ahead(minutes=-5)  # completed the session


def test_nothing_is_known_of_what_other_mentors_students_do(world: World, desk_of: DeskOf) -> None:
    ana = by_name(desk_of(world.otto))["Ana Ruiz"]

    assert (ana.last_active, ana.next_title, ana.zone) == ("", "", "")


def test_counts_the_entries_that_wait_for_a_review(world: World, desk_of: DeskOf) -> None:
    assert by_name(desk_of(world.noah))["Ben Hall"].waiting == 3
    assert by_name(desk_of(world.noah))["Ana Ruiz"].waiting == 0
    assert by_name(desk_of(world.otto))["Ben Hall"].waiting == 0


def test_only_students_of_own_cohorts_may_be_moved(world: World, desk_of: DeskOf) -> None:
    assert by_name(desk_of(world.mia))["Ana Ruiz"].may_move
    assert by_name(desk_of(world.mia))["Cem Aydin"].may_move  # in no cohort
    assert not by_name(desk_of(world.otto))["Ana Ruiz"].may_move


def test_a_deactivated_student_is_still_found_by_id(world: World, desk_of: DeskOf) -> None:
    mia = desk_of(world.mia)

    found = student(mia.replica, me_at(mia), world.gone, NOW)

    assert found is not None
    assert found.card.name == "Gil Moss"
    assert student(mia.replica, me_at(mia), id_of("nobody"), NOW) is None


def test_a_students_sessions_are_those_of_all_their_mentors(world: World, desk_of: DeskOf) -> None:
    world.done_by(AssignStudent(student_id=world.ana, mentor_id=world.noah), world.admin)
    plan = a_plan(id_of("other"), world.ana, start=second_ahead(days=6), title="With Noah")
    world.done_by(plan, world.noah)
    mia = desk_of(world.mia)

    coming, past = sessions_of(mia.replica, me_at(mia), world.ana, NOW, past=10)

    assert [one.id for one in coming] == [
        world.soon, world.session, world.canceled, world.group, id_of("other")
    ]  # fmt: skip
    assert [one.id for one in past] == [world.done, world.past]
    assert {one.id: one.with_name for one in coming} == {
        world.soon: "",
        world.session: "",
        world.canceled: "",
        world.group: "Spring",
        id_of("other"): "Noah Park",
    }


def test_the_past_is_cut_at_its_newest(world: World, desk_of: DeskOf) -> None:
    mia = desk_of(world.mia)

    _coming, past = sessions_of(mia.replica, me_at(mia), world.ana, NOW, past=1)

    assert [one.id for one in past] == [world.done]


def test_the_attendance_of_a_group_session_is_the_students(world: World, desk_of: DeskOf) -> None:
    mark = MarkAttendance(id=world.group, user_id=world.ana, mark=Mark.EXCUSED)
    world.done_by(mark, world.mia)
    mia = desk_of(world.mia)

    coming, _past = sessions_of(mia.replica, me_at(mia), world.ana, NOW, past=1)

    assert {one.id: one.mark for one in coming}[world.group] is Mark.EXCUSED


def test_a_claimed_student_is_mine_at_once(world: World, desk_of: DeskOf) -> None:
    world.done_by(ClaimStudent(student_id=world.cem), world.mia)

    assert by_name(desk_of(world.mia))["Cem Aydin"].is_mine


def test_no_query_reads_a_whole_table(world: World, desk_of: DeskOf) -> None:
    mia = desk_of(world.mia)
    me = me_at(mia)

    def ask() -> None:
        roster(mia.replica, me, NOW)
        student(mia.replica, me, world.ana, NOW)
        sessions_of(mia.replica, me, world.ana, NOW, past=10)

    assert scanned_tables(mia.replica, ask) == []


def test_sessions_that_took_place_are_counted_those_of_the_group_too(
    world: World, desk_of: DeskOf
) -> None:
    assert sessions_held(desk_of(world.mia).replica, world.ana) == 1

    world.done_by(CompleteSchedule(id=world.group), world.mia)

    assert sessions_held(desk_of(world.mia).replica, world.ana) == 2
