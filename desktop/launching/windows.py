"""Windows: two places in the person's registry.

Source: "Run and RunOnce Registry Keys", "Registering an Application to a URI Scheme" (Microsoft).
"""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from desktop.launching.registry import Registry

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
NAME = "Tandem"
SCHEME = r"Software\Classes\tandem"
OPEN = rf"{SCHEME}\shell\open\command"
PROGRAM = re.compile(r'"([^"]+)"|(\S+)')


class RunKey:
    """A value of the key that Windows runs through at login."""

    def __init__(self, registry: Registry, command: Sequence[str]) -> None:
        self._registry = registry
        self._command = command

    def is_on(self) -> bool:
        return self._registry.read(RUN, NAME) is not None

    def turn_on(self) -> None:
        self._registry.write(RUN, NAME, subprocess.list2cmdline(self._command))

    def turn_off(self) -> None:
        self._registry.remove(RUN, NAME)


class LinkKey:
    """The key of the scheme among the person's classes."""

    def __init__(self, registry: Registry, command: Sequence[str]) -> None:
        self._registry = registry
        self._command = command

    def claim(self) -> None:
        """Write it, unless it names a program that is there."""
        found = PROGRAM.match(self._registry.read(OPEN, "") or "")
        if found and Path(found[1] or found[2]).is_file():
            return
        self._registry.write(SCHEME, "", "URL:Tandem")
        self._registry.write(SCHEME, "URL Protocol", "")
        self._registry.write(OPEN, "", f'{subprocess.list2cmdline(self._command)} "%1"')
