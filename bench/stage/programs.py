"""Programs of the project in processes of their own, which tell what they see in JSON lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import IO, Any, cast

PATIENCE_S = 180.0  # one that takes longer hangs
HEADLESS = {
    "QT_QPA_PLATFORM": "offscreen",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
}


class Program:
    """A Python module that runs; each line of its stdout is a JSON object."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._stdin = cast(IO[str], process.stdin)
        self._stdout = cast(IO[str], process.stdout)

    def tell(self, **what: Any) -> None:
        """Write a line to its stdin."""
        self._stdin.write(json.dumps(what) + "\n")
        self._stdin.flush()

    def told(self) -> dict[str, Any]:
        """The next line.

        Raises:
            EOFError: it ended instead.
        """
        while line := self._stdout.readline():
            if line.startswith("{"):
                told: dict[str, Any] = json.loads(line)
                return told
        raise EOFError(f"{self._process.args!r} ended with {self._process.wait()}.")


@contextmanager
def running(module: str, *arguments: object) -> Iterator[Program]:
    """Run a module until the block ends; it is ended when it has not ended by itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | HEADLESS,
    )
    watchdog = Timer(PATIENCE_S, process.kill)
    watchdog.start()
    try:
        yield Program(process)
    finally:
        watchdog.cancel()
        process.terminate()
        process.communicate(timeout=30)


def told_once(module: str, *arguments: object) -> dict[str, Any]:
    """The first line that a module tells."""
    with running(module, *arguments) as program:
        return program.told()
