"""How sessions look and read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.store.schedules import Session, session
from desktop.ui.schedule.looks import mark_chip, other_time, session_row, session_text, status_chip
from domain.accounts import UpdateAccount
from domain.outcomes import CannotMakeIt, CompleteSchedule
from domain.schedules import Mark
from tests.builders import World
from tests.desktop.ui.seats import Seat

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


def the(seat: Seat, schedule_id: str) -> Session:
    found = session(seat.reader, seat.workspace.me, schedule_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("session", "Scheduled"),
        ("past", "To confirm"),
        ("done", "Completed"),
        ("canceled", "Canceled"),
    ],
)
def test_a_status_is_a_word_and_an_icon(
    world: World, seat_of: SeatOf, name: str, words: str
) -> None:
    seat = seat_of(world.mia)

    chip = status_chip(the(seat, world.sessions[name]), seat.workspace.now())

    assert (chip.text, bool(chip.icon)) == (words, True)


def test_a_student_who_cannot_come_is_seen(world: World, seat_of: SeatOf) -> None:
    world.done_by(CannotMakeIt(id=world.soon, reason="Ill."), world.ana)
    seat = seat_of(world.mia)

    chip = status_chip(the(seat, world.soon), seat.workspace.now())

    assert chip.text == "Can't make it"


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (Mark.ATTENDED, "Attended"),
        (Mark.LATE, "Late"),
        (Mark.ABSENT, "Absent"),
        (Mark.EXCUSED, "Excused"),
        (None, "Not marked"),
    ],
)
def test_each_mark_has_its_word(mark: Mark | None, words: str) -> None:
    assert mark_chip(mark).text == words


def test_the_own_attendance_stands_over_the_groups_status(world: World, seat_of: SeatOf) -> None:
    world.done_by(CompleteSchedule(id=world.group), world.ana)
    seat = seat_of(world.ana)

    chip = status_chip(the(seat, world.group), seat.workspace.now())

    assert chip.text == "Attended"


def test_a_row_has_both_times_and_whom_one_meets(world: World, seat_of: SeatOf) -> None:
    world.done_by(UpdateAccount(time_zone="Asia/Tokyo"), world.ana)
    mentor, student = seat_of(world.mia), seat_of(world.ana)

    row = session_row(the(mentor, world.session), mentor.workspace)
    assert (row.lead, row.subtitle) == ("13:00\n14:00", "with Ana Ruiz · 21:00 for Ana")
    row = session_row(the(student, world.session), student.workspace)

    assert (row.lead, row.subtitle) == ("21:00\n22:00", "with Mia Stone · 13:00 for Mia")


def test_a_group_is_named_for_its_mentor_and_has_a_mentor_for_its_students(
    world: World, seat_of: SeatOf
) -> None:
    mentor, student = seat_of(world.mia), seat_of(world.ana)

    assert session_row(the(mentor, world.group), mentor.workspace).subtitle == "Group: Spring"
    row = session_row(the(student, world.group), student.workspace)

    assert row.subtitle == "Group, with Mia Stone"


def test_a_canceled_session_is_struck_through_with_its_reason_first(
    world: World, seat_of: SeatOf
) -> None:
    seat = seat_of(world.mia)

    row = session_row(the(seat, world.canceled), seat.workspace)

    assert row.is_struck
    assert row.is_dimmed
    assert row.subtitle == "Ill. · with Ana Ruiz"


def test_the_other_day_is_said_where_it_is_another(world: World, seat_of: SeatOf) -> None:
    world.done_by(UpdateAccount(time_zone="Pacific/Kiritimati"), world.ana)
    seat = seat_of(world.mia)

    assert other_time(the(seat, world.session), seat.workspace) == "Fri 5 Dec, 02:00 for Ana"


def test_clocks_that_agree_are_not_repeated(world: World, seat_of: SeatOf) -> None:
    world.done_by(UpdateAccount(time_zone="Europe/Paris"), world.ana)
    seat = seat_of(world.mia)

    assert other_time(the(seat, world.session), seat.workspace) == ""


def test_a_screen_reader_hears_it_in_one_line(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    shown = replace(the(seat, world.session), is_pending=True)

    assert session_text(shown, seat.workspace) == (
        "Thu 4 Dec, 13:00\u201314:00, Weekly talk, with Ana Ruiz, Scheduled, waiting to send"
    )


@pytest.mark.parametrize(
    ("name", "color"),
    [
        ("session", "scheduled"),
        ("past", "pending"),
        ("done", "completed"),
        ("canceled", "canceled"),
    ],
)
def test_bar_and_chip_have_one_colour(world: World, seat_of: SeatOf, name: str, color: str) -> None:
    seat = seat_of(world.mia)

    row = session_row(the(seat, world.sessions[name]), seat.workspace)

    assert row.chip is not None
    assert (row.bar, row.chip.tone) == (color, color)
