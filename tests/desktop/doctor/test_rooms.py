"""Rooms compared with the relay's."""

from desktop.doctor.findings import RoomFinding, Verdict
from desktop.doctor.rooms import compared, versions
from desktop.store.contents import Held

SAME = Held(3, "aa", "aa")


def test_rooms_in_the_same_versions_are_in_step() -> None:
    found = versions({"mentors": SAME}, {"mentors": (3, "aa")})

    assert (found.verdict, found.code, found.facts["rooms"]) == (Verdict.GOOD, "in_step", "1")


def test_missing_strange_and_older_rooms_are_named() -> None:
    found = versions(
        {"mentors": SAME, "user:a": SAME}, {"mentors": (5, "bb"), "student:b": (1, "cc")}
    )

    assert found.verdict is Verdict.NOTE
    assert found.rooms == (
        RoomFinding("mentors", 3, 5),
        RoomFinding("student:b", None, 1),
        RoomFinding("user:a", 3, None),
    )


def test_the_same_rows_are_the_same() -> None:
    assert compared({"mentors": SAME}, {"mentors": (3, "aa")}).verdict is Verdict.GOOD


def test_rows_that_are_not_those_that_came_differ_at_any_version() -> None:
    found = compared({"mentors": Held(3, "aa", "ab")}, {"mentors": (9, "zz")})

    assert found.verdict is Verdict.BAD
    assert found.rooms == (RoomFinding("mentors", 3, 9, differs=True),)


def test_another_checksum_on_the_relay_differs_at_the_same_version_only() -> None:
    mine = {"mentors": SAME}

    assert compared(mine, {"mentors": (3, "bb")}).verdict is Verdict.BAD
    assert compared(mine, {"mentors": (4, "bb")}).verdict is Verdict.GOOD
    assert compared(mine, {}).verdict is Verdict.GOOD
