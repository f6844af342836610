"""Whether Tandem starts when the person logs in, by the custom of each system."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Protocol

from desktop.launching.linux import Autostart
from desktop.launching.mac import LaunchAgent
from desktop.launching.windows import RunKey

MINIMIZED = "--minimized"


class AtLogin(Protocol):
    """A switch of the system's; turning it may raise OSError, and nothing was changed then."""

    def is_on(self) -> bool: ...

    def turn_on(self) -> None: ...

    def turn_off(self) -> None: ...


def at_login(
    command: Sequence[str],
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
) -> AtLogin:
    """The switch of this system; it starts `command` in the tray."""
    minimized = [*command, MINIMIZED]
    if platform == "win32":
        from desktop.launching.registry import person_registry

        return RunKey(person_registry(), minimized)
    if platform == "darwin":
        return LaunchAgent(environment, minimized)
    return Autostart(environment, minimized)
