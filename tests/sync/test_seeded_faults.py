"""The tests of sync notice a fault: each story ends well, and does not with the fault in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.store.folder import REPLICA
from domain.assignments import AssignStudent, UnassignStudent
from domain.outcomes import CancelSchedule
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.rooms import student_room
from domain.schedules import Schedule
from tests.builders import a_plan, id_of, second_ahead
from tests.sync.deeds import MoveSession
from tests.sync.devices import Device
from tests.sync.faults import FAULTS
from tests.sync.network import FAIR, Weather
from tests.sync.simulation import QUIET_WITHIN_S, Simulation

pytestmark = pytest.mark.logs(".*")  # what is wrong is told in the log


def started(sim: Simulation, *names: str) -> list[Device]:
    """These desktops, in step with the relay."""
    devices = [sim.device(name) for name in names]
    sim.advance(1)
    return devices


def a_lost_acknowledgement(sim: Simulation) -> None:
    [mia] = started(sim, "mia")
    sim.weather(Weather(cut_down=1.0))
    mia.act(a_plan(id_of("new"), sim.world.ana, start=second_ahead(days=6)))
    sim.advance(0.1)


def a_lost_request(sim: Simulation) -> None:
    [mia] = started(sim, "mia")
    sim.weather(Weather(cut_up=1.0))
    mia.act(UpdateSchedule(id=sim.world.session, title="Sent once"))
    sim.advance(0.1)


def a_deletion_that_another_device_has_slept_through(sim: Simulation) -> None:
    mia, ana = started(sim, "mia", "ana")
    ana.plug_in(False)
    mia.act(DeleteSchedule(id=sim.world.session))
    sim.advance(1)


def two_devices_that_change_one_row(sim: Simulation) -> None:
    first, second = started(sim, "mia", "mia 2")
    second.plug_in(False)
    second.act(UpdateSchedule(id=sim.world.session, title="From the second"))
    first.act(UpdateSchedule(id=sim.world.session, description="From the first"))
    sim.advance(1)


def a_lost_frame_before_another(sim: Simulation) -> None:
    mia, _ = started(sim, "mia", "ana")
    sim.weather(Weather(lost=1.0))
    mia.act(UpdateSchedule(id=sim.world.session, title="Lost on the way"))
    sim.advance(1)
    sim.weather(FAIR)
    mia.act(UpdateSchedule(id=sim.world.soon, title="Arrives"))
    sim.advance(1)


def a_lost_last_frame(sim: Simulation) -> None:
    mia, _ = started(sim, "mia", "ana")
    sim.weather(Weather(lost=1.0))
    mia.act(UpdateSchedule(id=sim.world.session, title="Lost on the way"))
    sim.advance(1)


def a_refused_command(sim: Simulation) -> None:
    mia, ana = started(sim, "mia", "ana")
    ana.plug_in(False)
    ana.act(CancelSchedule(id=sim.world.session, reason="Too late."))
    mia.act(CancelSchedule(id=sim.world.session, reason="Ill."))
    sim.advance(1)


def a_row_that_moves_to_and_fro(sim: Simulation) -> None:
    world = sim.world
    world_session = world.session
    sim.do(AssignStudent(student_id=world.ben, mentor_id=world.mia), world.admin, id_of("assign"))
    [mia] = started(sim, "mia")

    def look() -> None:
        ids = {row.id for row in mia.shown(Schedule)}
        assert world_session in ids, "The session is in neither room."

    mia.watch = look
    for student in (world.ben, world.ana):
        sim.trusted(MoveSession(id=world_session, room=student_room(student)))
        sim.advance(1)


def a_revocation(sim: Simulation) -> None:
    _, admin = started(sim, "mia", "admin")
    world = sim.world
    admin.act(UnassignStudent(student_id=world.ana, mentor_id=world.mia))
    sim.advance(1)


def a_relay_from_a_backup(sim: Simulation) -> None:
    [mia] = started(sim, "mia")
    sim.backup()
    mia.act(UpdateSchedule(id=sim.world.session, title="After the backup"))
    sim.advance(1)
    sim.restore(0)


def a_forged_log_and_a_copy(sim: Simulation) -> None:
    [mia] = started(sim, "mia")
    room = student_room(sim.world.ana)

    def look() -> None:
        if any(copy.room == room for copy in mia.local.copies()):
            assert mia.local.witness.breaks(), "It is copied before anything is said."

    sim.forge(room)
    mia.watch = look
    mia.client.copy_again(room)
    sim.advance(1)


def a_forged_log_and_old_rows(sim: Simulation) -> None:
    [mia] = started(sim, "mia")
    room = student_room(sim.world.ana)
    old, version = mia.local.set_aside(), mia.local.heads()[room][0]
    assert old is not None
    mia.act(UpdateSchedule(id=sim.world.session, title="After the backup"))
    sim.advance(1)
    mia.restart()
    sim.advance(1)  # what was seen is kept now
    assert mia.local.heads()[room][0] > version
    sim.forge(room, behind=version)
    mia.stop()
    old.replace(mia.folder / REPLICA)
    mia.start()
    sim.advance(1)


Story = Callable[[Simulation], None]

# The story in which each fault does harm.
STORIES: dict[str, Story] = {
    "a mutation that comes again is judged again": a_lost_acknowledgement,
    "no tombstones": a_deletion_that_another_device_has_slept_through,
    "no restore before a replay": two_devices_that_change_one_row,
    "a frame is applied over a gap": a_lost_frame_before_another,
    "the prediction of what is refused stays": a_refused_command,
    "a row on its way is gone for a while": a_row_that_moves_to_and_fro,
    "a tombstone removes a row that has moved": a_row_that_moves_to_and_fro,
    "a revocation leaves rows": a_revocation,
    "what was sent is taken for delivered": a_lost_request,
    "nothing is sent again to a restored relay": a_relay_from_a_backup,
    "no pull after a lost last frame": a_lost_last_frame,
    "a room is copied without a question": a_forged_log_and_a_copy,
    "a copy is believed": a_forged_log_and_old_rows,
}


def told(story: Story, sim: Simulation) -> None:
    """Play a story to its end, and hold all against the oracle."""
    try:
        story(sim)
        took = sim.settle()
        sim.check()
        assert took < QUIET_WITHIN_S
    finally:
        sim.close()


def test_every_fault_has_a_story() -> None:
    assert STORIES.keys() == FAULTS.keys()


@pytest.mark.parametrize("story", dict.fromkeys(STORIES.values()))
def test_story_ends_well(story: Story) -> None:
    told(story, Simulation())


@pytest.mark.parametrize("name", STORIES)
def test_fault_is_noticed(name: str) -> None:
    fault = FAULTS[name]
    sim = Simulation(broken=fault.broken, ledger_type=fault.ledger_type)

    with pytest.raises(AssertionError):
        told(STORIES[name], sim)
