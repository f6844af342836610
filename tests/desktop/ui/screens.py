"""A virtual screen with window manager, tray, notification service and session bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

NEEDED = ("Xvfb", "dbus-daemon", "dunst", "dunstctl", "trayer", "openbox")
PATIENCE_S = 20.0
# A session bus that starts no service by itself: what a test kills stays dead.
BUS = """<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class VirtualScreen:
    """Programs that belong together by their environment.

    Attributes:
        environment: what a program needs to be on this screen.
    """

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._stack = stack
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
        }
        self.environment["DISPLAY"] = self._first_line("Xvfb", "-displayfd", "1", prefix=":")
        bus = folder / "bus.conf"
        bus.write_text(BUS.format(folder=folder))
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._first_line(
            "dbus-daemon", f"--config-file={bus}", "--nofork", "--print-address"
        )
        self._dunst: subprocess.Popen[str] | None = None

    def start(self, *command: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._stack.callback(_end, process)
        return process

    def start_notifications(self) -> None:
        """Start a notification service, and wait until it answers."""
        self._dunst = self.start("dunst")
        wait_until(lambda: self.dunstctl("count", "displayed").isdigit())

    def kill_notifications(self) -> None:
        assert self._dunst is not None
        _end(self._dunst)

    def dunstctl(self, *words: str) -> str:
        done = subprocess.run(
            ["dunstctl", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip()

    def _first_line(self, *command: str, prefix: str = "") -> str:
        process = self.start(*command)
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line, f"{command[0]} does not start."
        return prefix + line


@contextmanager
def virtual_screen(folder: Path) -> Iterator[VirtualScreen]:
    """Start one, and end all of it; the test is skipped where the programs are missing."""
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        pytest.skip(f"needs {', '.join(missing)}")
    with ExitStack() as stack:
        yield VirtualScreen(folder, stack)


def wait_until(is_so: object, *, patience_s: float = PATIENCE_S) -> None:
    """Wait for another process."""
    assert callable(is_so)
    deadline = time.monotonic() + patience_s
    while not is_so():
        assert time.monotonic() < deadline, "It does not come to that."
        time.sleep(0.05)


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
