"""Members: one row for each person of a room."""

from domain.members import member_id
from tests.builders import id_of


def test_a_person_is_one_member_of_each_room() -> None:
    one, other = id_of("one"), id_of("other")

    assert member_id("mentors", one) == member_id("mentors", one)
    assert len({member_id(room, who) for room in ("mentors", "x") for who in (one, other)}) == 4
