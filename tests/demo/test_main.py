"""The demo's command line: what it says, and its exit code, when it cannot begin."""

import os
import subprocess
import sys
from pathlib import Path

from demo.relay import ROOT


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "demo", *arguments],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_folder_that_cannot_be_made_stops_it_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    finished = run("--headless", "--out", str(tmp_path / "file"))

    assert finished.returncode == 2
    assert finished.stdout == ""
    assert "The demo could not start" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_a_wrong_option_is_wrong_usage() -> None:
    finished = run("--headles")

    assert finished.returncode == 2
    assert finished.stdout == ""
