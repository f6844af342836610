"""The deeds of the model-based test reach all that there is: every command, every kind of row."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from domain.commands import Command
from domain.kinds import KINDS
from domain.wire import COMMANDS
from tests.sync.choosing import Chooser
from tests.sync.deeds import DEEDS
from tests.sync.simulation import Simulation

# The relay's own commands: `a_world` registers people, and two rules close and open accounts.
BY_THE_RELAY = {
    "account.change",
    "account.deactivate",
    "account.reactivate",
    "account.register",
    "cohort.rotate_join_code",
}
PEOPLE = ("mia", "noah", "admin", "ana", "ben")
ROUNDS = 8  # of all deeds of all people, each time with other numbers
PAUSE_S = 0.2


class Played:
    """What became of deeds that were done in fair weather.

    Attributes:
        given: the commands that each deed has made, by the name of the deed.
        applied: the tags of the commands that the relay has accepted.
        written: the kinds of the rows that have come or changed by them.
    """

    def __init__(self, sim: Simulation) -> None:
        self.given: dict[str, set[str]] = {name: set() for name in DEEDS}
        self._did: dict[str, Command] = {}
        before = len(sim.oracle.commits)
        self._play(sim)
        self.applied = {
            command.tag()
            for mutation_id, command in self._did.items()
            if sim.oracle.receipts.get(mutation_id, mutation_id) is None
        }
        frames = [frame for one in sim.oracle.commits[before:] for frame in one.frames.values()]
        self.written = {row.kind() for frame in frames for row in frame.rows}

    def _play(self, sim: Simulation) -> None:
        numbers = random.Random(7)  # noqa: S311
        devices = [sim.device(name) for name in PEOPLE]
        sim.advance(1)
        for _ in range(ROUNDS):
            for name, deed in DEEDS.items():
                for device in devices:
                    command = deed(Chooser(device, [numbers.randrange(100) for _ in range(8)]))
                    if command is not None:
                        self.given[name].add(command.tag())
                        device.act(command)
            sim.advance(PAUSE_S)
        sim.settle()
        for device in devices:
            self._did |= device.did


@pytest.fixture(scope="module")
def played() -> Iterator[Played]:
    sim = Simulation()
    yield Played(sim)
    sim.close()


def test_every_command_has_a_deed_but_for_those_of_the_relay() -> None:
    theirs = {tag for tag, kind in COMMANDS.items() if not kind.relay_only}

    assert {name.partition(" ")[0] for name in DEEDS} == theirs
    assert COMMANDS.keys() - theirs == BY_THE_RELAY


@pytest.mark.parametrize("name", DEEDS)
def test_each_deed_makes_the_command_after_which_it_is_named(played: Played, name: str) -> None:
    assert played.given[name] == {name.partition(" ")[0]}


def test_every_deed_is_accepted_now_and_then(played: Played) -> None:
    assert {name.partition(" ")[0] for name in DEEDS} - played.applied == set()


def test_every_kind_of_row_is_written_by_some_deed(played: Played) -> None:
    assert KINDS.keys() - played.written == set()
