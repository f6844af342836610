"""The development commands, run as a program with a uv and a Python that only say what they got."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tooling.programs import CannotStart

ROOT = Path(dev.__file__).parent
RECORD = '#!/bin/sh\necho "said on stdout: $*"\necho "said on stderr" >&2\nexit {code}\n'

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A working copy whose uv succeeds and whose Python ends with 7."""
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(ROOT / "dev.py", copy)
    shutil.copytree(ROOT / "tooling", copy / "tooling")
    put_program(copy / "path" / "uv", code=0)
    put_program(copy / ".venv" / "bin" / "python", code=7)
    return copy


def put_program(path: Path, *, code: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RECORD.format(code=code))
    path.chmod(0o755)


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(copy / "dev.py"), *arguments],
        env={"PATH": str(copy / "path")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_demo_prints_on_stdout_what_the_demo_prints_and_nothing_else(copy: Path) -> None:
    finished = run(copy, "demo", "--headless", "--out", "shots")

    assert finished.stdout == "said on stdout: -m demo --headless --out shots\n"


@pytest.mark.parametrize("command", ["demo", "test", "bench", "torture", "build"])
def test_the_exit_code_of_the_program_is_passed_on(copy: Path, command: str) -> None:
    assert run(copy, command).returncode == 7


@pytest.mark.parametrize(("command", "code"), [("demo", 2), ("test", 1), ("check", 1)])
def test_a_set_up_that_fails_says_what_to_do(copy: Path, command: str, code: int) -> None:
    put_program(copy / "path" / "uv", code=0)
    (copy / "path" / "uv").write_text('#!/bin/sh\n[ "$1" = --version ]\n')

    finished = run(copy, command)

    assert finished.returncode == code
    assert finished.stdout == ""
    assert "Check the network, delete the folder .venv" in finished.stderr


def test_check_runs_every_step_and_names_the_ones_that_failed(copy: Path) -> None:
    finished = run(copy, "check")

    assert finished.returncode == 1
    assert finished.stderr.splitlines()[-1] == (
        "Not clean: ruff, ruff format, mypy, import contracts, file overview."
    )


def test_check_without_a_complaint_ends_with_0(copy: Path) -> None:
    put_program(copy / ".venv" / "bin" / "python", code=0)

    assert run(copy, "check").returncode == 0


def test_all_tests_are_measured_and_held_against_the_floors(copy: Path) -> None:
    put_program(copy / ".venv" / "bin" / "python", code=0)

    assert run(copy, "test").stdout.splitlines() == [
        "said on stdout: -m pytest --cov --cov-report= -n 2 --dist loadfile --no-loadscope-reorder",
        "said on stdout: -m tooling.coverage_floors",
    ]


def test_some_tests_are_not_held_against_the_floors(copy: Path) -> None:
    put_program(copy / ".venv" / "bin" / "python", code=0)

    assert run(copy, "test", "tests/domain").stdout == "said on stdout: -m pytest tests/domain\n"


def test_an_unknown_command_is_wrong_usage_and_lists_the_known_ones(copy: Path) -> None:
    finished = run(copy, "tset")

    assert finished.returncode == 2
    assert all(name in finished.stderr for name in dev.COMMANDS)


def test_help_is_a_result(copy: Path) -> None:
    finished = run(copy, "--help")

    assert finished.returncode == 0
    assert finished.stdout.startswith("usage: ")


def test_a_program_ended_by_a_signal_gives_the_shell_s_code(copy: Path) -> None:
    (copy / ".venv" / "bin" / "python").write_text("#!/bin/sh\nkill -KILL $$\n")

    assert run(copy, "demo").returncode == 128 + 9


def test_an_older_python_is_refused_with_both_versions() -> None:
    with pytest.raises(CannotStart, match=r"needs Python 3\.11 or newer; this is 3\.9"):
        dev.require_python((3, 9))


def test_the_oldest_supported_python_is_not_refused() -> None:
    dev.require_python((3, 11))


def test_being_asked_to_end_is_passed_on_and_the_child_ends_in_its_own_way(copy: Path) -> None:
    asks_its_parent = (
        "#!/bin/sh\ntrap 'exit 5' TERM\nkill -TERM $PPID\n"
        # Counts, as nothing that sleeps is on this PATH.
        "turn=0; while [ $turn -lt 20000000 ]; do turn=$((turn + 1)); done\n"
    )
    (copy / ".venv" / "bin" / "python").write_text(asks_its_parent)

    assert run(copy, "demo").returncode == 5
