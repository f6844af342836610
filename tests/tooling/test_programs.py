"""Starting programs aside of our own output."""

from __future__ import annotations

import sys

import pytest

from tooling.programs import run_aside


def test_what_a_program_prints_goes_to_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    code = run_aside([sys.executable, "-c", "print('progress'); raise SystemExit(3)"])

    captured = capfd.readouterr()
    assert (code, captured.out, captured.err.strip()) == (3, "", "progress")


def test_a_program_that_is_not_there_is_a_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    code = run_aside(["no-such-program"])

    assert code == 127
    assert capfd.readouterr().err == (
        "no-such-program could not be started: No such file or directory.\n"
    )
