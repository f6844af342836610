"""What this computer has seen of the audit log, and where the relay's past is another one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.store.replica import Step
from domain.chains import Finding, Known
from domain.rooms import student_room
from tests.builders import World
from tests.desktop.store.desks import Desk
from tests.desktop.store.test_replica import a_change

RESTORED_AT = "2026-03-02T12:00:00.000Z"

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
    mia.store.witness.keep()

    mia.replica.execute("PRAGMA user_version = 1")  # as of a program with another schema
    mia.reopen()

    assert mia.store.heads() == {}
    assert mia.store.witness.unconfirmed()[room] == seen


def test_what_the_rows_say_is_newer_than_what_was_kept(mia: Desk, room: str) -> None:
    see(mia, room, "first")
    mia.store.witness.keep()

    seen = see(mia, room, "second")

    assert mia.store.witness.heads()[room] == seen
    assert room not in mia.store.witness.unconfirmed()


def test_a_room_that_is_copied_anew_keeps_the_head_that_it_had(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")

    mia.store.begin_copy(room, seen.version)

    assert mia.store.witness.unconfirmed()[room] == seen


def test_a_frame_that_follows_another_past_is_not_taken_in(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")

    frame = a_change(room, seen.version + 1, audit_head="second", audit_head_at_from="another")

    assert mia.store.receive(frame) is Step.AUDIT_CHANGED
    assert mia.store.witness.heads()[room] == seen


def test_a_break_is_told_until_the_person_has_seen_it_and_never_twice(
    mia: Desk, room: str, tmp_path: Path
) -> None:
    seen = see(mia, room, "first")
    mia.changes.clear()

    first = mia.store.witness.report(room, seen, "another", Finding.CHANGED, tmp_path / "kept")
    second = mia.store.witness.report(room, seen, "another", Finding.CHANGED, None)

    assert (first, second) == (True, False)
    assert frozenset({"chain"}) in mia.changes
    [one] = mia.store.witness.breaks()
    assert (one.room, one.version, one.known, one.found) == (room, seen.version, "first", "another")
    assert (one.finding, one.kept_in) == (Finding.CHANGED, str(tmp_path / "kept"))
    mia.reopen()
    assert mia.store.witness.breaks() == [one]

    mia.store.witness.dismiss(one.id)

    assert mia.store.witness.breaks() == []
    assert mia.store.witness.report(room, seen, "another", Finding.CHANGED, None) is False


def test_a_head_that_was_found_broken_is_not_kept_again(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")
    mia.store.witness.keep()
    mia.store.witness.report(room, seen, "another", Finding.CHANGED, None)

    mia.store.begin_copy(room, seen.version)

    assert room not in mia.store.witness.unconfirmed()


def test_a_lost_room_takes_its_head_and_its_breaks_along(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")
    mia.store.witness.keep()
    mia.store.witness.report(room, seen, "another", Finding.CHANGED, None)

    mia.store.drop_rooms([room])

    assert room not in mia.store.witness.heads()
    assert mia.store.witness.breaks() == []


def test_a_restore_counts_until_all_is_in_step_with_it(mia: Desk) -> None:
    assert not mia.store.witness.is_restored()

    mia.store.make_good(0, RESTORED_AT)
    assert mia.store.witness.is_restored()
    mia.store.witness.keep()

    assert not mia.store.witness.is_restored()


def test_keeping_what_is_kept_writes_nothing(mia: Desk, room: str) -> None:
    see(mia, room, "first")
    mia.store.witness.keep()
    before = mia.store.files.outbox.total_changes

    mia.store.witness.keep()

    assert mia.store.files.outbox.total_changes == before


def test_what_came_back_with_a_restore_and_was_changed_again_is_news(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")
    mia.store.witness.report(room, seen, "another", Finding.CHANGED, None)
    mia.store.witness.dismiss(mia.store.witness.breaks()[0].id)

    mia.store.witness.keep()  # the relay has the first one again
    assert mia.store.witness.report(room, seen, "a third", Finding.CHANGED, None) is True

    [found] = mia.store.witness.breaks()
    assert (found.known, found.found) == (seen.head, "a third")


def copied_anew(desk: Desk, room: str, head: str) -> Known:
    """The room is copied, as a relay has it that names this head at its version."""
    version = desk.store.heads()[room][0] if room in desk.store.heads() else 9
    desk.store.begin_copy(room, version)
    desk.store.end_copy(room, head)
    return Known(version, head)


def test_a_copy_never_replaces_what_was_seen_before_it(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")
    mia.store.witness.keep()

    copied_anew(mia, room, "forged")
    mia.store.witness.keep()
    see(mia, room, "forged too")
    mia.store.witness.keep()
    mia.reopen()

    assert mia.store.witness.unconfirmed()[room] == seen
    assert mia.store.witness.heads()[room] == seen


def test_nor_does_a_copy_over_a_copy(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")

    copied_anew(mia, room, "forged")
    copied_anew(mia, room, "forged once more")
    mia.store.witness.keep()

    assert mia.store.witness.heads()[room] == seen


def test_once_the_relay_has_named_the_head_again_the_copys_head_is_kept(
    mia: Desk, room: str
) -> None:
    seen = see(mia, room, "first")
    copied_anew(mia, room, seen.head)
    newer = see(mia, room, "second")
    assert mia.store.witness.unconfirmed()[room] == seen

    mia.store.witness.confirm(room, seen)

    assert room not in mia.store.witness.unconfirmed()
    mia.store.witness.keep()
    copied_anew(mia, room, "forged")
    assert mia.store.witness.unconfirmed()[room] == newer


def test_a_copy_of_the_same_past_needs_no_question(mia: Desk, room: str) -> None:
    seen = see(mia, room, "first")

    assert copied_anew(mia, room, seen.head) == seen

    assert room not in mia.store.witness.unconfirmed()
    mia.store.witness.keep()
    newer = see(mia, room, "second")
    assert mia.store.witness.heads()[room] == newer
    assert room not in mia.store.witness.unconfirmed()


def test_rows_that_are_older_than_what_was_kept_follow_it_not(mia: Desk, room: str) -> None:
    see(mia, room, "first")
    mia.store.witness.keep()
    old = mia.store.set_aside()
    assert old is not None
    newer = see(mia, room, "second")
    mia.store.witness.keep()

    with closing(sqlite3.connect(old)) as rows:
        rows.backup(mia.replica)  # as from a backup

    assert mia.store.witness.unconfirmed()[room] == newer
    mia.store.witness.confirm(room, newer)
    assert mia.store.witness.unconfirmed()[room] == newer  # until the rows are as new
    see(mia, room, "second")
    assert room not in mia.store.witness.unconfirmed()


def test_after_a_restore_what_is_in_step_counts(mia: Desk, room: str) -> None:
    see(mia, room, "first")
    mia.store.witness.keep()
    mia.store.make_good(0, RESTORED_AT)

    restored = copied_anew(mia, room, "as restored")
    mia.store.witness.keep()

    assert mia.store.witness.heads()[room] == restored
    assert room not in mia.store.witness.unconfirmed()


def test_what_was_seen_of_a_past_that_is_over_is_not_asked_for(mia: Desk, room: str) -> None:
    see(mia, room, "first")
    restored = copied_anew(mia, room, "as restored")
    assert room in mia.store.witness.unconfirmed()

    mia.store.witness.let_go(room)

    assert room not in mia.store.witness.unconfirmed()
    assert mia.store.witness.heads()[room] == restored


def test_rows_of_a_past_that_is_over_are_known_as_such_until_they_are_copied(
    mia: Desk, room: str
) -> None:
    seen = see(mia, room, "first")

    mia.store.witness.let_go(room)

    frame = a_change(room, seen.version + 1, audit_head="second", audit_head_at_from="restored")
    assert mia.store.receive(frame) is Step.AUDIT_CHANGED


def test_what_was_seen_of_a_room_that_is_gone_is_forgotten_once_all_is_in_step(
    mia: Desk, room: str
) -> None:
    see(mia, room, "first")
    mia.store.witness.keep()
    mia.replica.execute("PRAGMA user_version = 1")  # the rows are gone, and so is the access
    mia.reopen()

    mia.store.witness.keep()

    assert mia.store.witness.heads() == {}
