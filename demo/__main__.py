"""The demo's command line: with a screen two windows, without one the proof of the stories."""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Coroutine
from functools import partial
from pathlib import Path
from typing import Any

from demo.desk import DeskTrouble
from demo.places import surroundings
from demo.proof import prove
from demo.relay import CannotStart
from demo.show import show
from demo.stage import say
from demo.stories import MOST_TRIES
from tooling.qt_libraries import has_screen

COULD_NOT_START, INTERRUPTED = 2, 130


def main(arguments: list[str]) -> int:
    """Run the demo; its exit code."""
    given = _parser().parse_args(arguments)
    is_headless = given.headless or not has_screen(os.environ, sys.platform)
    if is_headless and not given.headless:
        say("There is no screen here, so the demo proves its stories without one.")
    with tempfile.TemporaryDirectory(prefix="tandem-demo-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        environment = surroundings(folder, is_headless=is_headless)
        doing = (
            partial(prove, folder, environment, given.out, given.tries)
            if is_headless
            else partial(show, folder, environment)
        )
        try:
            if is_headless:
                given.out.mkdir(parents=True, exist_ok=True)
            return asyncio.run(_until_ended(doing()))
        except (CannotStart, DeskTrouble, OSError) as trouble:
            say(f"The demo could not start. {trouble}")
            return COULD_NOT_START
        except (KeyboardInterrupt, asyncio.CancelledError):
            say("The demo is over; all of it has ended.")
            return INTERRUPTED if is_headless else 0  # it is how the windows are ended


async def _until_ended(doing: Coroutine[Any, Any, int]) -> int:
    """Do it, and let a SIGTERM end it as Ctrl+C does: with all that it started."""
    task = asyncio.current_task()
    if task is not None and os.name == "posix":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await doing


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py demo", description=__doc__, allow_abbrev=False)
    parser.add_argument("--headless", action="store_true", help="no windows: prove the stories")
    parser.add_argument(
        "--out", type=Path, default=Path("shots"), metavar="DIR", help="where screenshots go"
    )
    parser.add_argument(
        "--tries", type=int, default=MOST_TRIES, choices=range(1, MOST_TRIES + 1), metavar="N",
        help=f"how often each story is told, {MOST_TRIES} by default",
    )  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
