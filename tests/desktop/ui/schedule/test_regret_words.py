"""Who can't make it and why, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.store.regrets import Regret
from desktop.store.schedules import Attendee, Session, session
from desktop.ui.schedule.looks import session_row
from desktop.ui.schedule.regret_words import group_words, regret_facts, regret_line
from domain.outcomes import CancelSchedule, CannotMakeIt
from domain.schedules import Mark
from tests.builders import World
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


def the(seat: Seat, schedule_id: str) -> Session:
    found = session(seat.reader, seat.workspace.me, schedule_id)
    assert found is not None
    return found


@pytest.mark.parametrize(("reason", "more"), [("Ill.", ": Ill."), ("", "")])
def test_both_sides_read_it_on_the_row(
    world: World, seat_of: SeatOf, reason: str, more: str
) -> None:
    world.done_by(CannotMakeIt(id=world.soon, reason=reason), world.ana)
    mentor, student = seat_of(world.mia), seat_of(world.ana)

    row = session_row(the(mentor, world.soon), mentor.workspace)
    assert row.subtitle == f"Ana can't make it{more} · with Ana Ruiz"
    row = session_row(the(student, world.soon), student.workspace)

    assert row.subtitle == f"You told your mentor{more} · with Mia Stone"


def test_of_a_past_session_it_is_another_word(world: World, seat_of: SeatOf) -> None:
    world.done_by(CannotMakeIt(id=world.past), world.ana)
    seat = seat_of(world.mia)

    assert regret_line(the(seat, world.past), seat.workspace) == "Ana says it did not work out"


def test_several_of_a_group_are_counted_and_named(world: World, seat_of: SeatOf) -> None:
    world.done_by(CannotMakeIt(id=world.group, reason="Ill."), world.ana)
    world.done_by(CannotMakeIt(id=world.group), world.ben)
    seat = seat_of(world.mia)
    shown = the(seat, world.group)

    assert regret_line(shown, seat.workspace) == "2 can't make it: Ana, Ben"
    assert regret_facts(shown, seat.workspace) == "Ana Ruiz: Ill.\nBen Hall"


def test_a_canceled_session_needs_nobody(world: World, seat_of: SeatOf) -> None:
    world.done_by(CannotMakeIt(id=world.soon, reason="Ill."), world.ana)
    world.done_by(CancelSchedule(id=world.soon), world.mia)
    seat = seat_of(world.mia)
    shown = the(seat, world.soon)

    assert regret_line(shown, seat.workspace) == ""
    assert regret_facts(shown, seat.workspace) == "Ana Ruiz: Ill."


def test_whose_name_is_not_here_is_a_student(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    shown = replace(the(seat, world.group), regrets=(Regret("somebody", "", "Ill."),))

    assert regret_line(shown, seat.workspace) == "A student can't make it: Ill."
    assert regret_facts(shown, seat.workspace) == "A student: Ill."


STUDENTS = [Attendee("a", "Ana", None), Attendee("b", "Ben", Mark.LATE), Attendee("c", "Cem", None)]


@pytest.mark.parametrize(
    ("missing", "attendees", "is_led", "words"),
    [
        (0, STUDENTS, True, "3 students · 1 marked"),
        (1, STUDENTS, True, "3 students · 2 come · 1 can't make it · 1 marked"),
        (0, STUDENTS[:1], True, "1 student"),
        (3, STUDENTS, True, "3 students · 3 can't make it · 1 marked"),
        (1, STUDENTS, False, "3 students"),
        (0, [], True, ""),
    ],
)
def test_a_group_says_how_many_come(
    world: World,
    seat_of: SeatOf,
    missing: int,
    attendees: list[Attendee],
    is_led: bool,
    words: str,
) -> None:
    said = tuple(Regret(f"one {at}", "", "") for at in range(missing))
    shown = replace(the(seat_of(world.mia), world.group), regrets=said)

    assert group_words(attendees, shown, is_led=is_led) == words
