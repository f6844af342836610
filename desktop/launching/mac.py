"""macOS: a launch agent.

Source: launchd.plist(5).
"""

import plistlib
from collections.abc import Mapping, Sequence
from pathlib import Path

LABEL = "org.tandem.desktop"


class LaunchAgent:
    """A property list that launchd reads at login."""

    def __init__(self, environment: Mapping[str, str], command: Sequence[str]) -> None:
        home = Path(environment.get("HOME") or Path.home())
        self.file = home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
        self._command = command

    def is_on(self) -> bool:
        return self.file.exists()

    def turn_on(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        agent = {
            "Label": LABEL,
            "ProgramArguments": list(self._command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        self.file.write_bytes(plistlib.dumps(agent))

    def turn_off(self) -> None:
        self.file.unlink(missing_ok=True)
