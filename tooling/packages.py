"""The Python packages: finds or fetches uv, and makes `.venv` hold what `uv.lock` says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tooling.programs import BINARIES, ROOT, SUFFIX, VENV_PYTHON, CannotStart, run_aside, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tooling.programs import Run

PRIVATE_UV = ROOT / ".venv-uv"
FIRST_UNSUPPORTED_PYTHON = (3, 14)  # with it, uv looks for an older one


def prepare(*groups: str) -> None:
    """Make `.venv` hold exactly what `uv.lock` says, with the named groups on top.

    Raises:
        CannotStart: the sentence says what is missing.
    """
    is_new = not VENV_PYTHON.exists()
    if is_new:
        say("Setting up .venv: the first time, this downloads some 300 MB.")
    uv = find_uv(shutil.which("uv"))
    command = sync_command(uv, groups, is_new=is_new, running=sys.version_info[:2])
    if run_aside(command, env=sync_environment(os.environ)):
        raise CannotStart(
            "The Python packages could not be installed; the lines above say why. "
            "Check the network, delete the folder .venv, and run this command again."
        )


def sync_command(
    uv: str, groups: Iterable[str], *, is_new: bool, running: tuple[int, int]
) -> list[str]:
    """The call of uv; a new `.venv` gets the running Python where Tandem supports it."""
    command = [uv, "sync", "--frozen"]
    for group in groups:
        command += ["--group", group]
    if is_new and running < FIRST_UNSUPPORTED_PYTHON:
        command += ["--python", sys.executable]
    if not is_new:
        command.append("--quiet")  # mostly there is nothing to do, and nothing to read
    return command


def sync_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for uv: an active virtual environment of something else is not ours."""
    ours = {key: value for key, value in environment.items() if key != "VIRTUAL_ENV"}
    return ours | {"UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv")}


def find_uv(on_path: str | None, folder: Path = PRIVATE_UV, run: Run = run_aside) -> str:
    """Path of a uv that runs; without one, installs it into a small environment of its own.

    Raises:
        CannotStart: the sentence says what to install by hand.
    """
    private = folder / BINARIES / f"uv{SUFFIX}"
    for candidate in (on_path, str(private)):
        if candidate and is_running(candidate):
            return candidate
    say("Fetching uv, which installs the Python packages, into .venv-uv.")
    # An own environment: Debian and Homebrew forbid pip to touch theirs (PEP 668).
    if run([sys.executable, "-m", "venv", "--clear", str(folder)]):
        raise CannotStart(
            "Python could not make a virtual environment. On Debian or Ubuntu, run "
            "`sudo apt-get install -y python3-venv`; then run this command again."
        )
    python = str(folder / BINARIES / f"python{SUFFIX}")
    if run([python, "-m", "pip", "install", "--quiet", "uv"]):
        raise CannotStart(
            "uv could not be downloaded; the lines above say why. Check the network, or install "
            "uv yourself, and run this command again."
        )
    return str(private)


def is_running(program: str) -> bool:
    """Whether the program starts: a version manager's stand-in may be there without it."""
    try:
        finished = subprocess.run([program, "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return finished.returncode == 0
