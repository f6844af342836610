"""Saves changes of the account one after the other, each on top of the one before."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.store.people import account
from desktop.store.trouble import StoreTrouble
from desktop.tasks import spawn
from desktop.ui.settings.section import Section
from desktop.ui.workspace import Workspace
from domain.accounts import Account, UpdateAccount
from domain.conflicts import base_of
from domain.errors import DomainError, Refused

Change = Callable[[Account], Mapping[str, Any]]
WIRE_NAMES = {group[0]: name for name, group in Account.editable}


class Saving(QObject):
    """Takes changes at once and carries them out in turn.

    Two clicks in a row are two changes: the second begins where the first has led, or it would
    take the first one back, and would look like a conflict with it.

    Signals:
        settled: all that was asked for is saved or refused.
    """

    settled = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._waiting = 0
        self._turn = asyncio.Lock()

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be saved: the rows are behind what the page shows."""
        return self._waiting > 0

    def save(
        self,
        section: Section,
        change: Change,
        refused: Callable[[str], object] | None = None,
    ) -> None:
        """Save what `change` gives for the account's row; its section says what became of it.

        The sentence of a refusal goes to `refused`, or beneath the section's card.
        """
        self._waiting += 1
        spawn(self._save(section, change, refused), name="save setting")

    async def _save(
        self, section: Section, change: Change, refused: Callable[[str], object] | None
    ) -> None:
        try:
            async with self._turn:
                await self._do(change)
        except (DomainError, StoreTrouble) as error:
            section.show_note("")
            (refused or section.show_trouble)(str(error))
        else:
            section.show_note(_tr("Saved."))
        finally:
            self._waiting -= 1
            if not self._waiting:
                self.settled.emit()

    async def _do(self, change: Change) -> None:
        row = self._workspace.query(account, self._workspace.me.id)
        if row is None:
            raise Refused(
                "not_found", _tr("Your account is not here yet. Wait for the first copy.")
            )
        fields = change(row)
        seen = base_of(row)
        base = {WIRE_NAMES[name]: seen[WIRE_NAMES[name]] for name in fields}
        await self._workspace.door.do(UpdateAccount(base=base, **fields))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)
