"""What took long in the local store."""

import logging

import pytest

from desktop.store.slow import timed


def work(secret: str) -> str:
    return secret


def test_what_took_long_is_told_by_its_name(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "desktop.store.slow")

    with timed(work, 0.0):
        work("hunter2")

    assert caplog.messages[0].startswith(f"{__name__}.work took ")
    assert "hunter2" not in caplog.text


def test_what_did_not_is_not(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "desktop.store.slow")

    with timed(work, 60.0):
        work("x")

    assert caplog.messages == []
