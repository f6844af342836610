"""Backups, made and restored from the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.store.backups import NO_BACKUP
from desktop.ui.main_window import MainWindow
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


async def test_a_backup_is_made_checked_and_laid_ready(
    seat_of: SeatOf,
    world: World,
    open_settings: OpenSettings,
    frame: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    seat = seat_of(world.ana)
    seat.desk.store.become(world.ana, seat.workspace.me.role, "relay-1")
    seat.desk.store.act(UpdateAccount(name="Ana R."))
    screen = open_settings(seat, "ana.backup")

    screen.data.backup.click()
    assert not screen.data.restore.isEnabled()
    await until(lambda: "The backup is in" in screen.data.note.accessibleName())
    seat.desk.store.files.folder = tmp_path / "files"  # a seat keeps its own in memory
    screen.data.restore.click()
    await until(lambda: bool(dialogs(screen.page)))

    words = asked(screen).sentence.accessibleName()
    assert words.startswith("It is from Today, ")
    assert "1 change that is not sent yet" in words
    with qtbot.waitSignal(frame.reopening_asked):
        asked(screen).confirm_button.click()
        await until(lambda: (tmp_path / "files" / "restore").exists())
        await all_done()


async def test_a_file_that_is_no_backup_is_said(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("A list of what to buy.")
    screen = open_settings(seat_of(world.ana), "notes.txt")

    screen.data.restore.click()
    await until(lambda: screen.data.restore.isEnabled())

    assert screen.data.note.accessibleName() == NO_BACKUP
    assert dialogs(screen.page) == []
