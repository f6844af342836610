"""Who can't make it to a session, over a real local store."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.regrets import Regret, regrets_in
from desktop.store.schedules import SessionFilter, session, sessions
from domain.activities import Person
from domain.members import Role
from domain.outcomes import CannotMakeIt
from domain.planning import UpdateSchedule
from tests.builders import World, ahead, second_ahead
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]


def said_of(desk: Desk, schedule_id: str, role: Role = Role.MENTOR) -> list[Regret]:
    shown = session(desk.replica, Person(desk.user, role), schedule_id)
    assert shown is not None
    return list(shown.regrets)


def test_the_mentor_reads_who_and_why(world: World, desk_of: DeskOf) -> None:
    world.done_by(CannotMakeIt(id=world.soon, reason="Ill."), world.ana)
    world.done_by(CannotMakeIt(id=world.group, reason="Travelling."), world.ana)
    world.done_by(CannotMakeIt(id=world.group), world.ben)  # whose room Mia does not read
    mia = desk_of(world.mia)

    assert said_of(mia, world.soon) == [Regret(world.ana, "Ana Ruiz", "Ill.")]
    assert said_of(mia, world.group) == [
        Regret(world.ana, "Ana Ruiz", "Travelling."),
        Regret(world.ben, "Ben Hall", ""),
    ]
    assert said_of(mia, world.session) == []


def test_of_one_student_the_last_word_counts(world: World, desk_of: DeskOf) -> None:
    world.done_by(CannotMakeIt(id=world.soon, reason="Perhaps."), world.ana)
    world.done_by(CannotMakeIt(id=world.soon, reason="Ill."), world.ana, now=ahead(minutes=1))

    assert [one.reason for one in said_of(desk_of(world.mia), world.soon)] == ["Ill."]


def test_a_student_has_the_own_word_only(world: World, desk_of: DeskOf) -> None:
    world.done_by(CannotMakeIt(id=world.group, reason="Travelling."), world.ana)
    world.done_by(CannotMakeIt(id=world.group, reason="Secret."), world.ben)

    assert said_of(desk_of(world.ana), world.group, Role.STUDENT) == [
        Regret(world.ana, "", "Travelling.")
    ]


def test_what_was_said_of_another_time_counts_no_more(world: World, desk_of: DeskOf) -> None:
    world.done_by(CannotMakeIt(id=world.session, reason="A visit."), world.ana)
    moved = UpdateSchedule(
        id=world.session,
        start_time=second_ahead(days=6),
        end_time=second_ahead(days=6, hours=1),
        time_zone="Europe/Berlin",
    )
    world.done_by(moved, world.mia)
    mia = desk_of(world.mia)

    shown = session(mia.replica, Person(world.mia, Role.MENTOR), world.session)

    assert said_of(mia, world.session) == []
    assert shown is not None
    assert not shown.cannot


def test_sessions_carry_it_and_of_a_peer_nothing(world: World, desk_of: DeskOf) -> None:
    """Also on the mentor's side, where the timeline asks in the student's name."""
    world.done_by(CannotMakeIt(id=world.group), world.ana)
    world.done_by(CannotMakeIt(id=world.group), world.ben)
    mia = desk_of(world.mia)

    led = sessions(mia.replica, Person(world.mia, Role.MENTOR), SessionFilter())
    of_ana = sessions(mia.replica, Person(world.ana, Role.STUDENT), SessionFilter())

    for found, names in ((led, ["Ana Ruiz", "Ben Hall"]), (of_ana, ["Ana Ruiz"])):
        [group] = [one for one in found if one.id == world.group]
        assert [one.name for one in group.regrets] == names


def test_nothing_said_is_nobody() -> None:
    assert regrets_in("[]") == ()
