"""Other programs, started: their output, exit codes and signals; and the set-up's one error."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # an older Python cannot read the next lines, and shall get our sentence
    from collections.abc import Callable, Mapping, Sequence

    Run = Callable[[Sequence[str]], int]

ROOT = Path(__file__).resolve().parents[1]
BINARIES, SUFFIX = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
VENV_PYTHON = ROOT / ".venv" / BINARIES / f"python{SUFFIX}"


class CannotStart(Exception):
    """A sentence that says why the set-up stopped and what to do about it."""


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def run_aside(command: Sequence[str], *, env: Mapping[str, str] | None = None) -> int:
    """Exit code of a program whose output all goes to stderr."""
    try:
        return subprocess.run(
            command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
        ).returncode
    except OSError as error:
        say(f"{command[0]} could not be started: {error.strerror}.")
        return 127


def run_python(*arguments: str, **variables: str) -> int:
    """Exit code of the project's Python; its output is ours, and so are the signals we get."""
    environment = {**os.environ, **variables}
    asked: list[int] = []
    # From before the child runs: a signal that comes in between must not end us alone.
    signal.signal(signal.SIGTERM, lambda number, _frame: asked.append(number))
    with subprocess.Popen([str(VENV_PYTHON), *arguments], env=environment, cwd=ROOT) as child:
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        if asked:
            child.terminate()
        while True:
            try:
                code = child.wait()
            except KeyboardInterrupt:
                continue  # the child has got it too, and ends in its own way
            return code if code >= 0 else 128 - code
