"""Rooms: the unit of authorization, replication, broadcast and audit."""

from typing import Annotated

from msgspec import Meta

from domain.ids import END

Room = Annotated[str, Meta(pattern=r"^(mentors|(user|student|cohort):[0-9a-f-]{36})" + END)]

MENTORS = "mentors"


def user_room(user_id: str) -> str:
    """What only this person reads."""
    return f"user:{user_id}"


def student_room(student_id: str) -> str:
    """What the student and the assigned mentors read."""
    return f"student:{student_id}"


def cohort_room(cohort_id: str) -> str:
    """What the cohort's students and mentors read."""
    return f"cohort:{cohort_id}"


def room_kind(room: str) -> str:
    """`user`, `student`, `cohort` or `mentors`."""
    return room.partition(":")[0]


def room_subject(room: str) -> str:
    """The id of the person or cohort that the room belongs to; empty for `mentors`."""
    return room.partition(":")[2]
