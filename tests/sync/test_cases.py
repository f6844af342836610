"""The cases of the sync design as stories: real files, real relay, and the oracle at the end."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from desktop.store.folder import REPLICA
from desktop.sync.states import Phase
from domain.activities import Activity
from domain.assignments import AssignStudent, UnassignStudent
from domain.conflicts import Conflict, base_of
from domain.entries import Entry
from domain.inbox import InboxMark, MarkInbox, MarkState
from domain.instants import instant
from domain.outcomes import CancelSchedule, CompleteSchedule
from domain.planning import CreateSchedule, DeleteSchedule, UpdateSchedule
from domain.rooms import student_room, user_room
from domain.schedules import Schedule, Status
from domain.wire import HEARTBEAT_S
from domain.writing import SubmitEntry, UpdateEntry, WithdrawEntry
from syncserver.storage.ledger import RELAY_ID, Ledger
from tests.builders import a_plan, a_review, id_of, second_ahead
from tests.sync.deeds import MoveSession
from tests.sync.devices import Device
from tests.sync.machine import CHECKPOINTS, UNDO_S
from tests.sync.network import BAD, FAIR, Weather
from tests.sync.simulation import QUIET_WITHIN_S, Simulation

pytestmark = pytest.mark.logs(".*")  # restores and forks are told in the log

NOTICED_WITHIN_S = 15.0


@pytest.fixture
def sim() -> Iterator[Simulation]:
    """A world that is held against the oracle at the end of each test."""
    sim = Simulation()
    try:
        yield sim
        took = sim.settle()
        sim.check()
        assert took < QUIET_WITHIN_S
    finally:
        sim.close()


def started(sim: Simulation, *names: str, skew: timedelta = timedelta(0)) -> list[Device]:
    """These desktops, in step with the relay."""
    devices = [sim.device(name, skew=skew) for name in names]
    sim.advance(1)
    return devices


def plans(sim: Simulation, count: int, mark: str = "plan") -> list[CreateSchedule]:
    """Sessions with Ana, one a day."""
    return [
        a_plan(
            id_of(f"{mark} {number}"), sim.world.ana, start=second_ahead(days=20 + number, hours=2)
        )
        for number in range(count)
    ]


def title_of(device: Device, session: str) -> str:
    return next(row.title for row in device.shown(Schedule) if row.id == session)


def test_a_command_whose_acknowledgement_is_lost_is_applied_once(sim: Simulation) -> None:
    [mia] = started(sim, "mia")
    sim.weather(Weather(cut_down=1.0))

    mia.act(plans(sim, 1)[0])
    sim.advance(0.1)

    assert mia.local.counts().waiting == 1
    assert id_of("plan 0") in {row.id for row in sim.oracle.all_of(Schedule)}


@pytest.mark.parametrize("point", ["before_commit", "after_commit"])
def test_the_relay_dies_under_load(sim: Simulation, point: str) -> None:
    mia, ana = started(sim, "mia", "ana")

    for number, plan in enumerate(plans(sim, 12)):
        if number % 3 == 0:
            sim.host.crash_at = point
        mia.act(plan)
        ana.act(CancelSchedule(id=sim.world.session, reason="Travel."))
        sim.advance(0.2)
        sim.revive_relay()

    sim.settle()
    assert len(ana.shown(Schedule)) == len(mia.shown(Schedule)) == 6 + 12


@pytest.mark.parametrize("after", [0, 1, 2, 3])
@pytest.mark.parametrize("point", CHECKPOINTS)
def test_a_desktop_is_killed_at_any_commit(sim: Simulation, point: str, after: int) -> None:
    mia, other = started(sim, "mia", "mia 2")
    mia.crash_at = (point, after)

    for plan in plans(sim, 3):
        mia.act(plan)
        other.act(UpdateSchedule(id=sim.world.session, title=plan.id))
        sim.advance(0.5)

    assert mia.crashes == 1


def test_the_lost_last_frame_of_a_quiet_room_is_found_by_the_heartbeat(sim: Simulation) -> None:
    mia, ana = started(sim, "mia", "ana")
    sim.weather(Weather(lost=1.0))

    mia.act(UpdateSchedule(id=sim.world.session, title="Found later"))
    sim.advance(1)
    lost = title_of(ana, sim.world.session)
    sim.advance(HEARTBEAT_S + 2)

    assert (lost, title_of(ana, sim.world.session)) == ("Weekly talk", "Found later")


def test_two_desktops_that_edit_offline_come_back_at_once(sim: Simulation) -> None:
    mia, ana = started(sim, "mia", "ana")
    for device in (mia, ana):
        device.plug_in(False)

    for plan in plans(sim, 5):
        mia.act(plan)
    ana.act(CompleteSchedule(id=sim.world.past))
    for device in (mia, ana):
        device.plug_in(True)
    sim.advance(1)

    assert mia.unsettled() == ana.unsettled() == {}


def test_own_frames_that_overtake_their_acknowledgement_raise_no_conflict(sim: Simulation) -> None:
    [mia] = started(sim, "mia")
    sim.weather(Weather(delay_s=1.0, reordered=1.0, twice=0.5))

    for number in range(8):
        [row] = [row for row in mia.shown(Schedule) if row.id == sim.world.session]
        mia.act(UpdateSchedule(id=row.id, title=f"Title {number}", base=base_of(row)))
        assert title_of(mia, row.id) == f"Title {number}"
        sim.advance(0.3)

    sim.settle()
    assert sim.world.session not in {row.row_id for row in mia.shown(Conflict)}


def test_pending_work_stays_shown_under_a_stream_of_frames(sim: Simulation) -> None:
    first, second = started(sim, "mia", "mia 2")
    second.plug_in(False)
    second.act(UpdateSchedule(id=sim.world.session, title="Mine"))
    second.watch = lambda: _assert_title(second, sim.world.session, "Mine")
    second.plug_in(True)
    sim.weather(Weather(cut_up=1.0))
    sim.advance(1)

    sim.weather(FAIR)
    for number in range(20):
        first.act(UpdateSchedule(id=sim.world.session, description=f"Note {number}"))
        sim.advance(0.2)

    assert title_of(first, sim.world.session) == "Mine"


def _assert_title(device: Device, session: str, title: str) -> None:
    assert title_of(device, session) == title


def test_the_fifth_of_ten_is_refused_and_the_others_are_judged(sim: Simulation) -> None:
    mia, ana = started(sim, "mia", "ana")
    ana.act(CancelSchedule(id=sim.world.session, reason="Travel."))
    mia.plug_in(False)
    sim.advance(1)

    commands = [*plans(sim, 9)]
    for command in commands[:4]:
        mia.act(command)
    refused = mia.act(CancelSchedule(id=sim.world.session, reason="Ill."))
    mia.act(UpdateSchedule(id=commands[0].id, title="Built on the first"))
    for command in commands[4:]:
        mia.act(command)
    mia.plug_in(True)
    sim.advance(2)

    assert [item.id for item in mia.local.attention()] == [refused]
    assert mia.local.counts().waiting == 0
    assert title_of(ana, commands[0].id) == "Built on the first"


def test_a_black_hole_is_noticed_in_time(sim: Simulation) -> None:
    [mia] = started(sim, "mia")
    sim.weather(Weather(swallowed=1.0))

    mia.act(plans(sim, 1)[0])
    sim.advance(NOTICED_WITHIN_S)

    assert Phase.OFFLINE in {state.phase for state in mia.states}


def test_a_long_absence_ends_with_everything_here(sim: Simulation) -> None:
    mia, ana = started(sim, "mia", "ana")
    ana.plug_in(False)

    for day in range(7):
        mia.act(plans(sim, 1, f"day {day}")[0])
        sim.advance(60)
    ana.plug_in(True)
    sim.advance(2)

    assert ana.phase is Phase.LIVE
    assert ana.all_shown().keys() == sim.view_of(ana).keys()


def test_frames_that_come_twice_late_and_in_any_order_change_nothing(sim: Simulation) -> None:
    mia, ana = started(sim, "mia", "ana")
    sim.weather(Weather(delay_s=3.0, reordered=1.0, twice=1.0))

    for plan in plans(sim, 10):
        mia.act(plan)
        sim.advance(0.4)

    sim.settle()
    assert len(ana.shown(Schedule)) == 6 + 10


def test_a_lost_room_leaves_no_trace_and_what_was_typed_there_is_kept(sim: Simulation) -> None:
    mia, admin = started(sim, "mia", "admin")
    secret = "Xylophone practice"  # the name of nothing else
    mia.act(UpdateSchedule(id=sim.world.session, title=secret))
    sim.advance(1)
    mia.plug_in(False)
    typed = mia.act(UpdateSchedule(id=sim.world.soon, title="Typed in vain"))

    admin.act(UnassignStudent(student_id=sim.world.ana, mentor_id=sim.world.mia))
    sim.advance(1)
    mia.plug_in(True)
    sim.advance(2)

    assert [item.id for item in mia.local.attention()] == [typed]
    assert mia.local.attention()[0].command["title"] == "Typed in vain"
    assert student_room(sim.world.ana) not in mia.rooms_with_rows()
    assert secret.encode() not in _bytes_of(mia.folder)


def _bytes_of(folder: Path) -> bytes:
    """All that the replica's files hold."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob(f"{REPLICA}*")))


def test_a_move_makes_nobody_the_author_of_what_others_wrote(sim: Simulation) -> None:
    world = sim.world
    [mia] = started(sim, "mia")

    for student in (world.ben, world.ana):
        sim.trusted(MoveSession(id=world.session, room=student_room(student)))
    unseen = UpdateSchedule(id=world.session, title="Mine", base={"title": "0" * 16})
    mia.act(unseen)
    sim.advance(1)

    [conflict] = [row for row in sim.oracle.all_of(Conflict) if row.row_id == world.session]
    assert conflict.lost_by == world.mia


def test_the_older_rows_of_a_granted_room_arrive_while_connected(sim: Simulation) -> None:
    noah, admin = started(sim, "noah", "admin")

    admin.act(AssignStudent(student_id=sim.world.ana, mentor_id=sim.world.noah))
    sim.advance(1)

    assert sim.world.past in {row.id for row in noah.shown(Schedule)}


# Entries, which move between a room that only their author reads and the student's room


def ids_shown(device: Device) -> set[str]:
    return {row.id for row in device.shown(Entry)}


def test_a_mentor_gets_an_entry_when_it_is_submitted_and_loses_it_when_it_is_taken_back(
    sim: Simulation,
) -> None:
    world = sim.world
    noah, ben, other = started(sim, "noah", "ben", "ben 2")
    assert world.draft not in ids_shown(noah)
    assert world.draft in ids_shown(ben) & ids_shown(other)

    ben.act(SubmitEntry(id=world.draft))
    sim.advance(1)
    assert world.draft in ids_shown(noah) & ids_shown(other)
    ben.act(WithdrawEntry(id=world.draft))
    sim.advance(1)

    assert world.draft not in ids_shown(noah)
    assert world.draft in ids_shown(ben) & ids_shown(other)


def test_an_entry_that_was_taken_back_while_its_mentor_was_offline_is_gone_there(
    sim: Simulation,
) -> None:
    noah, ben = started(sim, "noah", "ben")
    assert sim.world.waiting in ids_shown(noah)
    noah.plug_in(False)

    ben.act(WithdrawEntry(id=sim.world.waiting))
    sim.advance(1)
    noah.plug_in(True)
    sim.advance(NOTICED_WITHIN_S)

    assert sim.world.waiting not in ids_shown(noah)


def test_a_review_of_what_was_taken_back_meanwhile_is_refused_and_kept(sim: Simulation) -> None:
    noah, ben = started(sim, "noah", "ben")
    noah.plug_in(False)
    noah.act(a_review(sim.world.waiting, "needs_work", comment="All my words."))

    ben.act(WithdrawEntry(id=sim.world.waiting))
    sim.advance(1)
    noah.plug_in(True)
    sim.advance(NOTICED_WITHIN_S)

    [refused] = noah.local.attention()
    assert refused.command["comment"] == "All my words."


def test_two_desktops_of_one_student_write_the_same_draft_and_neither_is_lost(
    sim: Simulation,
) -> None:
    first, second = started(sim, "ben", "ben 2")
    draft = next(row for row in first.shown(Entry) if row.id == sim.world.draft)
    second.plug_in(False)

    first.act(UpdateEntry(id=draft.id, body="From the desk.", base=base_of(draft)))
    second.act(UpdateEntry(id=draft.id, body="From the laptop.", base=base_of(draft)))
    sim.advance(1)
    second.plug_in(True)
    sim.advance(NOTICED_WITHIN_S)

    [conflict] = [row for row in sim.oracle.all_of(Conflict) if row.row_id == draft.id]
    [row] = [row for row in sim.oracle.all_of(Entry) if row.id == draft.id]
    assert {row.body, conflict.lost} == {"From the desk.", "From the laptop."}


def test_pending_work_of_one_desktop_never_hides_what_the_other_has_changed(
    sim: Simulation,
) -> None:
    first, second = started(sim, "mia", "mia 2")
    second.act(UpdateSchedule(id=sim.world.session, title="Pending"), wait_s=UNDO_S)

    first.act(UpdateSchedule(id=sim.world.session, description="Accepted"))
    sim.advance(1)

    [row] = [row for row in second.shown(Schedule) if row.id == sim.world.session]
    assert (row.title, row.description) == ("Pending", "Accepted")


def test_what_is_read_on_one_desktop_is_read_on_the_other(sim: Simulation) -> None:
    first, second = started(sim, "ana", "ana 2")
    activity = first.shown(Activity)[0]

    first.act(MarkInbox(activity_id=activity.id, state="read"))
    sim.advance(1)

    assert second.all_shown() == first.all_shown()


def test_a_copied_outbox_sends_its_own_work_and_repeats_none(sim: Simulation) -> None:
    [mia] = started(sim, "mia")
    mia.plug_in(False)
    both, mine, its = plans(sim, 3)
    mia.act(both)

    copy = sim.copied(mia, "mia copy")
    copy.plug_in(False)
    mia.act(mine)
    copy.act(its)
    mia.plug_in(True)
    sim.advance(2)
    copy.plug_in(True)
    sim.advance(2)

    planned = {row.id for row in copy.shown(Schedule)}
    assert {both.id, mine.id, its.id} <= planned
    assert mia.local.identity().client_id != copy.local.identity().client_id


def test_a_relay_from_a_backup_gets_everything_again(sim: Simulation) -> None:
    mia, ana = started(sim, "mia", "ana")
    sim.backup()
    for plan in plans(sim, 4):
        mia.act(plan)
    sim.advance(1)
    ana.act(CancelSchedule(id=id_of("plan 0"), reason="Travel."))
    sim.advance(1)

    sim.restore(0)
    sim.settle()

    [row] = [row for row in mia.shown(Schedule) if row.id == id_of("plan 0")]
    assert row.status is Status.CANCELED
    assert len(mia.shown(Schedule)) == 6 + 4
    assert mia.notices


def test_a_copied_outbox_alone_gives_a_restored_relay_what_it_sent_under_its_old_name(
    sim: Simulation,
) -> None:
    [mia] = started(sim, "mia")
    sim.backup()
    before, mine, its = plans(sim, 3)
    mia.act(before)
    sim.advance(1)
    copy = sim.copied(mia, "mia copy")
    mia.act(mine)
    sim.advance(1)
    copy.act(its)
    sim.advance(2)
    mia.stop()
    del sim.devices["mia"]

    sim.restore(0)
    sim.settle()

    assert {before.id, its.id} <= {row.id for row in sim.oracle.all_of(Schedule)}


def test_copies_of_one_outbox_do_not_pass_for_each_other_at_a_restored_relay(
    sim: Simulation,
) -> None:
    """What one sends again gets the numbers under which the other one's was acknowledged."""
    [mia] = started(sim, "mia")
    first, second, mine, its, its_next = plans(sim, 5)
    sim.backup()
    for plan in (first, second):
        mia.act(plan)
    sim.advance(1)
    mia.plug_in(False)
    copy = sim.copied(mia, "mia copy")
    for plan in (its, its_next):
        copy.act(plan)
    sim.advance(1)
    copy.plug_in(False)
    mia.act(mine)

    sim.restore(0)
    mia.plug_in(True)
    sim.advance(2)
    copy.plug_in(True)
    sim.settle()

    sim.check()
    planned = {row.id for row in sim.oracle.all_of(Schedule)}
    assert {first.id, second.id, mine.id, its.id, its_next.id} <= planned


def test_a_first_copy_does_not_go_on_in_another_past(sim: Simulation) -> None:
    lost, slow = started(sim, "ana", "ana 2")
    activities = [row.id for row in lost.shown(Activity)[:2]]
    sim.backup()
    mark_in_one_version(lost, activities, "read")
    sim.advance(1)
    room = user_room(sim.world.ana)
    page = sim.host.copy_page(sim.world.ana, room, None, None, 2)
    slow.local.begin_copy(room, page.until, page.audit_head)
    slow.local.copy_rows(room, page.rows, page.cursor)
    slow.stop()
    lost.stop()
    del sim.devices["ana"]

    sim.restore(0)
    other = sim.device("ana 3")
    until(sim, lambda: other.phase is Phase.LIVE)
    mark_in_one_version(other, activities, "archived")
    sim.advance(1)
    slow.start()
    sim.settle()

    sim.check()
    assert {row.state for row in slow.shown(InboxMark)} == {MarkState.ARCHIVED}


def test_a_pull_does_not_go_on_in_another_past(sim: Simulation) -> None:
    lost, slow = started(sim, "ana", "ana 2")
    activities = [row.id for row in lost.shown(Activity)[:2]]
    sim.backup()
    for device in (lost, slow):
        device.plug_in(False)
    mark_in_one_version(lost, activities, "read")
    sim.advance(1)
    sim.weather(Weather(delay_s=0.5, page_rows=1))
    slow.plug_in(True)
    room = user_room(sim.world.ana)
    until(sim, lambda: len(slow.local.cursors()[room]) == 2)
    lost.stop()
    del sim.devices["ana"]

    sim.restore(0)
    sim.weather(FAIR)
    slow.plug_in(False)
    other = sim.device("ana 3")
    until(sim, lambda: other.phase is Phase.LIVE)
    mark_in_one_version(other, activities, "archived")
    sim.advance(1)
    sim.settle()

    assert {row.state for row in slow.shown(InboxMark)} == {MarkState.ARCHIVED}


def mark_in_one_version(
    device: Device, activities: list[str], state: Literal["read", "archived"]
) -> None:
    """Mark these in one push, which is one version; the marks have the same ids whoever does it."""
    device.plug_in(False)
    for activity_id in activities:
        device.act(MarkInbox(activity_id=activity_id, state=state))
    device.plug_in(True)


def until(sim: Simulation, happens: Callable[[], bool]) -> None:
    """Let time pass until something is so, which must come soon."""
    for _ in range(200):
        if happens():
            return
        sim.advance(0.05)
    raise AssertionError("It has not come about.")


def test_a_refused_command_lets_a_restored_relay_be_known_too(sim: Simulation) -> None:
    mia, ana = started(sim, "mia", "ana")
    sim.backup()
    mia.plug_in(False)
    ana.act(CancelSchedule(id=sim.world.session, reason="Travel."))
    sim.advance(1)
    mia.act(CancelSchedule(id=sim.world.session, reason="Ill."))
    mia.plug_in(True)
    sim.advance(2)

    sim.restore(0)
    sim.advance(10)
    client_id = mia.local.identity().client_id
    mia.act(plans(sim, 1)[0])
    sim.advance(2)

    assert mia.local.counts().waiting == 0
    assert mia.local.identity().client_id == client_id


def test_what_lacks_its_ground_on_a_restored_relay_is_deferred_until_it_is_back(
    sim: Simulation,
) -> None:
    mia, ana = started(sim, "mia", "ana")
    sim.backup()
    [plan] = plans(sim, 1)
    mia.act(plan)
    sim.advance(1)
    ana.act(CancelSchedule(id=plan.id, reason="Travel."))
    sim.advance(1)
    mia.plug_in(False)

    sim.restore(0)
    sim.advance(40)
    deferred = ana.held()
    mia.plug_in(True)
    sim.settle()

    assert len(deferred) == 1
    assert ana.held() == set()
    assert sim.oracle.get(Schedule, plan.id).status is Status.CANCELED


def test_another_relay_in_place_of_the_known_one_deletes_nothing(sim: Simulation) -> None:
    [mia] = started(sim, "mia")
    before = mia.all_shown()
    mine = sim.host.directory
    sim.crash_relay()
    sim.host.directory = another_relay(mine)
    sim.host.start()

    sim.advance(60)
    state, shown = mia.client.state, mia.all_shown()
    sim.crash_relay()
    sim.host.directory = mine

    assert state.phase is Phase.OFFLINE
    assert "another relay" in state.why
    assert shown == before


def another_relay(known: Path) -> Path:
    """A relay with the same people that is not the same relay."""
    folder = known.with_name("another")
    shutil.copytree(known, folder)
    with closing(Ledger.open(folder)) as ledger:
        ledger.write(lambda writing: writing.keep_meta(RELAY_ID, id_of("another relay")))
    return folder


def test_a_client_behind_the_horizon_gets_the_room_anew_and_keeps_its_outbox(
    sim: Simulation,
) -> None:
    mia, ana = started(sim, "mia", "ana")
    ana.plug_in(False)
    kept = ana.act(CompleteSchedule(id=sim.world.past))
    mia.act(DeleteSchedule(id=sim.world.session))
    sim.advance(1)
    mia.act(UpdateSchedule(id=sim.world.soon, title="After it"))
    sim.advance(1)

    sim.host.collect_tombstones(before=instant(sim.loop.now()))
    ana.plug_in(True)
    sim.advance(5)

    assert sim.world.session not in {row.id for row in ana.shown(Schedule)}
    assert kept in sim.oracle.receipts


@pytest.mark.parametrize("years", [-1, 1])
def test_a_clock_that_is_wrong_by_a_year_changes_no_order(sim: Simulation, years: int) -> None:
    [mia] = started(sim, "mia", skew=timedelta(days=365 * years))
    [ana] = started(sim, "ana")

    mia.act(UpdateSchedule(id=sim.world.session, title="From another year"))
    sim.advance(1)

    assert title_of(ana, sim.world.session) == "From another year"
    assert sim.oracle.get(Schedule, sim.world.session).updated_at <= instant(sim.loop.now())


def test_a_damaged_replica_is_copied_anew_under_pending_work(sim: Simulation) -> None:
    [mia] = started(sim, "mia")
    mia.plug_in(False)
    mia.act(plans(sim, 1)[0])
    mia.stop()

    (mia.folder / REPLICA).write_bytes(b"no database")
    mia.start()
    sim.advance(2)

    assert id_of("plan 0") in {row.id for row in sim.oracle.all_of(Schedule)}


def test_a_reconnect_storm_is_over_in_a_bounded_time(sim: Simulation) -> None:
    devices = started(sim, *(f"mia {number}" for number in range(12)))
    sim.crash_relay()
    sim.advance(45)

    sim.revive_relay()
    sim.advance(35)

    assert {device.phase for device in devices} == {Phase.LIVE}


def test_a_storm_of_everything_comes_to_rest(sim: Simulation) -> None:
    mia, noah, ana = started(sim, "mia", "noah", "ana")
    sim.weather(BAD)

    for number, plan in enumerate(plans(sim, 30)):
        mia.act(plan)
        noah.act(UpdateSchedule(id=sim.world.bens, title=f"Number {number}"))
        ana.act(CancelSchedule(id=plan.id, reason=f"Reason {number}"))
        sim.advance(1)

    sim.settle()
    assert len(mia.shown(Schedule)) == 6 + 30
