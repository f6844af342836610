"""One's own data: written to files, and deleted from this computer."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.history.dialog import HistoryDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.settings.own_data import lost_words
from desktop.ui.settings.screen import SettingsScreen
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from domain.accounts import UpdateAccount
from tests.builders import World
from tests.desktop.ui.rows import dialogs, until
from tests.desktop.ui.seats import Seat, all_done
from tests.desktop.ui.settings.conftest import OpenSettings

SeatOf = Callable[[str], Seat]


def asked(screen: SettingsScreen) -> ConfirmDialog:
    [found] = dialogs(screen.page)
    assert isinstance(found, ConfirmDialog)
    return found


async def test_the_own_data_is_written_to_a_file(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, tmp_path: Path
) -> None:
    seat = seat_of(world.ana)
    seat.desk.store.put_draft("entry.new", {"title": "Half an entry"})
    screen = open_settings(seat)

    screen.data.exports["json"].click()
    await until(lambda: "rows are in" in screen.data.note.accessibleName())
    screen.data.exports["csv"].click()
    await until(lambda: "tandem-2025-12-01.zip" in screen.data.note.accessibleName())

    written = json.loads((tmp_path / "tandem-2025-12-01.json").read_text("utf-8"))
    assert [row["id"] for row in written["rows"]["account"]] == [world.ana]
    assert written["drafts"][0]["body"] == {"title": "Half an entry"}
    with zipfile.ZipFile(tmp_path / "tandem-2025-12-01.zip") as archive:
        assert "Half an entry" in archive.read("drafts.csv").decode()
    assert screen.data.exports["json"].isEnabled()


async def test_a_file_that_cannot_be_written_is_said(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    screen = open_settings(seat_of(world.ana), "missing/folder.json")

    screen.data.exports["json"].click()
    await all_done()

    note = screen.data.note.accessibleName()
    assert "No such file" in note or "disk" in note
    assert screen.data.exports["json"].isEnabled()


async def test_deleting_the_copy_names_what_is_lost_and_is_asked_of_the_window(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, frame: MainWindow, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    seat.desk.store.act(UpdateAccount(name="Ana R."))
    seat.desk.store.put_draft("entry.new", {"title": "Half an entry"})
    screen = open_settings(seat)

    screen.data.delete.click()
    await all_done()

    dialog = asked(screen)
    lost = "it is only here: 1 change that is not sent yet and 1 draft."
    assert lost in dialog.sentence.accessibleName()
    with qtbot.waitSignal(frame.deletion_asked):
        dialog.confirm_button.click()


async def test_going_back_deletes_nothing(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, frame: MainWindow
) -> None:
    asked_for: list[int] = []
    frame.deletion_asked.connect(lambda: asked_for.append(1))
    screen = open_settings(seat_of(world.ana))

    screen.data.delete.click()
    await all_done()
    asked(screen).back_button.click()
    await all_done()

    assert asked_for == []


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 0, 0), "Nothing is lost: the relay has all that you did."),
        ((2, 0, 0), "2 changes that are not sent yet."),
        ((1, 1, 3), "not sent yet, 1 change that needs your attention and 3 drafts."),
    ],
)
def test_what_is_only_here_is_counted_in_words(counts: tuple[int, int, int], words: str) -> None:
    assert lost_words(*counts).endswith(words)


async def test_a_student_reads_who_changed_the_own_data(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, frame: MainWindow
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)

    screen.data.history.click()
    await all_done()

    [history] = frame.findChildren(HistoryDialog)
    assert history.windowTitle() == "Who changed my data"
    assert seat.histories.asked == [True]


async def test_a_mentor_has_no_such_button(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    assert open_settings(seat_of(world.mia)).data.history.isHidden()
