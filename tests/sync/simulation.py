"""People with desktops around one relay, in a world whose time and weather the test decides."""

from __future__ import annotations

import logging
import random
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

import msgspec

from desktop.store.local import LocalStore
from desktop.sync.client import SyncClient
from desktop.sync.states import Phase
from domain.chains import Known
from domain.checksums import as_hex, combined, row_hash
from domain.commands import Command
from domain.errors import Refused
from domain.instants import moment
from domain.members import Role
from domain.records import Record
from syncserver.storage.ledger import Ledger
from syncserver.storage.reading import Reading
from tests.builders import World, a_world, id_of
from tests.fakes import MemoryRelay
from tests.sync.devices import Device, Person, copy_files
from tests.sync.network import FAIR, Network, Weather
from tests.sync.relay_host import Oracle, RelayDied, RelayHost
from tests.sync.virtual_time import VirtualLoop

QUIET_WITHIN_S = 75.0  # the longest backoff, an unanswered request, a heartbeat, and some travel
STEP_S = 5.0

STORE_LOG = logging.getLogger("desktop.store.replica")

Key = tuple[str, str]


def in_memory_folder() -> Path | None:
    """Where files need no disk, if this machine has such a place: commits are fast there."""
    shared = Path("/dev/shm")  # noqa: S108
    return shared if shared.is_dir() else None


class _Both:
    """Runs the world's commands on the real relay and on the oracle."""

    def __init__(self, host: RelayHost, clock: list[str]) -> None:
        self._host = host
        self._clock = clock

    def run(
        self, command: Command, actor: str, *, at: str, now: str, mutation: str
    ) -> Refused | None:
        self._clock[0] = now
        if command.relay_only:
            answer = self._host.do_trusted(command, actor, mutation)
        else:
            answer = self._host.do(actor, command, mutation)
        return None if answer == "applied" else Refused(answer, answer)


class _Template:
    """The files of a relay with `a_world`, and the oracle that goes with them."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tandem-template-", dir=in_memory_folder()))
        clock = [""]
        host = RelayHost(self.folder / "relay", now=lambda: moment(clock[0]))
        host.start()
        self.world = a_world(_Both(host, clock))
        host.stop()
        self.oracle = host.oracle


@cache
def template() -> _Template:
    return _Template()


class _WrongSums(logging.Handler):
    """Notes rooms whose checksum was wrong: copied anew, they would look as if nothing had been.

    Only a relay from a backup may make a room wrong that once was right.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "checksum" in str(record.msg):
            self.found.append(record.getMessage())


class Simulation:
    """The real relay, real desktops, and what connects them.

    Attributes:
        issued: every command that some desktop has kept, by mutation id, and on which desktop.
    """

    def __init__(
        self,
        seed: int = 0,
        *,
        ledger_type: type[Ledger] = Ledger,
        broken: Callable[[LocalStore | SyncClient], None] = lambda part: None,
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tandem-sync-", dir=in_memory_folder()))
        shutil.copytree(template().folder / "relay", self.folder / "relay")
        self.world: World = template().world
        self.loop = VirtualLoop(self.world.now)
        self.host = RelayHost(
            self.folder / "relay",
            now=self.loop.now,
            oracle=template().oracle.copy(),
            ledger_type=ledger_type,
        )
        self.host.start()
        self.rng = random.Random(seed)  # noqa: S311
        self.network = Network(self.loop, self.host, self.rng)
        self.devices: dict[str, Device] = {}
        self.backups: list[tuple[Path, Oracle]] = []
        self._seed = seed
        self._broken = broken
        self._trusted = 0
        self._forged = 0
        self._wrong_sums = _WrongSums()
        self._was_restored = False  # since all was quiet last
        STORE_LOG.addHandler(self._wrong_sums)

    @property
    def oracle(self) -> MemoryRelay:
        return self.host.oracle.relay

    def person(self, name: str) -> Person:
        roles = {"admin": Role.ADMIN, "mia": Role.MENTOR, "noah": Role.MENTOR, "otto": Role.MENTOR}
        return Person(name, self.world.people[name], roles.get(name, Role.STUDENT))

    def device(
        self,
        name: str,
        *,
        skew: timedelta = timedelta(0),
        files: Path | None = None,
        start: bool = True,
    ) -> Device:
        """A new desktop of the person after whom it is named, as in `mia` or `mia 2`.

        It begins with the files in that folder, or without any.
        """
        device = Device(
            name=name,
            person=self.person(name.split()[0]),
            folder=self.folder / name.replace(" ", "-"),
            network=self.network,
            seed=self._seed,
            skew=skew,
            broken=self._broken,
        )
        self.devices[name] = device
        if files:
            copy_files(files, device.folder)
        if start:
            device.start()
        return device

    def copied(self, device: Device, name: str) -> Device:
        """A second machine that begins with the files of a first one, as they are now."""
        copy = self.device(name, skew=device.skew, files=device.folder, start=False)
        copy.did = dict(device.did)
        copy.start()
        return copy

    def weather(self, weather: Weather) -> None:
        self.network.weather = weather

    def advance(self, seconds: float) -> None:
        """Let time pass; desktops that crashed meanwhile start again at its end."""
        self.loop.advance(seconds)
        for device in self.devices.values():
            device.revive()
            if device.bug:
                raise _cause(device.bug)

    def trusted(self, command: Command) -> None:
        """Let the relay itself do something; it may die of it."""
        self._trusted += 1
        mutation_id = id_of(f"trusted {self._seed} {self._trusted}")
        try:
            self.host.do_trusted(command, self.world.admin, mutation_id)
        except RelayDied:
            self.network.cut_all()
        else:
            self.network.publish()

    def do(self, command: Command, actor: str, mutation_id: str) -> None:
        """Let the relay judge a command that comes by REST, and must be accepted."""
        if command.relay_only:
            answer = self.host.do_trusted(command, actor, mutation_id)
        else:
            answer = self.host.do(actor, command, mutation_id)
        assert answer == "applied"
        self.network.publish()

    def view_of(self, device: Device) -> dict[Key, Record]:
        """What the oracle shows the desktop's person."""
        view = self.oracle.view_of(device.person.id)
        return {(row.kind(), row.id): row for rows in view.values() for row in rows}

    def crash_relay(self) -> None:
        self.host.stop()
        self.network.cut_all()

    def revive_relay(self) -> None:
        if not self.host.is_up:
            self.host.start()

    def backup(self) -> None:
        target = self.folder / f"backup-{len(self.backups)}.sqlite"
        self.backups.append((target, self.host.backup(target)))

    def restore(self, number: int) -> None:
        """Put a backup in place; everybody signs in again."""
        self.crash_relay()
        self.host.restore(*self.backups[number])
        self._was_restored = True
        self.host.start()
        for device in self.devices.values():
            device.client.sync_now()

    def forge(self, room: str, *, behind: int = 0) -> list[Device]:
        """Make a room's audit log anew behind a version; gives the desktops that know better."""
        self._forged += 1
        self.host.forge(room, f"forged {self._forged}", behind=behind)
        deceived = [one for one in self.devices.values() if room in one.local.witness.heads()]
        for device in deceived:
            device.deceived.add(room)
        return deceived

    def see_what_was_found(self) -> None:
        """Everybody reads what is said of the audit log, and it is over."""
        for device in self.devices.values():
            device.deceived.clear()
            for found in device.local.witness.breaks():
                device.local.witness.dismiss(found.id)

    # The end

    def settle(self) -> float:
        """Make the weather fair and wait until all is quiet; in how many seconds it was."""
        self.weather(FAIR)
        self.host.crash_at = None
        self.revive_relay()
        for device in self.devices.values():
            device.crash_at = None
            if not device.is_running:
                device.start()
            device.revive()
            device.plug_in(True)
        took = 0.0
        while took < QUIET_WITHIN_S:
            self.advance(STEP_S)
            took += STEP_S
            if all(self.is_quiet(device) for device in self.devices.values()):
                break
        return took

    def is_open(self, device: Device) -> bool:
        """Whether the account of the desktop's person is open."""
        return bool(self.oracle.rooms_of(device.person.id))

    def is_quiet(self, device: Device) -> bool:
        """Whether a desktop has nothing to do any more, as far as it can be seen from outside."""
        if not self.is_open(device):
            return device.phase is Phase.SIGN_IN_AGAIN
        states = device.states_of_mutations()
        waiting = {one for one, (state, _) in states.items() if state == "pending"}
        heads = {
            room: (head.version, head.checksum)
            for room, head in self.host.heads(device.person.id).items()
        }
        is_live = device.phase is Phase.LIVE
        return is_live and waiting <= device.held() and device.local.heads() == heads

    def check(self) -> None:
        """Hold everything against the oracle. To be called when all is quiet."""
        self._check_relay()
        for device in self.devices.values():
            self._check_outbox(device)
            if self.is_open(device):
                self._check_device(device)
            else:
                self._check_closed(device)
        self._wrong_sums.found.clear()
        self._was_restored = False

    def close(self) -> None:
        STORE_LOG.removeHandler(self._wrong_sums)
        for device in self.devices.values():
            device.stop()
        self.loop.finish()
        self.host.stop()
        shutil.rmtree(self.folder)

    # Inside

    def _check_relay(self) -> None:
        """The relay's rows are the oracle's, its checksums those of its rows, its audit sound."""
        rooms = sorted({row.room for row in self.oracle.rows.values()})
        for room in rooms:
            stored = self.host.rows_of(room)
            expected = {(row.kind(), row.id): row for row in self.oracle.rows_of(room)}
            assert_same(stored, expected, f"the relay's {room}")
            head = self.host.read(partial(Reading.head, room=room))
            assert head.checksum == checksum_of(stored.values()), room
        assert self.host.verify_audit()

    def _check_device(self, device: Device) -> None:
        name = device.name
        rooms = self.oracle.rooms_of(device.person.id)
        heads = self.host.heads(device.person.id)
        assert self._was_restored or not self._wrong_sums.found, f"{name}: wrong sums"
        assert sorted(device.local.heads()) == rooms, f"{name}: rooms"
        assert device.rooms_with_rows() <= set(rooms), f"{name}: rows of other rooms"
        assert device.held() or device.unsettled() == {}, f"{name}: still unsettled"
        base = device.base()
        assert_same(base, self.view_of(device), name)
        for room in rooms:
            mine = [row for row in base.values() if row.room == room]
            assert checksum_of(mine) == heads[room].checksum, f"{name}: {room}"
        for room, (version, checksum) in device.local.heads().items():
            assert (version, checksum) == (heads[room].version, heads[room].checksum), (
                f"{name}: {room}"
            )
        chains = {room: Known(heads[room].version, heads[room].audit_head) for room in rooms}
        assert device.local.witness.heads() == chains, f"{name}: audit heads"
        named = [found.room for found in device.local.witness.breaks()]
        assert named == sorted(device.deceived), f"{name}: what is said of the audit log"
        assert device.phase is Phase.LIVE, f"{name}: {device.client.state}"

    def _check_closed(self, device: Device) -> None:
        """Of a closed account nothing is left on its desktops but what was typed there."""
        name = device.name
        assert device.rooms_with_rows() == set(), f"{name}: rows of a closed account"
        assert device.local.rooms_here() == [], f"{name}: rooms of a closed account"

    def _check_outbox(self, device: Device) -> None:
        """Each command has taken effect once or never, and its outbox says which.

        Of a closed account some may have been sent without an answer: they wait for it.
        """
        known = device.states_of_mutations()
        elsewhere = {one for other in self.devices.values() for one in other.did}
        sent = device.undone & self.oracle.receipts.keys() - elsewhere
        assert not sent, f"{device.name}: undone, and sent"
        held = device.held()
        for mutation_id, command in device.did.items():
            what = f"{device.name}: {command.tag()} {mutation_id}"
            assert mutation_id in known, f"{what} is lost"
            state, code = known[mutation_id]
            if mutation_id in held or (state == "pending" and not self.is_open(device)):
                continue
            receipts = self.oracle.receipts
            if state == "attention" and code == "access_lost":
                assert mutation_id not in receipts, f"{what} was sent, and is reported as lost"
                continue
            if mutation_id not in receipts and self._may_lack(state):
                continue
            assert mutation_id in receipts, f"{what} is {state}, and the relay has not seen it"
            refused = receipts[mutation_id]
            expected = ("attention", refused.code) if refused else ("acknowledged", None)
            assert (state, code) == expected, what

    def _may_lack(self, state: str) -> bool:
        """Whether a relay from a backup may lack this: what was refused is not sent again."""
        return self.host.oracle.restored_at is not None and state == "attention"


def _cause(error: BaseException) -> BaseException:
    """What went wrong in the first of the tasks."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def assert_same(mine: dict[Key, Record], theirs: dict[Key, Record], what: str) -> None:
    """Compare rows but for their versions, which belong to the relay's commits."""
    mine, theirs = _unversioned(mine), _unversioned(theirs)
    lacking = [theirs[key] for key in sorted(theirs.keys() - mine.keys())]
    surplus = [mine[key] for key in sorted(mine.keys() - theirs.keys())]
    differing = [
        (mine[key], theirs[key]) for key in mine if mine[key] != theirs.get(key, mine[key])
    ]
    assert (lacking, surplus, differing) == ([], [], []), what


def _unversioned(rows: dict[Key, Record]) -> dict[Key, Record]:
    return {key: msgspec.structs.replace(row, version=0) for key, row in rows.items()}


def checksum_of(rows: Iterable[Record]) -> str:
    hashes = [row_hash(row.kind(), row.id, row.version) for row in rows]
    return as_hex(combined(0, added=hashes))
