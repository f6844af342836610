"""The state machine: whatever people, lines, crashes and operators do, all ends the same."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from domain.accounts import DeactivateAccount, ReactivateAccount
from domain.rooms import student_room
from domain.schedules import Schedule
from tests.sync.choosing import Chooser
from tests.sync.deeds import DEEDS, MoveSession
from tests.sync.devices import Device
from tests.sync.network import BAD, FAIR
from tests.sync.simulation import QUIET_WITHIN_S, Simulation

NAMES = ("mia", "mia 2", "noah", "admin", "ana")
LATER = ("ana 2", "ben", "noah 2")
CHECKPOINTS = (
    "before outbox commit",
    "after outbox commit",
    "before replica commit",
    "after replica commit",
)
UNDO_S = 8.0

which = st.integers(0, 99)
numbers = st.lists(st.integers(0, 99), min_size=4, max_size=8)
Deed = tuple[int, int, list[int]]
deeds = st.tuples(which, which, numbers)
NAMES_OF_DEEDS = sorted(DEEDS)
TRIES = 5  # not all that one could do is allowed


class Convergence(RuleBasedStateMachine):
    """Several people with several desktops each, and one relay."""

    sim: Simulation

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[tuple[Device, str]] = []

    def simulation(self, seed: int) -> Simulation:
        return Simulation(seed)

    @initialize(seed=st.integers(0, 1 << 32), years=st.sampled_from((-1, 0, 0, 1)))
    def begin(self, seed: int, years: int) -> None:
        self.sim = self.simulation(seed)
        for name in NAMES:
            # One clock may be wrong by a year.
            skew = timedelta(days=365 * years) if name == "mia 2" else timedelta(0)
            self.sim.device(name, skew=skew)
        self.sim.advance(1)

    def device(self, number: int) -> Device:
        device = list(self.sim.devices.values())[number % len(self.sim.devices)]
        device.revive()  # another one's restart lets time pass, and this one may die of it
        return device

    @rule(deed=deeds)
    def act(self, deed: Deed) -> None:
        self.do(deed)

    @rule(some=st.lists(deeds, min_size=3, max_size=10), pause=st.sampled_from((0.0, 0.1, 0.7)))
    def work(self, some: list[Deed], pause: float) -> None:
        for deed in some:
            self.do(deed)
            if pause:
                self.sim.advance(pause)

    @rule(
        number=which,
        some=st.lists(deeds, min_size=3, max_size=6),
        back=st.booleans(),
    )
    def work_offline(self, number: int, some: list[Deed], back: bool) -> None:
        device = self.device(number)
        device.plug_in(False)
        for _, deed, choices in some:
            self.do((number, deed, choices))
        self.sim.advance(0.1)
        if back:
            self.device(number).plug_in(True)

    def do(self, deed: Deed) -> None:
        """Do this, or the next thing that this person can do."""
        number, first, choices = deed
        device = self.device(number)
        for offset in range(TRIES):
            name = NAMES_OF_DEEDS[(first + offset) % len(NAMES_OF_DEEDS)]
            command = DEEDS[name](Chooser(device, choices))
            if command is not None and device.act(command):
                return

    @rule(number=which, choices=numbers)
    def delete_later(self, number: int, choices: list[int]) -> None:
        device = self.device(number)
        command = DEEDS["schedule.delete"](Chooser(device, choices))
        assert command is not None
        if mutation_id := device.act(command, wait_s=UNDO_S):
            self.waiting.append((device, mutation_id))

    @precondition(lambda self: self.waiting)
    @rule()
    def undo(self) -> None:
        device, mutation_id = self.waiting.pop()
        if mutation_id in device.did:
            device.undo(mutation_id)

    @rule(number=which, again=st.booleans())
    def look_after_what_needs_attention(self, number: int, again: bool) -> None:
        device = self.device(number)
        for item in device.local.attention():
            if item.id in device.did:
                device.retry(item.id) if again else device.discard(item.id)

    @rule(seconds=st.sampled_from((0.01, 0.3, 1.0, 1.0, 4.0, 9.0, 21.0)))
    def wait(self, seconds: float) -> None:
        self.sim.advance(seconds)

    @rule(bad=st.sampled_from((True, True, False)))
    def change_the_weather(self, bad: bool) -> None:
        self.sim.weather(BAD if bad else FAIR)

    @rule(number=which, plugged_in=st.booleans())
    def plug_in(self, number: int, plugged_in: bool) -> None:
        self.device(number).plug_in(plugged_in)

    @rule(number=which)
    def cut(self, number: int) -> None:
        self.device(number).cut()

    @rule(number=which, point=st.sampled_from(CHECKPOINTS), after=st.integers(0, 3))
    def let_a_desktop_crash(self, number: int, point: str, after: int) -> None:
        self.device(number).crash_at = (point, after)

    @rule(number=which, gently=st.booleans())
    def restart(self, number: int, gently: bool) -> None:
        self.device(number).restart(gently=gently)

    @rule(point=st.sampled_from(("before_commit", "after_commit")))
    def let_the_relay_crash(self, point: str) -> None:
        self.sim.host.crash_at = point

    @precondition(lambda self: not self.sim.host.is_up)
    @rule()
    def start_the_relay(self) -> None:
        self.sim.revive_relay()

    @rule(name=st.sampled_from(LATER))
    def add_a_desktop(self, name: str) -> None:
        if name not in self.sim.devices:
            self.sim.device(name)

    @precondition(lambda self: len(self.sim.devices) < 8)
    @rule(number=which)
    def copy_the_files_of_a_desktop(self, number: int) -> None:
        device = self.device(number)
        self.sim.copied(device, f"{device.name} copy {len(self.sim.devices)}")

    @precondition(lambda self: self.sim.host.is_up and len(self.sim.backups) < 2)
    @rule()
    def back_the_relay_up(self) -> None:
        self.sim.backup()

    @precondition(lambda self: self.sim.backups)
    @rule(number=which)
    def restore_the_relay(self, number: int) -> None:
        self.sim.restore(number % len(self.sim.backups))

    @precondition(lambda self: self.sim.host.is_up)
    @rule(number=which, closed=st.booleans())
    def close_or_open_an_account(self, number: int, closed: bool) -> None:
        world = self.sim.world
        user_id = (world.ben, world.noah)[number % 2]
        if closed:
            self.sim.trusted(DeactivateAccount(user_id=user_id))
        else:
            self.sim.trusted(ReactivateAccount(user_id=user_id))
            for device in self.sim.devices.values():
                if device.person.id == user_id:
                    device.client.sync_now()  # they sign in again

    @precondition(lambda self: self.sim.host.is_up)
    @rule(number=which, to=which)
    def move_a_session(self, number: int, to: int) -> None:
        world = self.sim.world
        sessions = [row for row in self.sim.oracle.all_of(Schedule) if row.student_id]
        session = sessions[number % len(sessions)]
        student = (world.ana, world.ben, world.cem)[to % 3]
        self.sim.trusted(MoveSession(id=session.id, room=student_room(student)))

    @rule(number=which, ways=numbers)
    def forge_the_audit_log(self, number: int, ways: list[int]) -> None:
        """Whatever was before: who has seen the true log names the room, however they learn."""
        self.settle()
        world = self.sim.world
        deceived = self.sim.forge(student_room((world.ana, world.ben, world.cem)[number % 3]))
        for device, way in zip(deceived, cycle(ways), strict=False):
            self.let_it_look(device, min(device.deceived), way)
        self.settle()
        self.sim.see_what_was_found()

    def let_it_look(self, device: Device, room: str, way: int) -> None:
        match way % 5:
            case 0:
                device.client.copy_again(room)
            case 1:
                device.cut()
            case 2:
                device.restart(gently=bool(way % 3))
            case 3:
                device.spoil(room)
            case _ if room in device.local.witness._chains.known():
                device.lose_rows()
            case _:  # what was seen since it was kept last, within five minutes, goes with the rows
                device.cut()

    @rule()
    def let_all_become_quiet(self) -> None:
        self.settle()

    def teardown(self) -> None:
        if not hasattr(self, "sim"):
            return
        try:
            self.settle()
        finally:
            self.sim.close()

    def settle(self) -> None:
        took = self.sim.settle()
        self.sim.check()
        assert took < QUIET_WITHIN_S
