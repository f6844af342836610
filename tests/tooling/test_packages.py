"""Finding uv, and the call that fills the virtual environment."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tooling.packages import find_uv, sync_command, sync_environment
from tooling.programs import BINARIES, SUFFIX, CannotStart


class Runs:
    """Stands in for starting programs: keeps the commands, and answers by the word they hold."""

    def __init__(self, **codes: int) -> None:
        self.commands: list[list[str]] = []
        self._codes = codes

    def __call__(self, command: object) -> int:
        assert isinstance(command, list)
        self.commands.append(command)
        return next((code for word, code in self._codes.items() if word in command), 0)


def test_a_uv_on_the_path_that_runs_is_taken(tmp_path: Path) -> None:
    runs = Runs()

    assert find_uv(sys.executable, tmp_path, runs) == sys.executable
    assert runs.commands == []


def test_without_a_uv_one_is_put_into_an_environment_of_its_own(tmp_path: Path) -> None:
    runs = Runs()

    uv = find_uv(None, tmp_path, runs)

    assert Path(uv) == tmp_path / BINARIES / f"uv{SUFFIX}"
    assert [command[1:3] for command in runs.commands] == [["-m", "venv"], ["-m", "pip"]]


def test_a_stand_in_on_the_path_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    runs = Runs()

    find_uv(str(tmp_path / "uv-that-is-not-there"), tmp_path, runs)

    assert len(runs.commands) == 2


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="sudo apt-get install -y python3-venv"):
        find_uv(None, tmp_path, Runs(venv=1))


def test_a_download_that_fails_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="Check the network"):
        find_uv(None, tmp_path, Runs(pip=1))


def test_a_new_environment_gets_the_python_that_runs() -> None:
    command = sync_command("uv", [], is_new=True, running=(3, 12))

    assert command == ["uv", "sync", "--frozen", "--python", sys.executable]


def test_a_python_that_is_too_new_is_left_for_uv_to_replace() -> None:
    assert "--python" not in sync_command("uv", [], is_new=True, running=(3, 14))


def test_an_existing_environment_keeps_its_python_and_is_quiet() -> None:
    command = sync_command("uv", ["build"], is_new=False, running=(3, 11))

    assert command == ["uv", "sync", "--frozen", "--group", "build", "--quiet"]


def test_another_active_environment_is_left_alone() -> None:
    environment = sync_environment({"VIRTUAL_ENV": "/elsewhere", "LANG": "C"})

    assert "VIRTUAL_ENV" not in environment
    assert environment["LANG"] == "C"
    assert Path(environment["UV_PROJECT_ENVIRONMENT"]).name == ".venv"
