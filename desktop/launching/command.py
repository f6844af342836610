"""The command line that starts this very program again."""

import sys
import sysconfig
from pathlib import Path


def own_command(data: Path | None = None, *, scripts: Path | None = None) -> list[str]:
    """The program as it is installed here; with `data` for that folder of local data.

    `scripts` is where Python keeps the commands of installed packages.
    """
    return [*_program(scripts or Path(sysconfig.get_path("scripts"))), *_folder(data)]


def _program(scripts: Path) -> list[str]:
    if getattr(sys, "frozen", False):  # PyInstaller's one-folder program
        return [sys.executable]
    script = scripts / ("tandem.exe" if sys.platform == "win32" else "tandem")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "desktop"]


def _folder(data: Path | None) -> list[str]:
    return [] if data is None else ["--data", str(data)]
