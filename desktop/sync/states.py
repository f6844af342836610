"""How sync stands, as one value that the window can show."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """What the sync client is at."""

    SIGNED_OUT = "signed_out"
    OFFLINE = "offline"
    CONNECTING = "connecting"
    CATCHING_UP = "catching_up"
    LIVE = "live"
    PAUSED = "paused"
    SIGN_IN_AGAIN = "sign_in_again"
    UPGRADE_REQUIRED = "upgrade_required"


@dataclass(frozen=True, slots=True)
class SyncState:
    """How sync stands.

    Attributes:
        last_synced: when all was last known to be in step, UTC; None before the first time.
        waiting: how many changes of this person the relay has not taken in yet.
        held: how many of them wait for what a restored relay has not got back yet.
        attention: how many changes stand under Needs attention.
        why: a sentence on what is wrong; empty when nothing is.
        done, total: how far the catching up is, in rows; `total` is 0 when that is not known.
    """

    phase: Phase
    last_synced: datetime | None = None
    waiting: int = 0
    held: int = 0
    attention: int = 0
    why: str = ""
    done: int = 0
    total: int = 0
