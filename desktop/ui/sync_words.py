"""How sync stands, in the words of the sidebar's foot."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.sync.states import Phase, SyncState
from desktop.ui.sync_state import SyncLook
from desktop.ui.sync_state import SyncState as Shape
from desktop.ui.times import Clock, clock_words, moment_words, today

SHAPES = {
    Phase.SIGNED_OUT: Shape.SIGNED_OUT,
    Phase.OFFLINE: Shape.OFFLINE,
    Phase.CONNECTING: Shape.SYNCING,
    Phase.CATCHING_UP: Shape.SYNCING,
    Phase.LIVE: Shape.SYNCED,
    Phase.PAUSED: Shape.PAUSED,
    Phase.SIGN_IN_AGAIN: Shape.SIGNED_OUT,
    Phase.UPGRADE_REQUIRED: Shape.ATTENTION,
}


def sync_look(state: SyncState, clock: Clock) -> SyncLook:
    """The shape, the line and the sentences behind it."""
    shape = SHAPES[state.phase]
    if state.phase is Phase.LIVE and state.waiting > state.held:
        shape = Shape.SYNCING
    details = [
        _waiting_sentence(state),
        _held_sentence(state),
        state.why,
        _last_synced(state, clock),
    ]
    if state.attention:
        details.insert(0, _n("%n changes need your attention.", state.attention))
    return SyncLook(shape, _line(state, clock), tuple(part for part in details if part))


def _line(state: SyncState, clock: Clock) -> str:
    match state.phase:
        case Phase.LIVE if sending := state.waiting - state.held:
            return _n("Sending %n changes", sending)
        case Phase.LIVE if state.held:
            return _n("%n changes held back", state.held)
        case Phase.LIVE:
            at = state.last_synced
            return _tr("Synced · %1").replace("%1", _clock(at, clock)) if at else _tr("Synced")
        case Phase.OFFLINE | Phase.CONNECTING | Phase.PAUSED if state.waiting:
            waiting = _n("%n changes waiting", state.waiting)
            return f"{_plain_line(state.phase)} · {waiting}"
        case Phase.CATCHING_UP if state.total:
            percent = QLocale().toString(min(100, 100 * state.done // state.total))
            return _tr("Copying %1 %").replace("%1", percent)
        case _:
            return _plain_line(state.phase)


def _plain_line(phase: Phase) -> str:
    words = {
        Phase.SIGNED_OUT: _tr("Sign in again"),
        Phase.OFFLINE: _tr("Offline"),
        Phase.CONNECTING: _tr("Connecting"),
        Phase.CATCHING_UP: _tr("Catching up"),
        Phase.PAUSED: _tr("Paused"),
        Phase.SIGN_IN_AGAIN: _tr("Sign in again"),
        Phase.UPGRADE_REQUIRED: _tr("Update Tandem"),
    }
    return words[phase]


def _waiting_sentence(state: SyncState) -> str:
    if not state.waiting:
        return ""
    return _n("%n changes are saved here and not sent yet.", state.waiting)


def _held_sentence(state: SyncState) -> str:
    if not state.held:
        return ""
    return _n(
        "The relay was restored from a backup. %n changes wait until others have sent again what "
        "they build on.",
        state.held,
    )


def _last_synced(state: SyncState, clock: Clock) -> str:
    if state.last_synced is None:
        return _tr("Not synced yet.")
    wall = state.last_synced.astimezone(clock.zone)
    words = clock_words(wall) if wall.date() == today(clock) else moment_words(wall, clock)
    return _tr("Last in step: %1.").replace("%1", words)


def _clock(at: datetime, clock: Clock) -> str:
    return clock_words(at.astimezone(clock.zone))


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("SyncWords", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SyncWords", text)
