"""What came of *Sync now*, in one sentence, once that is known."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.sync.states import Phase, SyncState

ON_THE_WAY = (Phase.CONNECTING, Phase.CATCHING_UP)


class SyncAsked:
    """Follows the states of sync from the wish on until one of them answers it."""

    def __init__(self, say: Callable[[str], object]) -> None:
        """`say` is called with the sentence, once for each wish."""
        self._say = say
        self._is_open = False
        self._before: SyncState | None = None
        self._now: SyncState | None = None

    def begin(self) -> None:
        """The person wants to sync now."""
        self._is_open = True
        self._before = self._now

    def take(self, state: SyncState) -> None:
        """Note how sync stands, and tell the person when that is the answer."""
        self._now = state
        if not self._is_open:
            return
        if state.phase in ON_THE_WAY:
            self._before = None  # from here on every other state is the answer
        elif self._is_answer(state):
            self._is_open = False
            self._say(answer(state))

    def _is_answer(self, state: SyncState) -> bool:
        """Whether it has tried since; all that can be sent has to be sent then."""
        if state.phase is Phase.LIVE:
            return state.waiting <= state.held and not self._is_as_before(state)
        return self._before is None or state.phase is not self._before.phase

    def _is_as_before(self, state: SyncState) -> bool:
        before = self._before
        return before is not None and before.last_synced == state.last_synced


def answer(state: SyncState) -> str:
    """What this state says to somebody who wanted to sync."""
    match state.phase:
        case Phase.LIVE if state.attention:
            return _n("Everything is sent; %n changes need your attention.", state.attention)
        case Phase.LIVE if state.held:
            return _n("Up to date, but %n changes are held back for now.", state.held)
        case Phase.LIVE:
            return _tr("Everything is up to date.")
        case Phase.OFFLINE:
            why = state.why or _tr("The relay does not answer.")
            return _tr("Offline: %1").replace("%1", why)
        case Phase.PAUSED:
            return _tr("Sync is paused.")
        case Phase.UPGRADE_REQUIRED:
            return state.why or _tr("This Tandem is too old for the relay: update it.")
        case _:
            return _tr("Sign in again, so that your changes are sent.")


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("SyncAsked", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SyncAsked", text)
