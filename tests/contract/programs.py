"""The relay's command lines, as whoever runs a relay types them."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

RELAY = shlex.split(os.environ.get("CONTRACT_RELAY", "")) or [sys.executable, "-m", "syncserver"]
ROOT = Path(__file__).parents[2]
# Passwords are hashed as cheaply as can be, where the relay knows these settings.
CHEAP = {"TANDEM_PASSWORD_MEMORY_KIB": "8", "TANDEM_PASSWORD_ROUNDS": "1"}
PATIENCE_S = 60.0
PASSWORD = "correct horse battery"


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def results(self) -> list[dict[str, Any]]:
        """The JSON objects on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def result(self) -> dict[str, Any]:
        assert self.code == 0, self.err
        (only,) = self.results
        return only


def run(*words: str | Path, said: str = "", **environment: str) -> Ran:
    """Run one command to its end; `said` is its stdin."""
    done = subprocess.run(
        [*RELAY, *map(str, words)],
        input=said,
        env=_environment(environment),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def init(folder: Path, email: str = "ada@example.org") -> Ran:
    """Make a relay in this folder with its first admin."""
    who = ("--admin-email", email, "--admin-name", "Ada", "--password-stdin")
    return run("init", "--data", folder, *who, said=f"{PASSWORD}\n")


@dataclass
class Serving:
    """A relay that is being served.

    Attributes:
        first_line: the first line on its stdout.
        url: where it listens.
    """

    process: subprocess.Popen[str]
    first_line: str
    url: str
    rest_of_stdout: str = ""

    def stop(self) -> int:
        """Send SIGTERM; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        self.rest_of_stdout, _ = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode


@contextmanager
def serving(
    folder: Path, *words: str, port: int | None = 0, **environment: str
) -> Iterator[Serving]:
    """Serve the relay in this folder, on a free port where no other is given."""
    where = () if port is None else ("--port", str(port))
    process = subprocess.Popen(
        [*RELAY, "serve", "--data", str(folder), *where, *words],
        env=_environment(environment),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    out_of_patience = Timer(PATIENCE_S, process.kill)
    out_of_patience.start()
    try:
        assert process.stdout is not None
        first_line = process.stdout.readline().rstrip("\n")
        out_of_patience.cancel()
        yield Serving(process, first_line, first_line.rpartition(" ")[2])
    finally:
        out_of_patience.cancel()
        process.kill()
        process.communicate()


def _environment(more: dict[str, str]) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("TANDEM_")}
    return {**kept, **CHEAP, **more}
