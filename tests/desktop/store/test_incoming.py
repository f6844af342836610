"""Tests of taking in the relay's rows: checksums, strangers, poison, moves."""

from collections.abc import Iterator
from typing import Any

import pytest

from desktop.store.database import open_memory
from desktop.store.incoming import Incoming
from domain.checksums import as_hex, combined, row_hash
from domain.rooms import cohort_room, student_room
from domain.wire import Removed
from tests.builders import ANA, SPRING, a_member, a_schedule, an_activity, id_of
from tests.desktop.store.desks import wire_of

ROOM, OTHER = student_room(ANA), cohort_room(SPRING)


class Inbound:
    """Two rooms, and what comes into them."""

    def __init__(self) -> None:
        self.files = open_memory()
        self.changed: set[str] = set()
        self.incoming = Incoming(self.files.replica, self.changed)
        for room in (ROOM, OTHER):
            self.files.replica.execute(
                "INSERT INTO rooms (room, checksum) VALUES (?, ?)", [room, as_hex(0)]
            )

    def checksum(self, room: str = ROOM) -> str:
        row = self.files.replica.execute("SELECT checksum FROM rooms WHERE room = ?", [room])
        return str(row.fetchone()[0])

    def count(self, table: str) -> int:
        return int(self.files.replica.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


@pytest.fixture
def inbound() -> Iterator[Inbound]:
    inbound = Inbound()
    yield inbound
    inbound.files.close()


def sum_of(*rows: dict[str, Any]) -> str:
    hashes = [row_hash(row["type"], row["id"], row["version"]) for row in rows]
    return as_hex(combined(0, added=hashes))


SESSION = wire_of(a_schedule(version=3))


def test_rows_are_written_and_summed_up(inbound: Inbound) -> None:
    member = wire_of(a_member(version=1))

    assert inbound.incoming.take(ROOM, [SESSION, member]) == set()
    assert inbound.checksum() == sum_of(SESSION, member)
    assert inbound.changed == {"schedule", "member"}


def test_a_newer_form_takes_the_place_of_the_older_one(inbound: Inbound) -> None:
    newer = SESSION | {"version": 4}
    inbound.incoming.take(ROOM, [SESSION])
    inbound.incoming.take(ROOM, [newer])
    inbound.incoming.take(ROOM, [SESSION])

    assert inbound.checksum() == sum_of(newer)


def test_a_row_of_a_kind_that_only_a_newer_program_knows_counts_all_the_same(
    inbound: Inbound,
) -> None:
    strange: dict[str, Any] = {"type": "badge", "id": id_of("badge"), "room": ROOM} | {
        "version": 2,
        "shape": "star",
    }
    inbound.incoming.take(ROOM, [strange])
    inbound.incoming.take(ROOM, [strange | {"version": 5}])
    there = inbound.checksum(), inbound.count("unreadable")

    inbound.incoming.remove(ROOM, [Removed(type="badge", id=strange["id"])])

    assert there == (sum_of(strange | {"version": 5}), 1)
    assert (inbound.checksum(), inbound.count("unreadable")) == (as_hex(0), 0)


@pytest.mark.logs("does not fit")
@pytest.mark.parametrize(
    "poison", [{"title": None}, {"title": {"a": 1}}, {"sequence": 2**70}, {"without": "title"}]
)
def test_one_poisoned_row_is_reported_and_the_rest_goes_on(
    inbound: Inbound, poison: dict[str, Any]
) -> None:
    bad = SESSION | {"id": id_of("bad")} | poison
    if "without" in poison:
        del bad["title"]
    good = SESSION | {"id": id_of("good")}

    inbound.incoming.take(ROOM, [bad, good])

    assert (inbound.count("schedules"), inbound.count("unreadable")) == (1, 1)
    assert inbound.checksum() == sum_of(bad, good)


@pytest.mark.logs("does not fit")
def test_a_row_that_is_healed_is_shown(inbound: Inbound) -> None:
    inbound.incoming.take(ROOM, [SESSION | {"title": None}])

    healed = SESSION | {"version": 4}
    inbound.incoming.take(ROOM, [healed])

    assert (inbound.count("schedules"), inbound.count("unreadable")) == (1, 0)
    assert inbound.checksum() == sum_of(healed)


@pytest.mark.logs("without kind, id or version")
def test_a_row_without_a_name_is_reported_without_its_words_and_left_out(
    inbound: Inbound, caplog: pytest.LogCaptureFixture
) -> None:
    inbound.incoming.take(ROOM, [{"title": "Private words"}, SESSION])

    assert inbound.checksum() == sum_of(SESSION)
    assert "['title']" in caplog.text
    assert "Private" not in caplog.text


def test_a_tombstone_of_an_unknown_row_is_nothing(inbound: Inbound) -> None:
    assert inbound.incoming.remove(ROOM, [Removed(type="schedule", id=id_of("unknown"))]) == set()
    assert inbound.checksum() == as_hex(0)


def test_a_removed_row_is_gone_from_table_and_checksum(inbound: Inbound) -> None:
    inbound.incoming.take(ROOM, [SESSION])
    inbound.changed.clear()

    inbound.incoming.remove(ROOM, [Removed(type="schedule", id=SESSION["id"])])

    assert (inbound.count("schedules"), inbound.checksum()) == (0, as_hex(0))
    assert inbound.changed == {"schedule"}


MOVED = Removed(type="schedule", id=SESSION["id"], moved=True)
ARRIVED = SESSION | {"room": OTHER, "version": 9}


@pytest.mark.parametrize("order", ["gone first", "arrived first"])
def test_a_row_that_moves_counts_in_its_new_room_only(inbound: Inbound, order: str) -> None:
    inbound.incoming.take(ROOM, [SESSION])
    if order == "gone first":
        inbound.incoming.remove(ROOM, [MOVED])
        inbound.incoming.remove(ROOM, [MOVED])
        assert inbound.count("schedules") == 1
        inbound.incoming.take(OTHER, [ARRIVED])
    else:
        inbound.incoming.take(OTHER, [ARRIVED])
        inbound.incoming.remove(ROOM, [MOVED])

    assert (inbound.checksum(), inbound.checksum(OTHER)) == (as_hex(0), sum_of(ARRIVED))
    assert not inbound.incoming.has_moving()
    assert inbound.count("schedules") == 1


def test_a_row_that_moved_and_was_then_removed_goes(inbound: Inbound) -> None:
    inbound.incoming.take(ROOM, [SESSION])
    inbound.incoming.remove(ROOM, [MOVED])

    inbound.incoming.remove(ROOM, [Removed(type="schedule", id=SESSION["id"])])

    assert (inbound.count("schedules"), inbound.count("moving")) == (0, 0)
    assert inbound.checksum() == as_hex(0)


def test_moves_end_even_if_their_row_has_gone_meanwhile(inbound: Inbound) -> None:
    inbound.incoming.take(ROOM, [SESSION])
    inbound.incoming.remove(ROOM, [MOVED])
    inbound.files.replica.execute("DELETE FROM schedules")

    assert inbound.incoming.end_moves() == set()
    assert not inbound.incoming.has_moving()


def begin_copy_over(inbound: Inbound) -> None:
    inbound.files.replica.execute(
        "UPDATE rooms SET copies_over = 1, copy_until = 9, checksum = ? WHERE room = ?",
        (as_hex(0), ROOM),
    )


def test_a_copy_over_an_old_one_counts_what_it_brings_and_sweeps_the_rest(
    inbound: Inbound,
) -> None:
    old = wire_of(a_member(version=1))
    strange = {"type": "badge", "id": id_of("badge"), "room": ROOM, "version": 2}
    inbound.incoming.take(ROOM, [SESSION, old, strange])
    begin_copy_over(inbound)

    inbound.incoming.take(ROOM, [SESSION], over_old=True)
    inbound.incoming.sweep(ROOM)

    assert inbound.checksum() == sum_of(SESSION)
    assert (inbound.count("schedules"), inbound.count("members")) == (1, 0)
    assert (inbound.count("unreadable"), inbound.count("copied")) == (0, 0)


def test_rows_that_leave_a_room_under_copy_count_if_the_copy_had_brought_them(
    inbound: Inbound,
) -> None:
    second = SESSION | {"id": id_of("second")}
    inbound.incoming.take(ROOM, [SESSION, second])
    begin_copy_over(inbound)
    inbound.incoming.take(ROOM, [SESSION], over_old=True)

    inbound.incoming.take(OTHER, [ARRIVED, second | {"room": OTHER, "version": 9}])
    inbound.incoming.sweep(ROOM)

    assert inbound.checksum() == as_hex(0)
    assert inbound.count("schedules") == 2


def test_a_row_under_a_prediction_is_given_back_to_be_run_again(inbound: Inbound) -> None:
    inbound.files.replica.execute(
        "INSERT INTO confirmed (kind, id) VALUES ('schedule', ?)", [SESSION["id"]]
    )

    dirty = inbound.incoming.take(ROOM, [SESSION, wire_of(an_activity(version=3))])
    gone = inbound.incoming.remove(ROOM, [Removed(type="schedule", id=SESSION["id"])])

    assert dirty == gone == {("schedule", SESSION["id"])}
    assert inbound.count("schedules") == 0


def test_a_copy_sweeps_the_confirmed_form_under_a_prediction_too(inbound: Inbound) -> None:
    inbound.files.replica.execute(
        "INSERT INTO confirmed (kind, id) VALUES ('schedule', ?)", [SESSION["id"]]
    )
    inbound.incoming.take(ROOM, [SESSION])
    begin_copy_over(inbound)

    assert inbound.incoming.sweep(ROOM) == {("schedule", SESSION["id"])}


def test_an_erased_room_is_wholly_gone(inbound: Inbound) -> None:
    inbound.incoming.take(ROOM, [SESSION])
    inbound.changed.clear()

    inbound.incoming.erase(ROOM)
    inbound.incoming.take(ROOM, [])

    assert (inbound.count("schedules"), inbound.count("rooms")) == (0, 1)
    assert inbound.changed == {"schedule"}


def test_a_row_that_comes_from_a_room_that_is_gone_counts_in_its_own(inbound: Inbound) -> None:
    inbound.incoming.take(ROOM, [SESSION])
    inbound.files.replica.execute("DELETE FROM rooms WHERE room = ?", [ROOM])

    inbound.incoming.take(OTHER, [ARRIVED])

    assert inbound.checksum(OTHER) == sum_of(ARRIVED)
