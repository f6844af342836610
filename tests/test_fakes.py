"""The in-memory relay: gapless versions, tombstones, visibility, and each mutation once."""

import copy

import pytest

from domain.checksums import as_hex, combined, row_hash
from domain.members import Member
from domain.outcomes import CancelSchedule
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.rooms import cohort_room, student_room
from domain.schedules import Participant, Schedule, Status
from tests.builders import EXAMPLES, NOW, ROWS, World, a_member, a_schedule, a_world, id_of
from tests.fakes import MemoryRelay, Tombstone


@pytest.fixture
def relay() -> MemoryRelay:
    return MemoryRelay()


@pytest.fixture
def world(relay: MemoryRelay) -> World:
    return a_world(relay)


@pytest.mark.parametrize("tag", EXAMPLES)
def test_a_commit_gives_each_touched_room_its_next_version(
    world: World, relay: MemoryRelay, tag: str
) -> None:
    before = dict(relay.heads)
    command, actor = EXAMPLES[tag](world)

    world.done_by(command, actor)

    frames = relay.commits[-1].frames
    assert {room: frame.version for room, frame in frames.items()} == {
        room: before.get(room, 0) + 1 for room in frames
    }
    assert relay.heads == before | {room: frame.version for room, frame in frames.items()}
    for room, frame in frames.items():
        assert all((row.room, row.version) == (room, frame.version) for row in frame.rows)


@pytest.mark.parametrize("tag", EXAMPLES)
def test_old_rows_and_frames_make_a_fresh_copy(world: World, relay: MemoryRelay, tag: str) -> None:
    copies = {
        room: {(row.kind(), row.id): row for row in relay.rows_of(room)} for room in relay.heads
    }
    command, actor = EXAMPLES[tag](world)

    world.done_by(command, actor)

    for room, frame in relay.commits[-1].frames.items():
        held = copies.setdefault(room, {})
        held |= {(row.kind(), row.id): row for row in frame.rows}
        for gone in frame.removed:
            del held[gone.type, gone.id]
    for room, held in copies.items():
        assert [row for _, row in sorted(held.items())] == relay.rows_of(room)


def test_a_mutation_counts_once(world: World, relay: MemoryRelay) -> None:
    command = CancelSchedule(id=world.session)
    for _ in range(2):
        refused = relay.run(command, world.mia, at=NOW, now=NOW, mutation="m")
        assert refused is None
    assert relay.get(Schedule, world.session).sequence == 1

    for _ in range(2):
        refused = relay.run(command, world.mia, at=NOW, now=NOW, mutation="n")
        assert refused is not None
        assert refused.code == "transition_not_allowed"


def test_a_refused_command_leaves_nothing(world: World, relay: MemoryRelay) -> None:
    before = copy.deepcopy(relay)

    world.do(UpdateSchedule(id=world.session, title="X"), world.ana)

    assert (relay.rows, relay.heads, relay.authors) == (before.rows, before.heads, before.authors)
    assert relay.tombstones == before.tombstones
    assert relay.commits == before.commits


def test_a_copy_goes_its_own_way(world: World, relay: MemoryRelay) -> None:
    other = relay.copy()

    world.done_by(DeleteSchedule(id=world.session), world.mia)

    assert other.find(Schedule, world.session) is not None
    assert relay.find(Schedule, world.session) is None
    assert other.tombstones[student_room(world.ana)] == {}


def test_what_is_removed_leaves_a_tombstone(world: World, relay: MemoryRelay) -> None:
    world.done_by(DeleteSchedule(id=world.session), world.mia)

    room = student_room(world.ana)
    gone = relay.tombstones[room]["schedule", world.session]
    assert gone == Tombstone(relay.heads[room], moved=False)


def test_a_row_that_moves_is_a_marked_tombstone_in_one_room_and_a_row_in_the_other(
    world: World, relay: MemoryRelay
) -> None:
    tx = relay.transaction(relay.act(world.mia, now=NOW))
    old, new = student_room(world.ana), cohort_room(world.spring)
    tx.put(a_schedule(world.session, room=new))

    frames = relay._frames(tx)

    assert [(each.id, each.moved) for each in frames[old].removed] == [(world.session, True)]
    assert [row.id for row in frames[new].rows] == [world.session]


def test_a_transaction_shows_the_actor_s_rooms_and_no_others(
    world: World, relay: MemoryRelay
) -> None:
    tx = relay.transaction(relay.act(world.ana, now=NOW))

    assert tx.find(Schedule, world.session) is not None
    assert tx.find(Schedule, world.bens) is None
    assert tx.everything.find(Schedule, world.bens) is not None
    assert tx.where(Schedule, student_id=world.ben) == []
    assert (tx.reads(student_room(world.ana)), tx.reads(student_room(world.ben))) == (True, False)


def test_only_indexed_fields_are_asked_for(world: World, relay: MemoryRelay) -> None:
    tx = relay.transaction(relay.act(world.ana, now=NOW))

    with pytest.raises(AssertionError):
        tx.where(Schedule, status=Status.SCHEDULED)


def test_a_field_has_the_author_who_last_changed_it(world: World, relay: MemoryRelay) -> None:
    world.done_by(UpdateSchedule(id=world.bens, title="New"), world.noah)

    tx = relay.transaction(relay.act(world.mia, now=NOW))
    row = relay.get(Schedule, world.bens)
    assert tx.author_of(row, "title") == world.noah
    assert tx.author_of(a_schedule(), "title") is None


def test_checksum_and_digest_are_of_what_stands_there(world: World, relay: MemoryRelay) -> None:
    rows = relay.rows_of("mentors")
    hashes = [row_hash(row.kind(), row.id, row.version) for row in rows]
    assert relay.checksum_of("mentors") == as_hex(combined(0, added=hashes))

    before = relay.digest_of(world.mia), relay.digest_of(world.ben)
    world.done_by(UpdateSchedule(id=world.session, title="New"), world.mia)

    assert relay.digest_of(world.mia) != before[0]
    assert relay.digest_of(world.ben) == before[1]


def test_a_view_is_the_rooms_of_a_person(world: World, relay: MemoryRelay) -> None:
    view = relay.view_of(world.cem)

    assert list(view) == relay.rooms_of(world.cem)
    assert {row.room for rows in view.values() for row in rows} == set(view)
    assert all(isinstance(row, Member) for row in view[student_room(world.cem)])


def test_who_has_no_account_does_nothing(world: World) -> None:
    assert world.answer(CancelSchedule(id=world.session), id_of("nobody")) == "account_disabled"


def test_a_participant_is_busy(world: World, relay: MemoryRelay) -> None:
    tx = relay.transaction(relay.act(world.noah, now=NOW))
    group = relay.get(Schedule, world.group)
    people = [row.user_id for row in relay.all_of(Participant)]

    for who in people:
        found = tx.busy([who], group.start_time, group.end_time, besides="")
        assert [row.id for row in found] == [world.group]
    assert tx.busy(people, group.start_time, group.end_time, besides=world.group) == []


def test_every_example_row_is_of_its_kind() -> None:
    assert {name: build().kind() for name, build in ROWS.items()} == {name: name for name in ROWS}
    assert a_member().room == student_room(id_of("Ana, student"))
