"""Figures of the store, without any row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.store.counts import counts, people
from domain.kinds import KINDS
from tests.builders import a_world
from tests.desktop.store.desks import Desk
from tests.fakes import MemoryRelay


@pytest.fixture
def desk() -> Iterator[Desk]:
    world = a_world(MemoryRelay())
    desk = Desk(world, world.mia).settle_in()
    yield desk
    desk.store.close()


def test_every_table_is_counted(desk: Desk) -> None:
    found = counts(desk.replica)

    assert {kind.table for kind in KINDS.values()} <= found.keys()
    assert found["rooms"] == len(desk.relay.rooms_of(desk.user))
    assert found["schedules"] > 0


def test_the_names_of_people_are_known(desk: Desk) -> None:
    assert "Mia Stone" in people(desk.replica)
