"""Where the demo's processes live: their own folder and environment, and not the person's."""

import os
from collections.abc import Mapping
from pathlib import Path

DARK_ROOM = {
    "QT_QPA_PLATFORM": "offscreen",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "DBUS_SESSION_BUS_ADDRESS": "disabled:",  # or its toasts would stand on the person's screen
}


def surroundings(
    folder: Path, *, is_headless: bool, outside: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The environment of the demo's programs: home and folders lie in `folder`."""
    home = folder / "home"
    home.mkdir(mode=0o700, exist_ok=True)
    inside = {name: value for name, value in outside.items() if not name.startswith("TANDEM_")}
    if "HOME" in outside and "XAUTHORITY" not in outside:  # where an X server looks by itself
        inside["XAUTHORITY"] = str(Path(outside["HOME"]) / ".Xauthority")
    inside |= dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(home))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        inside[f"XDG_{kind}_HOME"] = str(home / kind.lower())
    inside["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    inside["PYTHONUTF8"] = "1"
    if is_headless:
        inside |= DARK_ROOM
    return inside
