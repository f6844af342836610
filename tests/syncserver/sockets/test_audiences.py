"""Audiences: who hears a room, under which access version."""

from syncserver.sockets.audiences import Audiences
from tests.syncserver.sockets.connected import a_connection

ROOM = "mentors"


def test_those_who_joined_hear_the_room() -> None:
    audiences, mia = Audiences(), a_connection("1")

    audiences.join(mia, ROOM, 4)

    assert audiences.hearing(ROOM, 4) == [mia]
    assert mia.rooms == {ROOM}


def test_under_another_access_version_nobody_hears() -> None:
    audiences = Audiences()
    audiences.join(a_connection("1"), ROOM, 4)

    assert audiences.hearing(ROOM, 5) == []


def test_who_left_hears_no_more() -> None:
    audiences, mia, noah = Audiences(), a_connection("1"), a_connection("2")
    audiences.join(mia, ROOM, 4)
    audiences.join(noah, ROOM, 4)

    audiences.leave_all(mia)

    assert audiences.hearing(ROOM, 4) == [noah]
    assert mia.rooms == set()


def test_the_room_is_forgotten_with_its_last_listener() -> None:
    audiences, mia = Audiences(), a_connection("1")
    audiences.join(mia, ROOM, 4)

    audiences.leave(mia, ROOM)

    assert audiences.version(ROOM) is None


def test_a_move_takes_along_those_who_stay() -> None:
    audiences, mia, noah = Audiences(), a_connection("1"), a_connection("2")
    audiences.join(mia, ROOM, 4)
    audiences.join(noah, ROOM, 4)

    audiences.move(ROOM, 5, lambda connection: connection is mia)

    assert audiences.hearing(ROOM, 5) == [mia]
    assert noah.rooms == set()


def test_a_newcomer_does_not_raise_the_version_of_those_who_are_there() -> None:
    audiences, mia, noah = Audiences(), a_connection("1"), a_connection("2")
    audiences.join(mia, ROOM, 4)

    audiences.join(noah, ROOM, 5)

    assert audiences.version(ROOM) == 4


def test_what_was_read_before_a_known_revocation_is_behind() -> None:
    audiences = Audiences()
    audiences.join(a_connection("1"), ROOM, 5)

    assert audiences.is_behind({ROOM: 4})
    assert not audiences.is_behind({ROOM: 5, "user:x": 0})
