"""The Python packages: finds or fetches uv, and makes `.venv` hold what `uv.lock` says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping

from tooling.programs import BINARIES, ROOT, SUFFIX, VENV_PYTHON, CannotStart, run_aside, say

PRIVATE_UV = ROOT / ".venv-uv"


def prepare(*groups: str) -> None:
    """Make `.venv` hold exactly what `uv.lock` says, with the named groups on top.

    Raises:
        CannotStart: the sentence says what is missing.
    """
    if not VENV_PYTHON.exists():
        say("Setting up .venv: the first time, this downloads some 300 MB.")
    command = sync_command(find_uv(), sys.version_info[:2], groups)
    if run_aside(command, env=sync_environment(os.environ)):
        raise CannotStart(
            "The Python packages could not be installed; the lines above say why. "
            "Check the network, delete the folder .venv, and run this command again."
        )


def sync_command(uv: str, running: tuple[int, int], groups: Iterable[str]) -> list[str]:
    """The call of uv; a new `.venv` gets the running Python where Tandem supports it."""
    command = [uv, "sync", "--frozen", "--quiet"]
    if sys.stderr.isatty() or not VENV_PYTHON.exists():
        command.remove("--quiet")
    for group in groups:
        command += ["--group", group]
    if not VENV_PYTHON.exists() and running < (3, 14):
        command += ["--python", sys.executable]
    return command


def sync_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for uv: an active virtual environment of something else is not ours."""
    ours = {key: value for key, value in environment.items() if key != "VIRTUAL_ENV"}
    return ours | {"UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv")}


def find_uv() -> str:
    """Path of a uv that runs; without one, installs it into a small environment of its own."""
    private = PRIVATE_UV / BINARIES / f"uv{SUFFIX}"
    for candidate in (shutil.which("uv"), str(private)):
        if candidate and is_running(candidate):
            return candidate
    say("Fetching uv, which installs the Python packages, into .venv-uv.")
    # An own environment: Debian and Homebrew forbid pip to touch theirs (PEP 668).
    if run_aside([sys.executable, "-m", "venv", "--clear", str(PRIVATE_UV)]):
        raise CannotStart(
            "Python could not make a virtual environment. On Debian or Ubuntu, run "
            "`sudo apt-get install -y python3-venv`; then run this command again."
        )
    python = str(PRIVATE_UV / BINARIES / f"python{SUFFIX}")
    if run_aside([python, "-m", "pip", "install", "--quiet", "uv"]):
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
