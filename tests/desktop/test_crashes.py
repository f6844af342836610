"""Reports of crashes: what dies leaves one, what ends in order leaves none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.crashes import KEPT, RUNNING, Crashes, about, hook

RUN = """
import faulthandler, sys
from pathlib import Path
from desktop.crashes import Crashes, hook
crashes = Crashes(Path(sys.argv[1]), "Tandem 1")
crashes.watch()
sys.excepthook = hook(crashes, sys.__excepthook__)
"""


def run(folder: Path, end: str) -> int:
    """A run of the program that ends so; its exit code."""
    command = [sys.executable, "-c", RUN + end, str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode


@pytest.fixture
def crashes(tmp_path: Path) -> Iterator[Crashes]:
    found = Crashes(tmp_path, "Tandem 1")
    yield found
    found.stop()


def test_a_run_that_is_killed_by_a_signal_leaves_a_report(tmp_path: Path, crashes: Crashes) -> None:
    assert run(tmp_path, "faulthandler._sigsegv()") != 0

    crashes.watch()

    assert crashes.is_new
    [report] = crashes.reports()
    text = report.read_text("utf-8")
    assert text.startswith("The program was ended by the system.\nTandem 1\n")
    assert "Segmentation fault" in text
    assert report.stat().st_mode & 0o077 == 0


def test_an_error_that_nobody_catches_leaves_a_report_without_secrets(
    tmp_path: Path, crashes: Crashes
) -> None:
    run(tmp_path, "raise ValueError('ada@example.org')")

    crashes.watch()

    [report] = crashes.reports()
    text = report.read_text("utf-8")
    assert text.startswith("An error that nobody has caught.\n")
    assert text.rstrip().endswith("ValueError: [hidden]")


def test_a_run_that_ends_in_order_leaves_nothing(tmp_path: Path, crashes: Crashes) -> None:
    assert run(tmp_path, "crashes.stop()") == 0

    crashes.watch()

    assert not crashes.is_new
    assert crashes.reports() == []


def test_a_run_that_is_killed_without_a_word_leaves_no_report(
    tmp_path: Path, crashes: Crashes
) -> None:
    run(tmp_path, "import os; os.kill(os.getpid(), 9)")
    assert (tmp_path / RUNNING).exists()

    crashes.watch()

    assert not crashes.is_new


def test_the_same_error_is_kept_once_and_only_the_newest_reports(tmp_path: Path) -> None:
    clock = iter(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n) for n in range(100))
    crashes = Crashes(tmp_path, "Tandem 1", lambda: next(clock))
    crashes.watch()

    for number in (*range(KEPT + 3), KEPT + 2):
        crashes.note(ValueError, ValueError(str(number)), None)

    texts = [report.read_text("utf-8").splitlines()[-1] for report in crashes.reports()]
    crashes.stop()
    assert texts == [f"ValueError: {number}" for number in range(KEPT + 2, 2, -1)]


def test_one_is_deleted_when_the_person_wants_it_and_the_others_stay(crashes: Crashes) -> None:
    crashes.watch()
    crashes.note(ValueError, ValueError("x"), None)
    crashes.note(ValueError, ValueError("y"), None)
    newest, older = crashes.reports()

    crashes.forget(newest)

    assert crashes.reports() == [older]


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    crashes = Crashes(tmp_path / "file" / "crashes", "Tandem 1")

    crashes.watch()
    crashes.note(ValueError, ValueError("x"), None)
    crashes.stop()

    assert crashes.reports() == []


def test_the_keyboard_is_no_fault_and_the_log_hears_of_all(crashes: Crashes) -> None:
    crashes.watch()
    heard: list[type[BaseException]] = []
    report = hook(crashes, lambda kind, _error, _trace: heard.append(kind))

    report(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert crashes.reports() == []
    assert heard == [KeyboardInterrupt]


def test_program_and_system_are_named() -> None:
    assert about("1.2").startswith("Tandem 1.2, Python 3.")
