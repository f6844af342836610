"""Rooms: their names, and nothing that only looks like one."""

import msgspec
import pytest

from domain.rooms import (
    MENTORS,
    Room,
    cohort_room,
    room_kind,
    room_subject,
    student_room,
    user_room,
)
from tests.builders import id_of

ID = id_of("somebody")


@pytest.mark.parametrize(
    ("room", "kind", "subject"),
    [
        (user_room(ID), "user", ID),
        (student_room(ID), "student", ID),
        (cohort_room(ID), "cohort", ID),
        (MENTORS, "mentors", ""),
    ],
)
def test_a_room_says_its_kind_and_its_subject(room: str, kind: str, subject: str) -> None:
    assert (room_kind(room), room_subject(room)) == (kind, subject)
    assert msgspec.convert(room, Room) == room


@pytest.mark.parametrize("room", ["", "mentor", "mentors\n", f"admin:{ID}", "user:", f"user:{ID}x"])
def test_what_is_no_room_is_refused(room: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(room, Room)
