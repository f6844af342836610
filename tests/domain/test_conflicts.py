"""Conflicts: when an edit overwrites what it has not seen."""

from domain.accounts import Account
from domain.conflicts import Conflict, base_hash, base_of
from domain.ids import derived_id
from domain.planning import UpdateSchedule
from domain.rooms import student_room
from domain.schedules import Schedule
from tests.builders import NOW, World, a_schedule, id_of, second_ahead
from tests.fakes import MemoryRelay


def test_a_base_is_the_head_of_sha_256_over_compact_json() -> None:
    times = ["2025-12-01T09:00:00Z", "2025-12-01T10:00:00Z", "UTC"]

    assert base_hash("Weekly talk") == "af6664399ebb3fc2"
    assert base_hash(times) == "5aff59f79130dd04"
    assert base_hash(None) == "74234e98afe7498f"


def test_start_end_and_zone_have_one_base() -> None:
    row = a_schedule(
        start_time="2025-12-01T09:00:00Z", end_time="2025-12-01T10:00:00Z", time_zone="UTC"
    )

    base = base_of(row)

    assert base.keys() == {name for name, _ in Schedule.editable}
    assert (base["time"], base["title"]) == ("5aff59f79130dd04", "af6664399ebb3fc2")


def test_an_account_has_a_base_for_each_preference() -> None:
    assert {name for name, _ in Account.editable} == {
        "name",
        "timeZone",
        "locale",
        "workingHours",
        "quietHours",
        "dndUntil",
        "switches",
        "reminderMinutes",
        "restDays",
    }


def _edit(world: World, relay: MemoryRelay, name: str, first: str, second: str) -> Schedule:
    """Two edits of one field by devices that both saw the same row."""
    base = base_of(relay.get(Schedule, world.session))
    for number, value in enumerate((first, second)):
        command = UpdateSchedule(id=world.session, base=base, **{name: value})  # type: ignore[arg-type]
        world.done_by(command, world.mia, mutation=id_of(f"edit {number}"))
    return relay.get(Schedule, world.session)


def _conflicts(world: World, relay: MemoryRelay) -> list[Conflict]:
    return [row for row in relay.all_of(Conflict) if row.row_id == world.session]


def test_the_later_value_stands_and_the_earlier_is_kept(world: World, relay: MemoryRelay) -> None:
    row = _edit(world, relay, "title", "First", "Second")

    conflict = _conflicts(world, relay)[0]
    assert row.title == "Second"
    assert conflict.id == derived_id("conflict", id_of("edit 1"), "title")
    assert (conflict.field, conflict.kept, conflict.lost) == ("title", "Second", "First")
    assert (conflict.row_type, conflict.room) == ("schedule", student_room(world.ana))
    assert conflict.resolved_by is None


def test_two_devices_of_one_mentor_bother_nobody_else(world: World, relay: MemoryRelay) -> None:
    _edit(world, relay, "title", "First", "Second")

    conflict = _conflicts(world, relay)[0]
    assert conflict.kept_by == conflict.lost_by == world.mia
    assert [each.kind_ for each in relay.told()] == ["schedule:updated"]


def test_the_same_value_twice_is_no_conflict(world: World, relay: MemoryRelay) -> None:
    _edit(world, relay, "title", "Same", "Same")

    assert _conflicts(world, relay) == []


def test_different_fields_both_win(world: World, relay: MemoryRelay) -> None:
    base = base_of(relay.get(Schedule, world.session))
    world.done_by(UpdateSchedule(id=world.session, title="T", base=base), world.mia)
    world.done_by(UpdateSchedule(id=world.session, place="P", base=base), world.mia)

    row = relay.get(Schedule, world.session)
    assert (row.title, row.place) == ("T", "P")
    assert _conflicts(world, relay) == []


def test_without_a_base_the_value_is_written_as_it_is(world: World, relay: MemoryRelay) -> None:
    for title in ("First", "Second"):
        world.done_by(UpdateSchedule(id=world.session, title=title), world.mia)

    assert _conflicts(world, relay) == []


def test_an_edit_that_saw_the_value_is_no_conflict(world: World, relay: MemoryRelay) -> None:
    for title in ("First", "Second"):
        base = base_of(relay.get(Schedule, world.session))
        world.done_by(UpdateSchedule(id=world.session, title=title, base=base), world.mia)

    assert _conflicts(world, relay) == []


def test_start_end_and_zone_are_kept_together(world: World, relay: MemoryRelay) -> None:
    before = relay.get(Schedule, world.session)
    base = base_of(before)
    world.done_by(
        UpdateSchedule(id=world.session, end_time=second_ahead(days=3, hours=2), base=base),
        world.mia,
    )

    world.done_by(UpdateSchedule(id=world.session, time_zone="Asia/Tokyo", base=base), world.mia)

    conflict = _conflicts(world, relay)[0]
    end = second_ahead(days=3, hours=2)
    assert conflict.field == "time"
    assert conflict.lost == [before.start_time, end, "Europe/Berlin"]
    assert conflict.kept == [before.start_time, end, "Asia/Tokyo"]


def test_the_loser_is_whoever_else_wrote_a_field_of_the_group(
    world: World, relay: MemoryRelay
) -> None:
    stale = {"time": base_hash("something older")}
    act = relay.act(world.mia, now=NOW, mutation=id_of("m"))
    tx = relay.transaction(act)
    tx.authors["schedule", world.session, "end_time"] = world.noah

    UpdateSchedule(id=world.session, time_zone="Asia/Tokyo", base=stale).apply(tx, act)

    conflicts = [row for row in tx.written if isinstance(row, Conflict)]
    assert [row.lost_by for row in conflicts] == [world.noah]


def test_where_the_author_is_not_known_it_is_oneself(world: World, relay: MemoryRelay) -> None:
    stale = {"title": base_hash("something older")}
    act = relay.act(world.mia, now=NOW, mutation=id_of("m"))
    tx = relay.transaction(act)
    tx.authors.clear()

    UpdateSchedule(id=world.session, title="New", base=stale).apply(tx, act)

    conflicts = [row for row in tx.written if isinstance(row, Conflict)]
    assert [row.lost_by for row in conflicts] == [world.mia]


def test_a_refused_edit_leaves_no_conflict(world: World, relay: MemoryRelay) -> None:
    stale = {"time": base_hash("something older")}
    onto_another = UpdateSchedule(
        id=world.session,
        start_time=second_ahead(hours=2),
        end_time=second_ahead(hours=3),
        base=stale,
    )

    assert world.answer(onto_another, world.mia) == "overlap"
    assert _conflicts(world, relay) == []
