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
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.workspace import Workspace

TROUBLE = (ApiRefused, Unreachable, Offline, SignedOut)
OTHERS, ANYBODY = "others", "anybody"
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
        self._turn = 1  # rises with each other question; an answer to an earlier one is let go
        self._asked_turn = 0  # whose answer is awaited
        self.dialog = dialog
        dialog.more_asked.connect(self.read)
        dialog.again_asked.connect(self.read)
        workspace.news.zone.connect(self._show)
        dialog.open()
        self.read()

    def read(self) -> None:
        """Ask for the next page, from the newest on."""
        if self._asked_turn != self._turn:
            self._asked_turn = self._turn
            if not self._records:
                self.dialog.show_state(_tr("Asking the relay…"))
            spawn(self._read(self._turn, self._ask), name="history")

    def ask_instead(self, ask: Ask) -> None:
        """Show the answers to another question, from the newest on."""
        self._turn += 1
        self._ask, self._older, self._records = ask, "", []
        self.dialog.show_looks([], has_more=False)
        self.read()

    async def _read(self, turn: int, ask: Ask) -> None:
        try:
            page = await ask(self._older)
        except TROUBLE as error:
            if self._has_ended(turn):
                self._say(error)
            return
        if not self._has_ended(turn):
            return
        is_first, self._older = not self._records, page.older
        self._records += page.records
        looks = self._looks(page.records)
        self.dialog.show_state("" if self._records else _tr("Nothing was changed so far."))
        if is_first:
            self.dialog.show_looks(looks, has_more=bool(page.older))
        else:
            self.dialog.add_looks(looks, has_more=bool(page.older))

    def _has_ended(self, turn: int) -> bool:
        """Note that the answer is here; whether there still is somebody who waits for it."""
        if not isValid(self.dialog) or turn != self._turn:
            return False
        self._asked_turn = 0
        return True

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


def show_own_history(workspace: Workspace, theme: Theme, parent: QWidget) -> History:
    """Open what was changed of all that is the person's own: by others, or by anybody."""
    asks: dict[str, Ask] = {
        OTHERS: partial(workspace.histories.of_mine, by_others=True),
        ANYBODY: partial(workspace.histories.of_mine, by_others=False),
    }
    sentence = _tr("Your account, your card, your sessions and entries; the newest first.")
    dialog = HistoryDialog(theme, parent, _tr("Who changed my data"), sentence)
    choices = [(OTHERS, _tr("By others")), (ANYBODY, _tr("By me too"))]
    dialog.add_filter(FilterBar(_tr("By whom"), choices))
    history = History(workspace, dialog, asks[OTHERS], with_things=True)
    assert dialog.filter is not None  # noqa: S101  added above
    dialog.filter.chosen.connect(lambda key: history.ask_instead(asks[key]))
    return history


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
