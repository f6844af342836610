"""The audit heads that were seen, and where the relay's past turned out to be another one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.store.chains import of_rooms
from desktop.store.replica import Step
from domain.chains import Finding, Known
from domain.rooms import student_room
from tests.builders import World
from tests.desktop.store.desks import Desk
from tests.desktop.store.test_replica import a_change

DeskOf = Callable[..., Desk]


@pytest.fixture
def mia(desk_of: DeskOf, world: World, tmp_path: Path) -> Desk:
    return desk_of(world.mia, folder=tmp_path / "mia")


@pytest.fixture
def room(world: World) -> str:
    return student_room(world.ana)


def see(desk: Desk, room: str, head: str) -> Known:
    """A frame brings the room to its next version, with this audit head."""
    version = desk.store.heads()[room][0] + 1
    desk.store.receive(a_change(room, version, audit_head=head))
    return Known(version, head)


def test_a_head_that_was_kept_outlives_the_rows(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")
    mia.store.keep_chains()

    mia.replica.execute("PRAGMA user_version = 1")  # as of a program with another schema
    mia.reopen()

    assert mia.store.heads() == {}
    assert mia.store.unseen_chains()[room] == seen


def test_what_the_rows_say_is_newer_than_what_was_kept(mia: Desk, room: str) -> None:
    see(mia, room, "first")
    mia.store.keep_chains()

    seen = see(mia, room, "second")

    assert mia.store.chains()[room] == seen
    assert room not in mia.store.unseen_chains()


def test_a_room_that_is_copied_anew_keeps_the_head_that_it_had(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")

    mia.store.begin_copy(room, seen.version)

    assert mia.store.unseen_chains()[room] == seen


def test_a_frame_that_follows_another_past_is_not_taken_in(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")

    frame = a_change(room, seen.version + 1, audit_head="second", audit_head_at_from="another")

    assert mia.store.receive(frame) is Step.AUDIT_CHANGED
    assert mia.store.chains()[room] == seen


def test_a_break_is_told_until_the_person_has_seen_it_and_never_twice(
    mia: Desk, room: str, tmp_path: Path
) -> None:
    seen = see(mia, room, "first")
    mia.changes.clear()

    first = mia.store.report_break(room, seen, "another", Finding.CHANGED, tmp_path / "kept")
    second = mia.store.report_break(room, seen, "another", Finding.CHANGED, None)

    assert (first, second) == (True, False)
    assert frozenset({"chain"}) in mia.changes
    [one] = mia.store.breaks()
    assert (one.room, one.version, one.known, one.found) == (room, seen.version, "first", "another")
    assert (one.finding, one.kept_in) == (Finding.CHANGED, str(tmp_path / "kept"))
    mia.reopen()
    assert mia.store.breaks() == [one]

    mia.store.dismiss_break(one.id)

    assert mia.store.breaks() == []
    assert mia.store.report_break(room, seen, "another", Finding.CHANGED, None) is False


def test_a_head_that_was_found_broken_is_not_kept_again(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")
    mia.store.keep_chains()
    mia.store.report_break(room, seen, "another", Finding.CHANGED, None)

    mia.store.begin_copy(room, seen.version)

    assert room not in mia.store.unseen_chains()


def test_a_lost_room_takes_its_head_and_its_breaks_along(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")
    mia.store.keep_chains()
    mia.store.report_break(room, seen, "another", Finding.CHANGED, None)

    mia.store.drop_rooms([room])

    assert room not in mia.store.chains()
    assert mia.store.breaks() == []


def test_a_restore_counts_until_all_is_in_step_with_it(mia: Desk) -> None:
    assert not mia.store.is_restored()

    mia.store.make_good(0, "2026-03-02T12:00:00.000Z")
    assert mia.store.is_restored()
    mia.store.keep_chains()

    assert not mia.store.is_restored()


def test_keeping_what_is_kept_writes_nothing(mia: Desk, room: str) -> None:
    see(mia, room, "first")
    mia.store.keep_chains()
    before = mia.store.files.outbox.total_changes

    mia.store.keep_chains()

    assert mia.store.files.outbox.total_changes == before


def test_only_heads_that_were_told_are_known() -> None:
    heads = {"mentors": (3, "sum"), "user:a": (2, "sum")}

    assert of_rooms(heads, {"mentors": "x", "user:a": None}, ["mentors", "user:a", "user:b"]) == {
        "mentors": Known(3, "x")
    }
