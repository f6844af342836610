"""The JavaScript client that some end-to-end tests start: installed where npm is there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tooling.programs import ROOT, run_aside, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tooling.programs import Run

FOLDER = ROOT / "tests" / "end2end" / "js"
WITHOUT = "The tests with the JavaScript client are skipped"


def prepare_javascript(
    folder: Path = FOLDER,
    which: Callable[[str], str | None] = shutil.which,
    run: Run = run_aside,
) -> None:
    """Install the client from its lock file, if it is missing; without npm say what is skipped."""
    if (folder / "node_modules").is_dir():
        return
    npm = which("npm")
    if npm is None:
        say(f"{WITHOUT}: npm is not installed.")
        return
    say("Installing the JavaScript client for the end-to-end tests.")
    if run([npm, "ci", "--prefix", str(folder), "--no-audit", "--no-fund"]):
        say(f"{WITHOUT}: npm could not install it.")
