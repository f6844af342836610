"""Joins the history to the relay, which keeps it, and to what this computer knows without it."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.account.api import ApiRefused, Unreachable
from desktop.account.histories import AuditRecord, Page
from desktop.store.feed import about_item
from desktop.sync.relay_link import Offline, SignedOut
from desktop.tasks import spawn
from desktop.ui.history.dialog import HistoryDialog
from desktop.ui.history.looks import Look, local_looks, record_looks
from desktop.ui.theme import Theme
from desktop.ui.workspace import Workspace

TROUBLE = (ApiRefused, Unreachable, Offline, SignedOut)
LOCAL = 50  # of what is known here, the newest

Ask = Callable[[str], Awaitable[Page]]


class History(QObject):
    """One open dialog; the relay may answer after it was closed."""

    def __init__(
        self,
        workspace: Workspace,
        dialog: HistoryDialog,
        ask: Ask,
        *,
        known_here: Callable[[], Sequence[Look]] = tuple,
        with_things: bool = False,
    ) -> None:
        """`ask` gives the page that a cursor leads to, "" for the first."""
        super().__init__(dialog)
        self._workspace = workspace
        self._ask = ask
        self._known_here = known_here
        self._with_things = with_things
        self._records: list[AuditRecord] = []
        self._older = ""
        self._is_asking = False
        self.dialog = dialog
        dialog.more_asked.connect(self.read)
        dialog.again_asked.connect(self.read)
        workspace.news.zone.connect(self._show)
        dialog.open()
        self.read()

    def read(self) -> None:
        """Ask for the next page, from the newest on."""
        if not self._is_asking:
            self._is_asking = True
            if not self._records:
                self.dialog.show_state(_tr("Asking the relay…"))
            spawn(self._read(), name="history")

    async def _read(self) -> None:
        try:
            page = await self._ask(self._older)
        except TROUBLE as error:
            if isValid(self.dialog):
                self._say(error)
            return
        finally:
            self._is_asking = False
        if not isValid(self.dialog):
            return
        is_first, self._older = not self._records, page.older
        self._records += page.records
        looks = self._looks(page.records)
        self.dialog.show_state("" if self._records else _tr("Nothing was changed so far."))
        if is_first:
            self.dialog.show_looks(looks, has_more=bool(page.older))
        else:
            self.dialog.add_looks(looks, has_more=bool(page.older))

    def _say(self, error: Exception) -> None:
        """Why there is no history, and what is known without the relay."""
        if self._records:
            self.dialog.show_trouble(str(error))
            return
        looks = self._known_here()
        self.dialog.show_looks(looks, has_more=False)
        self.dialog.show_state(_tr("What this computer knows of it:") if looks else "")
        if isinstance(error, ApiRefused) and error.code == "not_found":
            words = _tr("The relay has no history of this: it may not have been sent yet.")
        else:
            words = _tr("The history is kept by the relay, and needs it. %1")
        self.dialog.show_trouble(words.replace("%1", str(error)))

    def _looks(self, records: Sequence[AuditRecord]) -> list[Look]:
        return record_looks(records, self._workspace, with_things=self._with_things)

    def _show(self) -> None:
        """Show all times in the person's new zone."""
        if self._records:
            self.dialog.show_looks(self._looks(self._records), has_more=bool(self._older))


def show_history(
    workspace: Workspace, theme: Theme, parent: QWidget, kind: str, item_id: str, title: str
) -> History:
    """Open the history of a session or an entry."""
    sentence = _tr("“%1”: who changed what, the newest first.").replace("%1", title)
    return History(
        workspace,
        HistoryDialog(theme, parent, _tr("History"), sentence),
        partial(workspace.histories.of_item, kind, item_id),
        known_here=lambda: local_looks(
            workspace.query(about_item, item_id, limit=LOCAL), workspace
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
