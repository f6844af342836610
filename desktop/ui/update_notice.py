"""Says once for each version that a newer Tandem is there; nobody is made to install it."""

import re

from PySide6.QtCore import QCoreApplication, QObject

from desktop.account.api import ApiRefused, Unreachable
from desktop.store.trouble import StoreTrouble
from desktop.sync.relay_link import Offline, SignedOut
from desktop.sync.states import Phase, SyncState
from desktop.tasks import spawn
from desktop.ui.workspace import Workspace

SAID = "update said"  # the setting: the newest version of which the person was told


class UpdateNotice(QObject):
    """Asks the relay when the first connection stands, for one person."""

    def __init__(self, workspace: Workspace, own_version: str, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._own = own_version
        self._has_asked = False
        workspace.news.sync.connect(self._on_sync)

    def _on_sync(self, state: SyncState) -> None:
        if state.phase is Phase.LIVE and not self._has_asked:
            self._has_asked = True
            spawn(self._ask(), name="ask for the current version")

    async def _ask(self) -> None:
        workspace = self._workspace
        try:
            current = await workspace.online.current_desktop()
            said = await workspace.door.run(lambda store: store.get_setting(SAID, ""))
            if not is_newer(current, self._own) or not is_newer(current, str(said)):
                return
            await workspace.door.run(lambda store: store.put_setting(SAID, current))
        except (ApiRefused, Unreachable, Offline, SignedOut, StoreTrouble):
            return  # it is asked again at the next start
        words = QCoreApplication.translate(
            "Update",
            "Tandem %1 is there; this is %2. Install it over this one when it suits you: "
            "nothing of yours changes.",
        )
        workspace.say(words.replace("%1", current).replace("%2", self._own))


def is_newer(one: str, other: str) -> bool:
    """Whether a version is newer than the other, by its numbers; what is none is never newer."""
    return _numbers(one) > _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()
