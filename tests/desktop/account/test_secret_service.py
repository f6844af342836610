"""The sign-in in a real keyring, by the real backend: unlocked, locked, missing, not answering."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backends.SecretService import Keyring

from desktop.account.credentials import (
    LOCKED,
    LOCKED_NOW,
    NO_KEYRING,
    WAITING,
    Credentials,
    Secret,
)
from tests.desktop.account.test_credentials import Heard
from tests.desktop.ui.screens import VirtualScreen, virtual_screen

# The library leaves its connection open where the keyring is locked or missing (keyring 25.7).
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
PASSWORD = "the person's own"
SECRET = Secret(refresh_token="refresh 1", retry_key="key 1")


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualScreen]:
    with virtual_screen(tmp_path) as screen:
        address = screen.environment["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield screen
        gc.collect()  # what the library has left open is not to be found by another test


@pytest.fixture
def locked(screen: VirtualScreen) -> None:
    """A keyring that holds a sign-in and is locked, as after a new login."""
    keyring = screen.start_keyring(PASSWORD)
    Keyring().set_password("Tandem", "ada", '{"refreshToken": "refresh 1", "retryKey": "key 1"}')
    keyring.kill()
    keyring.wait()
    screen.start_keyring()


async def test_a_sign_in_outlives_the_program(screen: VirtualScreen) -> None:
    screen.start_keyring(PASSWORD)
    await Credentials(Keyring).save("ada", SECRET)

    again = Credentials(Keyring)

    assert await again.load("ada") == SECRET
    assert again.trouble == ""
    await again.forget("ada")
    assert await Credentials(Keyring).load("ada") is None


@pytest.mark.usefixtures("locked")
async def test_a_locked_keyring_is_said_and_the_program_goes_on() -> None:
    credentials = Credentials(Keyring)

    assert await credentials.load("ada") is None
    assert credentials.trouble == LOCKED

    await credentials.save("ada", SECRET)
    assert credentials.trouble == LOCKED_NOW
    assert await credentials.load("ada") == SECRET


async def test_a_missing_keyring_is_said(screen: VirtualScreen) -> None:
    credentials = Credentials(Keyring)

    assert await credentials.load("ada") is None

    assert credentials.trouble == NO_KEYRING


async def test_a_keyring_that_does_not_answer_is_said_and_goes_on_when_it_does(
    screen: VirtualScreen,
) -> None:
    keyring = screen.start_keyring(PASSWORD)
    await Credentials(Keyring).save("ada", SECRET)
    keyring.send_signal(signal.SIGSTOP)
    credentials = Credentials(Keyring, patience_s=0.1)
    heard = Heard(credentials)
    assert await credentials.load("ada") is None
    assert await heard.next() == WAITING

    keyring.send_signal(signal.SIGCONT)

    assert await heard.next() == ""
    assert await credentials.load("ada") == SECRET
