"""Starts what was built without Python on the path, and prints its size and how soon it shows."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from demo import installed
from demo.assistive import assistive
from demo.places import surroundings
from demo.unseen_screen import light_up, started
from tooling.building.versions import VERSION
from tooling.programs import BINARIES, ROOT, SUFFIX, CannotStart, say

if TYPE_CHECKING:
    from collections.abc import Mapping

STORY = "T4"
STARTS = 5
SCREEN = "1280x800x24"
UNFROZEN = ROOT / ".venv" / BINARIES / f"tandem{SUFFIX}"
MIB = 1 << 20


def prove_program(folder: Path) -> int:
    """The exit code: 0 when it says its version and a session reaches a student's window by it."""
    program = folder / f"tandem{SUFFIX}"
    _expect(program, "--version", f"Tandem {VERSION}")
    say(f"{program.name} --version: Tandem {VERSION}, without Python on the path.")
    if lacking := installed.missing():
        say(f"No story and no start times: this computer has no {', '.join(lacking)}.")
        print(f"size {size_of(folder) / MIB:.0f} MiB")
        return 0
    is_good = asyncio.run(installed.tell(program, [STORY]))
    times = {name: asyncio.run(start_s(path)) for name, path in _both(program).items()}
    print(table(size_of(folder), times))
    return 0 if is_good else 1


def prove_relay(folder: Path, wheel: Path) -> int:
    """The exit code: 0 when both the folder and the wheel make and serve a relay."""
    with TemporaryDirectory(prefix="tandem-wheel-") as name:
        venv = Path(name) / "venv"
        python = str(venv / BINARIES / f"python{SUFFIX}")
        _run([sys.executable, "-m", "venv", str(venv)])
        _run([python, "-m", "pip", "install", "--quiet", str(wheel)])
        for program in (
            folder / f"tandem-relay{SUFFIX}",
            venv / BINARIES / f"tandem-relay{SUFFIX}",
        ):
            made = serves(program)
            print(f"{made}: {program.name} of {program.parent.name} makes and serves a relay")
    print(f"size {size_of(folder) / MIB:.0f} MiB")
    return 0


def serves(program: Path) -> str:
    """Make a relay with it and serve it; what its health is.

    Raises:
        CannotStart: it did not.
    """
    import httpx

    with TemporaryDirectory(prefix="tandem-relay-") as name:
        data = ["--data", str(Path(name) / "relay")]
        admin = ["--admin-email", "host@example.org", "--admin-name", "Host", "--password-stdin"]
        made = _run([str(program), "init", *data, *admin], said="a long evening\n")
        json.loads(made)["userId"]
        with subprocess.Popen(
            [str(program), "serve", *data, "--port", "0"], stdout=subprocess.PIPE, text=True,
            env=nowhere(),
        ) as relay:  # fmt: skip
            try:
                assert relay.stdout is not None  # noqa: S101  it is piped
                address = relay.stdout.readline().strip().rpartition(" ")[2]
                return str(httpx.get(f"{address}/api/health").json()["status"])
            finally:
                relay.terminate()


async def start_s(program: Path) -> float:
    """Seconds from the start to a window of which assistive technology is told, the median."""
    times = []
    async with AsyncExitStack() as exits:
        folder = Path(exits.enter_context(TemporaryDirectory(prefix="tandem-start-")))
        (folder / "screen").mkdir(mode=0o700)
        outside = surroundings(folder, is_headless=False)
        screen = await light_up(exits, folder / "screen", outside, SCREEN)
        eyes = await exits.enter_async_context(assistive(screen))
        inside = nowhere(screen) | installed.SEEN
        for number in range(STARTS + 1):
            async with AsyncExitStack() as one:
                began = time.monotonic()
                data = str(folder / f"data {number}")
                process = await started(one, inside, str(program), "--data", data)
                await eyes.program(process.pid)
                times.append(time.monotonic() - began)
    return statistics.median(times[1:])  # the first one read the files from the disk


def table(size: int, times: Mapping[str, float]) -> str:
    """One Markdown table: the built program beside the unfrozen one."""
    frozen, unfrozen = times["built"], times["unfrozen"]
    return "\n".join(
        [
            "| program | size | start to window | of the unfrozen one |",
            "| --- | --- | --- | --- |",
            f"| built | {size / MIB:.0f} MiB | {frozen * 1000:.0f} ms | {frozen / unfrozen:.2f} |",
            f"| unfrozen | | {unfrozen * 1000:.0f} ms | 1 |",
        ]
    )


def size_of(folder: Path) -> int:
    """Bytes of all files, each counted once."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)


def nowhere(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment without a path to any program, and without Python's own variables."""
    kept = {name: text for name, text in environment.items() if not name.startswith("PYTHON")}
    return kept | {"PATH": installed.NOWHERE}


def _both(program: Path) -> dict[str, Path]:
    return {"built": program, "unfrozen": UNFROZEN}


def _expect(program: Path, option: str, words: str) -> None:
    if (said := _run([str(program), option]).strip()) != words:
        raise CannotStart(f"{program} {option} says {said!r}, and not {words!r}.")


def _run(command: list[str], *, said: str = "") -> str:
    finished = subprocess.run(
        command, input=said, capture_output=True, text=True, check=False, env=nowhere()
    )
    if finished.returncode:
        raise CannotStart(f"{command[0]} failed: {finished.stderr.strip()[-500:]}")
    return finished.stdout
