"""What is typed into a field is kept until it is sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.store.trouble import FULL, StoreTrouble
from desktop.ui.kept_text import KeptText
from desktop.ui.widgets.text_area import TextArea
from tests.builders import World
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]


@pytest.fixture
def seat(seat_of: SeatOf, world: World) -> Seat:
    return seat_of(world.mia)


@pytest.fixture
def area(window: QWidget) -> TextArea:
    return TextArea(parent=window)


async def kept(seat: Seat, key: str) -> object:
    return await seat.run(lambda store: store.get_draft(key))


async def test_what_was_typed_comes_back_after_a_crash(
    seat: Seat, area: TextArea, window: QWidget, qtbot: QtBot
) -> None:
    draft = KeptText(seat.workspace, area)
    draft.show("note:1")
    await all_done()
    qtbot.keyClicks(area, "Half a thought")
    draft.keep()
    await all_done()

    other = TextArea(parent=window)
    again = KeptText(seat.workspace, other)
    with qtbot.waitSignal(again.restored):
        again.show("note:1")
        await all_done()

    assert other.toPlainText() == "Half a thought"


async def test_each_key_has_words_of_its_own(seat: Seat, area: TextArea, qtbot: QtBot) -> None:
    draft = KeptText(seat.workspace, area)
    draft.show("note:1")
    qtbot.keyClicks(area, "One")

    draft.show("note:2")
    await all_done()
    assert area.toPlainText() == ""
    draft.show("note:1")
    await all_done()

    assert area.toPlainText() == "One"


async def test_what_was_sent_is_forgotten(seat: Seat, area: TextArea, qtbot: QtBot) -> None:
    draft = KeptText(seat.workspace, area)
    draft.show("note:1")
    qtbot.keyClicks(area, "One")
    draft.keep()
    await all_done()

    draft.drop("note:1")
    await all_done()

    assert area.toPlainText() == ""
    assert await kept(seat, "note:1") is None


async def test_what_one_types_meanwhile_is_not_overwritten(
    seat: Seat, area: TextArea, qtbot: QtBot
) -> None:
    await seat.run(lambda store: store.put_draft("note:1", "the old"))
    draft = KeptText(seat.workspace, area)

    draft.show("note:1")
    qtbot.keyClicks(area, "new")
    await all_done()

    assert area.toPlainText() == "new"


async def test_the_last_letters_are_kept_when_the_program_ends(
    seat: Seat, area: TextArea, qtbot: QtBot
) -> None:
    draft = KeptText(seat.workspace, area)
    draft.show("note:1")
    qtbot.keyClicks(area, "Half a thought")

    await seat.workspace.drafts.close()

    assert await kept(seat, "note:1") == "Half a thought"


@pytest.mark.logs("A draft cannot be kept")
async def test_a_disk_that_takes_nothing_is_told_and_costs_nothing(
    seat: Seat, area: TextArea, qtbot: QtBot
) -> None:
    draft = KeptText(seat.workspace, area)
    draft.show("note:1")
    qtbot.keyClicks(area, "Half a thought")
    seat.trouble = StoreTrouble(FULL)

    with qtbot.waitSignal(draft.failed) as told:
        draft.keep()
        await all_done()
    draft.show("note:2")
    seat.trouble = None
    draft.show("note:1")
    await all_done()

    assert told.args == [FULL]
    assert area.toPlainText() == "Half a thought"


async def test_what_was_given_is_no_draft(seat: Seat, area: TextArea, qtbot: QtBot) -> None:
    draft = KeptText(seat.workspace, area)
    draft.show("note:1", "given")
    qtbot.keyClicks(area, "x")
    draft.keep()
    await all_done()
    assert await kept(seat, "note:1") == "givenx"

    area.setPlainText("given")
    draft.keep()
    await all_done()

    assert await kept(seat, "note:1") is None
