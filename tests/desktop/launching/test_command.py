"""The command line that starts this very program again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.launching.command import own_command


def test_an_installed_program_is_started_by_its_own_command(tmp_path: Path) -> None:
    script = tmp_path / ("tandem.exe" if sys.platform == "win32" else "tandem")
    script.touch()

    assert own_command(scripts=tmp_path) == [str(script)]


def test_without_one_python_starts_the_package(tmp_path: Path) -> None:
    assert own_command(scripts=tmp_path) == [sys.executable, "-m", "desktop"]


def test_a_packed_program_starts_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert own_command(scripts=tmp_path) == [sys.executable]


def test_a_folder_of_its_own_goes_along(tmp_path: Path) -> None:
    assert own_command(tmp_path / "my data")[-2:] == ["--data", str(tmp_path / "my data")]


def test_the_command_of_this_very_installation_works() -> None:
    finished = subprocess.run(
        [*own_command(), "--version"], capture_output=True, text=True, check=True
    )

    assert finished.stdout.startswith("Tandem ")
