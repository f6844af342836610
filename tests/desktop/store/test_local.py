"""Tests of outbox and replica together: crashes, undo, answers, lost rooms, trouble."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from desktop.store.database import open_files, read_connection
from desktop.store.outbox import Counts
from desktop.store.trouble import StoreTrouble
from domain.errors import Refused
from domain.members import Role
from domain.outcomes import CancelSchedule, CompleteSchedule
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.rooms import student_room
from domain.schedules import Schedule
from domain.wire import Outcome, Result
from tests.builders import ANA, World, a_plan, second_ahead
from tests.desktop.store.desks import Desk

DeskOf = Callable[..., Desk]
POINTS = (
    *("before outbox commit", "after outbox commit"),
    *("before replica commit", "after replica commit"),
)


class Crash(BaseException):
    """The process is gone."""


def crash_at(point: str) -> Callable[[str], None]:
    def checkpoint(reached: str) -> None:
        if reached == point:
            raise Crash(point)

    return checkpoint


@pytest.mark.parametrize("point", POINTS)
def test_a_command_is_wholly_there_or_wholly_not_wherever_the_program_is_killed(
    point: str, world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    desk.checkpoint = crash_at(point)
    with pytest.raises(Crash):
        desk.do(UpdateSchedule(id=world.session, title="First talk"))

    desk.reopen()

    waiting = desk.store.counts().waiting
    title = desk.find(Schedule, world.session).title
    assert (waiting, title) == ((0, "Weekly talk") if point == POINTS[0] else (1, "First talk"))


def test_the_files_of_a_program_that_is_killed_at_any_statement_open_and_drain(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    """A kill leaves the files as they are in that moment: they are copied before each statement."""
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    moments: list[Path] = []

    def copy_files(statement: str) -> None:
        moments.append(tmp_path / f"killed-{len(moments)}")
        shutil.copytree(tmp_path / "mia", moments[-1])

    connections = (desk.store.files.outbox, desk.store.files.replica)
    for connection in connections:
        connection.set_trace_callback(copy_files)
    desk.do(UpdateSchedule(id=world.session, title="First talk"))
    for connection in connections:
        connection.set_trace_callback(None)

    found = [killed(world, folder) for folder in moments]

    assert set(found) == {(0, "Weekly talk"), (1, "First talk")}
    assert sorted(found) == found, "Once it is kept, it stays."


def killed(world: World, folder: Path) -> tuple[int, str]:
    """How many commands wait in these files, and what they show; all of it can be sent."""
    desk = Desk(world, world.mia, folder=folder)
    waiting = desk.store.counts().waiting
    title = desk.find(Schedule, world.session).title
    desk.push()
    assert desk.store.counts().waiting == 0
    desk.store.files.close()
    return waiting, title


@pytest.mark.parametrize("point", POINTS)
def test_an_answer_is_taken_in_wherever_the_program_is_killed(
    point: str, world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    desk.do(UpdateSchedule(id=world.session, title="First talk"))
    results = desk.judge()
    desk.checkpoint = crash_at(point)
    with pytest.raises(Crash):
        desk.store.settle(results)

    desk.reopen()
    shown = desk.find(Schedule, world.session).title
    desk.push()
    desk.receive()

    assert shown == "First talk"
    assert desk.store.counts().waiting == 0
    desk.assert_same()


@pytest.mark.parametrize("point", POINTS[2:])
def test_rows_and_cursor_are_one_wherever_the_program_is_killed(
    point: str, world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    world.done_by(CancelSchedule(id=world.session), world.ana)
    (frame,) = desk.frames()
    desk.checkpoint = crash_at(point)
    with pytest.raises(Crash):
        desk.store.receive(frame)

    desk.reopen()
    desk.store.receive(frame)

    desk.assert_same()


def test_pending_commands_are_predicted_again_in_a_new_replica(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    desk.do(UpdateSchedule(id=world.session, title="First talk"))
    desk.store.files.mark_replica_damaged()

    desk.reopen()
    empty = desk.shown()
    desk.settle_in()

    assert empty == {}
    assert desk.find(Schedule, world.session).title == "First talk"
    assert desk.pending(Schedule, world.session) == 1


def test_a_delete_waits_and_can_be_undone_with_all_it_shows(mia: Desk, world: World) -> None:
    before = mia.shown()
    mutation = mia.do(DeleteSchedule(id=world.group), wait_s=8)
    deleted = mia.find(Schedule, world.group), mia.store.unsent()

    assert mia.store.undo(mutation)
    assert not mia.store.undo(mutation)
    assert deleted == (None, [])
    assert mia.shown() == before
    assert mia.is_quiet()


def test_a_delete_that_waits_survives_a_restart(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    mutation = desk.do(DeleteSchedule(id=world.group), wait_s=8)

    desk.reopen()
    gone, due = desk.find(Schedule, world.group), desk.store.next_due_s()

    assert (gone, due) == (None, 8.0)
    assert desk.store.undo(mutation)
    assert desk.find(Schedule, world.group) is not None


def test_a_delete_is_sent_after_its_time_and_can_then_not_be_undone(
    mia: Desk, world: World
) -> None:
    mutation = mia.do(DeleteSchedule(id=world.group), wait_s=8)
    mia.clock.pass_(seconds=9)

    mia.push()
    undone = mia.store.undo(mutation)
    mia.receive()

    assert not undone
    mia.assert_same()


def test_a_retry_is_a_new_mutation(mia: Desk, world: World) -> None:
    old = mia.do(UpdateSchedule(id=world.session, title="First talk"))
    (sent,) = mia.store.unsent()
    mia.store.settle([Result(n=sent.n, status=Outcome.REFUSED, code="busy", message="Later.")])

    new = mia.store.retry(old)

    assert new != old
    assert mia.store.counts() == Counts(waiting=1, attention=0)
    assert mia.find(Schedule, world.session).title == "First talk"


def test_a_retry_that_does_not_fit_stays_where_it_is(mia: Desk, world: World) -> None:
    mutation = mia.do(CompleteSchedule(id=world.past))
    world.done_by(CancelSchedule(id=world.past), world.mia)
    mia.push()
    mia.receive()

    with pytest.raises(Refused):
        mia.store.retry(mutation)

    assert mia.store.counts() == Counts(waiting=0, attention=1)


def test_what_is_not_there_cannot_be_retried(mia: Desk) -> None:
    with pytest.raises(Refused) as refused:
        mia.store.retry("unknown")

    assert refused.value.code == "not_found"


def test_what_is_discarded_is_gone_and_told(mia: Desk, world: World) -> None:
    mutation = mia.do(UpdateSchedule(id=world.session, title="First talk"))
    (sent,) = mia.store.unsent()
    mia.store.settle([Result(n=sent.n, status=Outcome.REFUSED)])
    mia.changes.clear()

    assert mia.store.discard(mutation)
    assert mia.store.counts() == Counts(waiting=0, attention=0)
    assert mia.changes == [frozenset({"command"})]


def test_a_new_command_wakes_sync_and_one_that_waits_does_not(mia: Desk, world: World) -> None:
    mia.wakes = 0
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    now = mia.wakes

    mia.do(DeleteSchedule(id=world.group), wait_s=8)

    assert (now, mia.wakes) == (1, 1)


def test_a_deferred_command_is_tried_again_at_news_of_the_relay(mia: Desk, world: World) -> None:
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    (sent,) = mia.store.unsent()
    mia.store.settle([Result(n=sent.n, status=Outcome.DEFERRED)])
    held = mia.store.unsent()
    mia.wakes = 0

    world.done_by(UpdateSchedule(id=world.soon, place="Room 4"), world.mia)
    mia.receive()

    assert held == []
    assert mia.wakes == 1
    assert [one.id for one in mia.store.unsent()] == [sent.id]


@pytest.mark.logs("The relay was restored: 1 commands")
def test_a_restored_relay_gets_the_work_again_and_the_rows_show_it(mia: Desk, world: World) -> None:
    old = mia.relay.copy()
    mia.do(UpdateSchedule(id=world.session, title="First talk"))
    mia.push()
    mia.receive()
    mia.relay = world_of = old

    assert mia.store.make_good(0, None) == 1
    for room in world_of.rooms_of(mia.user):
        mia.copy(room)

    assert mia.find(Schedule, world.session).title == "First talk"
    assert mia.store.counts().waiting == 1


def test_what_the_relay_took_in_is_kept_for_14_days_even_over_a_restart(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    desk.do(UpdateSchedule(id=world.session, title="First talk"))
    desk.push()
    desk.clock.pass_(days=15)
    desk.reopen()

    desk.store.purge()
    desk.store.make_good(0, None)

    assert desk.store.counts().waiting == 0


@pytest.mark.logs("The relay was restored: 1 commands")
def test_what_the_relay_took_in_goes_again_as_long_as_it_is_kept(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    desk.do(UpdateSchedule(id=world.session, title="First talk"))
    desk.push()
    desk.clock.pass_(days=13)
    desk.reopen()

    desk.store.purge()
    desk.store.make_good(0, None)

    assert desk.store.counts().waiting == 1


def test_nothing_to_send_again_wakes_nobody(mia: Desk) -> None:
    mia.wakes = 0

    assert mia.store.make_good(0, "2026-03-02T09:00:00.000Z") == 0

    assert mia.wakes == 0


def test_a_forked_client_sends_the_same_mutations(mia: Desk, world: World) -> None:
    mutation = mia.do(UpdateSchedule(id=world.session, title="First talk"))
    mia.store.unsent()

    mia.store.renumber("another")

    assert [(one.n, one.id) for one in mia.store.unsent()] == [(1, mutation)]
    assert mia.store.identity().client_id == "another"


def test_a_folder_belongs_to_one_account(mia: Desk, world: World) -> None:
    mia.store.become(world.mia, Role.MENTOR, "relay")

    with pytest.raises(StoreTrouble):
        mia.store.become(world.noah, Role.MENTOR, "relay")

    assert mia.store.identity().user_id == world.mia


def test_nothing_of_one_account_is_in_the_folder_of_another(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    mia = desk_of(world.mia, folder=tmp_path / "mia")
    mia.do(UpdateSchedule(id=world.session, title="Between the two of us"))
    mia.push()
    mia.store.put_draft("session", "Not yet said")

    noah = desk_of(world.noah, folder=tmp_path / "noah")

    written = b"".join(path.read_bytes() for path in (tmp_path / "noah").iterdir())
    assert noah.user.encode() in written
    for trace in ("Between the two of us", "Not yet said", world.session):
        assert trace.encode() not in written


def test_a_lost_room_is_nowhere_in_the_files(world: World, desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    world.done_by(UpdateSchedule(id=world.session, description="Secret words"), world.mia)
    desk.receive()
    aside = desk.store.set_aside()
    before = content(tmp_path)

    desk.store.drop_rooms([student_room(world.ana)])

    assert b"Secret words" in before
    assert aside is not None
    assert not aside.exists()
    assert b"Secret words" not in content(tmp_path)


def test_a_reader_in_the_midst_puts_the_last_wipe_off(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    world.done_by(UpdateSchedule(id=world.session, description="Secret words"), world.mia)
    desk.receive()
    desk.replica.execute("PRAGMA busy_timeout = 0")
    reader = read_connection(tmp_path / "mia")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM schedules").fetchall()
    desk.store.drop_rooms([student_room(world.ana)])
    reader.execute("COMMIT")
    reader.close()

    desk.do(UpdateSchedule(id=world.group, title="Circle"))

    assert b"Secret words" not in content(tmp_path)


@pytest.mark.logs("Traces of a lost room stay")
def test_files_close_and_open_again_where_the_last_wipe_finds_no_room(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    desk.replica.execute("PRAGMA busy_timeout = 0")
    reader = read_connection(tmp_path / "mia")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM schedules").fetchall()
    desk.store.drop_rooms([student_room(world.ana)])
    reader.close()
    desk.store.files.replica = cast("sqlite3.Connection", NoRoom(desk.replica))

    desk.store.close()

    desk.store = desk._open(open_files(tmp_path / "mia"))


class NoRoom:
    """A connection whose WAL cannot be written into its file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.close = connection.close

    def execute(self, sql: str) -> None:
        error = sqlite3.OperationalError(sql)
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error


def content(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_copy_set_aside_holds_the_rows_as_they_were(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")

    path = desk.store.set_aside()

    assert path is not None
    copy = sqlite3.connect(path)
    assert copy.execute("SELECT count(*) FROM schedules").fetchone()[0] > 0
    copy.close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_without_a_folder_nothing_is_set_aside(mia: Desk) -> None:
    assert mia.store.set_aside() is None


def test_a_full_disk_is_said_in_a_sentence_and_nothing_is_half_written(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    before = desk.shown()
    fill_up(desk.store.files.outbox)

    with pytest.raises(StoreTrouble, match="no room left on the disk"):
        plan_until_it_fails(desk)

    desk.reopen()
    assert len(desk.shown().keys() - before.keys()) == 2 * desk.store.counts().waiting


@pytest.mark.logs("behind what is saved")
def test_a_command_that_is_saved_but_cannot_be_shown_is_shown_later(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")

    def no_room(point: str) -> None:
        if point == "before replica commit":
            raise StoreTrouble("There is no room.")

    desk.checkpoint = no_room
    desk.do(UpdateSchedule(id=world.session, title="First talk"))
    (sent,) = desk.store.unsent()
    desk.store.settle([Result(n=sent.n, status=Outcome.DEFERRED)])
    between = desk.find(Schedule, world.session).title
    desk.checkpoint = lambda _: None
    desk.store.end_pull()

    assert between == "Weekly talk"
    assert desk.find(Schedule, world.session).title == "First talk"


def plan_until_it_fails(desk: Desk) -> None:
    for _ in range(100):
        plan = a_plan(
            desk.new_id(),
            ANA,
            start=second_ahead(days=9),
            description="x" * 3000,
            confirm_overlap=True,
        )
        desk.do(plan)


@pytest.mark.logs("behind what is saved")
def test_a_start_that_cannot_predict_shows_the_rows_as_they_were_left(
    mia: Desk, world: World
) -> None:
    def no_room(point: str) -> None:
        raise StoreTrouble(f"There is no room {point}.")

    mia.checkpoint = no_room
    mia.store.catch_up()

    assert mia.shown() == mia.truth()


def fill_up(connection: sqlite3.Connection) -> None:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")


def test_settings_and_drafts_survive(world: World, desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of(world.mia, folder=tmp_path / "mia")
    desk.store.put_setting("zoom", 2)
    desk.store.put_draft("session", "Fir")
    desk.store.put_draft("note", "old")
    desk.store.drop_draft("note")

    desk.reopen()

    assert desk.store.get_setting("zoom") == 2
    assert desk.store.get_draft("session") == "Fir"
    assert desk.store.get_draft("note") is None


def test_a_damaged_replica_is_told_and_made_anew_at_the_next_start(
    world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    folder = tmp_path / "mia"
    desk = desk_of(world.mia, folder=folder)
    desk.replica.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.replica.execute("PRAGMA cache_size = 0")
    data = bytearray((folder / "replica.sqlite").read_bytes())
    data[8192:] = b"\x5a" * (len(data) - 8192)
    (folder / "replica.sqlite").write_bytes(data)

    with pytest.raises(StoreTrouble, match="damaged"):
        plan_until_it_fails(desk)

    desk.reopen()
    assert desk.store.heads() == {}
