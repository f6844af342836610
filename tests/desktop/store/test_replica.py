"""Tests of the replica: act, receive, pending, as sync.md has them."""

from collections.abc import Callable
from typing import Any

import pytest

from desktop.store.outbox import Waiting
from desktop.store.replica import Copy, Replica, Step
from domain.assignments import ClaimStudent
from domain.cohorts import Cohort, CreateCohort
from domain.conflicts import Conflict, base_of
from domain.errors import Refused
from domain.outcomes import CancelSchedule, CompleteSchedule
from domain.planning import UpdateSchedule
from domain.resolutions import ResolveConflict
from domain.rooms import cohort_room, student_room
from domain.schedules import Schedule
from domain.wire import Changes, Outcome, Removed, Result, RoomPage
from tests.builders import EXAMPLES, World, a_plan, a_schedule, id_of, second_ahead
from tests.desktop.store.desks import Desk, wire_of

DeskOf = Callable[..., Desk]
BY_CLIENTS = sorted(
    EXAMPLES.keys()
    - {f"account.{verb}" for verb in ("register", "change", "deactivate", "reactivate")}
)


def a_change(room: str, to: int, **fields: Any) -> Changes:
    return Changes(room=room, from_=to - 1, to=to, **fields)


def a_page(room: str, from_: int, to: int, **fields: Any) -> RoomPage:
    given: dict[str, Any] = {
        "rows": [],
        "removed": [],
        "cursor": [to, None],
        "more": False,
    } | fields
    return RoomPage(room=room, from_=from_, to=to, **given)


def applied(n: int, **versions: int) -> Result:
    return Result(n=n, status=Outcome.APPLIED, versions=versions)


# Act


def test_a_command_shows_at_once_with_a_pending_mark(mia: Desk, world: World) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))

    assert mia.find(Schedule, world.session).title == "First talk"
    assert mia.pending(Schedule, world.session) == 1


def test_it_tells_which_kinds_changed(mia: Desk, world: World) -> None:
    mia.changes.clear()

    mia.do(UpdateSchedule(id=world.session, title="First talk"))

    assert mia.changes == [frozenset({"schedule", "activity", "command"})]


def test_a_refused_command_leaves_nothing(mia: Desk, world: World) -> None:
    before = mia.shown()

    with pytest.raises(Refused) as refused:
        mia.do(CancelSchedule(id=world.canceled))

    assert refused.value.code == "transition_not_allowed"
    assert mia.shown() == before
    assert mia.store.counts().waiting == 0
    assert mia.is_quiet()


def test_nobody_acts_before_somebody_is_signed_in(mia: Desk, world: World) -> None:
    outbox = mia.store._outbox
    replica = Replica(mia.replica, outbox, mia.clock)

    with pytest.raises(RuntimeError):
        replica.act(Waiting("id", world.now, {}), CancelSchedule(id=world.session))


def test_a_write_into_a_room_that_one_does_not_read_is_dropped(mia: Desk) -> None:
    mia.do(CreateCohort(id=id_of("Winter"), name="Winter"))

    assert mia.find(Cohort, id_of("Winter")) is None
    assert ("cohort_card", id_of("Winter")) in mia.shown()


@pytest.mark.parametrize("tag", BY_CLIENTS)
def test_every_command_ends_in_what_the_relay_says(tag: str, world: World, desk_of: DeskOf) -> None:
    command, actor = EXAMPLES[tag](world)
    desk = desk_of(actor)
    desk.do(command)

    results = desk.push()
    steps = desk.receive()

    assert [result.status for result in results] == [Outcome.APPLIED]
    assert Step.CHECKSUM_WRONG not in steps
    desk.assert_same()


@pytest.mark.parametrize("tag", BY_CLIENTS)
def test_every_command_survives_its_frame_overtaking_its_acknowledgement(
    tag: str, world: World, desk_of: DeskOf
) -> None:
    command, actor = EXAMPLES[tag](world)
    desk = desk_of(actor)
    desk.do(command)

    results = desk.judge()
    desk.receive()
    desk.store.settle(results)

    desk.assert_same()


def test_a_transaction_that_the_disk_has_ended_is_not_undone_twice(mia: Desk) -> None:
    def full(point: str) -> None:
        mia.replica.execute("ROLLBACK")  # as SQLite itself does when the disk is full
        raise OSError(28, f"No space left on device, {point}")

    with pytest.raises(OSError, match="No space"), mia.store._replica.transaction(full):
        mia.replica.execute("DELETE FROM schedules")

    assert mia.shown() == mia.truth()


# Receive


def test_a_frame_of_another_person_shows(mia: Desk, world: World) -> None:
    world.done_by(CancelSchedule(id=world.session), world.ana)

    assert mia.receive() == [Step.APPLIED]
    mia.assert_same()


def test_what_is_received_wakes_nobody(mia: Desk, world: World) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    mia.wakes = 0
    world.done_by(CancelSchedule(id=world.session), world.ana)

    mia.receive()

    assert mia.wakes == 0


def test_a_frame_that_comes_twice_changes_nothing(mia: Desk, world: World) -> None:
    world.done_by(CancelSchedule(id=world.session), world.ana)
    (frame,) = mia.frames()
    mia.store.receive(frame)

    assert mia.store.receive(frame) is Step.OLD
    mia.assert_same()


def test_a_frame_after_a_gap_waits_for_a_pull(mia: Desk, world: World) -> None:
    room = student_room(world.ana)
    head = mia.relay.heads[room]

    assert mia.store.receive(a_change(room, head + 2)) is Step.GAP
    assert mia.store.receive(a_change(room, head + 1, more=True)) is Step.GAP
    assert mia.store.heads()[room][0] == head


def test_a_frame_of_a_room_that_is_not_here_asks_for_a_copy(mia: Desk, world: World) -> None:
    room = student_room(world.dora)

    assert mia.store.receive(a_change(room, 1)) is Step.UNKNOWN
    assert mia.store.receive_page(a_page(room, 0, 1)) is Step.UNKNOWN


def test_pages_bring_a_room_to_its_head(mia: Desk, world: World) -> None:
    room = student_room(world.ana)
    before = mia.relay.heads[room]
    for number in range(3):
        world.done_by(UpdateSchedule(id=world.session, title=f"Talk {number}"), world.mia)
    rows = [wire_of(row) for row in mia.relay.rows_of(room) if row.version > before]
    rows.sort(key=lambda row: (row["version"], row["id"]))
    head = mia.relay.heads[room]
    middle = [rows[1]["version"], rows[1]["id"]]

    first = mia.store.receive_page(
        a_page(room, before, head, rows=rows[:2], cursor=middle, more=True)
    )
    cursor = mia.store.cursors()[room]
    between = mia.store.receive(a_change(room, before + 1))
    last = mia.store.receive_page(
        a_page(room, middle[0], head, rows=rows[2:], checksum=mia.relay.checksum_of(room))
    )

    assert (first, between, last) == (Step.APPLIED, Step.GAP, Step.APPLIED)
    assert cursor == middle
    assert mia.store.cursors()[room] == [head]
    mia.assert_same()


def test_a_new_line_pulls_from_the_version_and_not_from_the_midst_of_a_pull(
    mia: Desk, world: World
) -> None:
    room = student_room(world.ana)
    before = mia.relay.heads[room]
    page = a_page(room, before, before + 2, cursor=[before + 1, id_of("row")], more=True)
    mia.store.receive_page(page)
    assert mia.store.cursors()[room] == [before + 1, id_of("row")]

    mia.store.begin_pulls()

    assert mia.store.cursors()[room] == [before]


def test_a_page_that_comes_late_brings_nothing_old_back(mia: Desk, world: World) -> None:
    room = student_room(world.ana)
    old = wire_of(mia.relay.get(Schedule, world.session))
    before = mia.relay.heads[room]
    world.done_by(UpdateSchedule(id=world.session, title="First talk"), world.mia)
    mia.receive()

    late = mia.store.receive_page(a_page(room, before - 1, before, rows=[old]))
    repeated = mia.store.receive_page(a_page(room, before, before + 1, rows=[old]))

    assert (late, repeated) == (Step.OLD, Step.APPLIED)
    mia.assert_same()


def test_a_page_from_beyond_what_is_here_is_a_gap(mia: Desk, world: World) -> None:
    room = student_room(world.ana)
    head = mia.relay.heads[room]

    assert mia.store.receive_page(a_page(room, head + 1, head + 2)) is Step.GAP


def test_a_page_from_behind_the_horizon_asks_for_a_new_copy(mia: Desk, world: World) -> None:
    room = student_room(world.ana)

    assert mia.store.receive_page(a_page(room, 0, 9, restart=True)) is Step.RESTART


def test_a_restart_from_another_past_is_told_before_it_is_copied(mia: Desk, world: World) -> None:
    room = student_room(world.ana)
    head = mia.relay.heads[room]
    mia.store.receive(a_change(room, head + 1, audit_head="mine"))

    page = a_page(room, 0, 9, restart=True, audit_head_at_from="other")

    assert mia.store.receive_page(page) is Step.AUDIT_CHANGED


@pytest.mark.logs("past")
def test_another_past_is_told_of_a_room_that_was_just_copied(mia: Desk, world: World) -> None:
    room = student_room(world.ana)
    mia.store.begin_copy(room, 3)
    mia.store.end_copy(room, "mine")

    step = mia.store.receive_page(a_page(room, 3, 4, audit_head_at_from="other"))

    assert step is Step.AUDIT_CHANGED


@pytest.mark.logs("past of student")
def test_another_past_of_the_relay_is_told_and_not_taken_in(
    mia: Desk, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    room = student_room(world.ana)
    head = mia.relay.heads[room]
    mia.store.receive(a_change(room, head + 1, audit_head="mine"))

    same = mia.store.receive_page(
        a_page(room, head + 1, head + 1, audit_head_at_from="mine", audit_head="mine")
    )
    other = mia.store.receive_page(a_page(room, head + 1, head + 2, audit_head_at_from="other"))

    assert (same, other) == (Step.APPLIED, Step.AUDIT_CHANGED)
    assert mia.store.audit_heads()[room] == "mine"
    assert mia.store.heads()[room][0] == head + 1


@pytest.mark.logs("checksum")
def test_a_checksum_that_differs_is_told_with_both_sums(
    mia: Desk, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    room = student_room(world.ana)
    head = mia.relay.heads[room]

    step = mia.store.receive(a_change(room, head + 1, checksum="00000000000000ff"))

    assert step is Step.CHECKSUM_WRONG
    assert mia.relay.checksum_of(room) in caplog.text
    assert "00000000000000ff" in caplog.text


def test_a_wrong_room_is_copied_anew_once_an_hour(mia: Desk, world: World) -> None:
    room = student_room(world.ana)
    first, second = mia.store.may_recopy(room), mia.store.may_recopy(room)
    mia.clock.pass_(minutes=61)

    assert (first, second, mia.store.may_recopy(room)) == (True, False, True)
    assert not mia.store.may_recopy(student_room(world.dora))


def test_a_clock_that_was_set_back_does_not_forbid_a_recopy(mia: Desk, world: World) -> None:
    room = student_room(world.ana)
    mia.store.may_recopy(room)
    mia.clock.pass_(days=-365)

    assert mia.store.may_recopy(room)


# Pending


def test_another_change_of_the_same_row_runs_the_command_again(mia: Desk, world: World) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    world.done_by(UpdateSchedule(id=world.session, place="Room 4"), world.mia)

    mia.receive()

    row = mia.find(Schedule, world.session)
    assert (row.title, row.place) == ("First talk", "Room 4")
    assert mia.pending(Schedule, world.session) == 1


def test_a_command_that_no_longer_fits_stays_pending_and_the_rest_goes_on(
    mia: Desk, world: World
) -> None:
    mia.do(CompleteSchedule(id=world.session))
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    world.done_by(CancelSchedule(id=world.session), world.ana)

    assert mia.receive() == [Step.APPLIED]

    row = mia.find(Schedule, world.session)
    assert (row.status, row.title) == ("canceled", "First talk")
    assert mia.store.counts().waiting == 2


def test_a_command_that_cannot_be_read_any_more_stays_pending(mia: Desk, world: World) -> None:
    mia.do(CancelSchedule(id=world.session))
    mia.store.files.outbox.execute("""UPDATE commands SET command = '{"type":"no.such"}'""")
    world.done_by(UpdateSchedule(id=world.session, place="Room 4"), world.mia)

    assert mia.receive() == [Step.APPLIED]

    assert mia.find(Schedule, world.session).status == "scheduled"
    assert mia.store.counts().waiting == 1


@pytest.mark.logs("cannot be run again")
def test_a_function_that_raises_on_replay_leaves_the_connection_alive(
    mia: Desk, world: World
) -> None:
    mia.do(ResolveConflict(id=world.conflict, keep="lost"))
    room = cohort_room(world.autumn)
    head = mia.relay.heads[room]
    row = wire_of(mia.relay.get(Conflict, world.conflict))

    # A newer program's field: the function of this one does not know what to do with it.
    odd = row | {"field": "colour", "version": head + 1}
    step = mia.store.receive(a_change(room, head + 1, rows=[odd]))

    assert step is Step.APPLIED
    assert mia.find(Conflict, world.conflict).resolved_by is None
    assert mia.store.counts().waiting == 1


def test_a_frame_runs_only_the_commands_that_it_touches(mia: Desk, world: World) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    mia.do(UpdateSchedule(id=world.soon, title="Second talk"))
    world.done_by(CancelSchedule(id=world.soon), world.mia)
    statements: list[str] = []
    mia.replica.set_trace_callback(statements.append)

    mia.receive()

    mia.replica.set_trace_callback(None)
    assert any(world.soon in statement for statement in statements)
    assert not any(f"id = '{world.session}'" in statement for statement in statements)


def test_5000_pending_under_a_stream_of_frames_cost_what_the_frames_touch(
    mia: Desk, world: World
) -> None:
    for number in range(5_000):
        mia.do(UpdateSchedule(id=world.session, title=f"Talk {number}"))
    statements: list[str] = []
    mia.replica.set_trace_callback(statements.append)

    for number in range(20):
        world.done_by(UpdateSchedule(id=world.soon, title=f"Frame {number}"), world.mia)
        mia.receive()

    mia.replica.set_trace_callback(None)
    assert mia.find(Schedule, world.soon).title == "Frame 19"
    assert mia.store.counts().waiting == 5_000
    assert len(statements) < 20 * 60


def test_predictions_are_found_again_when_all_is_predicted_anew(mia: Desk, world: World) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    mia.push()
    mia.do(UpdateSchedule(id=world.soon, title="Second talk"))
    lost = mia.do(UpdateSchedule(id=world.group, title="Lost"))
    mia.store.files.outbox.execute("DELETE FROM commands WHERE id = ?", [lost])

    with mia.store._replica.transaction(lambda _: None):
        mia.store._replica.predict_all()

    titles = [mia.find(Schedule, one).title for one in (world.session, world.soon, world.group)]
    assert titles == ["First talk", "Second talk", "Spring circle"]
    assert mia.pending(Schedule, world.session) == mia.pending(Schedule, world.soon) == 1


# Acknowledged, refused


def test_an_acknowledged_change_stays_shown_until_its_room_is_there(
    mia: Desk, world: World
) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))

    mia.push()
    between = mia.find(Schedule, world.session).title, mia.pending(Schedule, world.session)
    mia.receive()

    assert between == ("First talk", 1)
    assert mia.pending(Schedule, world.session) == 0
    mia.assert_same()


def test_an_acknowledged_command_is_not_run_again(mia: Desk, world: World) -> None:
    base = base_of(mia.find(Schedule, world.session))
    mia.do(UpdateSchedule(id=world.session, title="First talk", base=base))
    world.done_by(UpdateSchedule(id=world.session, title="Before"), world.mia)
    (earlier,) = mia.frames()
    mia.push()
    conflicts = [key for key in mia.shown() if key[0] == "conflict"]

    mia.store.receive(earlier)

    assert mia.find(Schedule, world.session).title == "First talk"
    assert [key for key in mia.shown() if key[0] == "conflict"] == conflicts


def test_a_later_change_stands_on_an_acknowledged_one(mia: Desk, world: World) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    mia.push()
    mia.do(UpdateSchedule(id=world.session, place="Room 4"))

    mia.receive()

    row = mia.find(Schedule, world.session)
    assert (row.title, row.place) == ("First talk", "Room 4")
    assert mia.pending(Schedule, world.session) == 1


def test_a_receipt_of_a_version_that_is_here_already_settles_at_once(
    mia: Desk, world: World
) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    (sent,) = mia.store.unsent()
    room = student_room(world.ana)

    mia.store.settle([applied(sent.n, **{room: mia.relay.heads[room]})])

    mia.assert_same()


def test_an_own_frame_before_the_acknowledgement_raises_no_conflict_with_oneself(
    mia: Desk, world: World
) -> None:
    base = base_of(mia.find(Schedule, world.session))
    mia.do(UpdateSchedule(id=world.session, title="First talk", base=base))
    mia.judge()
    world.done_by(UpdateSchedule(id=world.session, title="Second talk"), world.mia)

    mia.receive()

    assert mia.find(Schedule, world.session).title == "Second talk"
    assert not [key for key in mia.shown() if key[0] == "conflict" and key[1] != world.conflict]


def test_pending_of_one_device_does_not_hide_what_another_one_did(
    world: World, desk_of: DeskOf
) -> None:
    first, second = desk_of(world.mia), desk_of(world.mia)
    second.new_id.last = 500
    first.do(UpdateSchedule(id=world.session, title="First talk"))
    second.do(UpdateSchedule(id=world.session, place="Room 4"))
    second.push()

    first.receive()

    assert first.find(Schedule, world.session).place == "Room 4"


def test_a_refused_command_loses_its_prediction_and_those_built_on_it(
    mia: Desk, world: World
) -> None:
    new = id_of("new session")
    mia.do(a_plan(new, world.ana, start=second_ahead(days=6)))
    mia.do(UpdateSchedule(id=new, title="Renamed"))
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    (sent, *_) = mia.store.unsent()

    mia.store.settle([Result(n=sent.n, status=Outcome.REFUSED, code="overlap", message="Busy.")])

    assert mia.find(Schedule, new) is None
    assert mia.find(Schedule, world.session).title == "First talk"
    assert [one.code for one in mia.store.attention()] == ["overlap"]
    assert mia.store.counts().waiting == 2


def test_command_5_of_10_is_refused_and_those_after_it_are_judged(mia: Desk, world: World) -> None:
    new = id_of("new session")
    for number in range(4):
        mia.do(UpdateSchedule(id=world.session, title=f"Talk {number}"))
    mia.do(a_plan(new, world.ana, start=second_ahead(days=6)))
    for number in range(5):
        mia.do(UpdateSchedule(id=new, title=f"New {number}"))
    taken = a_plan(id_of("first there"), world.ana, start=second_ahead(days=6))
    world.done_by(taken, world.mia)

    results = mia.push()
    mia.receive()

    assert [result.status.value for result in results] == ["applied"] * 4 + ["refused"] * 6
    assert len(mia.store.attention()) == 6
    assert mia.store.counts().waiting == 0
    mia.assert_same()


# Moved rows, lost rooms


def test_a_row_that_moves_is_at_no_moment_in_neither_room(mia: Desk, world: World) -> None:
    old, new = student_room(world.ana), cohort_room(world.autumn)
    row = wire_of(mia.relay.get(Schedule, world.session))
    gone = Removed(type="schedule", id=world.session, moved=True)
    left = mia.store.receive(a_change(old, mia.relay.heads[old] + 1, removed=[gone]))
    between = mia.find(Schedule, world.session)
    version = mia.relay.heads[new] + 1

    came = mia.store.receive(a_change(new, version, rows=[row | {"room": new, "version": version}]))
    mia.store.end_pull()

    assert (left, came) == (Step.MOVED, Step.APPLIED)
    assert between is not None
    assert mia.find(Schedule, world.session).room == new


def test_a_tombstone_applies_only_while_the_row_is_in_that_room(mia: Desk, world: World) -> None:
    old, new = student_room(world.ana), cohort_room(world.autumn)
    row = wire_of(mia.relay.get(Schedule, world.session))
    version = mia.relay.heads[new] + 1
    mia.store.receive(a_change(new, version, rows=[row | {"room": new, "version": version}]))
    gone = Removed(type="schedule", id=world.session, moved=True)

    step = mia.store.receive(a_change(old, mia.relay.heads[old] + 1, removed=[gone]))

    assert step is Step.APPLIED
    assert mia.find(Schedule, world.session).room == new


def test_a_row_that_moved_out_of_sight_goes_when_all_rooms_are_at_their_heads(
    mia: Desk, world: World
) -> None:
    room = student_room(world.ana)
    gone = Removed(type="schedule", id=world.session, moved=True)
    mia.store.receive(a_change(room, mia.relay.heads[room] + 1, removed=[gone]))
    mia.store.begin_copy(student_room(world.cem), 3)
    mia.store.end_pull()
    while_copying = mia.find(Schedule, world.session)
    mia.store.end_copy(student_room(world.cem))

    mia.store.end_pull()

    assert while_copying is not None
    assert mia.find(Schedule, world.session) is None


def test_a_lost_room_leaves_no_trace(mia: Desk, world: World) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    mia.do(UpdateSchedule(id=world.group, title="Circle"))

    mia.store.drop_rooms([student_room(world.ana)])

    shown = mia.shown().values()
    assert not [row for row in shown if row.room == student_room(world.ana)]
    assert mia.find(Schedule, world.group).title == "Circle"
    assert [one.code for one in mia.store.attention()] == ["access_lost"]
    assert student_room(world.ana) not in mia.store.heads()


# Copies


def test_a_copy_goes_on_where_it_was_cut(world: World, desk_of: DeskOf) -> None:
    desk = Desk(world, world.mia)
    room = student_room(world.ana)
    wire = [wire_of(row) for row in desk.relay.rows_of(room)]
    desk.store.begin_copy(room, desk.relay.heads[room])
    desk.store.copy_rows(room, wire[:3], "three")
    under_way = desk.store.copies(), desk.store.heads()

    desk.store.copy_rows(room, wire[3:], None)
    desk.store.end_copy(room)

    assert under_way == ([Copy(room, desk.relay.heads[room], "three")], {})
    assert desk.store.heads()[room] == (desk.relay.heads[room], desk.relay.checksum_of(room))
    desk.store.close()


def test_a_room_under_copy_is_here_though_it_has_no_head_yet(mia: Desk) -> None:
    whole = set(mia.store.heads())

    mia.store.begin_copy("student:new", 5)

    assert set(mia.store.rooms_here()) == {*whole, "student:new"}
    assert set(mia.store.heads()) == whole


def test_frames_and_pages_of_a_room_under_copy_are_dropped(mia: Desk, world: World) -> None:
    room = student_room(world.ana)
    mia.store.begin_copy(room, 9)

    assert mia.store.receive(a_change(room, 10)) is Step.OLD
    assert mia.store.receive_page(a_page(room, 9, 10)) is Step.OLD


def test_a_copy_over_an_old_one_keeps_the_old_rows_shown_until_it_is_whole(
    mia: Desk, world: World
) -> None:
    room = student_room(world.ana)
    stray = a_schedule(
        id_of("stray"), start_time=second_ahead(days=40), end_time=second_ahead(days=40, hours=1)
    )
    mia.store.receive(a_change(room, mia.relay.heads[room] + 1, rows=[wire_of(stray)]))
    mia.store.begin_copy(room, mia.relay.heads[room])
    while_copying = mia.find(Schedule, stray.id)

    mia.store.copy_rows(room, [wire_of(row) for row in mia.relay.rows_of(room)], None)
    mia.store.end_copy(room)

    assert while_copying is not None
    mia.assert_same()


def test_pending_work_is_on_top_of_a_new_copy(mia: Desk, world: World) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))

    mia.copy(student_room(world.ana))

    assert mia.find(Schedule, world.session).title == "First talk"
    assert mia.pending(Schedule, world.session) == 1


def test_rows_outside_of_a_copy_are_a_mistake_of_the_caller(mia: Desk, world: World) -> None:
    with pytest.raises(LookupError):
        mia.store.copy_rows(student_room(world.ana), [], None)


# A student claimed without a line: the room is not here before the relay has answered


def claim_and_plan(mia: Desk, world: World) -> tuple[str, str]:
    """The ids of the claim, and of a session with the student."""
    claim = mia.do(ClaimStudent(student_id=world.cem))
    plan = a_plan(id_of("with Cem"), world.cem, start=second_ahead(days=9))
    mia.do(plan)
    return claim, plan.id


def test_a_session_with_a_student_who_was_claimed_offline_shows_at_once(
    mia: Desk, world: World
) -> None:
    _, session = claim_and_plan(mia, world)

    assert mia.find(Schedule, session).student_id == world.cem
    assert mia.pending(Schedule, session) == 1


def test_it_stays_shown_until_the_room_has_come(mia: Desk, world: World) -> None:
    _, session = claim_and_plan(mia, world)
    mia.push()
    shown = mia.find(Schedule, session)

    mia.copy(student_room(world.cem))
    mia.store.end_pull()

    assert shown.version == 0
    assert mia.find(Schedule, session).version > 0
    assert mia.pending(Schedule, session) == 0


def test_it_goes_when_the_claim_is_taken_back(mia: Desk, world: World) -> None:
    claim, session = claim_and_plan(mia, world)

    assert mia.store.undo(claim)

    assert mia.find(Schedule, session) is None
    assert mia.store.counts().waiting == 1


def test_it_goes_when_the_relay_has_given_the_room_to_nobody_here(mia: Desk, world: World) -> None:
    """Taken back by an admin before this computer has asked for the room."""
    _, session = claim_and_plan(mia, world)
    mia.push()

    mia.store.end_pull()

    assert mia.find(Schedule, session) is None
