"""Build what `dev.py build` was asked for, show that it runs, and say where it lies."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from tooling.building.deb import make_deb
from tooling.building.icons import write_icons
from tooling.building.proof import prove_program, prove_relay
from tooling.building.versions import VERSION
from tooling.packages import find_uv
from tooling.programs import ROOT, CannotStart, say

DIST, WORK = ROOT / "dist", ROOT / "build"


def build_program() -> Path:
    """The desktop's one-folder program for this system."""
    write_icons(WORK / "icons")
    _frozen("build.spec")
    return DIST / "tandem"


def build_relay() -> tuple[Path, Path]:
    """The relay's wheel, and its one-folder program."""
    say("Making the wheel.")
    _run(find_uv(shutil.which("uv")), "build", "--wheel", "--out-dir", str(DIST), "--no-build-logs")
    _frozen("relay.spec")
    return next(DIST.glob(f"tandem-{VERSION}-*.whl")), DIST / "tandem-relay"


def _frozen(spec: str) -> None:
    say(f"Building {spec}.")
    options = ("--noconfirm", "--log-level", "ERROR")
    _run(sys.executable, "-m", "PyInstaller", *options, spec)


def _run(*command: str) -> None:
    if subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False).returncode:
        raise CannotStart(f"{' '.join(command[:3])} failed; the lines above say why.")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py build", description=__doc__)
    parser.add_argument("--deb", action="store_true", help="make the Debian package too")
    parser.add_argument("--relay", action="store_true", help="make the relay instead")
    parser.add_argument("--unproved", action="store_true", help="do not start what was made")
    given = parser.parse_args(arguments)
    try:
        if given.relay:
            wheel, relay = build_relay()
            say(f"The relay lies in {relay}, its wheel in {wheel}.")
            return 0 if given.unproved else prove_relay(relay, wheel)
        program = build_program()
        say(f"The program lies in {program}.")
        if given.deb:
            say("Making the package.")
            say(f"The package lies in {make_deb(program, VERSION, DIST)}.")
        return 0 if given.unproved else prove_program(program)
    except CannotStart as stopped:
        say(str(stopped))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
