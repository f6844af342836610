"""Where files live on this machine."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "tandem"


def data_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The folder of all local data, by the custom of the platform; it need not exist yet.

    Source: XDG Base Directory Specification; Apple's and Microsoft's guides.
    """
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or Path.home())
    if platform == "win32":
        return _absolute(environment.get("APPDATA"), home / "AppData" / "Roaming") / "Tandem"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Tandem"
    return _absolute(environment.get("XDG_DATA_HOME"), home / ".local" / "share") / NAME


def log_folder(data: Path) -> Path:
    return data / "logs"


def crash_folder(data: Path) -> Path:
    return data / "crashes"


def _absolute(value: str | None, otherwise: Path) -> Path:
    """The folder that a variable names; a relative one is to be ignored, says the standard."""
    return Path(value) if value and Path(value).is_absolute() else otherwise
