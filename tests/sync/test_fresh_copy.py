"""For every command: an old state and what the relay sends make what a fresh copy has."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from desktop.sync.states import Phase
from domain.kinds import KINDS
from domain.wire import COMMANDS
from tests.builders import EXAMPLES, VARIANTS, a_world, id_of
from tests.fakes import MemoryRelay
from tests.sync.devices import Device
from tests.sync.simulation import Simulation, assert_same

CASES = {**EXAMPLES, **VARIANTS}
SOON_S = 1.0  # much less than a heartbeat: what comes by then came by broadcast, or by pulling


@cache
def old_state() -> Simulation:
    """A world in which each person's desktop stands at the heads, and is closed."""
    sim = Simulation()
    for name in sim.world.people:
        sim.device(name)
    sim.settle()
    for device in sim.devices.values():
        device.stop()
    return sim


@pytest.fixture(scope="module", autouse=True)
def _clean() -> Iterator[None]:
    yield
    old_state().close()
    old_state.cache_clear()


@pytest.fixture
def sim() -> Iterator[Simulation]:
    """People who each have one desktop that listens, and one that sleeps."""
    sim = Simulation()
    for name in sim.world.people:
        sim.device(f"{name} awake", files=_files(name))
        sim.device(f"{name} asleep", files=_files(name)).plug_in(False)
    sim.advance(SOON_S)
    yield sim
    sim.close()


def _files(name: str) -> Path:
    return old_state().devices[name].folder


def test_every_command_has_an_example() -> None:
    assert EXAMPLES.keys() == COMMANDS.keys()


def test_the_examples_write_every_kind_of_row() -> None:
    relay = MemoryRelay()
    world = a_world(relay)
    written = set()

    for example in CASES.values():
        copy = world.relay_copy()
        copy.done_by(*example(copy))
        last = copy.relay.commits[-1]  # type: ignore[attr-defined]
        written |= {row.kind() for frame in last.frames.values() for row in frame.rows}

    assert written == KINDS.keys()


@pytest.mark.parametrize("case", sorted(CASES))
def test_old_state_and_changes_are_a_fresh_copy(sim: Simulation, case: str) -> None:
    command, actor = CASES[case](sim.world)
    before = {name: device.all_shown() for name, device in sim.devices.items()}

    sim.do(command, actor, id_of(f"example {case}"))
    sim.advance(SOON_S)
    for name in sim.world.people:
        sim.devices[f"{name} asleep"].plug_in(True)
        sim.device(f"{name} fresh")
    sim.advance(SOON_S)

    for name, user_id in sim.world.people.items():
        awake, asleep, fresh = (sim.devices[f"{name} {how}"] for how in HOWS)
        if sim.oracle.rooms_of(user_id):
            assert_fresh(awake, fresh)
            assert_fresh(asleep, fresh)
            assert_same(fresh.all_shown(), sim.view_of(fresh), fresh.name)
        else:
            assert {awake.phase, asleep.phase, fresh.phase} == {Phase.SIGN_IN_AGAIN}
    changed = {name for name in before if before[name] != sim.devices[name].all_shown()}
    assert changed, "nobody has seen anything of it"


HOWS = ("awake", "asleep", "fresh")


def assert_fresh(device: Device, fresh: Device) -> None:
    """The rows, versions and checksums are those of a fresh copy, and nothing is left over."""
    assert device.all_shown() == fresh.all_shown(), device.name
    assert device.local.heads() == fresh.local.heads(), device.name
    assert device.unsettled() == fresh.unsettled() == {}, device.name
    assert device.phase is fresh.phase is Phase.LIVE, device.name
