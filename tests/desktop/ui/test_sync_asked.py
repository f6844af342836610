"""What came of *Sync now*."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.sync.states import Phase, SyncState
from desktop.ui.sync_asked import ON_THE_WAY, SyncAsked, answer

NOON = datetime(2025, 12, 1, 12, tzinfo=UTC)
LIVE = SyncState(Phase.LIVE, last_synced=NOON)
LATER = replace(LIVE, last_synced=NOON + timedelta(seconds=1))


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def asked(said: list[str]) -> SyncAsked:
    """Somebody who has asked while all was in step."""
    asked = SyncAsked(said.append)
    asked.take(LIVE)
    asked.begin()
    return asked


def test_in_step_again_it_says_so_once(asked: SyncAsked, said: list[str]) -> None:
    asked.take(LATER)
    asked.take(replace(LATER, phase=Phase.OFFLINE))

    assert said == ["Everything is up to date."]


def test_what_was_known_before_is_no_answer(asked: SyncAsked, said: list[str]) -> None:
    asked.take(replace(LIVE, attention=1))

    assert said == []


def test_it_waits_until_all_is_sent(asked: SyncAsked, said: list[str]) -> None:
    asked.take(replace(LATER, waiting=2))
    assert said == []

    asked.take(LATER)

    assert said == ["Everything is up to date."]


def test_a_line_that_breaks_is_the_answer_at_once(asked: SyncAsked, said: list[str]) -> None:
    asked.take(SyncState(Phase.OFFLINE, why="The relay is gone."))

    assert said == ["Offline: The relay is gone."]


@pytest.mark.parametrize("phase", [Phase.OFFLINE, Phase.SIGN_IN_AGAIN, Phase.UPGRADE_REQUIRED])
def test_who_is_cut_off_hears_it_after_the_next_try(said: list[str], phase: Phase) -> None:
    asked = SyncAsked(said.append)
    asked.take(SyncState(phase, why="As before."))
    asked.begin()
    asked.take(SyncState(phase, why="As before.", waiting=1))
    assert said == []

    asked.take(SyncState(Phase.CONNECTING))
    asked.take(SyncState(phase, why="Again."))

    assert len(said) == 1


def test_nobody_who_has_not_asked_is_told(said: list[str]) -> None:
    asked = SyncAsked(said.append)

    for phase in Phase:
        asked.take(SyncState(phase))

    assert said == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (replace(LIVE, attention=1), "Everything is sent; 1 change needs your attention."),
        (replace(LIVE, attention=2), "Everything is sent; 2 changes need your attention."),
        (
            replace(LIVE, waiting=3, held=3),
            "Up to date, but 3 changes are held back for now.",
        ),
        (SyncState(Phase.OFFLINE), "Offline: The relay does not answer."),
        (SyncState(Phase.PAUSED), "Sync is paused."),
        (SyncState(Phase.UPGRADE_REQUIRED, why="Update it."), "Update it."),
        (SyncState(Phase.SIGNED_OUT), "Sign in again, so that your changes are sent."),
    ],
)
def test_each_end_has_its_sentence(state: SyncState, words: str) -> None:
    assert answer(state) == words


@pytest.mark.parametrize("phase", sorted(set(Phase) - set(ON_THE_WAY)))
def test_no_end_is_without_words(phase: Phase) -> None:
    assert answer(SyncState(phase)).endswith(".")
