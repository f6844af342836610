"""A virtual screen with window manager, tray, notification service and session bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NEEDED = (
    *("Xvfb", "dbus-daemon", "dunst", "dunstctl", "trayer", "openbox", "xdotool"),
    "gnome-keyring-daemon",
)
SECRETS = "org.freedesktop.secrets"
ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 60.0
LOOK_AGAIN_S = 0.05
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
        self.environment["DISPLAY"] = self._first_line(
            "Xvfb", "-noreset", "-displayfd", "1", prefix=":"
        )
        bus = folder / "bus.conf"
        bus.write_text(BUS.format(folder=folder))
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._first_line(
            "dbus-daemon", f"--config-file={bus}", "--nofork", "--print-address"
        )
        self._dunst: subprocess.Popen[str] | None = None

    def start(self, *command: str, said: str = "") -> subprocess.Popen[str]:
        """Start a program on this screen; `said` is all that it hears on its stdin."""
        process = subprocess.Popen(
            command,
            env=self.environment,
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._stack.callback(_end, process)
        assert process.stdin is not None
        process.stdin.write(said)
        process.stdin.close()
        return process

    def start_notifications(self) -> None:
        """Start a notification service, and wait until it answers."""
        self._dunst = self.start("dunst")
        wait_until(lambda: self.dunstctl("count", "displayed").isdigit())

    def kill_notifications(self) -> None:
        assert self._dunst is not None
        _end(self._dunst)

    def start_window_manager(self) -> None:
        """Start it, and wait until it manages."""
        self.start("openbox")
        wait_until(lambda: self.xdotool("get_num_desktops"))

    def start_tray(self) -> Panel:
        """Start a panel with a tray of the older kind, in which icons are windows (XEmbed)."""
        panel = Panel(self.start("trayer", "--widthtype", "request", "--height", "24"))
        wait_until(lambda: self.xdotool("search", "--class", "trayer"))
        return panel

    def start_watcher(self) -> Panel:
        """Start a panel with a tray of the newer kind, at which icons register on the bus."""
        return Panel(self.start(sys.executable, "-m", "tests.desktop.ui.watcher"))

    def start_keyring(self, password: str = "") -> subprocess.Popen[str]:
        """Start the person's keyring, unlocked with `password`, or with "" as it was left: locked.

        The first password makes it.
        """
        unlock = ["--unlock"] if password else []
        options = ["--foreground", "--components=secrets", *unlock]
        keyring = self.start("gnome-keyring-daemon", *options, said=password)
        wait_until(lambda: self._is_on_bus(SECRETS))
        return keyring

    def call(self, where: DBusAddress, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        """Ask a program on the bus, and wait for its answer."""
        message = new_method_call(where, method, signature, body)
        with open_dbus_connection(self.environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            return connection.send_and_get_reply(message, timeout=PATIENCE_S).body

    def _is_on_bus(self, name: str) -> bool:
        return bool(self.call(message_bus, "NameHasOwner", "s", (name,))[0])

    def xdotool(self, *words: str) -> str:
        """What it answers, "" when it finds nothing."""
        return self._answer("xdotool", *words)

    def visible(self, program: subprocess.Popen[str]) -> dict[str, tuple[int, int]]:
        """The windows of a program that are on the screen, with their width and height."""
        found = self.xdotool("search", "--onlyvisible", "--pid", str(program.pid)).split()
        return {window: size for window in found if (size := self._size(window))}

    def _size(self, window: str) -> tuple[int, int] | None:
        told = self.xdotool("getwindowgeometry", "--shell", window)
        values = dict(line.split("=") for line in told.splitlines())
        return (int(values["WIDTH"]), int(values["HEIGHT"])) if "WIDTH" in values else None

    def dunstctl(self, *words: str) -> str:
        return self._answer("dunstctl", *words)

    def _answer(self, *command: str) -> str:
        done = subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
        return done.stdout.strip()

    def _first_line(self, *command: str, prefix: str = "") -> str:
        process = self.start(*command)
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line, f"{command[0]} does not start."
        return prefix + line


class Panel:
    """A panel with a tray; it can go away."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def registered(self) -> str:
        """The bus name of the next icon that registers; this waits for it."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def kill(self) -> None:
        _end(self._process)


@contextmanager
def virtual_screen(folder: Path) -> Iterator[VirtualScreen]:
    """Start one, and end all of it; the test is skipped where the programs are missing."""
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        pytest.skip(f"needs {', '.join(missing)}")
    with ExitStack() as stack:
        yield VirtualScreen(folder, stack)


def wait_until(
    is_so: Callable[[], object],
    *,
    patience_s: float = PATIENCE_S,
    look_again_s: float = LOOK_AGAIN_S,
) -> None:
    """Wait for another process."""
    deadline = time.monotonic() + patience_s
    while not is_so():
        assert time.monotonic() < deadline, "It does not come to that."
        time.sleep(look_again_s)


def _end(process: subprocess.Popen[str]) -> None:
    """End it, also one that stands still."""
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
