"""The README, word for word: its blocks of commands do what they say."""

import fcntl
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
RELAY = next(block for block in BLOCKS if "tandem-relay init" in block).splitlines()


def at_a_terminal(
    line: str, folder: Path, environment: dict[str, str], *, answer: str
) -> tuple[int, str]:
    """Run a line as a person does, answering each question for a password."""
    ours, theirs = pty.openpty()

    def take_the_terminal() -> None:
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        ["sh", "-c", line],
        cwd=folder,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=take_the_terminal,
    )
    os.close(theirs)
    shown = ""
    while (piece := _read(ours)) is not None:
        shown += piece
        if shown.endswith(": "):  # a question
            os.write(ours, answer.encode())
    os.close(ours)
    return process.wait(30), shown


def _read(terminal: int) -> str | None:
    """What the terminal shows next, or None when the program has left it."""
    ready, _, _ = select.select([terminal], [], [], 600)
    try:
        piece = os.read(terminal, 4096) if ready else b""
    except OSError:  # Linux says so when the last program has closed it
        return None
    return piece.decode("utf-8", "replace") if piece else None


def test_each_file_that_the_readme_names_is_there() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README)

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_a_relay_takes_at_most_six_commands() -> None:
    assert 1 <= len(RELAY) <= 6


def test_the_development_commands_of_the_readme_exist() -> None:
    shown = subprocess.run(
        [sys.executable, "dev.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    for command in re.findall(r"python3 dev\.py (\w+)", README):
        assert command in shown


@pytest.mark.slow
def test_the_commands_for_a_relay_make_one_that_serves(tmp_path: Path) -> None:
    copy = tmp_path / "checkout"
    kept = shutil.ignore_patterns(".git", ".venv*", "node_modules", ".*_cache", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=kept)
    environment = {**os.environ, "TANDEM_PORT": "0"}  # another program may have the usual port

    for line in RELAY[:-1]:
        status, shown = at_a_terminal(line, copy, environment, answer="a pass phrase of my own\n")
        assert status == 0, f"{line}\n{shown}"
    serving = subprocess.Popen(
        RELAY[-1].split(), cwd=copy, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert serving.stdout is not None
    try:
        url = serving.stdout.readline().split()[-1]
        with urllib.request.urlopen(f"{url}/api/health", timeout=30) as answer:  # noqa: S310
            assert json.load(answer) == {"status": "ok"}
    finally:
        serving.terminate()
        serving.stdout.close()
    assert serving.wait(30) == 0
