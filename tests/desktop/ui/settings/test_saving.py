"""Changes of the account, saved one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.store.trouble import FULL, StoreTrouble
from desktop.ui.settings.saving import WIRE_NAMES, Saving
from desktop.ui.settings.section import Section
from domain.accounts import Account
from domain.commands import Command
from domain.conflicts import Conflict
from tests.builders import World
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]


class SlowSeat(Seat):
    """A seat whose store takes a moment for each command."""

    async def do(self, command: Command) -> str:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return await super().do(command)


class FullDisk(Seat):
    """A seat whose computer can save nothing any more."""

    async def do(self, command: Command) -> str:
        raise StoreTrouble(FULL)


@pytest.fixture
def section(qtbot: QtBot) -> Section:
    section = Section("A section")
    qtbot.addWidget(section)
    section.show()
    return section


def add_rest_day(day: int) -> Callable[[Account], Mapping[str, Any]]:
    return lambda account: {"rest_days": [*account.rest_days, day]}


async def test_each_change_begins_where_the_one_before_has_led(
    world: World, section: Section, qapp: object
) -> None:
    seat = SlowSeat(world, world.ana)
    saving = Saving(seat.workspace)

    for day in (4, 5, 6):
        saving.save(section, add_rest_day(day))
    assert saving.is_busy
    await all_done()
    seat.sync()

    assert seat.desk.relay.get(Account, world.ana).rest_days == [4, 5, 6]
    assert not [row for row in seat.desk.shown().values() if isinstance(row, Conflict)]
    assert section.note.accessibleName() == "Saved."
    seat.close()


async def test_it_says_once_that_all_is_settled(
    world: World, seat_of: SeatOf, section: Section
) -> None:
    saving, settled = Saving(seat_of(world.ana).workspace), list[int]()
    saving.settled.connect(lambda: settled.append(1))

    for day in (5, 6):
        saving.save(section, add_rest_day(day))
    await all_done()

    assert settled == [1]
    assert not saving.is_busy


async def test_a_refusal_stands_where_it_belongs_and_holds_nothing_up(
    world: World, seat_of: SeatOf, section: Section
) -> None:
    seat, said = seat_of(world.ana), list[str]()
    saving = Saving(seat.workspace)

    saving.save(section, lambda _account: {"name": "  "}, said.append)
    saving.save(section, add_rest_day(6))
    await all_done()
    seat.sync()

    assert said == ["This cannot be empty."]
    assert seat.desk.relay.get(Account, world.ana).rest_days == [6]


async def test_a_full_disk_is_said_beneath_the_section(world: World, section: Section) -> None:
    seat = FullDisk(world, world.ana)

    Saving(seat.workspace).save(section, add_rest_day(6))
    await all_done()

    assert section.note.accessibleName() == FULL
    assert section.note.property("tone") == "error"
    seat.close()


def test_every_field_has_its_name_on_the_wire() -> None:
    assert WIRE_NAMES["working_hours"] == "workingHours"
    assert len(WIRE_NAMES) == len(Account.editable)
