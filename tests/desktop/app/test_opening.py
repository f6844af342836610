"""Opening a person's files: all or nothing, again when asked, and closed whatever happens."""

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.opening import Opening
from desktop.store.ids import new_id
from desktop.store.trouble import StoreTrouble
from desktop.store.worker import StoreWorker
from desktop.ui.main_window import MainWindow
from desktop.ui.theme import Look, Theme
from desktop.ui.trouble_page import TroublePage
from desktop.window_place import WindowPlace
from domain.activities import Person
from domain.members import Role
from tests.builders import MIA


class Worker(StoreWorker):
    """One whose reader cannot be opened at first."""

    def __init__(self, folder: Path, failures: int = 0) -> None:
        super().__init__(
            folder,
            me=Person(MIA, Role.MENTOR),
            now=lambda: datetime.now(UTC),
            new_id=new_id,
            on_change=lambda kinds: None,
            on_pending=lambda: None,
        )
        self.failures = failures

    def open_reader(self) -> sqlite3.Connection:
        if self.failures:
            self.failures -= 1
            raise StoreTrouble("The reader finds no room.")
        return super().open_reader()


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    window = MainWindow(theme := Theme(qapp, Look.LIGHT), WindowPlace(tmp_path))
    qtbot.addWidget(window)
    yield window
    theme.deleteLater()


@pytest.mark.logs("cannot be opened")
async def test_files_that_open_by_half_are_closed_and_opened_again(
    window: MainWindow, qapp: QApplication, tmp_path: Path
) -> None:
    said: list[str] = []

    def show() -> None:
        (page,) = window.findChildren(TroublePage)
        said.append(page.words.sentence.text())
        asyncio.get_running_loop().call_soon(page.again_asked.emit)

    opening = Opening(Theme(qapp, Look.LIGHT), window, show)
    async with opening.files(Worker(tmp_path / "mia", failures=1)) as reader:
        assert reader.execute("SELECT count(*) FROM rooms").fetchone()[0] == 0

    assert said == ["The reader finds no room."]
    assert opening.succeeds


async def test_files_are_closed_whatever_ends_their_time(
    window: MainWindow, qapp: QApplication, tmp_path: Path
) -> None:
    opening = Opening(Theme(qapp, Look.LIGHT), window, window.show)

    with pytest.raises(ZeroDivisionError):
        async with opening.files(Worker(tmp_path / "mia")):
            1 // 0  # noqa: B018

    async with opening.files(Worker(tmp_path / "mia")):
        assert opening.succeeds
