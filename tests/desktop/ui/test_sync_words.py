"""How sync stands, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from desktop.sync.states import Phase, SyncState
from desktop.ui.sync_state import SyncState as Shape
from desktop.ui.sync_words import sync_look

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2030, 1, 1, 12, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Noon:
    zone: ZoneInfo = BERLIN

    def now(self) -> datetime:
        return NOON


@pytest.fixture(autouse=True)
def british(qtbot: QtBot) -> object:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("state", "shape", "line"),
    [
        (SyncState(Phase.LIVE, last_synced=NOON), Shape.SYNCED, "Synced · 13:04"),
        (SyncState(Phase.LIVE), Shape.SYNCED, "Synced"),
        (SyncState(Phase.LIVE, waiting=2), Shape.SYNCING, "Sending 2 changes"),
        (SyncState(Phase.OFFLINE), Shape.OFFLINE, "Offline"),
        (SyncState(Phase.OFFLINE, waiting=3), Shape.OFFLINE, "Offline · 3 changes waiting"),
        (SyncState(Phase.CONNECTING), Shape.SYNCING, "Connecting"),
        (SyncState(Phase.CONNECTING, waiting=1), Shape.SYNCING, "Connecting · 1 change waiting"),
        (SyncState(Phase.CATCHING_UP), Shape.SYNCING, "Catching up"),
        (SyncState(Phase.CATCHING_UP, done=41, total=100), Shape.SYNCING, "Copying 41 %"),
        (SyncState(Phase.PAUSED), Shape.PAUSED, "Paused"),
        (SyncState(Phase.SIGNED_OUT), Shape.SIGNED_OUT, "Sign in again"),
        (SyncState(Phase.SIGN_IN_AGAIN), Shape.SIGNED_OUT, "Sign in again"),
        (SyncState(Phase.UPGRADE_REQUIRED), Shape.ATTENTION, "Update Tandem"),
    ],
)
def test_each_state_has_a_shape_and_a_line(state: SyncState, shape: Shape, line: str) -> None:
    look = sync_look(state, Noon())

    assert (look.state, look.text) == (shape, line)


def test_the_sentences_say_what_waits_why_and_since_when() -> None:
    state = SyncState(
        Phase.OFFLINE, last_synced=NOON, waiting=1, attention=2, why="The relay cannot be reached."
    )

    assert sync_look(state, Noon()).details == (
        "2 changes need your attention.",
        "1 change is saved here and not sent yet.",
        "The relay cannot be reached.",
        "Last in step: 13:04.",
    )


def test_another_day_is_named() -> None:
    state = SyncState(Phase.OFFLINE, last_synced=datetime(2029, 12, 24, 9, tzinfo=UTC))

    assert sync_look(state, Noon()).details == ("Last in step: Mon 24 Dec 2029, 10:00.",)


def test_before_the_first_time_it_says_so() -> None:
    assert sync_look(SyncState(Phase.OFFLINE), Noon()).details == ("Not synced yet.",)
