"""How sync stands, in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.sync.states import Phase, SyncState
from desktop.ui.sync_state import SyncState as Shape
from desktop.ui.sync_words import sync_look
from tests.desktop.ui.test_times import Clock

pytestmark = pytest.mark.usefixtures("british")
CLOCK = Clock()


@pytest.mark.parametrize(
    ("state", "shape", "words"),
    [
        (SyncState(Phase.LIVE), Shape.SYNCED, "Synced"),
        (SyncState(Phase.LIVE, waiting=1), Shape.SYNCING, "Sending 1 change"),
        (SyncState(Phase.LIVE, waiting=3), Shape.SYNCING, "Sending 3 changes"),
        (SyncState(Phase.LIVE, waiting=3, held=1), Shape.SYNCING, "Sending 2 changes"),
        (SyncState(Phase.LIVE, waiting=2, held=2), Shape.SYNCED, "2 changes held back"),
        (SyncState(Phase.OFFLINE), Shape.OFFLINE, "Offline"),
        (SyncState(Phase.OFFLINE, waiting=1), Shape.OFFLINE, "Offline · 1 change waiting"),
        (SyncState(Phase.OFFLINE, waiting=3), Shape.OFFLINE, "Offline · 3 changes waiting"),
        (SyncState(Phase.CONNECTING), Shape.SYNCING, "Connecting"),
        (SyncState(Phase.CONNECTING, waiting=2), Shape.SYNCING, "Connecting · 2 changes waiting"),
        (SyncState(Phase.CATCHING_UP), Shape.SYNCING, "Catching up"),
        (SyncState(Phase.CATCHING_UP, done=41, total=100), Shape.SYNCING, "Copying 41 %"),
        (SyncState(Phase.CATCHING_UP, done=120, total=100), Shape.SYNCING, "Copying 100 %"),
        (SyncState(Phase.PAUSED), Shape.PAUSED, "Paused"),
        (SyncState(Phase.PAUSED, waiting=1), Shape.PAUSED, "Paused · 1 change waiting"),
        (SyncState(Phase.PAUSED, waiting=3), Shape.PAUSED, "Paused · 3 changes waiting"),
        (SyncState(Phase.SIGN_IN_AGAIN), Shape.SIGNED_OUT, "Sign in again"),
        (SyncState(Phase.SIGNED_OUT), Shape.SIGNED_OUT, "Sign in again"),
        (SyncState(Phase.UPGRADE_REQUIRED), Shape.ATTENTION, "Update Tandem"),
    ],
)
def test_each_state_has_its_shape_and_words(state: SyncState, shape: Shape, words: str) -> None:
    look = sync_look(state, CLOCK)

    assert (look.state, look.text) == (shape, words)


@pytest.mark.parametrize("phase", list(Phase))
def test_no_state_is_without_words(phase: Phase) -> None:
    assert sync_look(SyncState(phase), CLOCK).text


def test_in_step_it_says_since_when() -> None:
    state = SyncState(Phase.LIVE, last_synced=CLOCK.now())

    assert sync_look(state, CLOCK).text == "Synced · 12:00"


def test_the_details_say_what_waits_why_and_since_when() -> None:
    synced = CLOCK.now() - timedelta(days=2)
    state = SyncState(
        Phase.OFFLINE, waiting=2, attention=1, why="The relay is gone.", last_synced=synced
    )

    assert sync_look(state, CLOCK).details == (
        "1 change needs your attention.",
        "2 changes are saved here and not sent yet.",
        "The relay is gone.",
        "Last in step: Mon 1 Dec, 12:00.",
    )


def test_before_the_first_time_it_says_so() -> None:
    assert sync_look(SyncState(Phase.CONNECTING), CLOCK).details == ("Not synced yet.",)
