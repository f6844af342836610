"""What is typed and not sent is on the disk before the program ends, or somebody is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.store.trouble import FULL, StoreTrouble
from desktop.ui.drafts import Drafts
from tests.builders import World
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
full_disk = pytest.mark.logs("A draft cannot be")


class Disk:
    """The store's door, which can be full."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self.is_full = False

    async def run(self, work: Callable[[Any], Any]) -> Any:
        if self.is_full:
            raise StoreTrouble(FULL)
        return await self._seat.run(work)


@pytest.fixture
def disk(seat_of: SeatOf, world: World) -> Disk:
    return Disk(seat_of(world.mia))


@pytest.fixture
def drafts(disk: Disk) -> Drafts:
    return Drafts(disk.run)


async def test_a_draft_is_there_at_once_and_kept_when_it_is_on_the_disk(
    drafts: Drafts, qtbot: QtBot
) -> None:
    drafts.put("note:1", "Half a thought")
    assert "note:1" in drafts

    with qtbot.waitSignal(drafts.kept) as kept:
        await all_done()

    assert kept.args == ["note:1"]
    assert await drafts.get("note:1") == "Half a thought"


async def test_they_are_written_in_the_order_in_which_they_were_typed(drafts: Drafts) -> None:
    drafts.put("note:1", "Half")
    drafts.drop("note:1")
    drafts.put("note:1", "Half a thought")

    await all_done()

    assert await drafts.get("note:1") == "Half a thought"


async def test_what_was_kept_before_the_start_is_known_once_it_is_read(
    drafts: Drafts, disk: Disk, qtbot: QtBot
) -> None:
    await disk.run(lambda store: store.put_draft("note:1", "Half a thought"))

    with qtbot.waitSignal(drafts.changed):
        drafts.load()
        await all_done()

    assert "note:1" in drafts
    assert [draft.key for draft in await drafts.all()] == ["note:1"]


async def test_what_comes_and_goes_while_they_are_read_counts(drafts: Drafts, disk: Disk) -> None:
    await disk.run(lambda store: store.put_draft("note:1", "to be dropped"))

    drafts.load()
    drafts.put("note:2", "new")
    drafts.drop("note:1")
    await all_done()

    assert "note:1" not in drafts
    assert "note:2" in drafts


async def test_a_change_of_the_words_is_no_change_of_what_there_is(drafts: Drafts) -> None:
    changes: list[None] = []
    drafts.changed.connect(lambda: changes.append(None))

    for words in ("Half", "Half a thought"):
        drafts.put("note:1", words)
        await all_done()
    drafts.drop("note:1")
    await all_done()

    assert len(changes) == 2


async def test_closing_asks_the_fields_and_waits_for_the_disk(drafts: Drafts, disk: Disk) -> None:
    drafts.due.connect(lambda: drafts.put("note:1", "the last letters"))

    await drafts.close()

    assert await disk.run(lambda store: store.get_draft("note:1")) == "the last letters"


async def test_nobody_is_told_of_the_last_ones(drafts: Drafts) -> None:
    told: list[object] = []
    drafts.changed.connect(lambda: told.append("changed"))
    drafts.kept.connect(told.append)
    drafts.put("note:1", "the last")
    told.clear()
    drafts.due.connect(lambda: drafts.put("note:1", "the last letters"))

    await drafts.close()

    assert told == []


@full_disk
async def test_what_the_disk_does_not_take_is_told_and_not_forgotten(
    drafts: Drafts, disk: Disk
) -> None:
    told: list[tuple[str, str]] = []
    drafts.failed.connect(lambda key, sentence: told.append((key, sentence)))
    disk.is_full = True
    drafts.put("note:1", "Half a thought")
    await all_done()
    assert told == [("note:1", FULL)]
    assert "note:1" in drafts

    disk.is_full = False
    assert await drafts.get("note:1") == "Half a thought"
    await drafts.close()

    assert await disk.run(lambda store: store.get_draft("note:1")) == "Half a thought"


@full_disk
async def test_a_draft_that_cannot_be_dropped_stays_known(drafts: Drafts, disk: Disk) -> None:
    drafts.put("note:1", "Half a thought")
    await all_done()
    disk.is_full = True

    drafts.drop("note:1")
    await all_done()

    assert "note:1" in drafts


@pytest.mark.logs("The drafts cannot be read")
async def test_a_disk_that_cannot_be_read_at_the_start_is_no_end(
    drafts: Drafts, disk: Disk
) -> None:
    disk.is_full = True

    drafts.load()
    await all_done()

    assert "note:1" not in drafts


@full_disk
async def test_the_newest_of_a_sort_come_first_with_those_that_the_disk_did_not_take(
    drafts: Drafts, disk: Disk
) -> None:
    for key in ("note:1", "note:2", "other"):
        drafts.put(key, f"on the disk: {key}")
    await all_done()
    disk.is_full = True
    drafts.put("note:1", "in memory")
    await all_done()
    disk.is_full = False

    found = await drafts.newest("note")

    assert found == [("note:1", "in memory"), ("note:2", "on the disk: note:2")]
