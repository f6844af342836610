#!/usr/bin/env python3
"""The one command of a working copy: sets itself up, then shows, tests, checks or builds Tandem.

Needs nothing but Python's own library. Everything that it says itself goes to stderr, so that
stdout holds exactly what the program that it starts prints.
"""

from __future__ import annotations  # so that an older Python gets as far as our sentence

import os
import sys
from typing import TYPE_CHECKING

from tooling.javascript import prepare_javascript
from tooling.packages import prepare
from tooling.programs import ROOT, CannotStart, run_python, say
from tooling.qt_libraries import WINDOWED, WINDOWLESS, has_screen, prepare_qt

if TYPE_CHECKING:
    from collections.abc import Callable

OLDEST_PYTHON = (3, 11)
# The tests with real processes mostly wait: others run meanwhile, each file as a whole.
SIDE_BY_SIDE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"


def demo(arguments: list[str]) -> int:
    prepare()
    is_windowed = has_screen(os.environ, sys.platform) and "--headless" not in arguments
    prepare_qt(WINDOWED if is_windowed else WINDOWLESS)
    return run_python("-m", "demo", *arguments)


def test(arguments: list[str]) -> int:
    prepare()
    prepare_qt(WINDOWLESS)
    prepare_javascript()
    profile = os.environ.get("TANDEM_HYPOTHESIS_PROFILE", "ci")
    given = arguments or ["--cov", "--cov-report=", *SIDE_BY_SIDE]
    code = run_python("-m", "pytest", *given, TANDEM_HYPOTHESIS_PROFILE=profile)
    if code or arguments:  # some of the tests say nothing about the floors
        return code
    return run_python("-m", "tooling.coverage_floors")


def check(arguments: list[str]) -> int:
    prepare()
    if "--write-overview" in arguments:
        return run_python("-m", "tooling.overview", "--write")
    steps = {
        "ruff": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "mypy": ["-m", "mypy"],
        "import contracts": ["-c", LINT_IMPORTS],
        "file overview": ["-m", "tooling.overview"],
    }
    failed = [name for name, step in steps.items() if run_step(name, step)]
    say(f"Not clean: {', '.join(failed)}." if failed else "All checks are clean.")
    return 1 if failed else 0


def run_step(name: str, step: list[str]) -> int:
    say(f"Checking: {name}.")
    return run_python(*step)


def bench(arguments: list[str]) -> int:
    prepare()
    prepare_qt(WINDOWLESS)
    return run_python("-m", "bench", *arguments)


def torture(arguments: list[str]) -> int:
    prepare()
    prepare_qt(WINDOWLESS)
    folders = [name for name in ("tests/sync", "tests/torture") if (ROOT / name).is_dir()]
    return run_python("-m", "pytest", *folders, *arguments, TANDEM_HYPOTHESIS_PROFILE="torture")


def translations(arguments: list[str]) -> int:
    prepare()
    return run_python("-m", "tooling.translations", *arguments)


def build(arguments: list[str]) -> int:
    prepare()
    prepare_qt(WINDOWED)
    return run_python("-m", "tooling.building", *arguments)


COMMANDS: dict[str, tuple[Callable[[list[str]], int], str]] = {
    "demo": (demo, "show two desktops and a relay; --headless --out DIR proves the stories"),
    "test": (test, "run all tests and the coverage floors, or pass pytest's own arguments"),
    "check": (check, "ruff, mypy, import contracts, file overview; --write-overview renews it"),
    "bench": (bench, "measure, and print one Markdown table"),
    "torture": (torture, "the model test with many examples, and the kill loops"),
    "translations": (translations, "collect all texts for translators, and make what is loaded"),
    "build": (build, "make the one-folder program in dist/; --deb a package, --relay the relay"),
}


def usage() -> str:
    lines = [f"  {name:12} {summary}" for name, (_, summary) in COMMANDS.items()]
    return "\n".join(["usage: python3 dev.py COMMAND [arguments]", "", *lines])


def require_python(version: tuple[int, int]) -> None:
    """Refuse a Python that is too old.

    Raises:
        CannotStart: the sentence names both versions.
    """
    if version < OLDEST_PYTHON:
        raise CannotStart(
            f"Tandem needs Python 3.11 or newer; this is {version[0]}.{version[1]}. "
            "Install a newer one and call it by name, for example `python3.12 dev.py demo`."
        )


def main(arguments: list[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name in ("-h", "--help"):
        print(usage())
        return 0
    if name not in COMMANDS:
        say(usage())
        return 2
    try:
        require_python(sys.version_info[:2])
        return COMMANDS[name][0](rest)
    except CannotStart as stopped:
        say(str(stopped))
        return 2 if name == "demo" else 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
