"""Opens one person's files, as often as that takes, and says what was found in them."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from PySide6.QtCore import QCoreApplication

from desktop.store.trouble import StoreTrouble
from desktop.store.worker import StoreWorker
from desktop.ui.main_window import MainWindow
from desktop.ui.theme import Theme
from desktop.ui.trouble_page import TroublePage

log = logging.getLogger(__name__)


class Opening:
    """Has a person's files open for a time, and says in the window why it cannot.

    Attributes:
        succeeds: whether the files could be opened, when that was last tried.
    """

    def __init__(self, theme: Theme, window: MainWindow, show: Callable[[], None]) -> None:
        """`show` brings the window to the screen."""
        self.succeeds = True
        self._theme = theme
        self._window = window
        self._show = show

    @asynccontextmanager
    async def files(self, worker: StoreWorker) -> AsyncIterator[sqlite3.Connection]:
        """The files, open: the worker writes to them, screens read with what this gives."""
        reader = await self._reader(worker)
        try:
            yield reader
        finally:
            reader.close()
            await worker.close()

    def say_what_was_found(self, worker: StoreWorker) -> None:
        """Say which files were damaged or restored, and what became of them."""
        notice = self._window.notice
        if worker.was_restored:
            notice(_tr("The backup is restored. What was here before is kept beside it."))
        if worker.was_damaged:
            notice(
                _tr(
                    "The copy on this computer was damaged. It comes anew from the relay; nothing "
                    "that you did is lost."
                )
            )
        if (count := worker.salvaged) is not None:
            notice(
                QCoreApplication.translate(
                    "Application", "A file was damaged; %n changes were saved from it.", "", count
                )
            )

    async def _reader(self, worker: StoreWorker) -> sqlite3.Connection:
        """Open the files; while they cannot be opened, say why and try again when asked."""
        while True:
            try:
                reader = await _opened(worker)
            except StoreTrouble as trouble:
                log.error("The local files cannot be opened: %s", trouble)  # noqa: TRY400
                self.succeeds = False
                await self._show_trouble(str(trouble))
            else:
                self.succeeds = True
                return reader

    async def _show_trouble(self, sentence: str) -> None:
        page = TroublePage(self._theme, sentence)
        again = asyncio.Event()
        page.again_asked.connect(again.set)
        self._window.show_full_page(page)
        self._show()
        await again.wait()
        self._window.outer.removeWidget(page)
        page.deleteLater()


async def _opened(worker: StoreWorker) -> sqlite3.Connection:
    """Open all or nothing. Raises `StoreTrouble`."""
    await worker.start()
    try:
        return worker.open_reader()
    except BaseException:
        await worker.close()
        raise


def _tr(text: str) -> str:
    return QCoreApplication.translate("Application", text)
